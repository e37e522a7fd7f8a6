"""What can go wrong with a stored thing, each as a sentence with what to do now.

Only the errors and their wording live here; who raises them decides when.
"""

import errno
from collections.abc import Iterable
from pathlib import Path

from incident_tui.domain.values.text import inert
from incident_tui.door import NotAFile


class StoreError(Exception):
    """Something could not be read, found or kept: `what` happened and the `remedy`."""

    def __init__(self, what: str, remedy: str) -> None:
        # Both may quote the file.
        self.what = inert(what)
        self.remedy = inert(remedy)
        super().__init__(f"{self.what}. {self.remedy}")

    @property
    def brief(self) -> str:
        """What happened, without the folders of a path: for a screen that has one line for it."""
        path = getattr(self, "path", None)
        return self.what.replace(str(path), path.name) if isinstance(path, Path) else self.what


class Unreadable(StoreError):
    """A file that is there, but is not what it should be. Nothing has been written to it."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        super().__init__(f"{path}: {what}", remedy)
        self.path = path


class Newer(Unreadable):
    """A file written by a version of the program that knows more than this one."""

    def __init__(self, path: Path, schema: int, ours: int) -> None:
        super().__init__(
            path,
            f"this file has schema {schema}, and this version knows schema {ours} at most",
            "Install a newer incident-tui; the file was left as it is.",
        )
        self.schema = schema


class Gone(StoreError):
    """The incident's folder or file is not there (any more)."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not there",
            "If another branch is checked out, switch back; otherwise restore it from git.",
        )
        self.path = path


class NotSaved(StoreError):
    """Something could not be written; `reason` is a plain sentence. What was there still is."""

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        super().__init__(f"{path} was not saved: {reason}", remedy)
        self.path = path
        self.reason = reason

    @property
    def brief(self) -> str:
        """The reason alone."""
        return self.reason


class Busy(StoreError):
    """Another process kept the lock longer than we wait (`seconds`)."""

    def __init__(self, path: Path, seconds: float, owner: int | None) -> None:
        who = f"process {owner} of incident-tui" if owner else "another program"
        mend = (
            "look at what that process is doing and end it" if owner else "end what holds its lock"
        )
        super().__init__(
            f"{path} is being written by {who}; waited {seconds:g} s",
            f"Nothing was recorded. Try again; if it stays so, {mend}.",
        )
        self.path = path
        self.seconds = seconds
        self.owner = owner


class BadConfig(StoreError):
    """The home's configuration cannot be used."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}", remedy)
        self.path = path
        self.problem = problem


class NoSuchIncident(StoreError):
    """No incident folder has that in its name; `nearest` are the names that look like it."""

    def __init__(self, fragment: str, nearest: Iterable[str]) -> None:
        self.fragment = fragment
        self.nearest = list(nearest)
        meant = f"Did you mean {' or '.join(self.nearest)}?" if self.nearest else ""
        super().__init__(
            f"There is no incident {fragment!r} here",
            meant or "`incident-tui list` shows those there are.",
        )


class Ambiguous(StoreError):
    """More than one incident folder has that in its name."""

    def __init__(self, fragment: str, matches: Iterable[str]) -> None:
        self.fragment = fragment
        self.matches = list(matches)
        super().__init__(
            f"{fragment!r} is a part of {len(self.matches)} incidents: {', '.join(self.matches)}",
            "Type more of the name.",
        )


class NoSuchPlaybook(StoreError):
    """No playbook of that name, nor a file at that path."""

    def __init__(self, name: str, nearest: Iterable[str], known: Iterable[str]) -> None:
        self.name = name
        self.nearest = list(nearest)
        meant = f"Did you mean {' or '.join(self.nearest)}? " if self.nearest else ""
        super().__init__(
            f"There is no playbook {name!r}",
            f"{meant}Known: {', '.join(known) or 'none'}; the path of a .toml file works too.",
        )


_REASONS: dict[int | None, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "Free some space, then try again."),
    errno.EDQUOT: ("your disk quota is used up", "Free some space, then try again."),
    errno.EFBIG: ("the file would become too large", "Raise the file size limit, then try again."),
    errno.EROFS: (
        "the disk is mounted read-only",
        "Remount it for writing, or use a home elsewhere.",
    ),
    errno.EACCES: (
        "you may not write there",
        "Change the permissions of the folder, or use a home elsewhere.",
    ),
    errno.EPERM: (
        "the system does not allow writing there",
        "Change the permissions of the folder, or use a home elsewhere.",
    ),
    errno.EIO: (
        "the disk reports an error",
        "Look at the system log; copy the home to another disk.",
    ),
    errno.ENOENT: (
        "the folder is not there",
        "If another branch is checked out, switch back; otherwise restore it from git.",
    ),
    errno.ENOTDIR: (
        "a part of the path is a file, not a folder",
        "Move that file away, then try again.",
    ),
    errno.EEXIST: (
        "a part of the path is a file, not a folder",
        "Move that file away, then try again.",
    ),
    errno.EISDIR: ("there is a folder of that name", "Move that folder away, then try again."),
    errno.EMFILE: (
        "this program has too many files open",
        "Restart it; nothing that was saved is lost.",
    ),
    errno.ENFILE: ("the system has too many files open", "Close other programs, then try again."),
    errno.ENAMETOOLONG: ("the path is too long", "Use a home with a shorter path."),
    errno.ENOLCK: (
        "the file system gives no locks",
        "Use a home on a local disk, or have the network disk's locks turned on.",
    ),
    errno.ENOSYS: (
        "the file system knows no locks",
        "Use a home on a local disk, or have the network disk's locks turned on.",
    ),
    errno.EOPNOTSUPP: (
        "the file system knows no locks",
        "Use a home on a local disk, or have the network disk's locks turned on.",
    ),
    errno.ESTALE: ("the network disk lost the folder", "Mount it again, then try again."),
}


_NOT_A_FILE = "Look where it came from; put a file there, or take it away and restore it from git."


def not_saved(path: Path, error: OSError) -> NotSaved:
    """The plain sentence for a failed write; names the system's own words where we have none."""
    if isinstance(error, NotAFile):
        return NotSaved(Path(error.filename or path), error.strerror, _NOT_A_FILE)
    known = _REASONS.get(error.errno)
    if known:
        return NotSaved(path, *known)
    return NotSaved(path, error.strerror or str(error) or "the write failed", "Try again.")


def not_readable(path: Path, error: OSError) -> Unreadable:
    """The plain sentence for a failed read."""
    if isinstance(error, NotAFile):
        return Unreadable(Path(error.filename or path), error.strerror, _NOT_A_FILE)
    if error.errno in (errno.EACCES, errno.EPERM):
        return Unreadable(path, "you may not read it", "Change its permissions, then try again.")
    if error.errno == errno.EISDIR:
        return Unreadable(path, "this is a folder, not a file", "Move it away, then try again.")
    words = error.strerror or str(error) or "reading failed"
    return Unreadable(path, words, "Look at the system log; restore the file from git.")
