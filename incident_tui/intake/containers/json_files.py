"""JSON documents and JSON lines, told apart by what is in them; any other list of timed objects."""

import json
from collections.abc import Sequence
from typing import Any, Final

from incident_tui.intake.containers.alerts import alert_messages
from incident_tui.intake.containers.issues import issue
from incident_tui.intake.containers.items import Contained, Lines, Object, add
from incident_tui.intake.containers.status_pages import status_page
from incident_tui.intake.reading import Unread

_TIMES: Final = (
    "timestamp", "@timestamp", "time", "ts", "datetime", "date", "when", "at", "created_at",
    "createdAt", "occurred_at", "event_time", "eventTime", "startsAt", "__REALTIME_TIMESTAMP",
    "_time", "asctime", "t",
)  # fmt: skip
_TEXTS: Final = (
    "message", "msg", "text", "event", "body", "description", "MESSAGE", "summary", "title",
    "content", "log", "eventName", "name",
)  # fmt: skip
_PEOPLE: Final = ("user_name", "username", "user", "author", "actor", "who", "by", "sender")
_MARKS: Final = ("level", "severity", "lvl")


def json_document(text: str) -> Contained | None:
    """A text that is one JSON document, or one in each line; None for any other text."""
    head = text.lstrip()[:1]
    if head not in ("{", "["):
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return _json_lines(text)
    lines = Lines(text)
    for form in (_slack_export, status_page, alert_messages, issue):
        found = form(data, lines)
        if found is not None and found.found.entries:
            return found
    return _timed_objects(data, lines)


def _slack_export(data: object, lines: Lines) -> Contained | None:
    messages = data.get("messages") if isinstance(data, dict) else data
    if not isinstance(messages, list):
        return None
    timed = [one for one in messages if isinstance(one, dict) and "ts" in one and "text" in one]
    if not timed or not all(str(one["ts"]).replace(".", "", 1).isdigit() for one in timed):
        return None
    contained = Contained("Slack export")
    for message in timed:
        profile = message.get("user_profile") or {}
        who = profile.get("display_name") or profile.get("real_name") or message.get("username")
        add(
            contained.found,
            lines.of(message["ts"]),
            message["ts"],
            str(message["text"]),
            kind="chat",
            who=str(who or message.get("user") or ""),
        )
    return contained


def _json_lines(text: str) -> Contained | None:
    """One object in each line, as programs log; lines that are none are told."""
    contained = Contained("JSON lines")
    objects = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError):
            contained.found.unread.append(Unread(number, line.strip(), "is not JSON"))
            continue
        objects += isinstance(item, dict)
        if isinstance(item, dict):
            _add_object(contained, number, item)
    return contained if objects > len(contained.found.unread) else None


def _timed_objects(data: object, lines: Lines) -> Contained | None:
    """The longest list of objects that have a time, wherever it stands in the data."""
    found = max(_lists(data), key=lambda items: sum(map(_has_time, items)), default=[])
    if not any(map(_has_time, found)):
        return None
    title = data.get("title") or data.get("name") if isinstance(data, dict) else ""
    contained = Contained("JSON", str(title or ""))
    for item in found:
        _add_object(contained, lines.of(_value(item, _TIMES)), item)
    return contained


def _lists(data: object, depth: int = 4) -> list[list[Object]]:
    if isinstance(data, list):
        objects: list[Object] = [one for one in data if isinstance(one, dict)]
        inner = [found for one in objects for found in _lists(one, depth - 1)] if depth else []
        return [objects, *inner]
    if isinstance(data, dict) and depth:
        own: list[list[Object]] = [[data]] if _has_time(data) else []
        return [*own, *(found for value in data.values() for found in _lists(value, depth - 1))]
    return []


def _add_object(contained: Contained, line: int, item: Object) -> None:
    when = _value(item, _TIMES)
    text = str(_value(item, _TEXTS) or "")
    mark = str(_value(item, _MARKS) or "")
    unit = item.get("SYSLOG_IDENTIFIER") or item.get("_SYSTEMD_UNIT")
    who = _value(item, _PEOPLE)
    head = f"{unit}: " if unit else ""
    told = f"{head}{mark} {text}".strip() if mark else f"{head}{text}"
    if not text:
        told = json.dumps({name: value for name, value in item.items() if value != when})
    person = who if isinstance(who, str) else ""
    add(contained.found, line, when, told, kind="log" if mark or unit else "JSON", who=person)


def _has_time(item: Object) -> bool:
    return _value(item, _TIMES) is not None


def _value(item: Object, names: Sequence[str]) -> Any:
    for name in names:
        value = item.get(name)
        if value not in (None, "") and isinstance(value, str | int | float):
            return value
    return None
