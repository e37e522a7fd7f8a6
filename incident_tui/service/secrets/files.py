"""Secrets in files: what is looked into, how far, and which files of a folder may not leave.

What looks like a secret is `texts`' to tell; what follows from it, the domain's.
"""

import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import msgspec

from incident_tui.domain.confidential.secrets import Secrets, ways_out
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.values.text import clean_line
from incident_tui.door import open_file, read_file
from incident_tui.service.secrets.texts import HeldBack, broken, secrets_in
from incident_tui.store.home import INCIDENT, PLAYBOOK

LOOKED_INTO = 5 * 1024 * 1024
"""Bytes of a file, once unpacked, that are looked into; a larger one is asked about as a whole."""
_PLACES_SHOWN = 3
_READABLE = re.compile(rb"[\t\x20-\x7e]{6,}|(?:[\x20-\x7e]\x00){6,}")


class Look(msgspec.Struct, frozen=True):
    """What was seen of a file. `what`: kinds of secrets and lines, never their text; empty if none.

    `how` far it was looked into, as `EvidenceAttached.looked_into` says it.
    """

    what: str
    how: str


_looks: dict[str, Look] = {}
_digests: dict[tuple[str, int, int, int, int], str] = {}
_REMEMBERED = 500


def digest_of(content: bytes) -> str:
    """What a file's content is known by."""
    # Importing it takes 3 ms, which lines that attach nothing need not pay.
    import hashlib

    return hashlib.sha256(content).hexdigest()


def look_into(content: bytes) -> Look:
    """Look for secrets in a file: the lines of a text, the readable strings of a binary file.

    Of archives and compressed files it is what is in them. What could not be looked at as a whole
    is suspect, unless it is packed in a way that cannot be read here at all: then that is said.
    """
    key = digest_of(content)
    look = _looks.get(key)
    if look is None:
        look = _look(content)
        if len(_looks) >= _REMEMBERED:
            _looks.clear()
        _looks[key] = look
    return look


def _look(content: bytes) -> Look:
    # With what unpacks: 10 ms, which lines that attach nothing need not pay.
    from incident_tui.service.secrets.archives import is_packed, unpacked

    how, plain, whole = "text", content, True
    if is_packed(content):
        how = "unpacked"
        plain, whole = unpacked(content, LOOKED_INTO + 1)
    if not plain and not whole:
        return Look("", "packed")
    part, cut = plain[:LOOKED_INTO], len(plain) > LOOKED_INTO
    text = _decoded(part)
    if text is None:
        text = "\n".join(
            piece.replace(b"\0", b"").decode("ascii") for piece in _READABLE.findall(part)
        )
        how = "strings" if how == "text" else how
    places = _places(secrets_in([text]), text, by_line=how == "text")
    if cut or not whole:
        mib = LOOKED_INTO // 1024 // 1024
        beyond = f"nobody looked beyond the first {mib} MiB"
        places.append(beyond if cut else "unpacking fails before the end")
        how = "part"
    return Look(", ".join(places), how)


