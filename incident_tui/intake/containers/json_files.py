"""JSON documents and JSON lines, told apart by what is in them; any other list of timed objects."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from incident_tui.intake.containers.alerts import alert_messages
from incident_tui.intake.containers.issues import issue
from incident_tui.intake.containers.items import Contained, Lines, Object, add, stamp_of
from incident_tui.intake.containers.status_pages import status_page
from incident_tui.intake.reading import Unread
from incident_tui.intake.times.stamps import Stamp

_TIMES: Final = (
    "timestamp", "@timestamp", "time", "ts", "datetime", "date", "when", "at", "created_at",
    "createdAt", "occurred_at", "event_time", "eventTime", "startsAt", "__REALTIME_TIMESTAMP",
    "_time", "asctime", "t", "createdDateTime", "create_at", "dateCreated", "date_happened",
    "lastTimestamp", "firstTimestamp", "start_time", "startTime",
)  # fmt: skip
_TEXTS: Final = (
    "message", "msg", "text", "event", "body", "description", "MESSAGE", "summary", "title",
    "content", "log", "eventName", "name",
)  # fmt: skip
_PEOPLE: Final = (
    "user_name", "username", "user", "author", "actor", "who", "by", "sender", "sender_full_name",
    "from", "agent",
)  # fmt: skip
_NAMES: Final = ("displayName", "nickname", "name", "login", "username", "real_name", "summary")
_INNER: Final = ("_source", "attributes")
"""Where exports of searches and interfaces put the item itself."""
_NOTICES: Final = frozenset(
    ("channel_join", "channel_leave", "group_join", "group_leave", "channel_topic",
     "channel_purpose", "channel_name", "pinned_item", "bot_add", "bot_remove")
)  # fmt: skip
_MENTION: Final = re.compile(r"<@([A-Z0-9]+)(?:\|([^>]+))?>")
_LINK: Final = re.compile(r"<(https?://[^|>\s]+)\|([^>]+)>")
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
    names = {str(one.get("user")): _slack_name(one) for one in timed if _slack_name(one)}
    for message in timed:
        line = lines.of(message["ts"])
        text = _slack_text(str(message["text"]), names)
        if message.get("subtype") in _NOTICES:
            contained.found.unread.append(Unread(line, text, "is a notice of the chat itself"))
            continue
        who = names.get(str(message.get("user"))) or _slack_name(message) or message.get("user")
        add(contained.found, line, message["ts"], text, kind="chat", who=str(who or ""))
    return contained


def _slack_name(message: Object) -> str:
    profile = message.get("user_profile") or message.get("bot_profile") or {}
    names = profile if isinstance(profile, dict) else {}
    return str(
        names.get("display_name") or names.get("real_name") or message.get("username")
        or names.get("name") or ""
    )  # fmt: skip


def _slack_text(text: str, names: dict[str, str]) -> str:
    """A message's text with people and links as others write them."""
    named = _MENTION.sub(lambda found: f"@{found[2] or names.get(found[1]) or found[1]}", text)
    return _LINK.sub(r"[\2](\1)", named)


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
        objects: list[Object] = [item for one in data if (item := _item(one)) is not None]
        inner = [found for one in objects for found in _lists(one, depth - 1)] if depth else []
        return [objects, *inner]
    if isinstance(data, dict) and depth:
        own: list[list[Object]] = [[data]] if _has_time(data) else []
        own += [[one for one in data.values() if isinstance(one, dict)]]  # items by their ids
        return [*own, *(found for value in data.values() for found in _lists(value, depth - 1))]
    return []


def _item(one: object) -> Object | None:
    """An item of a list as one object: what search engines nest, and pairs of time and text."""
    if isinstance(one, dict):
        inner = [one[name] for name in _INNER if isinstance(one.get(name), dict)]
        return {**one, **inner[0]} if inner else one
    if isinstance(one, list) and len(one) >= 2 and isinstance(one[1], str):
        whole = isinstance(stamp_of(one[0]), Stamp) and len(str(one[0])) >= 10
        return {"timestamp": one[0], "message": one[1]} if whole else None
    return None


def _add_object(contained: Contained, line: int, item: Object) -> None:
    when = _value(item, _TIMES)
    text = _text(item)
    mark = str(_value(item, _MARKS) or "")
    unit = item.get("SYSLOG_IDENTIFIER") or item.get("_SYSTEMD_UNIT")
    who = _value(item, _PEOPLE)
    head = f"{unit}: " if unit else ""
    words = f"{head}{mark} {text}".strip() if mark else f"{head}{text}"
    if not text:
        words = json.dumps({name: value for name, value in item.items() if value != when})
    person = who if isinstance(who, str) else _person(item)
    add(contained.found, line, when, words, kind="log" if mark or unit else "JSON", who=person)


def _text(item: Object) -> str:
    """What an item says; journald gives bytes where they are no text."""
    message = item.get("MESSAGE")
    if isinstance(message, list) and all(isinstance(b, int) and 0 <= b < 256 for b in message):
        return bytes(message).decode(errors="replace")
    parts = item.get("text")
    if isinstance(parts, list):  # Telegram cuts a text where a link begins
        return "".join(str(p.get("text", "")) if isinstance(p, dict) else str(p) for p in parts)
    found = _value(item, _TEXTS)
    body = item.get("body")
    if found is None and isinstance(body, dict):
        found = re.sub(r"<[^<>]{1,200}>", " ", str(body.get("content") or ""))
    return str(found or "")


def _person(item: Object) -> str:
    for name in _PEOPLE:
        person = item.get(name)
        if isinstance(person, dict):
            inner = person.get("user") if isinstance(person.get("user"), dict) else person
            return str(_value(inner or person, _NAMES) or "")
    return ""


def _has_time(item: Object) -> bool:
    return _value(item, _TIMES) is not None


def _value(item: Object, names: Sequence[str]) -> Any:
    for name in names:
        value = item.get(name)
        if value not in (None, "") and isinstance(value, str | int | float):
            return value
    return None
