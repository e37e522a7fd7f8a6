"""Two people share an incident in a real tmux, and hand over to each other at the pace of hands."""

import shutil
from pathlib import Path

import pytest

from tests.support.patience import wait_until
from tests.support.terminals.tmux import TmuxConsole

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here"),
]

PACE = 0.12
FACTS = "/role all ana", "/sev SEV2", "= 5xx 1 % -> 2 % src:pager", "? the pool"


def declare(console: TmuxConsole) -> int:
    """An incident that ana leads; how many entries it has."""
    console.command("declare", "Checkout returns 5xx")
    console.command("log", *FACTS)
    return len(console.recorded())


def enter(console: TmuxConsole, text: str) -> None:
    console.type(text, PACE)
    console.press("Enter")


def hand_over(console: TmuxConsole, to: str, number: int) -> None:
    """Give a packet, and go on typing before it is read."""
    console.press("F12")
    console.see(f"Checkpoint {number} · ")
    enter(console, to)
    console.press("F8")
    console.see(f"? Enter hands over to {to}")
    console.press("Enter")
    console.see(f"F3 if {to} is here")


def read_back(console: TmuxConsole, text: str) -> None:
    console.see("Read it, say one fact of it back below")
    enter(console, text)
    console.see("the handover is done")


def expect(console: TmuxConsole, before: int, *entries: tuple[str, str]) -> None:
    wait_until(
        lambda: len(console.recorded()) >= before + len(entries),
        f"everything is recorded:\n{console.screen}",
    )
    assert console.recorded()[before:] == list(entries)


def test_two_consoles_hand_over_to_each_other_and_nothing_else_is_recorded(tmp_path: Path) -> None:
    ana = TmuxConsole(tmp_path, INCIDENT_TUI_ME="ana")
    ben = TmuxConsole(tmp_path, socket="tmux-of-ben", INCIDENT_TUI_ME="ben")
    before = declare(ana)
    with ana, ben:
        ana.see("ana·commander ›")
        ben.see("ben ›")
        hand_over(ana, "ben", 1)
        ben.see("ana's checkpoint waits for you: /ack")
        enter(ana, "api is slow")  # on the giver's side, while it is read on the other
        ana.see("ana·commander ›")
        enter(ben, "/ack")
        read_back(ben, "the pool is the suspect")
        enter(ben, "/role commander me")
        ben.see("ben·commander ›")
        hand_over(ben, "ana", 2)
        ana.see("ben's checkpoint waits for you: /ack")
        ana.press("F12")
        read_back(ana, "the pool is still the suspect")
        ben.see("Checkpoint 2 was read back by ana")
        enter(ben, "all good again")
        expect(
            ana,
            before,
            ("checkpoint", "for ben: active, Triage"),
            ("fact", "api is slow"),
            ("read back", "the pool is the suspect"),
            ("hat", "commander: ben"),
            ("checkpoint", "for ana: active, Triage"),
            ("read back", "the pool is still the suspect"),
            ("fact", "all good again"),
        )


def test_two_people_at_one_console_hand_over_to_each_other(tmp_path: Path) -> None:
    """Both are attached to one tmux session; F3 says who types from then on."""
    console = TmuxConsole(tmp_path, INCIDENT_TUI_ME="ana")
    before = declare(console)
    with console, console.another_client():
        console.see("ana·commander ›")
        hand_over(console, "ben", 1)
        console.press("F3")
        read_back(console, "the pool is the suspect")
        console.see("ben ›")
        enter(console, "waiting for dns")
        console.see("fact, saved")
        hand_over(console, "ana", 2)
        console.press("F3")
        read_back(console, "the pool is still the suspect")
        console.see("ana·commander ›")
        enter(console, "retrying")
        expect(
            console,
            before,
            ("checkpoint", "for ben: active, Triage"),
            ("read back", "the pool is the suspect"),
            ("fact", "waiting for dns"),
            ("checkpoint", "for ana: active, Triage"),
            ("read back", "the pool is still the suspect"),
            ("fact", "retrying"),
        )


def test_whoever_attaches_is_told_as_whom_they_would_type_until_enter(tmp_path: Path) -> None:
    """They detach and come back, as from another machine; where one person typed nobody is told."""
    question = "as ana·commander, F3 changes"
    console = TmuxConsole(tmp_path, INCIDENT_TUI_ME="ana")
    before = declare(console)
    with console:
        console.see("ana·commander ›")
        with console.another_client():
            enter(console, "api is slow")
            console.see("fact, saved")
            assert question not in console.screen
        enter(console, "/me ben")
        enter(console, "cycling the pods")
        enter(console, "/me ana")
        console.see("typing as ana")
        assert question not in console.screen
        with console.another_client():
            console.type("all", PACE)
            console.see(question)
            enter(console, " good again")
            console.see("fact, saved")
            assert question not in console.screen
        expect(
            console,
            before,
            ("fact", "api is slow"),
            ("fact", "cycling the pods"),
            ("fact", "all good again"),
        )
