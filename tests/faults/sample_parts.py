"""Parts that lose, die or do neither, for tests of the suite itself.

They stand alone: each process that the suite begins loads the module of its part.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from tests.faults.counts import Count, Row, Scale


def kind(count: Count) -> None:
    count.rounds, count.acknowledged = 7, 5


def careless(count: Count) -> None:
    count.rounds = 7
    count.lose("a | word\nof two lines")


def dies(count: Count) -> None:
    os._exit(3)


def deadly(scale: Scale, base: Path) -> Iterator[Row]:
    yield Row("dies", dies)


def kindly(scale: Scale, base: Path) -> Iterator[Row]:
    yield Row("kind", kind)


def carelessly(scale: Scale, base: Path) -> Iterator[Row]:
    yield Row("careless", careless)
