"""The user's state folder cannot be used: recording goes on, and says what is missing."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from tests.faults.counts import Count, Row, Scale, Skipped, compare
from tests.faults.ground import Ground
from tests.faults.victim import Victim

NOBODY = 65534

Cause = Callable[[Path], object]
"""Puts something in the place of the state folder."""


def _elsewhere(place: Path) -> Path:
    other = place.parent / "elsewhere"
    other.mkdir()
    (other / "yours").write_text("yours\n")
    return other


def _device(place: Path) -> None:
    try:
        os.mknod(place, 0o20666, os.makedev(1, 5))
    except OSError as error:
        raise Skipped("it needs root, and the right to make devices") from error


def _of_another(place: Path) -> None:
    place.mkdir()
    try:
        os.chown(place, NOBODY, NOBODY)
    except OSError as error:
        raise Skipped("it needs root to give a folder to another account") from error


def _read_only(place: Path) -> None:
    place.mkdir(mode=0o555)
    if os.geteuid():
        return
    try:  # nothing but this keeps root from writing
        subprocess.run(["chattr", "+i", str(place)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Skipped("it needs chattr where root runs it") from error


def _writable(place: Path) -> None:
    if os.geteuid() == 0 and shutil.which("chattr"):
        subprocess.run(["chattr", "-i", str(place)], check=False, capture_output=True)


CAUSES: dict[str, Cause] = {
    "is a link": lambda place: place.symlink_to(_elsewhere(place)),
    "is a link to nothing": lambda place: place.symlink_to(place.parent / "nothing"),
    "is a link to a device": lambda place: place.symlink_to("/dev/zero"),
    "is a device": _device,
    "is a pipe": lambda place: os.mkfifo(place),
    "is a file": lambda place: place.write_text("a file\n"),
    "is of another account": _of_another,
    "is read-only": _read_only,
}


def state_folders(scale: Scale, base: Path) -> Iterator[Row]:
    """Each thing in its place, with `log` and with the console."""
    for number, (name, cause) in enumerate(CAUSES.items()):
        # A console takes longest, so in a small run not every cause has one.
        console = not scale.small or number % 3 == 0
        row = partial(_unusable, cause=cause, console=console, base=base / str(number))
        yield Row(f"the state folder {name}", row)


def _unusable(count: Count, cause: Cause, console: bool, base: Path) -> None:
    ground = Ground(base)
    place = base / "state" / "incident-tui"
    ground.env["XDG_STATE_HOME"] = str(place.parent)
    place.parent.mkdir()
    incident = ground.declare()
    for folder in ground.state_folders:
        shutil.rmtree(folder, ignore_errors=True)
    with suppress(FileNotFoundError):
        shutil.rmtree(place)
    cause(place)
    try:
        count.rounds += 1
        before = _seen(place.parent / "elsewhere")
        acknowledged = _logged(count, ground, incident)
        if console:
            acknowledged |= _typed(count, ground)
        count.acknowledged += len(acknowledged)
        compare(count, ground.home, incident, acknowledged)
        count.expect(_seen(place.parent / "elsewhere") == before, "what it leads to was changed")
    finally:
        _writable(place)


def _seen(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*"))


def _logged(count: Count, ground: Ground, incident: str) -> dict[str, int]:
    done = ground.run("log", "-i", incident, "by log", "/sev SEV2 it is worse")
    count.expect(done.returncode == 0, f"`log` exits with {done.returncode}: {done.stderr}")
    warned = "state folder" in done.stderr
    count.expect(warned, f"`log` does not say that something is missing: {done.stderr!r}")
    lines = [line.partition("\t") for line in done.stdout.splitlines()]
    count.expect(len(lines) == 2, f"two lines, acknowledged: {done.stdout!r}")
    return {name: int(number) for number, _, name in lines}


def _typed(count: Count, ground: Ground) -> dict[str, int]:
    with Victim(ground) as console:
        console.until("›")
        console.send("by hand\r")
        shown = console.until(r"by hand\b[^\n]*#(\d+)", fails=False)
        if shown is None:
            count.lose(f"a line was typed and never acknowledged: {console.tail()}")
            return {}
        return {"by hand": int(shown[1])}
