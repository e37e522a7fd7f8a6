"""A home that came with somebody's clone: other things than files, where the program expects them.

Nothing outside of the incident's folder changes, every command ends, other incidents stay usable,
and what cannot be used is named.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from msgspec import Struct

from tests.faults.contained import Done, run_contained, run_here
from tests.faults.counts import Count, Row, Scale, Skipped
from tests.faults.ground import Ground

SET_UP = (
    ("declare", "Mine"),
    ("declare", "Another"),
)
LINES = (
    "it began",
    "/sev SEV2 bad",
    "/set status red",
    "/update all is lost next:30m",
    "/checkpoint ben",
)
"""What makes every kind of document that lies in the folder of an incident."""
ALSO = (
    "incident-tui.toml", ".gitattributes", "playbooks/x.toml", ".incident-tui/.gitignore",
    "{id}/.gitattributes", "{id}/evidence/.gitattributes", "{id}/incident.json.damaged-1",
    ".incident-tui/locks/{id}.lock", ".incident-tui/locks/{id}.pid", ".incident-tui/trust/x",
    ".incident-tui/aside/{id}.jsonl", ".incident-tui/drafts/{id}.json",
)  # fmt: skip
"""Files that the program reads or writes, or once did, where a home need not have them."""
FOLDERS = (
    "{id}/evidence", "{id}/updates", "{id}/artifacts", "{id}/checkpoints", "playbooks",
    ".incident-tui", ".incident-tui/aside", ".incident-tui/drafts", ".incident-tui/locks",
)  # fmt: skip
OF_ALL = ("incident-tui.toml", ".incident-tui", ".incident-tui/locks")
"""What all incidents of a home need: its configuration, and the folder with their locks."""
UNREAD = ("playbooks", ".gitattributes", ".gitignore", "incident.json.damaged-1", "x", "x.toml")
"""What only git reads, or nobody, unless it is asked for."""


class Yours(Struct, frozen=True):
    """What is outside of the home, and must stay what it is."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "authorized_keys"

    @property
    def missing(self) -> Path:
        return self.folder / "hushlogin"

    def state(self) -> str:
        """A hash of all that is there."""
        made = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            facts = path.lstat()
            made.update(f"{path} {facts.st_mode} {facts.st_mtime_ns}\0".encode())
            if path.is_file():
                made.update(path.read_bytes())
        return made.hexdigest()


Thing = Callable[[Path, Yours], object]
"""Puts something into a place that is empty."""


def _device(place: Path, yours: Yours) -> None:
    try:
        os.mknod(place, 0o20666, os.makedev(1, 5))
    except OSError as error:
        raise Skipped("it needs root, and the right to make devices") from error


def _folder(place: Path, yours: Yours) -> None:
    place.mkdir()
    (place / "inside").write_text("here\n")


THINGS: dict[str, Thing] = {
    "links to a file of yours": lambda place, yours: place.symlink_to(yours.file),
    "links to where a file of yours may be": lambda place, yours: place.symlink_to(yours.missing),
    "links to a device": lambda place, yours: place.symlink_to("/dev/zero"),
    "devices": _device,
    "pipes": lambda place, yours: os.mkfifo(place),
    "folders": _folder,
}
FOLDER_THINGS: dict[str, Thing] = {
    "links to a folder of yours": lambda place, yours: place.symlink_to(yours.folder),
    "files": lambda place, yours: place.write_text("a file\n"),
}


class Home:
    """A home with two incidents, which is put back as it was for each round."""

    def __init__(self, base: Path) -> None:
        self.ground = Ground(base)
        work = base / "work"
        self.ground.home = work / "incidents"
        self.ground.env["INCIDENT_TUI_HOME"] = str(self.ground.home)
        work.mkdir()
        self.ground.git("init", "--quiet", cwd=work)
        self.incident, self.other = (self._run(*words).out.strip() for words in SET_UP)
        note = base / "note.txt"
        note.write_text("seen\n")
        self._run("log", "-i", self.incident, "--keep-going", *LINES, f"/evidence {note}")
        self.yours = Yours(base / "yours")
        self.yours.folder.mkdir()
        self.yours.file.write_text("ssh-ed25519 AAAA\n")
        # What the program removes from its own folders, were they its own.
        for name in ("0001-initial.md", "0001-initial.txt", "x.txt"):
            (self.yours.folder / name).write_text("yours\n")
        self._kept = base / "kept"
        shutil.copytree(work, self._kept, symlinks=True)
        self.files = sorted(
            path.relative_to(self.ground.home).as_posix()
            for path in self.ground.home.rglob("*")
            if path.is_file() and self.other not in str(path)
        )

    def _run(self, *words: str) -> Done:
        done = run_here(self.ground, words)
        if done.code not in (0, 3) and not done.out:
            raise RuntimeError(f"{words}: {done.err}")
        return done

    def put_back(self) -> None:
        """Make it what it was."""
        shutil.rmtree(self.ground.home.parent)
        shutil.copytree(self._kept, self.ground.home.parent, symlinks=True)

    def places(self, names: tuple[str, ...]) -> list[str]:
        """Paths below the home."""
        return [name.format(id=self.incident) for name in names]

    def plant(self, name: str, thing: Thing) -> Path:
        """Put a thing where a file or folder of the home is, or could be."""
        place = self.ground.home / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            shutil.rmtree(place) if place.is_dir() else place.unlink()
        thing(place, self.yours)
        return place


def hostile_clones(scale: Scale, base: Path) -> Iterator[Row]:
    """Each thing in each place; in a small run each place gets one of them."""
    home = Home(base / "home")
    files = sorted({*home.files, *home.places(ALSO)})
    folders = home.places(FOLDERS)
    for things, places in ((THINGS, files), (FOLDER_THINGS, folders)):
        for number, (name, thing) in enumerate(things.items()):
            some = places[number :: len(things)] if scale.small else places
            cause = partial(_planted, home=home, thing=thing, places=some)
            yield Row(f"a clone with {name} in the place of its own", cause)


def _planted(count: Count, home: Home, thing: Thing, places: list[str]) -> None:
    for name in places:
        home.put_back()
        place = home.plant(name, thing)
        count.rounds += 1
        before = home.yours.state()
        kind = place.lstat().st_mode
        lines = ("log", "-i", home.incident, "/sev SEV1 worse", f"/evidence {home.yours.file}")
        done = run_contained(
            home.ground,
            ("list",),
            ("show", home.incident),
            lines,
            ("verify", "--all"),
            ("log", "-i", home.other, "goes on"),
        )
        count.expect(home.yours.state() == before, f"{name}: something of yours was changed")
        if isinstance(done, str):
            count.lose(f"{name}: {done}")
            continue
        for each in done:
            count.expect(not each.raised, f"{name}: `{' '.join(each.words)}`: {each.raised}")
        verified, other = done[-2:]
        named = Path(name).name in "".join(each.out + each.err for each in done)
        stays = os.path.lexists(place) and place.lstat().st_mode == kind
        if name in OF_ALL and other.code == 1:
            # All incidents need it, and each says what is wrong with it.
            count.expect(named, f"{name}: {other.err}")
            continue
        count.expect(other.code == 0, f"{name}: the other incident: {other.err}")
        count.acknowledged += other.code == 0
        if stays and Path(name).name not in UNREAD and not name.startswith(".incident-tui"):
            count.expect(verified.code == 1 and named, f"{name}: nobody says that it is there")
