"""Copies a file into an incident's evidence folder. What the log says of it is the domain's."""

import re
from pathlib import Path

import msgspec

from incident_tui.domain.evidence import EvidenceAttached
from incident_tui.domain.text import clean_line
from incident_tui.domain.verbs import Refused
from incident_tui.service.world import World
from incident_tui.store.atomic import make_folder, replace_file
from incident_tui.store.errors import not_saved
from incident_tui.store.naming import is_reserved

LARGEST = 50 * 1024 * 1024
"""Bytes that one file may have: every clone of the home carries it from then on."""


def keep_evidence(event: EvidenceAttached, folder: Path, world: World) -> EvidenceAttached:
    """Copy the file that `event` names; returns the event with its name there and its hash.

    The copy is durable on return. Raises `Refused` when the file cannot be read or is too large,
    `NotSaved` when it cannot be kept.
    """
    origin = _located(event.origin.strip("\"'"), world)
    name, digest = keep_content(_content(origin), origin.name, folder)
    return msgspec.structs.replace(event, name=name, origin=clean_line(str(origin)), sha256=digest)


def keep_content(content: bytes, name: str, folder: Path) -> tuple[str, str]:
    """Keep a file of that content; returns a safe name like `name`, and the hash.

    It is durable on return, and its owner's alone where the incident folder is. Raises `NotSaved`.
    """
    digest = _digest(content)
    kept = folder / "evidence"
    try:
        make_folder(kept)
        target = kept / _free_name(kept, name, digest)
        if not target.exists():
            replace_file(target, content)
    except OSError as error:
        raise not_saved(kept, error) from error
    return target.name, digest


def _located(named: str, world: World) -> Path:
    if named.startswith("~/"):
        named = world.env.get("HOME", "~") + named[1:]
    return world.cwd / named


def _content(origin: Path) -> bytes:
    try:
        if not origin.is_file():
            raise Refused(f"there is no file {origin}")
        size = origin.stat().st_size
        if size <= LARGEST:
            return origin.read_bytes()
    except OSError as error:
        raise Refused(f"{origin} cannot be read: {error.strerror}") from error
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
        if not (folder / tried).exists() or _holds(folder / tried, digest):
            return tried
        number += 1


def _holds(path: Path, digest: str) -> bool:
    return path.is_file() and _digest(path.read_bytes()) == digest


def _digest(content: bytes) -> str:
    # Importing it takes 3 ms, which lines that attach nothing need not pay.
    import hashlib

    return hashlib.sha256(content).hexdigest()
