"""One more line in a log of very many entries: until it is durable, and until it is shown."""

import os
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from benchmarks.commands import run
from benchmarks.instruments.ground import PROMPT, Ground
from benchmarks.instruments.measure import Row, in_turn, milliseconds, ratio
from benchmarks.instruments.terminal import Terminal
from incident_tui.service import IncidentSession, Receipt
from incident_tui.store.home import INCIDENT, Home

CORRECTION = "correction"
KINDS = {
    "line": "pressure {number} in the pipe",
    "late line": "@-3m pressure {number} in the pipe, late",
    "reading": "= pressure {number} bar",
    "hypothesis": "? valve {number} is shut",
    CORRECTION: "/amend {newest} valve {number} stuck",
}
"""What is typed into a long log, by what it is."""
ENTERED, WRITTEN = "line", "write and fsync"
LINE, COMMAND, FRAME = "a line until it is durable", 'log "x"', "start of the console"


def long_log(ground: Ground) -> list[Row]:
    """A line into a log of that many entries, and the least that making it durable could cost."""
    entries = ground.sizes.long_log
    home = ground.long_home(entries)
    session = _open(ground, home)
    subjects: dict[str, Callable[[], float]] = {
        ENTERED: lambda: enter_one(session),
        WRITTEN: lambda: _write(session.folder / INCIDENT, ground.folder / "written"),
    }
    in_turn(ground.sizes.warm_ups, subjects)
    samples = in_turn(ground.sizes.starts, subjects)
    rows = [
        Row(
            f"a line into a log of {entries} entries : one write and fsync of its bytes",
            ratio(samples, ENTERED, WRITTEN),
            2.0,
            milliseconds(samples, ENTERED, WRITTEN),
        ),
    ]
    for log, path in (("", home), (" of all kinds", ground.mixed_home(entries))):
        for kind, shown in _shown_after(ground, path).items():
            what = f"a {kind} shown in the console, after it was acknowledged"
            slowest = f"slowest {max(shown) * 1000:.0f} ms"
            rows.append(
                Row(f"{what}, {entries} entries{log}", median(shown), 0.15, slowest, unit="s")
            )
    return rows


def grown(ground: Ground, counts: Sequence[int]) -> dict[str, dict[int, float]]:
    """What takes how many seconds in logs of so many entries, by its name: medians."""
    medians: dict[str, dict[int, float]] = {LINE: {}, COMMAND: {}, FRAME: {}}
    for entries in counts:
        home = ground.long_home(entries)
        session = _open(ground, home)
        command = [*ground.program, "--home", str(home)]
        # Apart from what follows: whoever else writes has the log read again.
        medians[LINE][entries] = median(enter_one(session) for _ in range(ground.sizes.starts))
        subjects: dict[str, Callable[[], float]] = {
            COMMAND: partial(run, ground, [*command, "log", "x"]),
            FRAME: partial(_first_frame, ground, command),
        }
        samples = in_turn(ground.sizes.starts, subjects)
        for name in subjects:
            medians[name][entries] = median(samples[name])
    return medians


def _first_frame(ground: Ground, command: Sequence[str]) -> float:
    with Terminal(command, env=ground.env, cwd=ground.folder) as console:
        return console.seconds_until(PROMPT)


def enter_one(session: IncidentSession) -> float:
    """The seconds until one more line is durable."""
    begun = perf_counter()
    result = session.enter(f"error rate of checkout at {len(session.incident.recorded)} of 100,000")
    seconds = perf_counter() - begun
    assert isinstance(result, Receipt)
    return seconds


def _open(ground: Ground, home: Path) -> IncidentSession:
    service = ground.service(Home(home), clock=lambda: datetime.now(UTC))
    return service.open(service.active()[0])


def _write(log: Path, target: Path) -> float:
    data = log.read_bytes()
    begun = perf_counter()
    with target.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return perf_counter() - begun


def _shown_after(ground: Ground, home: Path) -> dict[str, list[float]]:
    """Seconds from a line that is durable in the log to the frame that shows what it did."""
    log = next(home.glob(f"*/{INCIDENT}"))
    delays: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with Terminal([*ground.program, "--home", str(home)], env=ground.env, cwd=ground.folder) as one:
        one.seconds_until(PROMPT)
        one.linger(ground.sizes.settled_after)
        for number in range(ground.sizes.long):
            for kind, line in KINDS.items():
                acknowledged = _Renamed(log)
                newest = acknowledged.entries
                one.press(line.format(number=number, newest=newest).encode())
                one.rest(silent_for=0.3, at_most=10.0)
                pressed_at = one.press(b"\r")
                # The number of the entry stands behind it, and nowhere before; an entry that is
                # corrected says so.
                shown = "(amended)" if kind == CORRECTION else f" #{newest + 1}"
                seconds = one.seconds_until(shown, since=pressed_at)
                delays[kind].append(max(0.0, pressed_at + seconds - acknowledged.at()))
                one.rest(silent_for=0.3, at_most=10.0)
    return delays


class _Renamed:
    """Waits for the next version of a log; `entries` are those of the present one."""

    def __init__(self, log: Path) -> None:
        self.entries = log.read_bytes().count(b'"order":')
        self._moment = 0.0
        self._log, self._before = log, log.stat().st_ino
        self._waiter = threading.Thread(target=self._wait, daemon=True)
        self._waiter.start()

    def _wait(self) -> None:
        while self._log.stat().st_ino == self._before:
            sleep(0.0005)
        self._moment = perf_counter()

    def at(self) -> float:
        """The moment at which it came."""
        self._waiter.join(60.0)
        return self._moment
