"""Runs the parts of the suite, beside each other or alone, and tells each count as it comes."""

import multiprocessing
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.faults.counting import Count, Part, Scale

AT_A_TIME = 2
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
            counts = {number: done.result() for number, done in begun.items()}
    for number, part in enumerate(parts):
        if number not in counts:
            counts[number] = _counted(part, scale, places[number])
    return [count for number in places for count in counts[number]]


def _counted(part: Part, scale: Scale, base: Path) -> list[Count]:
    counts = []
    started = time.monotonic()
    for count in part.causes(scale, base):
        count.seconds = time.monotonic() - started
        counts.append(count)
        say(
            f"{count.fault:<52} rounds {count.rounds:>4}  acknowledged {count.acknowledged:>6}  "
            f"losses = {count.losses}  {count.seconds:5.0f} s  {count.note}".rstrip()
        )
        started = time.monotonic()
    return counts


def say(line: str) -> None:
    """Print a line at once, also where the output is a file."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
