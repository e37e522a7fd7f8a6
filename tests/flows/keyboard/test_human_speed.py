"""Lines typed in a real tmux at the pace of people, wherever they are: none is lost, none acts.

Each place takes part with one line at one pace, as the names of the tests say; with EVERY_PACE in
the environment (`make typing`) with every line at every pace.
"""

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.patience import wait_until
from tests.support.terminals.tmux import TmuxConsole, texts_of

COMMITTED = re.compile(r"saved (?:· committed )?[0-9a-f]{7}")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here"),
]

LINES = ("api is back", "cycling the pods", "waiting for dns", "retrying", "all good again")
PACES = (0.12, 0.25, 0.4)
"""Seconds from one key to the next: a fast typist, one at leisure, one finger."""


@dataclass(frozen=True)
class Place:
    """Keys that lead from the war room to a place, and words that are shown once they have."""

    keys: tuple[str, ...] = ()
    shows: str = ""


PANES = {f"pane {number}": Place((f"M-{number}",), "filter") for number in range(1, 8)}
BESIDE_THE_LINE = {
    "log line": Place((), "›"),
    **PANES,
    "gate": Place(("C-g",), "Checks"),
    "document of the gate": Place(("C-g", "Tab"), "Checks"),
    "flags": Place(("F6",), "Red flags"),
    "help": Place(("F1",), "Keys"),
    "documents": Place(("F7",), "Documents"),
    "postmortem": Place(("C-t",), "Postmortem"),
    "what an item offers": Place(("M-4", "Enter"), "Enter or its number"),
}
"""Places to read and choose in: what is typed there belongs into the log line."""
FORMS = {
    "update": Place(("F5",), "Status update 1"),
    "checkpoint": Place(("F12",), "hands over"),
    "field": Place(("M-2", "j", "Enter"), "Several lines are fine"),
}
"""Places to write in: what is typed there stays there."""
FACTS = "/role all ana", "/sev SEV2", "= 5xx 1 % -> 2 % src:pager", "? the pool", "+ an action"


def cells(places: dict[str, Place]) -> Iterator[object]:
    """Which lines at which pace in each place; its own name says which."""
    whole = bool(os.environ.get("EVERY_PACE"))
    for at, name in enumerate(places):
        line = LINES[at % len(LINES)]
        chosen = [(LINES, pace) for pace in PACES] if whole else [((line,), PACES[at % 3])]
        for lines, pace in chosen:
            typed = "all lines" if whole else lines[0]
            yield pytest.param(places[name], lines, pace, id=f"{name}, {typed}, {pace} s")


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TmuxConsole]:
    """One for all places, as somebody goes through them in an incident; it starts in a second."""
    console = TmuxConsole(tmp_path_factory.mktemp("hands"), INCIDENT_TUI_ME="ana")
    console.command("declare", "Checkout returns 5xx")
    console.command("log", *FACTS)
    with console:
        console.see("ana·commander ›")
        yield console


def go_to(console: TmuxConsole, place: Place) -> None:
    for key in place.keys:
        console.press(key)
        time.sleep(0.8)  # a letter is a key where no other one follows at once
    console.see(place.shows)


@pytest.mark.parametrize(("place", "lines", "pace"), cells(BESIDE_THE_LINE))
def test_each_line_is_one_fact_and_nothing_else_happens(
    console: TmuxConsole, place: Place, lines: tuple[str, ...], pace: float
) -> None:
    before = console.recorded()
    for number, line in enumerate(lines, 1):
        go_to(console, place)
        console.type(line, pace)
        console.press("Enter")
        wait_until(
            lambda: len(console.recorded()) >= len(before) + number,  # noqa: B023
            f"{line!r} is recorded:\n{console.screen}",
        )
        console.see("ana·commander ›")
    assert texts_of(console.recorded()[len(before) :]) == list(lines)


@pytest.mark.parametrize(("place", "lines", "pace"), cells(FORMS))
def test_what_is_typed_into_a_form_stays_there_and_is_recorded_nowhere(
    console: TmuxConsole, place: Place, lines: tuple[str, ...], pace: float
) -> None:
    before = console.recorded()
    go_to(console, place)
    for line in lines:
        console.type(line, pace)
        console.press("Enter")
    time.sleep(1)
    assert console.recorded() == before
    for line in lines:
        assert line in console.screen
    console.press("Escape")
    console.see("ana·commander ›")
    console.type("retrying", pace)
    console.press("Enter")
    wait_until(lambda: len(console.recorded()) > len(before), "the line behind it is recorded")
    assert texts_of(console.recorded()[len(before) :]) == ["retrying"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
def test_on_a_machine_that_knows_nobody_a_title_and_a_fact_are_three_keys(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with TmuxConsole(tmp_path, size) as console:
        console.see("No incident yet.")
        console.press("n")
        console.type("Checkout returns 5xx", 0.05)
        console.press("Enter")
        console.see("›")
        console.see(" Checkout returns 5xx")  # whole, however soon its first letter came
        console.type("only in eu-west", 0.12)
        console.press("Enter")
        wait_until(lambda: len(console.recorded()) == 2, f"the fact:\n{console.screen}")
        assert texts_of(console.recorded()[1:]) == ["only in eu-west"]
        console.see("#2 fact, saved · are you ")
        console.see(COMMITTED)
        for word in ("f1 ", "f8 advance", "^g gate"):
            assert word in console.screen, "the state of saving takes no key's place"
        assert "someone" not in console.screen
