"""The outside as tests give it: a clock moved by hand, ids that count, an environment."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from incident_tui.service import World

START = datetime(2026, 11, 20, 14, 12, tzinfo=UTC)


class Clock:
    """A clock that goes on when it is told to, and by `step` before each reading."""

    def __init__(self, now: datetime = START, step: timedelta = timedelta()) -> None:
        self.now = now
        self.step = step

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now

    def forward(self, minutes: float = 0, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes, **span)


def make_world(
    base: Path, clock: Clock, env: Mapping[str, str], *, ids: str = "{:012x}", first: int = 1
) -> World:
    """A world in the folder `base`, where the next id is the next number, written as `ids` says."""
    numbers = count(first)
    return World(clock, lambda: ids.format(next(numbers)), env, base)
