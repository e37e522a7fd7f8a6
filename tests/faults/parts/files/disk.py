"""Disks that are full, folders that cannot be written, go away and return under the console."""

import asyncio
import errno
import os
import subprocess
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec import Struct

from incident_tui.store.console import side_file
from incident_tui.store.files import atomic
from incident_tui.store.files.atomic import SYSTEM, System, write_all
from tests.faults.counts import Count, Row, Scale, Skipped, compare, expect_numbers
from tests.faults.ground import Ground
from tests.faults.pilot import Console


class Trouble(Struct, frozen=True):
    """A cause, how it comes and goes, and what the console says meanwhile: of an entry that is kept
    aside on the strip, of one that is refused beside its line."""

    name: str
    begin: Callable[[Ground, str], object]
    end: Callable[[Ground, str], object]
    says: str
    injected: str = ""


def _fill(ground: Ground, incident: str) -> None:
    """Fill the disk that the home lies on."""
    filler = ground.home / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)


def _move(source: str, target: str) -> Callable[[Ground, str], None]:
    def move(ground: Ground, incident: str) -> None:
        names = {
            "home": ground.home,
            "away": ground.base / "away",
            "folder": ground.home / incident,
        }
        names[source].rename(names[target])

    return move


def _branch(name: str, *more: str) -> Callable[[Ground, str], object]:
    return lambda ground, incident: ground.git("checkout", "--quiet", *more, name)


def _stash(ground: Ground, incident: str) -> None:
    ground.git("stash", "--quiet")


def _mode(mode: int) -> Callable[[Ground, str], object]:
    def change(ground: Ground, incident: str) -> None:
        (ground.home / incident).chmod(mode)

    return change


def _attribute(sign: str) -> Callable[[Ground, str], object]:
    def change(ground: Ground, incident: str) -> None:
        subprocess.run(["chattr", f"{sign}i", str(ground.home / incident)], check=True)

    return change


def _remount(option: str) -> Callable[[Ground, str], object]:
    """Make the disk that the home lies on read-only, or writable again."""

    def remount(ground: Ground, incident: str) -> None:
        command = ["mount", "-o", f"remount,{option}", str(ground.home.parent)]
        subprocess.run(command, check=True)

    return remount


class _Quota:
    """A quota that is used up, of the disk with the home or of all that somebody has.

    No machine takes it from its superuser, so it is put in the place of the writing.
    """

    def __init__(self, *, everywhere: bool) -> None:
        self._everywhere = everywhere
        self._patches: list[Any] = []

    def begin(self, ground: Ground, incident: str) -> None:
        counted = ground.base if self._everywhere else ground.home

        def refuse(descriptor: int, data: bytes, system: System = SYSTEM) -> None:
            if Path(os.readlink(f"/proc/self/fd/{descriptor}")).is_relative_to(counted):
                raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))
            write_all(descriptor, data, system)

        self._patches = [
            patch.object(module, "write_all", refuse) for module in (atomic, side_file)
        ]
        for each in self._patches:
            each.start()

    def end(self, ground: Ground, incident: str) -> None:
        for each in self._patches:
            each.stop()


def _quota(name: str, says: str, *, everywhere: bool) -> Trouble:
    quota = _Quota(everywhere=everywhere)
    return Trouble(name, quota.begin, quota.end, says, "the program's own write refuses")


TROUBLES = (
    Trouble("the folder goes away", _move("folder", "away"), _move("away", "folder"), "not there"),
    Trouble("the home goes away", _move("home", "away"), _move("away", "home"), "not there"),
    Trouble("a branch without the incident", _branch("empty"), _branch("main"), "not there"),
    Trouble("an older commit is checked out", _branch("older"), _branch("main", "-f"), ""),
    Trouble("uncommitted entries are stashed away", _stash, lambda ground, incident: None, ""),
    _quota("the quota of the home is used up", "quota is used up", everywhere=False),
    # Nothing can be kept then, so the line stays where it was typed, with the reason.
    _quota("every quota is used up", "quota is used up", everywhere=True),
)
READ_ONLY = Trouble("a folder that may not be written", _mode(0o555), _mode(0o755), "may not write")
IMMUTABLE = Trouble("permission is taken away", _attribute("+"), _attribute("-"), "not allow")
FULL = Trouble(
    "the disk is full",
    _fill,
    lambda ground, incident: (ground.home / "filler").unlink(),
    "disk is full",
)
READ_ONLY_DISK = Trouble("the disk is read-only", _remount("ro"), _remount("rw"), "read-only")


