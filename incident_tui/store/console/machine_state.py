"""What one person keeps on one machine of one home: drafts, side files, trust.

It lies in the user's own state folder, which no clone, `git clean` or colleague brings or takes.
A home is known there by the device and inode of its repository and by its real path, never by
anything that is stored in the home.
"""

import fcntl
import os
import stat
import sys
from contextlib import suppress
from errno import ENOENT, ENOTDIR
from pathlib import Path

import msgspec

from incident_tui.store.files.atomic import fsync_folder, replace_file
from incident_tui.store.files.digest import sha256_hex
from incident_tui.store.files.flock import is_held

RECORD = "home.json"
CONSOLES = "consoles"
_GET_GENERATION = 0x80087601 if sys.maxsize > 2**32 else 0x80047601
"""_IOR('v', 1, long) of linux/fs.h."""
LOCK = "lock"
NO_STATE = "Make that folder yours alone, or name another one in XDG_STATE_HOME."
NO_FOLDER = "neither XDG_STATE_HOME nor HOME names a folder for it"


class NoState(OSError):
    """The state folder cannot be used; `strerror` says why."""

    strerror: str


class Identity(msgspec.Struct, frozen=True):
    """How a home is told from others: its real path, and the folder of its repository."""

    path: str
    device: int
    inode: int
    generation: int = 0
    """What tells two uses of one inode apart; 0 where the file system does not say."""

    @property
    def key(self) -> str:
        """The name of its folder: 16 hexadecimal digits."""
        numbers = f"{self.device}\0{self.inode}\0{self.generation}"
        source = f"{numbers}\0{self.path}".encode(errors="surrogateescape")
        return sha256_hex(source)[:16]


class Former(msgspec.Struct, frozen=True):
    """State of a home that may be this one: moved, restored, or another in the same place."""

    identity: Identity
    folder: Path
    drafts: int
    """How many consoles left unsent texts."""
    side_files: int


