"""What is known of a machine, as plain values: `machine_reader` fills them in, rules judge them."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

Version = tuple[int, ...]


class Terminal(msgspec.Struct, frozen=True):
    """The terminal that the program was started in; `attached` is false where there is none."""

    env: Mapping[str, str]
    encoding: str
    """Of standard error, as Python has it."""
    attached: bool = True
    types: frozenset[str] | None = None
    """Of the terminal types that rules name, those this machine can describe; None: no telling."""
    tmux: Mapping[str, str] | None = None
    """The options of the tmux server around it; None without one, or where it does not answer."""


class Package(msgspec.Struct, frozen=True):
    """A package that the program needs; `version` is empty where it is not installed."""

    name: str
    needed: str
    """The range of versions, as in ``>=8.2.8,<9``."""
    version: str


class Git(msgspec.Struct, frozen=True):
    """A git of the PATH."""

    path: Path
    version: Version


class Folder(msgspec.Struct, frozen=True):
    """A folder in which something is to be kept, or the nearest one above it that exists."""

    path: Path
    writable: bool
    owned: bool
    """Whether it belongs to whoever runs this."""
    mode: int
    """Permission bits, as chmod(2) has them."""
    is_folder: bool = True
    read_only_disk: bool = False


class Lock(msgspec.Struct, frozen=True):
    """The lock of an incident that a process holds, and went on holding for a while."""

    path: Path
    incident: str
    pid: int | None


class Repository(msgspec.Struct, frozen=True):
    """What stands in the way of commits in the repository of the home; empty texts: nothing."""

    top: Path
    trouble: str = ""
    """A sentence of `history`; empty where git can commit."""
    lock: Path | None = None
    """A lock that git left there, or that a git still holds."""
    lock_seconds: float = 0
    """How long ago that was made."""


class Machine(msgspec.Struct, frozen=True):
    """All that rules look at."""

    program: str
    """The version of this program."""
    python: Version
    executable: str
    platform: str
    """As ``sys.platform`` has it."""
    installers: tuple[str, ...]
    """The package managers of the PATH that the rules know."""
    packages: tuple[Package, ...] | None
    """What the program needs; None where it is not installed but run from its source."""
    terminal: Terminal
    gits: tuple[Git, ...]
    """In the order of the PATH: the first one is used."""
    committer: str
    """Who commits, as git has it: ``Ana <ana@example.org>``; empty where git knows nobody."""
    unsigned_beside_signed: bool
    """Whether git signs this user's commits, and the home's setting leaves ours unsigned."""
    typist: str
    """Who types, as they said or set it; empty where they did not."""
    supposed: str
    """Who types, as far as the system knows."""
    home: Path
    settings: Mapping[Path, str]
    """Files of settings that cannot be read, each with what is wrong."""
    keys: Mapping[Path, tuple[str, ...]]
    """The file in which a user has set keys, with what is wrong with them, a sentence each."""
    place: Folder
    """Where the home is, or would be made."""
    state: Path | None
    state_trouble: str
    """Why the user's own state folder cannot be used; empty where it can."""
    locks: tuple[Lock, ...] = ()
    repository: Repository | None = None
    """That of the home; None where it has none yet."""
