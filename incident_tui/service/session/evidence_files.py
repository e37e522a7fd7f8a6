"""Copies a file into an incident's evidence folder. What the log says of it is the domain's.

What in it looks like a secret is `secrets.files`' to tell.
"""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.line_grammar import Line
from incident_tui.domain.line_plan import Plan
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.values.text import clean_line
from incident_tui.door import check_way
from incident_tui.service.runtime.world import World
from incident_tui.service.secrets.files import digest_of, look_into
from incident_tui.service.secrets.texts import suspicion
from incident_tui.store.files.atomic import make_folder, replace_file
from incident_tui.store.files.errors import not_saved
from incident_tui.store.files.user_folders import state_root
from incident_tui.store.home import INCIDENT
from incident_tui.store.log.folder_names import is_reserved
from incident_tui.store.log.lock import FOLDER as LOCKS

LARGEST = 50 * 1024 * 1024
"""Bytes that one file may have: every clone of the home carries it from then on."""
ATTRIBUTES = ".gitattributes"
AS_IT_IS = b"# Evidence is kept to the byte, whatever the repository says of line ends.\n* -text\n"


def keep_evidence(event: EvidenceAttached, folder: Path, world: World) -> EvidenceAttached:
    """Copy the file that `event` names; returns the event with its name there and its hash.

    The copy is durable on return. Raises `Refused` when the file cannot be read or is too large,
    `NotSaved` when it cannot be kept.
    """
    origin = _located(event, world)
    content = _content(origin)
    _refuse_own(origin, world)
    name, digest = keep_content(content, origin.name, folder)
    return msgspec.structs.replace(event, name=name, origin=clean_line(str(origin)), sha256=digest)


def keep_content(content: bytes, name: str, folder: Path) -> tuple[str, str]:
    """Keep a file of that content; returns a safe name like `name`, and the hash.

    It is durable on return, and its owner's alone where the incident folder is. Raises `NotSaved`.
    """
    digest = digest_of(content)
    kept = folder / "evidence"
    if suspicion([name]):
        name = f"file{os.path.splitext(name)[1]}"
    try:
        check_way(kept / ATTRIBUTES, folder.parent)
        make_folder(kept)
        if not os.path.lexists(kept / ATTRIBUTES):
            replace_file(kept / ATTRIBUTES, AS_IT_IS)
        target = kept / _free_name(kept, name, digest)
        if not os.path.lexists(target):
            replace_file(target, content)
    except OSError as error:
        raise not_saved(kept, error) from error
    return target.name, digest


class EvidenceSession(Protocol):
    """What is needed here of an open incident."""

    world: World

    def plan(self, typed: str | Line) -> Plan:
        """What a line would record."""
        ...


def suspicion_of_line(session: EvidenceSession, text: str, line: Line | None) -> str:
    """What in a line, or in the file that it attaches, looks like a secret; empty when nothing.

    `line` is the text as parsed; None where it cannot be.
    """
    parts = [suspicion([text])]
    if line is not None and line.command.slow:
        with suppress(LineError, Refused):  # so it is told when the line is entered
            for pending in session.plan(line).events:
                if isinstance(pending.event, EvidenceAttached):
                    parts.append(suspicion_in(pending.event, session.world))
    return ", ".join(filter(None, parts))


def suspicion_in(event: EvidenceAttached, world: World) -> str:
    """What in a file that is to be attached looks like a secret; empty when nothing.

    Reading and looking may take seconds; what was looked into is known for the next time.
    """
    origin = _located(event, world)
    try:
        look = look_into(_content(origin))
    except Refused:
        return ""  # so it is told when the line is entered
    return f"{look.what} of {clean_line(origin.name)}" if look.what else ""


def _located(event: EvidenceAttached, world: World) -> Path:
    named = event.origin.strip("\"'")
    if named.startswith("~/"):
        named = world.env.get("HOME", "~") + named[1:]
    return world.cwd / named


def _refuse_own(origin: Path, world: World) -> None:
    """A copy of a log would keep the words that are taken out of that log later."""
    real = origin.resolve()
    state = state_root(world.env)
    for above in real.parents:
        ours = (above / INCIDENT).is_file() and not real.is_relative_to(above / "evidence")
        if ours or above.name == LOCKS or above == state:
            raise Refused(
                f"{origin} belongs to an incident; a copy would keep what is redacted there later",
                [("say which entry is meant", "see #12")],
            )


def _content(origin: Path) -> bytes:
    """The bytes of a file, all of one moment as far as a file can be read so."""
    try:
        if not origin.exists():
            raise Refused(f"there is no file {origin}")
        # Without waiting for somebody at the other end of a pipe; what was opened is what counts.
        descriptor = os.open(origin, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Refused(f"there is no file {origin}: it is a folder, a device or a pipe")
            with open(descriptor, "rb", closefd=False) as file:
                content = file.read(LARGEST + 1)
            size = max(len(content), os.fstat(descriptor).st_size)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise Refused(f"{origin} cannot be read: {error.strerror}") from error
    if len(content) <= LARGEST:
        return content
    raise Refused(
        f"{origin} has {size // 1024 // 1024} MiB; up to {LARGEST // 1024 // 1024} are kept",
        [("keep a link to it instead", "/link URL")],
    )


def _free_name(folder: Path, name: str, digest: str) -> str:
    """A safe name in `folder` that is free, or that holds this very content already."""
    stem, dot, suffix = name.rpartition(".")
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", stem if dot else suffix).strip("-")[:60] or "file"
    stem = f"file-{stem}" if is_reserved(stem) else stem
    suffix = re.sub(r"[^A-Za-z0-9]+", "", suffix)[:10] if dot else ""
    number = 1
    while True:
        tried = stem + (f"-{number}" if number > 1 else "") + (f".{suffix}" if suffix else "")
        if not os.path.lexists(folder / tried) or _holds(folder / tried, digest):
            return tried
        number += 1


def _holds(path: Path, digest: str) -> bool:
    return path.is_file() and not path.is_symlink() and digest_of(path.read_bytes()) == digest
