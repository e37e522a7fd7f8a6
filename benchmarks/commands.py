"""The command line as whole processes: one log line, and many of them through a pipe."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from time import perf_counter

from benchmarks.instruments.ground import Ground, facts
from benchmarks.instruments.measure import Row, in_turn, milliseconds, ratio
from benchmarks.instruments.processor import of_command

COMMAND, PYTHON, PIPED = "command", "python", "log -"
LOOKED, UNLOOKED = "with the look", "without"
TYPICAL = "password reset fails since 14:02, see https://grafana.example.org/d/aB3dE5/checkout"


def log_line(ground: Ground) -> list[Row]:
    """`incident-tui log "x"`, against an interpreter that does nothing."""
    home = str(ground.make_home("home-log", ground.sizes.few))
    return [_beside_python(ground, 'incident-tui log "x"', ["--home", home, "log", "x"], 8.0)]


def completion(ground: Ground) -> list[Row]:
    """What the completion of a shell asks for the beginning of a log line."""
    home = str(ground.make_home("home-completion", ground.sizes.few))
    asked = {
        "_INCIDENT_TUI_COMPLETE": "bash_complete",
        "COMP_WORDS": "incident-tui log /se",
        "COMP_CWORD": "2",
        "INCIDENT_TUI_HOME": home,
    }
    return [_beside_python(ground, "completion of a log line", [], 8.0, asked)]


def _beside_python(
    ground: Ground, name: str, words: Sequence[str], target: float, more: Mapping[str, str] = {}
) -> Row:
    """A command beside an interpreter that does nothing, in processor time."""
    env = {**ground.env, **more}
    measured = partial(of_command, env=env, cwd=ground.folder)
    subjects = {
        COMMAND: partial(measured, [*ground.program, *words]),
        PYTHON: partial(measured, [sys.executable, "-c", "pass"]),
    }
    in_turn(ground.sizes.warm_ups, subjects)
    samples = in_turn(ground.sizes.starts, subjects)
    note = milliseconds(samples, COMMAND, PYTHON)
    times = ratio(samples, COMMAND, PYTHON)
    return Row(f"`{name}` : `python -c pass`, processor time", times, target, note)


def secrets(ground: Ground) -> list[Row]:
    """A process that looks for secrets in one line, against one that only could."""
    start = "from incident_tui.service.secrets.texts import suspicion"
    subjects = {
        LOOKED: partial(run, ground, [sys.executable, "-c", f"{start}; suspicion([{TYPICAL!r}])"]),
        UNLOOKED: partial(run, ground, [sys.executable, "-c", start]),
    }
    in_turn(ground.sizes.warm_ups, subjects)
    samples = in_turn(ground.sizes.starts, subjects)
    return [
        Row(
            "a look for secrets in a line that speaks of them : none",
            ratio(samples, LOOKED, UNLOOKED),
            1.05,
            milliseconds(samples, LOOKED, UNLOOKED),
        )
    ]


def log_pipe(ground: Ground) -> list[Row]:
    """`incident-tui log -`; every line is acknowledged, so it is durable by then."""
    rounds = (str(ground.make_home(f"home-pipe-{n}", 0)) for n in range(ground.sizes.long))
    typed = "\n".join(facts(ground.sizes.many))

    def enter_all() -> float:
        command = [*ground.program, "--home", next(rounds), "log", "-"]
        return run(ground, command, typed=typed, acknowledged=ground.sizes.many)

    samples = in_turn(ground.sizes.long, {PIPED: enter_all})
    seconds = sorted(samples[PIPED])[len(samples[PIPED]) // 2]
    return [
        Row(
            f"`incident-tui log -`, {ground.sizes.many} lines",
            seconds,
            5.0,
            f"{seconds / ground.sizes.many * 1e6:.0f} µs a line, with the start of the process",
            unit="s",
        )
    ]


def run(ground: Ground, command: list[str], *, typed: str = "", acknowledged: int = 0) -> float:
    """Seconds that a process takes. RuntimeError when it fails or acknowledges too little."""
    begun = perf_counter()
    done = subprocess.run(
        command, env=ground.env, cwd=ground.folder, input=typed, capture_output=True, text=True
    )
    seconds = perf_counter() - begun
    if done.returncode or done.stdout.count("\n") < acknowledged:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr[-2000:]}")
    return seconds
