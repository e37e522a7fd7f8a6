"""Clocks that jump under the console: the log keeps its order, and the console says so."""

import asyncio
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.faults.counting import Count, Scale, read, text_of
from tests.faults.ground import Ground
from tests.faults.pilot import Console

MINUTE = timedelta(minutes=1)
JUMPS = {
    "backwards by an hour": (-60, True),
    "forwards by a day and back": (24 * 60, True),
    "forwards by ten years": (10 * 366 * 24 * 60, True),
    "by half a minute": (-0.5, False),
}
NIGHTS = {
    "summer time begins": ("Europe/Berlin", datetime(2026, 3, 29, 0, 50, tzinfo=UTC)),
    "summer time ends": ("Europe/Berlin", datetime(2026, 10, 25, 0, 50, tzinfo=UTC)),
    "the year turns": ("Pacific/Auckland", datetime(2026, 12, 31, 10, 50, tzinfo=UTC)),
}


class Clock:
    """The present, set by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def clocks(scale: Scale, base: Path) -> Iterator[Count]:
    """Jumps, and nights in which the clock on the wall jumps."""
    chance = random.Random(4)
    few = 1 if scale.small else None
    for name, (minutes, told) in JUMPS.items():
        yield asyncio.run(_jump(name, minutes, told, scale.part(100), base, chance))
    for name, (zone, start) in list(NIGHTS.items())[:few]:
        yield asyncio.run(_night(name, zone, start, base))


async def _jump(
    name: str, minutes: float, told: bool, rounds: int, base: Path, chance: random.Random
) -> Count:
    count = Count(f"the clock jumps {name}")
    for turn in range(rounds):
        count.rounds += 1
        ground = Ground(base / f"{minutes} {turn}", git=False)
        incident = ground.declare()
        clock = Clock(datetime.now(UTC) + MINUTE)
        typed: list[str] = []
        async with Console(ground, clock=clock) as console:
            for place in range(6):
                clock.now += chance.uniform(0.1, 2) * MINUTE
                if place == 3:
                    clock.now += minutes * MINUTE
                if place == 5 and "and back" in name:
                    clock.now -= minutes * MINUTE
                text = f"fact {place}"
                typed.append(text)
                shown = await console.enter(text)
                count.expect(text in shown, f"{text} was not acknowledged")
                count.acknowledged += len(shown)
            up = any(flag.id == "clock.jumped" for flag in console.desk.flags())
            count.expect(up == told, f"the console {'does not say' if told else 'says'} it jumped")
        _in_order(count, ground, incident, typed)
    return count


async def _night(name: str, zone: str, start: datetime, base: Path) -> Count:
    count = Count(f"{name} ({zone})", rounds=1)
    ground = Ground(base / zone.replace("/", "-") / name.replace(" ", "-"), git=False, TZ=zone)
    incident = ground.declare()
    clock = Clock(start)
    typed: list[str] = []
    async with Console(ground, clock=clock) as console:
        for number in range(15):
            clock.now += 10 * MINUTE
            text = f"fact {number}"
            typed.append(text)
            count.acknowledged += len(await console.enter(text))
    _in_order(count, ground, incident, typed)
    return count


def _in_order(count: Count, ground: Ground, incident: str, typed: list[str]) -> None:
    found = read(ground.home, incident)
    if isinstance(found, str):
        count.lose(found)
        return
    held = [text_of(entry) for entry in found.entries[1:]]
    count.expect(held == typed, f"typed {typed}, the log says {held}")
    exported = ground.run("show", incident, "--json")
    count.expect(exported.returncode == 0, exported.stderr)
