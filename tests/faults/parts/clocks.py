"""Clocks that jump under the console: the log keeps its order, and the console says so."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.faults.counts import Count, Row, Scale, expect_numbers, read, text_of
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


INJECTED = "the program is handed a clock"


class Clock:
    """The present, set by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def clocks(scale: Scale, base: Path) -> Iterator[Row]:
    """Jumps, and nights in which the clock on the wall jumps."""
    chance = random.Random(4)
    few = 1 if scale.small else None
    for name in JUMPS:
        jump = partial(_jump, name=name, rounds=scale.part(100), base=base, chance=chance)
        yield Row(f"the clock jumps {name}", _run(jump), INJECTED)
    for name, (zone, _) in list(NIGHTS.items())[:few]:
        yield Row(f"{name} ({zone})", _run(partial(_night, name=name, base=base)), INJECTED)


def _run(cause: Callable[[Count], Coroutine[None, None, None]]) -> Callable[[Count], None]:
    return lambda count: asyncio.run(cause(count))


async def _jump(count: Count, name: str, rounds: int, base: Path, chance: random.Random) -> None:
    minutes, flagged = JUMPS[name]
    for turn in range(rounds):
        count.rounds += 1
        ground = Ground(base / f"{minutes} {turn}", git=False)
        incident = ground.declare()
        clock = Clock(datetime.now(UTC) + MINUTE)
        typed: list[str] = []
        acknowledged: dict[str, int] = {}
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
                count.expect(bool(shown), f"{text} was not acknowledged")
                acknowledged |= shown
            up = any(flag.id == "clock.jumped" for flag in console.controller.flags())
            says = "does not say" if flagged else "says"
            count.expect(up == flagged, f"the console {says} it jumped")
        _in_order(count, ground, incident, typed, acknowledged)


async def _night(count: Count, name: str, base: Path) -> None:
    zone, start = NIGHTS[name]
    count.rounds += 1
    ground = Ground(base / zone.replace("/", "-") / name.replace(" ", "-"), git=False, TZ=zone)
    incident = ground.declare()
    clock = Clock(start)
    typed: list[str] = []
    acknowledged: dict[str, int] = {}
    async with Console(ground, clock=clock) as console:
        for number in range(15):
            clock.now += 10 * MINUTE
            text = f"fact {number}"
            typed.append(text)
            acknowledged |= await console.enter(text)
    _in_order(count, ground, incident, typed, acknowledged)


def _in_order(
    count: Count, ground: Ground, incident: str, typed: list[str], acknowledged: Mapping[str, int]
) -> None:
    count.acknowledged += len(acknowledged)
    log = read(ground.home, incident)
    if isinstance(log, str):
        count.lose(log)
        return
    expect_numbers(count, log, acknowledged)
    held = [text_of(entry) for entry in log.entries[1:]]
    count.expect(held == typed, f"typed {typed}, the log says {held}")
    exported = ground.run("show", incident, "--json")
    count.expect(exported.returncode == 0, exported.stderr)
