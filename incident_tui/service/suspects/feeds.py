"""Logs of deploys and flag changes that somebody fed: kept as evidence, read again when asked.

Times are read by the one reader of foreign times (`intake`). Which change matters is the domain's.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from incident_tui.domain.core.commands import PendingEvent, Refused
from incident_tui.domain.core.typed_text import REMOVED
from incident_tui.domain.findings.suspects import Candidate
from incident_tui.domain.quality.evidence import Evidence, EvidenceAttached
from incident_tui.domain.values.text import clean_line, counted
from incident_tui.door import read_file
from incident_tui.intake import ForeignTimeline, read_timeline
from incident_tui.service.secrets.texts import without_secrets
from incident_tui.service.session.evidence_files import LARGEST, keep_content
from incident_tui.service.session.incident_session import IncidentSession

ORIGIN = "changes fed from "
"""How the origin of such a file begins."""
_SHA = re.compile(r"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\b")
_FLAG = re.compile(r"\b(flags?|toggled?|feature|rollout|experiment)\b", re.IGNORECASE)
_TIME_KEYS = ("time", "timestamp", "@timestamp", "ts", "date", "datetime", "when", "at")
_TIME_KEY = re.compile(r"(_at|At|_time|Time|_date|Date)$")
_PERSON_KEYS = ("user", "username", "author", "actor", "who", "by", "member")


class Fed(msgspec.Struct, frozen=True):
    """What a fed log holds: its changes, and how many of its lines were not understood."""

    candidates: tuple[Candidate, ...]
    unread: int


def feed(session: IncidentSession, text: str, shown: str) -> Fed:
    """Keep a log as evidence of the incident; what it holds.

    The same log is kept once. Raises `Refused` where it holds no change with a time, and
    `StoreError`.
    """
    kept_text = without_secrets(text, REMOVED)
    if not (fed := _read(session, kept_text, "it")).candidates:
        words = f" ({counted(fed.unread, 'line')} not understood)" if fed.unread else ""
        raise Refused(
            f"{shown} holds no change with a time{words}",
            [("a line is a time and what changed", "2026-11-20T13:48Z checkout v42 deployed")],
        )
    ending = "txt" if _json_or_none(kept_text) is None else "json"
    name, digest = keep_content(kept_text.encode(), f"changes.{ending}", session.folder)
    event = EvidenceAttached(name=name, origin=f"{ORIGIN}{clean_line(shown)}", sha256=digest)
    if not any(each.sha256 == digest for each in fed_files(session)):
        session.record(lambda incident: [PendingEvent(event)])
    return _read(session, kept_text, name)


def fed_files(session: IncidentSession) -> list[EvidenceAttached]:
    """The logs that were fed to the incident, in that order."""
    return [each for each in session.incident.of(Evidence).files if each.origin.startswith(ORIGIN)]


def candidates_of(session: IncidentSession, fed: EvidenceAttached) -> tuple[Candidate, ...]:
    """The changes of a log that was fed. Raises `OSError` where it cannot be read."""
    path = session.folder / "evidence" / Path(fed.name).name
    content = read_file(path, below=session.folder.parent, limit=LARGEST)
    return _read(session, content.decode("utf-8", "replace"), fed.name).candidates


def _read(session: IncidentSession, text: str, name: str) -> Fed:
    parts = _log_parts(text)
    plain, objects = (_reading(session, part) for part in (parts.plain, parts.objects))
    candidates = []
    for row in sorted([*plain.rows, *objects.rows], key=lambda row: row.line):
        # Where nothing stands behind the time, what stands before it is no name.
        words, who = (row.text, row.who) if row.text.strip() else (row.who, "")
        words = clean_line(words)
        sha = _SHA.search(words)
        candidates.append(
            Candidate(
                at=row.at,
                kind="flag" if _FLAG.search(words) else "deploy",
                where=name,
                text=words,
                source=f"evidence/{name}:{row.line}",
                who=clean_line(who),
                sha=sha[0] if sha else "",
            )
        )
    return Fed(tuple(candidates), parts.left + len(plain.unread) + len(objects.unread))


def _reading(session: IncidentSession, text: str) -> ForeignTimeline:
    """The rows of a log; a line of words above them makes no paragraph of them."""
    today = session.world.clock().astimezone(session.zone).date()

    def read(text: str) -> ForeignTimeline:
        return read_timeline(text, default_zone=session.zone, default_date=today, present=today)

    reading = read(text)
    timed = {row.line for row in reading.rows} | {left.line for left in reading.unread}
    if not reading.unread:
        return reading
    lines = enumerate(text.split("\n"), 1)
    apart = read("\n".join(line if number in timed else "" for number, line in lines))
    return apart if len(apart.rows) > len(reading.rows) else reading


class _LogParts(msgspec.Struct, frozen=True):
    """A log in two texts of the same lines: what is plain, and one timed object a line.

    `left` counts the objects that are in neither: those without a time, and all but the first of a
    line.
    """

    plain: str
    objects: str
    left: int = 0


def _log_parts(text: str) -> _LogParts:
    """The parts of a log, which may be JSON, lines of JSON, plain lines, or both in turn."""
    if (whole := _json_or_none(text)) is not None:
        return _LogParts("", "\n".join(json.dumps(_line_of(each)) for each in _timed(whole)))
    plain, objects, left = [], [], 0
    for line in text.split("\n"):
        data = _json_or_none(line)
        timed = list(_timed(data))
        left += 0 if data is None else abs(len(timed) - 1)
        plain.append(line if data is None else "")
        objects.append("".join(json.dumps(_line_of(each)) for each in timed[:1]))
    return _LogParts("\n".join(plain), "\n".join(objects), left)


def _json_or_none(text: str) -> dict[str, Any] | list[Any] | None:
    """The object or list that a text is as JSON; None where it is neither."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        data: dict[str, Any] | list[Any] = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data


def _timed(data: object, depth: int = 4) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict) and _time_key(data):
        yield data
    elif isinstance(data, dict | list) and depth:
        for each in data.values() if isinstance(data, dict) else data:
            yield from _timed(each, depth - 1)


def _time_key(item: dict[str, Any]) -> str:
    named = [key for key in _TIME_KEYS if item.get(key)]
    return next(iter([*named, *(key for key in item if _TIME_KEY.search(key) and item[key])]), "")


def _line_of(item: dict[str, Any]) -> dict[str, object]:
    when = _time_key(item)
    who = next((key for key in _PERSON_KEYS if isinstance(item.get(key), str)), "")
    parts = [
        str(value) if key in ("message", "title", "text", "name") else f"{key} {value}"
        for key, value in item.items()
        if key not in (when, who) and isinstance(value, str | int | float | bool)
    ]
    return {
        "time": item[when],
        "message": ", ".join(parts) or "a change",
        "user": item.get(who, ""),
    }
