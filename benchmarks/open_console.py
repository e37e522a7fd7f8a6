"""A console that stands open: at rest, while others write, and typed into while they do."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from statistics import median, quantiles
from threading import Event, Thread
from time import perf_counter, sleep

from benchmarks.console import BARE, FEW, MANY, Start, openings
from benchmarks.instruments import processor
from benchmarks.instruments.ground import Ground, enter
from benchmarks.instruments.measure import Row, milliseconds
from benchmarks.instruments.terminal import Terminal
from benchmarks.instruments.typist import FORGET, Typist
from incident_tui.service import IncidentSession
from incident_tui.store.home import Home

APART = 0.25
"""Seconds between two entries of another process: each is painted by itself."""
A_SECOND, TOGETHER = 50, 5
"""Entries that arrive in a second while keys are pressed, and of these in one write."""


def rest(ground: Ground) -> list[Row]:
    """What a console uses of one core while nobody does anything."""
    name = "an open console at rest, of one core"
    if not processor.HAS_STAT:
        return [Row(name, None, 0.5, "this system tells no processor time", unit="%")]
    shares: dict[str, list[float]] = {BARE: [], FEW: []}
    starts = openings(ground)
    with ExitStack() as consoles:
        opened = {name: _settled(ground, consoles, *starts[name]) for name in shares}
        for _ in range(ground.sizes.long):
            for subject, console in opened.items():
                used = processor.used_by(console.pid)
                begun = perf_counter()
                for _ in range(ground.sizes.seconds_at_rest):
                    for each in opened.values():
                        each.linger(1 / len(opened))
                seconds = perf_counter() - begun
                shares[subject].append((processor.used_by(console.pid) - used) / seconds * 100)
    note = ", ".join(f"{name} {median(percentages):.2f} %" for name, percentages in shares.items())
    return [Row(name, max(0.001, median(shares[FEW])), 0.5, note, unit="%")]


def arrival(ground: Ground) -> list[Row]:
    """What an entry of another process costs an open console, beyond what it uses at rest."""
    name = "an entry of another process, processor time of the open console"
    if not processor.HAS_STAT:
        return [Row(name, None, 8.0, "this system tells no processor time", unit="ms")]
    rows = []
    for entries in (ground.sizes.few, ground.sizes.many):
        home = Home(ground.make_home(f"home-arrival-{entries}", entries))
        session = _session(ground, home)
        with ExitStack() as consoles:
            command = [*ground.program, "--home", str(home.path)]
            opened = partial(Terminal, command, env=ground.env, cwd=ground.folder)
            console = _settled(ground, consoles, opened, (" ›",))
            costs = [
                _cost(console, session, ground.sizes.arrivals) for _ in range(ground.sizes.long)
            ]
        cost = max(0.001, median(costs) * 1000)
        note = f"median of {len(costs)} rounds of {ground.sizes.arrivals} entries"
        rows.append(Row(f"{name}, {entries} entries", cost, 8.0, note, unit="ms"))
    return rows


def _cost(console: Terminal, session: IncidentSession, entries: int) -> float:
    """Seconds of processor time an entry, without what as long a rest uses."""
    console.linger(entries * APART)  # what came before has been painted
    before = processor.used_by(console.pid)
    console.linger(entries * APART)
    at_rest = processor.used_by(console.pid) - before
    before, begun = processor.used_by(console.pid), perf_counter()
    for number in range(entries):
        enter(session, [f"error rate of checkout at {number} %, as others see it"])
        console.linger(max(0.0, begun + (number + 1) * APART - perf_counter()))
    return (processor.used_by(console.pid) - before - at_rest) / entries


def busy_key(ground: Ground) -> list[Row]:
    """Keys into a large incident while entries arrive and are committed, beside the bare app."""
    home = Home(ground.make_home("home-busy", ground.sizes.many))
    session = _session(ground, home)
    slow: dict[str, list[float]] = {MANY: [], BARE: []}
    with ExitStack() as consoles:
        command = [*ground.program, "--home", str(home.path)]
        opened = partial(Terminal, command, env=ground.env, cwd=ground.folder)
        starts: dict[str, Start] = {MANY: (opened, (" ›",)), BARE: openings(ground)[BARE]}
        typists = {
            name: (console, Typist(console, silence=0.0))
            for name, one in starts.items()
            for console in [_settled(ground, consoles, *one)]
        }
        with _Arrivals(session):
            for _ in range(ground.sizes.keys):
                for name, (_, typist) in typists.items():
                    slow[name].append(typist.press())
                sleep(0.05)
        for console, _ in typists.values():
            console.press(FORGET)
            console.rest()
    worst = {
        name: quantiles([*seconds, *seconds], n=100)[-1] * 1000 for name, seconds in slow.items()
    }
    note = f"p99 of the bare app {worst[BARE]:.3g} ms; {milliseconds(slow, MANY, BARE)}"
    name = f"key to paint, p99, {A_SECOND} entries a second into {ground.sizes.many}"
    return [Row(name, worst[MANY], 50.0, note, unit="ms")]


class _Arrivals:
    """Entries come from another writer, until the block is left; one in fifty asks for a commit."""

    def __init__(self, session: IncidentSession) -> None:
        self._session = session
        self._over = Event()
        self._thread = Thread(target=self._write)

    def _write(self) -> None:
        number = 0
        while not self._over.wait(TOGETHER / A_SECOND):
            number += TOGETHER
            lines = [f"error rate at {n} %" for n in range(number, number + TOGETHER - 1)]
            change = f"/sev SEV{1 + number // A_SECOND % 3} it is wider or narrower"
            enter(self._session, [*lines, change if number % A_SECOND == 0 else "as before"])

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()


def _session(ground: Ground, home: Home) -> IncidentSession:
    service = ground.service(home, clock=lambda: datetime.now(UTC))
    return service.open(service.active()[0])


def _settled(
    ground: Ground, consoles: ExitStack, opened: Callable[[], Terminal], markers: tuple[str, ...]
) -> Terminal:
    console = consoles.enter_context(opened())
    console.seconds_until(*markers)
    console.linger(ground.sizes.settled_after)
    return console
