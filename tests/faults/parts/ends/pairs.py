"""Two consoles on one incident, killed with something typed: each gets its own back, and no other.

Of two people, and of one person who has two terminals open.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.faults.counts import Count, Row, Scale, compare
from tests.faults.ground import Ground
from tests.faults.parts.ends.drafts import CUT, ESCAPE, TO_LOG_LINE, UPDATE
from tests.faults.victim import Victim

COMPOSER = "Next update"
"""Painted by the form of an update: what is typed from then on is typed into it."""
KEPT = 1.0
"""Seconds after which what was typed is durable."""


def pairs(scale: Scale, base: Path) -> Iterator[Row]:
    """Each way in which the texts of two could be taken for each other's."""
    for fault, cause, place in (
        ("kill -9 of two people's consoles, with drafts", _two_people, "two"),
        ("kill -9 of a console, a colleague's goes on", _one_of_two, "one"),
        ("kill -9 of two consoles of one person, with drafts", _one_person, "same"),
        ("kill -9 of two consoles of one person, with entries aside", _both_aside, "aside"),
    ):
        yield Row(fault, partial(cause, rounds=scale.part(100), base=base / place))


def _grounds(base: Path) -> tuple[Ground, Ground, str]:
    ana = Ground(base)
    incident = ana.declare()
    return ana, ana.acting_as("ben"), incident


def _type(count: Count, console: Victim, text: str) -> None:
    console.send(text)
    count.expect(console.until(text, fails=False) is not None, f"{text} was never shown")


def _two_people(count: Count, rounds: int, base: Path) -> None:
    """Each has half a line and half an update."""
    for turn in range(rounds):
        count.rounds += 1
        ana, ben, _ = _grounds(base / str(turn))
        with Victim(ana) as first, Victim(ben) as second:
            consoles = {"ana": first, "ben": second}
            for who, console in consoles.items():
                console.until("›")
                console.keys(UPDATE)
                console.until(COMPOSER)
                _type(count, console, f"update{turn}of{who}")
                console.keys((ESCAPE, TO_LOG_LINE[1]))
            for who, console in consoles.items():
                _type(count, console, f"line{turn}of{who}")
            for console in consoles.values():
                console.linger(KEPT)
        count.acknowledged += 4
        with Victim(ben) as second, Victim(ana) as first:
            for who, other, console in (("ana", "ben", first), ("ben", "ana", second)):
                console.until("›")
                _expect_own(count, console, f"line{turn}of{who}")
                console.keys(UPDATE)
                _expect_own(count, console, f"update{turn}of{who}")
                foreign = f"of{other}" in console.text()
                count.expect(not foreign, f"{who} sees what {other} did not send")


def _expect_own(count: Count, console: Victim, text: str) -> None:
    count.expect(console.until(text, seconds=8, fails=False) is not None, f"{text} is gone")


def _one_of_two(count: Count, rounds: int, base: Path) -> None:
    """One has half a line and half an update, and is killed after the other has sent one."""
    for turn in range(rounds):
        count.rounds += 1
        ana, ben, incident = _grounds(base / str(turn))
        line, update, sent = f"line{turn}", f"update{turn}", f"sent{turn}"
        with Victim(ben) as other:
            other.until("›")
            with Victim(ana) as console:
                console.until("›")
                console.keys(UPDATE)
                console.until(COMPOSER)
                _type(count, console, update)
                console.keys((ESCAPE, TO_LOG_LINE[1]))
                _type(count, console, line)
                console.linger(KEPT)
                other.send(f"{sent}\r")
                shown = other.until(rf"{sent}\b[^\n]*#(\d+)")
                other.keys(UPDATE)
                other.linger(KEPT)
            count.expect(update not in other.text(), "the other sees the unsent update")
        assert shown is not None
        count.acknowledged += 3
        with Victim(ana) as console:
            console.until("›")
            _expect_own(count, console, line)
            console.keys(UPDATE)
            _expect_own(count, console, update)
        compare(count, ana.home, incident, {sent: int(shown[1])})


def _one_person(count: Count, rounds: int, base: Path) -> None:
    """Two half lines of one person: two new consoles have both, neither is taken for another's."""
    for turn in range(rounds):
        count.rounds += 1
        ana, ben, _ = _grounds(base / str(turn))
        texts = [f"here{turn}", f"there{turn}"]
        with Victim(ana) as first, Victim(ana) as second:
            for console, text in zip((first, second), texts, strict=True):
                console.until("›")
                _type(count, console, text)
            first.linger(KEPT)
            second.linger(KEPT)
        count.acknowledged += 2
        with Victim(ben) as other:
            other.until("›")
            other.linger(KEPT)
            count.expect(not any(text in other.text() for text in texts), "ben was given it")
        with Victim(ana) as first:
            first.until("›")
            first.linger(KEPT)
            with Victim(ana) as second:
                second.until("›")
                second.linger(KEPT)
                painted = first.text() + second.text()
        for text in texts:
            count.expect(text in painted, f"{text} is in neither console")


def _both_aside(count: Count, rounds: int, base: Path) -> None:
    """The log is away, and both consoles keep an entry: both are in it when it is back."""
    for turn in range(rounds):
        count.rounds += 1
        ana, _, incident = _grounds(base / str(turn))
        texts = [f"here{turn}", f"there{turn}"]
        folder, away = ana.home / incident, ana.base / "away"
        with Victim(ana) as first, Victim(ana) as second:
            for console in (first, second):
                console.until("›")
            folder.rename(away)
            for console, text in zip((first, second), texts, strict=True):
                console.send(f"{CUT}{text}\r")
                shown = console.until(rf"{text}\b[^\n]*#(\d+)", fails=False)
                count.expect(shown is not None, f"{text} was typed and never acknowledged")
                count.acknowledged += shown is not None
        away.rename(folder)
        with Victim(ana) as console:
            console.until("›")
            for text in texts:
                console.until_written(folder / "incident.json", text)
        # Neither knew of the other, so both were told the same number.
        compare(count, ana.home, incident, dict.fromkeys(texts))
