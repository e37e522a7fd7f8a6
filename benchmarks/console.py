"""The console in a real pseudo-terminal: start-up, keys and memory, against the bare app."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks.instruments import bare_app
from benchmarks.instruments.ground import NEWEST, PROMPT, Ground
from benchmarks.instruments.measure import Row, in_turn, milliseconds, ratio, slow_milliseconds
from benchmarks.instruments.terminal import Terminal
from benchmarks.instruments.typist import FORGET, Typist

BARE, FEW, MANY = "bare", "few", "many"


def start(ground: Ground) -> list[Row]:
    """From the start of the process to the first frame with prompt and newest entry."""
    subjects = {name: partial(_first_frame, *one) for name, one in openings(ground).items()}
    in_turn(ground.sizes.warm_ups, subjects)
    samples = in_turn(ground.sizes.starts, subjects)
    return [
        Row(
            f"start to first frame, {ground.sizes.few} entries : bare app",
            ratio(samples, FEW, BARE),
            1.5,
            milliseconds(samples, FEW, BARE),
        ),
        Row(
            f"start to first frame, {ground.sizes.many} : {ground.sizes.few} entries",
            ratio(samples, MANY, FEW),
            1.2,
            milliseconds(samples, MANY, FEW),
        ),
    ]


def key(ground: Ground) -> list[Row]:
    """From a key in the log line to the frame that shows its character."""
    with ExitStack() as consoles:
        subjects: dict[str, Callable[[], float]] = {}
        opened: list[Terminal] = []
        for name, (open_one, markers) in openings(ground).items():
            console = consoles.enter_context(open_one())
            console.seconds_until(*markers)
            console.linger(ground.sizes.settled_after)
            subjects[name] = Typist(console).press
            opened.append(console)
        samples = in_turn(ground.sizes.keys, subjects)
        for console in opened:
            console.press(FORGET)
            console.rest()
    return [
        Row(
            f"key to paint, {ground.sizes.few} entries : bare app",
            ratio(samples, FEW, BARE),
            2.0,
            f"{milliseconds(samples, FEW, BARE)}; nine of ten within "
            f"{slow_milliseconds(samples, FEW, BARE)}",
        ),
        Row(
            f"key to paint, {ground.sizes.many} : {ground.sizes.few} entries",
            ratio(samples, MANY, FEW),
            1.25,
            f"{milliseconds(samples, MANY, FEW)}; nine of ten within "
            f"{slow_milliseconds(samples, MANY, FEW)}",
        ),
    ]


def memory(ground: Ground) -> list[Row]:
    """Resident memory of a console that has settled."""
    name = f"resident memory, {ground.sizes.many} entries : bare app"
    if not Path("/proc/self/status").exists():
        return [Row(name, None, 2.5, "this system tells no VmRSS in /proc")]
    ways = openings(ground)
    samples = in_turn(
        ground.sizes.long,
        {
            name: partial(_resident, *ways[name], settled_after=ground.sizes.settled_after)
            for name in (BARE, MANY)
        },
    )
    note = ", ".join(f"{name} {sorted(samples[name])[0] / 1024:.0f} MiB" for name in (MANY, BARE))
    return [Row(name, ratio(samples, MANY, BARE), 2.5, note)]


Start = tuple[Callable[[], Terminal], tuple[str, ...]]


def openings(ground: Ground) -> dict[str, Start]:
    """How each console is started, and what its first whole frame holds."""

    def terminal(*command: str) -> Terminal:
        return Terminal(command, env=ground.env, cwd=ground.folder)

    consoles: dict[str, Start] = {
        BARE: (partial(terminal, sys.executable, bare_app.__file__), (bare_app.MARKER,))
    }
    for name, entries in ((FEW, ground.sizes.few), (MANY, ground.sizes.many)):
        home = str(ground.home(entries))
        consoles[name] = (partial(terminal, *ground.program, "--home", home), (PROMPT, NEWEST))
    return consoles


def _first_frame(open_one: Callable[[], Terminal], markers: tuple[str, ...]) -> float:
    with open_one() as console:
        seconds = console.seconds_until(*markers)
        console.rest()
        return seconds


def _resident(
    open_one: Callable[[], Terminal], markers: tuple[str, ...], *, settled_after: float
) -> float:
    """VmRSS in KiB."""
    with open_one() as console:
        console.seconds_until(*markers)
        console.linger(settled_after)
        status = Path(f"/proc/{console.pid}/status").read_text()
    return float(status.partition("VmRSS:")[2].split()[0])
