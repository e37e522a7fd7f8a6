"""The power fails: what has reached the disk by then is mounted and read like after a restart.

The home lies on an ext4 file system of its own, in an image on a loop device. Each time that
something is acknowledged the image is copied as it is: what the system still held in memory is not
in the copy.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from msgspec import Struct

from tests.faults.counts import Count, Row, Scale, Skipped, compare
from tests.faults.ground import Ground
from tests.faults.painted import save_state
from tests.faults.victim import Victim

SIZE = "48M"
JOURNAL_SECONDS = 1
"""After which this file system writes down names and lengths of files, before their content."""
AFTERWARDS = JOURNAL_SECONDS + 0.6
INJECTED = "the image of an ext4 disk, copied at that moment"


class Disk:
    """An ext4 file system in an image; `place` is where it is mounted."""

    def __init__(self, base: Path) -> None:
        base.mkdir(parents=True)
        self.image = base / "image"
        self.place = base / "disk"
        self.place.mkdir()
        with suppress(OSError):
            os.truncate(self.image, 0)
        if os.geteuid() or not shutil.which("mkfs.ext4") or not shutil.which("losetup"):
            raise Skipped("it needs root, mkfs.ext4 and loop devices")
        self._run("truncate", "-s", SIZE, str(self.image))
        self._run("mkfs.ext4", "-q", str(self.image))

    @contextmanager
    def mounted(self, image: Path | None = None) -> Iterator[None]:
        """Mount the image, or a copy of it, in the same place."""
        options = f"loop,commit={JOURNAL_SECONDS}"
        try:
            self._run("mount", "-o", options, str(image or self.image), str(self.place))
        except subprocess.CalledProcessError as error:
            raise Skipped(f"it needs loop devices: {error.stderr.strip()}") from error
        try:
            yield
        finally:
            self._run("umount", str(self.place))

    def synchronise(self) -> None:
        """Have everything written down that is on it by now."""
        self._run("sync", "-f", str(self.place))

    def copy(self, name: str) -> Path:
        """What the disk holds at this moment."""
        copy = self.image.with_name(name)
        self._run("cp", "--sparse=always", str(self.image), str(copy))
        return copy

    @staticmethod
    def _run(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True, text=True)


class Moment(Struct, frozen=True):
    """A copy of the disk, and what had been acknowledged by then."""

    name: str
    image: Path
    acknowledged: dict[str, int]


def power_failures(scale: Scale, base: Path) -> Iterator[Row]:
    """At every acknowledgement, and a little later."""
    rounds = scale.part(60)
    for fault, home in (
        ("the power fails, a home in a repository of work", Path("work/incidents")),
        ("the power fails, a home of its own", Path("home")),
    ):
        cause = partial(_power_fails, home=home, rounds=rounds, base=base / home.name)
        yield Row(fault, cause, INJECTED)


def _power_fails(count: Count, home: Path, rounds: int, base: Path) -> None:
    for turn in range(rounds):
        disk = Disk(base / str(turn))
        ground = Ground(base / str(turn) / "ground")
        ground.home = disk.place / home
        ground.env["INCIDENT_TUI_HOME"] = str(ground.home)
        with disk.mounted():
            place, before = _repository(ground, home)
            disk.synchronise()
            incident, moments = _moments(disk, ground)
            commits = {*before, *_commits(ground)} if before else {"", *_commits(ground)}
        count.rounds += 1
        count.acknowledged += len(moments[-1].acknowledged)
        for moment in moments:
            with disk.mounted(moment.image):
                _read_back(count, ground, place, incident, moment, commits)


def _repository(ground: Ground, home: Path) -> tuple[Path, list[str]]:
    """Make the repository, with work in it that is long on the disk where it is not the home's
    alone; gives its place and its commits."""
    ground.home.mkdir(parents=True)
    place = ground.home.parent if len(home.parts) > 1 else ground.home
    ground.git("init", "--quiet", cwd=place)
    if place == ground.home:
        return place, []
    for number in range(3):
        (place / "code.py").write_text(f"print({number})\n")
        ground.git("add", "--all", cwd=place)
        ground.git("commit", "--quiet", "-m", f"work {number}", cwd=place)
    return place, _commits(ground)[:1]


def _moments(disk: Disk, ground: Ground) -> tuple[str, list[Moment]]:
    """Declare, log and change the severity; a copy at each acknowledgement."""
    moments: list[Moment] = []
    acknowledged: dict[str, int] = {}

    def now(name: str) -> None:
        image = disk.copy(f"{len(moments)}.image")
        moments.append(Moment(name, image, dict(acknowledged)))

    declaration = ground.start("declare", "Checkout returns 5xx")
    assert declaration.stdout is not None
    incident = declaration.stdout.readline().decode().strip()
    now("declared")
    declaration.communicate()
    writer = ground.start("log", "-i", incident, "the first")
    assert writer.stdout is not None
    number, _, name = writer.stdout.readline().decode().strip().partition("\t")
    acknowledged[name] = int(number)
    now("its first entry acknowledged")
    writer.communicate()
    with Victim(ground) as console:
        console.until("›")
        for text in ("the second", "/sev SEV2 the third"):
            console.send(f"{text}\r")
            words = " ".join(text.split()[-2:])
            shown = console.until(rf"{words}\b[^\n]*#(\d+)")
            assert shown is not None
            acknowledged[words] = int(shown[1])
            now(f"{words} shown by the console")
        _committed(console)
        now("committed")
        console.linger(AFTERWARDS)
        now("committed a moment ago")
    return incident, moments


def _committed(console: Victim) -> None:
    end = time.monotonic() + 30
    while not re.search(r"committed [0-9a-f]{7}", save_state(console.written)):
        if time.monotonic() > end:
            raise RuntimeError(f"not committed: {save_state(console.written)!r}")
        console.linger(0.02)


def _commits(ground: Ground) -> list[str]:
    """The commits of the branch, newest first."""
    return ground.git("log", "--format=%H").split()


def _read_back(
    count: Count, ground: Ground, place: Path, incident: str, moment: Moment, commits: set[str]
) -> None:
    """Whoever starts the machine again finds what was acknowledged, and can go on."""
    before = len(count.problems)
    compare(count, ground.home, incident, moment.acknowledged)
    head = ground.git("rev-parse", "--verify", "--quiet", "HEAD", cwd=place, ok=(0, 1)).strip()
    count.expect(head in commits, f"the branch is at {head!r}")
    words: tuple[str, ...]
    for words in (("fsck", "--full"), ("status", "--short"), *([("log",)] if head else ())):
        try:
            ground.git(*words, cwd=place)
        except RuntimeError as error:
            count.lose(str(error).splitlines()[0])
    done = ground.run("log", "-i", incident, "after the failure")
    count.expect(done.returncode == 0, f"`log` exits with {done.returncode}: {done.stderr}")
    when = f"(the power failed when it was {moment.name})"
    count.problems[before:] = [f"{each} {when}" for each in count.problems[before:]]