def disks(scale: Scale, base: Path) -> Iterator[Row]:
    """Each trouble that a machine can make."""
    rounds = scale.part(60)
    for trouble in TROUBLES:
        yield _row(trouble, partial(_typed_through, rounds=rounds, base=base))
    yield _row(READ_ONLY, partial(_without_permission, rounds=rounds, base=base))
    yield _row(IMMUTABLE, partial(_immutable, rounds=rounds, base=base))
    for trouble in (FULL, READ_ONLY_DISK):
        yield _row(trouble, partial(_on_a_small_disk, rounds=rounds, base=base))


def _row(trouble: Trouble, cause: Callable[[Count, Trouble], Coroutine[None, None, None]]) -> Row:
    return Row(
        f"{trouble.name}, console open (headless)",
        lambda count: asyncio.run(cause(count, trouble)),
        trouble.injected,
    )


async def _without_permission(count: Count, trouble: Trouble, rounds: int, base: Path) -> None:
    if os.geteuid() == 0:
        raise Skipped("root may write everywhere")
    await _typed_through(count, trouble, rounds, base)


async def _immutable(count: Count, trouble: Trouble, rounds: int, base: Path) -> None:
    base.mkdir(parents=True, exist_ok=True)
    if not _works(["chattr", "+i", str(base)]):
        raise Skipped("it needs root, and a file system with chattr")
    subprocess.run(["chattr", "-i", str(base)], check=True)
    await _typed_through(count, trouble, rounds, base)


async def _on_a_small_disk(count: Count, trouble: Trouble, rounds: int, base: Path) -> None:
    """On a disk of its own, which can be filled and made read-only."""
    small = base / f"{trouble.name.replace(' ', '-')}-small"
    small.mkdir(parents=True)
    if not _works(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)]):
        raise Skipped("it needs root, and the right to mount")
    try:
        await _typed_through(count, trouble, rounds, base, home=small / "home")
    finally:
        subprocess.run(["umount", str(small)], check=True)


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


async def _typed_through(
    count: Count, trouble: Trouble, rounds: int, base: Path, home: Path | None = None
) -> None:
    ground = Ground(base / trouble.name.replace(" ", "-"))
    if home is not None:
        ground.home = home
    incident = _declared(ground)
    acknowledged: dict[str, int] = {}
    async with Console(ground) as console:

        async def enter(text: str, *, refusable: bool = False) -> None:
            """Each line is acknowledged, or still in the log line where it may be refused."""
            shown = await console.enter(text)
            kept = bool(shown) or (refusable and console.draft == text)
            count.expect(kept, f"{text!r} was typed, and is neither acknowledged nor in its line")
            acknowledged.update(shown)

        for turn in range(rounds):
            count.rounds += 1
            await enter(f"{turn} before")
            await enter(f"/sev SEV{1 + turn % 3} {turn}")
            await console.committed()
            trouble.begin(ground, incident)
            try:
                await enter(f"{turn} during", refusable=True)
                # Where the line stands there still, it is taken away for the next one.
                refused = console.painted() if console.draft else ""
                console.draft = ""
                await console.polled()
                complaint = refused or console.trouble
                count.expect(trouble.says in complaint, f"the console says {complaint!r}")
            finally:
                trouble.end(ground, incident)
            started = time.monotonic()
            await console.until(lambda: not console.trouble)
            count.expect(not console.trouble, f"it stays: {console.trouble}")
            count.note = f"recovered within {time.monotonic() - started:.1f} s"
            await enter(f"{turn} after")
            await console.polled()
            expect_numbers(count, console.controller.incident, acknowledged)
    count.acknowledged = len(acknowledged)
    compare(count, ground.home, incident, acknowledged)


def _declared(ground: Ground) -> str:
    """An incident in a repository with a branch that has it younger, and one that has it not."""
    ground.home.mkdir(parents=True)
    ground.git("init", "--quiet")
    (ground.home / ".gitignore").write_text(".incident-tui\nfiller\n")
    ground.git("add", "--all")
    ground.git("commit", "--quiet", "-m", "empty")
    ground.git("branch", "empty")
    ground.env["INCIDENT_TUI_HOME"] = str(ground.home)
    incident = ground.declare()
    ground.git("branch", "older")
    return incident