def _decoded(content: bytes) -> str | None:
    """The content as text; None for a binary file."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    return None if b"\0" in content else content.decode("utf-8", errors="replace")


def _places(kinds: dict[str, str], text: str, *, by_line: bool) -> list[str]:
    """`GitHub Token in line 3` and so on, by place; without places where there are no lines."""
    if not by_line:
        return sorted(set(kinds.values()))
    places = sorted((_line(secret, text), kind) for secret, kind in kinds.items())
    lines = list(dict.fromkeys(f"{kind} in line {line}" for line, kind in places))
    more = len(lines) - _PLACES_SHOWN
    return [*lines[:_PLACES_SHOWN], f"{more} more"] if more > 0 else lines


def _line(secret: str, text: str) -> int:
    at = text.find(secret)
    if at < 0:
        match = broken(secret).search(text)
        at = match.start() if match else 0
    return text.count("\n", 0, at) + 1


def kept_file(folder: Path, name: str) -> Path | None:
    """The file of that name in evidence/; None where there is none, or it is not of this folder.

    The log may have come from elsewhere, and with it names and links that point somewhere else.
    """
    path = folder / "evidence" / name
    if not name or os.path.basename(name) != name or path.parent.is_symlink():
        return None
    return path if path.is_file() and not path.is_symlink() else None


def examined(event: EvidenceAttached, folder: Path) -> EvidenceAttached:
    """The event, saying how far its kept file was looked into."""
    look = _kept_look(event, folder)
    return msgspec.structs.replace(event, looked_into=look.how) if look else event


def suspicion_of_file(entry: Entry, folder: Path) -> str:
    """What in the file that the entry attached looks like a secret; empty when nothing."""
    if not isinstance(entry.event, EvidenceAttached):
        return ""
    look = _kept_look(entry.event, folder)
    return f"{look.what} of evidence/{entry.event.name}" if look and look.what else ""


def _kept_look(event: EvidenceAttached, folder: Path) -> Look | None:
    path = kept_file(folder, event.name)
    if path is None:
        return None
    try:
        return look_into(read_file(path, below=folder))
    except OSError:
        return None  # nothing can be committed of what cannot be read


def files_must_not_leave(
    folder: Path,
    incident: Incident,
    *,
    rendered: Collection[str] = (),
    leave_out: Iterable[str] = (),
    since: int = 0,
    only: str = "",
) -> None:
    """Raises `HeldBack` where a file of the folder looks like it holds a secret nobody kept.

    A file counts as known as long as it is byte for byte what an entry attached; then the log
    says what is to be done about it. What was changed or put there by hand, and what older
    versions attached from position `since` on, is looked into here. `rendered` are the documents
    that are written anew, `leave_out` patterns of names that are never committed, `only` the one
    file that is meant.
    """
    attached = _attached(incident)
    held: list[tuple[str, list[tuple[str, str]]]] = []
    for path in _files(folder, tuple(leave_out)):
        name = path.relative_to(folder).as_posix()
        if name in rendered or name == INCIDENT or (only and name != only):
            continue
        try:
            entries = attached.get((name, _digest(path)), [])
            if name == PLAYBOOK:  # the first entry says that it was chosen
                entries = incident.recorded[:1]
            if any(_is_settled(incident, entry, since) for entry in entries):
                continue
            look = look_into(read_file(path, below=folder))
        except OSError:
            continue
        if look.what:
            number = incident.number(entries[0].id) if entries else 0
            held.append((clean_line(f"{name} ({look.what})"), _ways(path, name, number)))
    if held:
        more = f" (and {len(held) - 1} more)" if len(held) > 1 else ""
        first = "; ".join(f"{does}: {line}" if line else does for does, line in held[0][1])
        raise HeldBack(
            Refused(
                f"{held[0][0]}{more} looks like it holds a secret: {first}",
                [(f"{what}: {does}", line) for what, ways in held for does, line in ways],
            )
        )


def _attached(incident: Incident) -> dict[tuple[str, str], list[Entry]]:
    """The entries that attached a file, by its path in the folder and the hash of its content."""
    attached: dict[tuple[str, str], list[Entry]] = {}
    for entry in incident.recorded:
        if isinstance(entry.event, EvidenceAttached):
            attached.setdefault((f"evidence/{entry.event.name}", entry.event.sha256), []).append(
                entry
            )
    return attached


def _is_settled(incident: Incident, entry: Entry, since: int) -> bool:
    """Whether the file that an entry stands for needs no further look: its log says what is known.

    Of a file that was attached, what git holds already counts as known too.
    """
    if entry.id in incident.of(Secrets).kept:
        return True
    event = entry.event
    return isinstance(event, EvidenceAttached) and (
        bool(event.looked_into) or incident.number(entry.id) <= since
    )


def _ways(path: Path, name: str, number: int) -> list[tuple[str, str]]:
    """What can be done about a file, which entry `number` stands for where there is one."""
    if name == PLAYBOOK:
        return [("take it out of the playbook", ""), ways_out(number)[1]]
    if number:
        return ways_out(number)
    if name.startswith("evidence/"):
        attach = "or attach it as it is now; then it can be redacted or kept"
        return [("remove the file", ""), (attach, clean_line(f"/evidence {path}"))]
    return [("remove the file: no entry names it", "")]


def _files(folder: Path, leave_out: tuple[str, ...]) -> Iterator[Path]:
    """The ordinary files of a folder that a commit would take; of links git keeps the path only."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            path = Path(where, name)
            if any(fnmatch(name, pattern) for pattern in leave_out):
                continue
            if stat.S_ISREG(path.lstat().st_mode):
                yield path


def _digest(path: Path) -> str:
    """`digest_of` a file, read again only where the file system says that it was written."""
    import hashlib

    status = path.stat()
    key = (str(path), status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    known = _digests.get(key)
    if known is None:
        if len(_digests) >= _REMEMBERED:
            _digests.clear()
        with open(open_file(path, os.O_RDONLY, below=path.parent), "rb") as file:
            known = _digests[key] = hashlib.file_digest(file, "sha256").hexdigest()
    return known