class State:
    """The state of the home at `home`, below `root`; with None nothing is kept."""

    def __init__(self, root: Path | None, home: Path) -> None:
        self.root = root
        self._home = home
        self._identity: Identity | None = None

    @property
    def trouble(self) -> str:
        """Why nothing can be kept here, as a part of a sentence; empty where it can."""
        if self.root is None:
            return NO_FOLDER
        try:
            status = os.lstat(self.root)
        except FileNotFoundError:
            above = next(at for at in self.root.parents if os.path.lexists(at))
            return "" if os.access(above, os.W_OK | os.X_OK) else f"{above} cannot be written"
        except OSError as error:
            return f"{self.root}: {error.strerror}"
        if not stat.S_ISDIR(status.st_mode):
            return f"{self.root} is no folder"
        if status.st_uid != os.geteuid():
            return f"{self.root} belongs to another user"
        if status.st_mode & 0o022:
            return f"others may write into {self.root}"
        return "" if os.access(self.root, os.W_OK | os.X_OK) else f"{self.root} cannot be written"

    @property
    def folder(self) -> Path | None:
        """The folder of this home, which need not exist; None where nothing can be kept.

        While the home is away it stays what it was, so that what waits for it is found again.
        """
        if self.root is None or self.trouble:
            return None
        whose = self._identity or identity_of(self._home)
        if whose is not None:
            self._identity = whose
            return self.root / "homes" / whose.key
        real = os.path.realpath(self._home)
        gone = [folder for folder, identity in self._known() if identity.path == real]
        newest = max(gone, key=lambda folder: folder.stat().st_mtime_ns, default=None)
        return newest or self.root / "homes" / Identity(real, 0, 0).key

    def adopt_home(self) -> None:
        """The home was made just now, by this program: what was kept before is of it."""
        self._identity = None
        after = self.folder
        if self.root is None or after is None:
            return
        before = self.root / "homes" / Identity(os.path.realpath(self._home), 0, 0).key
        if before.is_dir() and not after.exists():
            with suppress(OSError):
                before.rename(after)

    def make(self, *parts: str) -> Path:
        """A folder below that of this home, for its owner alone.

        Raises OSError, such as `NoState`.
        """
        folder = self.folder
        if folder is None or self.root is None:
            raise NoState(ENOENT, f"your state folder cannot be used: {self.trouble}")
        # pathlib gives the mode to the last folder only.
        self.root.parent.mkdir(parents=True, exist_ok=True)
        made = self.root
        made.mkdir(mode=0o700, exist_ok=True)
        for part in (*folder.relative_to(self.root).parts, *parts):
            made = made / part
            with suppress(FileExistsError):
                made.mkdir(mode=0o700)
                fsync_folder(str(made.parent))  # what lies in it is durable only with it
            if not stat.S_ISDIR(os.lstat(made).st_mode):
                raise NoState(ENOTDIR, f"{made} is no folder")
        record = folder / RECORD
        if self._identity is not None and not record.exists():
            replace_file(record, msgspec.json.encode(self._identity), mode=0o600)
        return made

    def consoles(self, incident_id: str) -> list[Path]:
        """The folders of the consoles that were or are open on an incident, newest first."""
        folder = self.folder
        return _folders(folder / CONSOLES / incident_id) if folder else []

    def incidents(self) -> list[str]:
        """The ids for which any console keeps something."""
        folder = self.folder
        return sorted(path.name for path in _folders(folder / CONSOLES)) if folder else []

    def former(self) -> list[Former]:
        """State of other homes that had this path, or this repository, and have something left."""
        folder = self.folder
        if folder is None or self._identity is None:
            return []
        mine = self._identity
        folders = []
        for other, identity in self._known():
            same_place = identity.path == mine.path
            same_folder = mine.inode == identity.inode and mine.device == identity.device
            if other == folder or not (same_place or same_folder):
                continue
            if identity_of(Path(identity.path)) == identity:
                continue  # another home of this repository, where it always was
            if (other / f"not-{folder.name}").exists():
                continue
            left = [console for name in _folders(other / CONSOLES) for console in _folders(name)]
            left = [console for console in left if not is_live(console)]
            drafts = sum((console / "drafts.json").exists() for console in left)
            side_files = sum((console / "aside.jsonl").exists() for console in left)
            if drafts or side_files:
                folders.append(Former(identity, other, drafts, side_files))
        return folders

    def adopt(self, former: Former) -> None:
        """Take over what dead consoles left in that state; trust has to be given anew.

        Raises OSError.
        """
        for incident in _folders(former.folder / CONSOLES):
            for console in _folders(incident):
                if not is_live(console):
                    console.rename(self.make(CONSOLES, incident.name) / console.name)

    def rename_incident(self, before: str, after: str) -> None:
        """Keep what dead consoles left of an incident under its new id. Never raises."""
        for console in self.consoles(before):
            if not is_live(console):
                with suppress(OSError):
                    console.rename(self.make(CONSOLES, after) / console.name)
                    console.parent.rmdir()

    def decline(self, former: Former) -> None:
        """Leave that state where it is, and never ask about it again. Raises OSError."""
        (former.folder / f"not-{self.make().name}").touch(mode=0o600)

    def _known(self) -> list[tuple[Path, Identity]]:
        known = []
        for folder in _folders(self.root / "homes") if self.root else []:
            with suppress(OSError, msgspec.DecodeError):
                data = (folder / RECORD).read_bytes()
                known.append((folder, msgspec.json.decode(data, type=Identity)))
        return known


def identity_of(home: Path) -> Identity | None:
    """What the home is known by; None where it is not there.

    Git removes and makes again the folders in a repository; the repository itself stays.
    """
    real = Path(os.path.realpath(home))
    if not real.is_dir():
        return None
    top = next((at for at in (real, *real.parents) if os.path.lexists(at / ".git")), real)
    try:
        status = top.stat()
    except OSError:
        return None
    return Identity(str(real), status.st_dev, status.st_ino, _generation(top))


def _generation(folder: Path) -> int:
    """How often the inode of a folder was given out (FS_IOC_GETVERSION, ioctl_fs(2)).

    A clone in the place of a removed one may get its inode again.
    """
    buffer = bytearray(8)
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        fcntl.ioctl(descriptor, _GET_GENERATION, buffer)
    except OSError:
        return 0
    finally:
        os.close(descriptor)
    return int.from_bytes(buffer[:4], sys.byteorder)


def is_live(console: Path) -> bool:
    """Whether the console that made this folder still runs."""
    return is_held(console / LOCK)


def _folders(folder: Path) -> list[Path]:
    """The folders in a folder, those that changed last first; links to folders are none."""
    folders = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    changed = entry.stat(follow_symlinks=False).st_mtime_ns
                    folders.append((changed, entry.path))
    return [Path(path) for _, path in sorted(folders, reverse=True)]
