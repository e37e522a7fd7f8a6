"""Runs the parts of the suite, beside each other or alone, and tells each count as it comes.

Whatever a row ends with becomes its count, so that one that breaks hides nothing of the others.
"""

import multiprocessing
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.faults.counts import Count, Part, Row, Scale, Skipped

AT_A_TIME = 3
"""Parts that run beside each other; they mostly wait for consoles and commands."""


def all_counted(parts: Sequence[Part], scale: Scale, base: Path) -> list[Count]:
    """The counts in the order of the parts, whatever ran first."""
    places = {number: base / str(number) for number in range(len(parts))}
    counts: dict[int, list[Count]] = {}
    beside = [number for number, part in enumerate(parts) if not part.alone]
    if len(beside) > 1:
        # Begun anew instead of forked: whoever calls this may have threads.
        with ProcessPoolExecutor(AT_A_TIME, multiprocessing.get_context("spawn")) as pool:
            begun = {
                number: pool.submit(_counted, parts[number], scale, places[number])
                for number in beside
            }
            for number, done in begun.items():
                try:
                    counts[number] = done.result()
                except Exception as error:  # the process itself has died
                    counts[number] = [_broken(f"all of: {parts[number].name}", error)]
    for number, part in enumerate(parts):
        if number not in counts:
            counts[number] = _counted(part, scale, places[number])
    return [count for number in places for count in counts[number]]


def _counted(part: Part, scale: Scale, base: Path) -> list[Count]:
    counts = []
    started = time.monotonic()
    for count in _counts(part, scale, base):
        count.seconds = time.monotonic() - started
        counts.append(count)
        say(line_of(count))
        started = time.monotonic()
    return counts


def _counts(part: Part, scale: Scale, base: Path) -> Iterator[Count]:
    """The counts of all rows; one more where the rows cannot be made to their end."""
    try:
        for row in part.causes(scale, base):
            yield counted(row)
    except Exception as error:
        yield _broken(f"what is left of: {part.name}", error)


def counted(row: Row) -> Count:
    """The count of one row, whatever ends it."""
    count = Count(row.fault, injected=row.injected)
    try:
        row.cause(count)
    except Skipped as missing:
        count.skipped = str(missing)
    except Exception as error:
        count.broken = _reason(error)
    if not (count.rounds or count.skipped or count.broken):
        count.broken = "it was never caused"
    return count


def _broken(fault: str, error: Exception) -> Count:
    return Count(fault, broken=_reason(error))


def _reason(error: Exception) -> str:
    """Print where it happened; gives what happened, in one line."""
    say("".join(traceback.format_exception(error)))
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else 'without a word'}"


def line_of(count: Count) -> str:
    """A count in one line of the terminal."""
    return (
        f"{count.fault:<52} rounds {count.rounds:>4}  acknowledged {count.acknowledged:>6}  "
        f"losses = {losses_of(count)}  {count.seconds:5.0f} s  {remark_on(count)}"
    ).rstrip()


def losses_of(count: Count) -> str:
    """How many losses, and whether that is known."""
    if count.skipped:
        return "skipped"
    if count.broken:
        return f"{count.losses} or more" if count.losses else "not known"
    return str(count.losses)


def remark_on(count: Count) -> str:
    """What else a row says: what was lost first, what broke it, what is missing, its note."""
    parts = [
        f"LOST: {count.problems[0].partition(': ')[2]}" if count.problems else "",
        f"broke off: {count.broken}" if count.broken else "",
        f"skipped: {count.skipped}" if count.skipped else "",
        count.note,
    ]
    return "; ".join(part for part in parts if part)


def say(line: str) -> None:
    """Print a line at once, also where the output is a file."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
