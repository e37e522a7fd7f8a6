"""Checks that run a command: how a playbook says so, and what the gate makes of the exit code."""

from typing import Any

import pytest

from incident_tui.domain.discovery import vocabulary
from incident_tui.domain.process.gates import CheckResult, gate
from incident_tui.domain.process.runs import CheckRun, CommandRun, command_of
from incident_tui.domain.values.playbook import Check, PlaybookError
from incident_tui.domain.values.playbook.playbook_data import from_data
from tests.support.incidents import Story
from tests.support.playbooks.engine import bakery_data, mends, refusal

ONLY = 'only a check of kind "command" runs one'


def with_check(**check: object) -> dict[str, Any]:
    data = bakery_data()
    data["stages"][0]["checks"] = [{"id": "proof", **check}]
    data["stages"][0]["review"] = "auto"
    return data


def story(**check: object) -> Story:
    asked: dict[str, object] = {
        "kind": "command",
        "title": "the dough rises",
        "command": ["make", "rise"],
    }
    return Story(from_data(with_check(**(asked | check)), "bakery", vocabulary()))


def proof(outage: Story) -> CheckResult:
    return next(check for check in gate(outage.incident).checks if check.id == "proof")


def test_it_fails_until_it_was_run_and_says_what_it_would_run() -> None:
    check = proof(story())
    assert (check.state, check.why, check.mend) == (
        "failing",
        "it was not run yet: make rise",
        "/run proof",
    )


@pytest.mark.parametrize(
    ("exit_code", "seconds", "state", "why"),
    [
        (0, 3, "passed", ""),
        (2, 3, "failing", "exit code 2 after 3 s (evidence/run-proof.txt)"),
        (None, 60, "failing", "stopped at its time limit after 60 s (evidence/run-proof.txt)"),
    ],
)
def test_the_exit_code_of_the_last_run_is_the_verdict(
    exit_code: int | None, seconds: int, state: str, why: str
) -> None:
    outage = story()
    stage = outage.incident.playbook.stages[0].id
    for code in (1, exit_code):
        outage.record([CheckRun(stage, "proof", code, seconds, "run-proof.txt")])
    assert (proof(outage).state, proof(outage).why) == (state, why)


def test_a_waiver_is_possible_where_the_playbook_allows_it() -> None:
    outage = story(waivable=True).tell(["/waive proof the oven is broken"])
    assert proof(outage).state == "waived"


def test_nobody_can_tick_it() -> None:
    assert "not for a person to tick" in refusal(story(), "/attest proof").message


def test_only_a_check_with_a_command_can_be_run() -> None:
    assert "did you mean proof" in refusal(story(), "/run prof").message
    bare = Story(from_data(bakery_data(), "bakery", vocabulary()))
    assert mends(refusal(bare, "/run proof")) == ["/gate"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("make", "a b"), ("make", "a b")),
        ("make 'a b'", ("make", "a b")),
        ("a; rm -rf /", ("a;", "rm", "-rf", "/")),
        ("$(id) `id` > x", ("$(id)", "`id`", ">", "x")),
    ],
)
def test_a_command_is_words_and_no_shell_reads_them(
    command: str | tuple[str, ...], words: tuple[str, ...]
) -> None:
    assert command_of(Check(id="x", kind="command", command=command)) == words


@pytest.mark.parametrize(
    ("check", "problem"),
    [
        ({"kind": "command", "title": "t"}, "command: the command is expected"),
        ({"kind": "command", "title": "t", "command": "  "}, "command: the command is expected"),
        ({"kind": "command", "title": "t", "command": "say 'x"}, "command: no closing quotation"),
        ({"kind": "command", "command": "make"}, "title: a check that runs a command needs"),
        ({"kind": "command", "title": "t", "command": "a", "seconds": 0}, "seconds: a time limit"),
        ({"kind": "command", "title": "t", "command": "a", "seconds": 9999}, "seconds: a time"),
        ({"kind": "command", "title": "t", "command": ["a\0b"]}, "NUL"),
        ({"kind": "attestation", "title": "t", "command": "make"}, ONLY),
        ({"id": "decisions.made", "command": "make"}, ONLY),
        ({"kind": "command", "title": "t", "command": "a", "note": True}, "only an attestation"),
    ],
)
def test_a_playbook_that_says_it_wrongly_is_refused_with_the_place(
    check: dict[str, object], problem: str
) -> None:
    with pytest.raises(PlaybookError) as caught:
        from_data(with_check(**check), "bakery", vocabulary())
    assert any(
        each.startswith("stages[0].checks[0]") and problem in each for each in caught.value.problems
    ), caught.value.problems


def test_a_command_may_take_ten_minutes_and_no_second_more() -> None:
    assert story(seconds=600).playbook.stages[0].checks[0].seconds == 600
    with pytest.raises(PlaybookError, match="a time limit from 1 to 600"):
        story(seconds=601)


def test_a_command_run_by_hand_is_told_with_its_outcome() -> None:
    outage = story()
    (entry,) = outage.record([CommandRun("make rise", 0, 4, "run.txt")])
    text = entry.event.tell(entry, outage.incident)
    assert text == "make rise: exit code 0 after 4 s (evidence/run.txt)"
