"""Objects of a program's file or of a record: which of their values is the time, text or person."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from incident_tui.intake.containers.items import Contained, Object, add, stamp_of
from incident_tui.intake.foreign_timeline import Unread
from incident_tui.intake.prose.labels import whole_label
from incident_tui.intake.times.stamps import Stamp

_TIMES: Final = (
    "timestamp", "@timestamp", "time", "ts", "datetime", "date", "when", "at", "created_at",
    "createdAt", "occurred_at", "event_time", "eventTime", "startsAt", "__REALTIME_TIMESTAMP",
    "_time", "asctime", "t", "createdDateTime", "create_at", "dateCreated", "date_happened",
    "lastTimestamp", "firstTimestamp", "deprecatedLastTimestamp", "start_time", "startTime",
)  # fmt: skip
_TEXTS: Final = (
    "message", "msg", "text", "event", "body", "description", "MESSAGE", "summary", "title",
    "content", "log", "eventName", "what", "action", "details", "note", "notes", "comment", "entry",
    "name", "textPayload", "methodName",
)  # fmt: skip
_PAYLOADS: Final = ("jsonPayload", "protoPayload")
_PEOPLE: Final = (
    "user_name", "username", "user", "author", "actor", "who", "by", "sender", "sender_full_name",
    "from", "agent",
)  # fmt: skip
_NAMES: Final = ("displayName", "nickname", "name", "login", "username", "real_name", "summary")
Path = tuple[str, ...]
_OF_A_LIST: Final[Path] = ("of a list",)
_DEEPEST: Final = 4
_MOMENTS: Final = ("$date", "seconds", "value", "iso")
"""How a time that is an object of its own calls it."""
_INNER: Final = ("_source", "attributes")
"""Where exports of searches and interfaces put the item itself."""
_MARKS: Final = ("level", "severity", "lvl")
_WORDS: Final = re.compile(r"[\s_.-]+|(?<=[a-z])(?=[A-Z])")


def timed_lists(data: object) -> tuple[list[Object], list[Object]]:
    """The objects of the list with the most that have a time, and those of lists elsewhere.

    Lists that stand in the same place of like objects, as the streams of a log do, are one.
    """
    places: dict[Path, list[Object]] = {}
    for place, items in _lists(data):
        places.setdefault(place, []).extend(items)
    if not places:
        return [], []
    best = max(places, key=lambda place: sum(map(has_time, places[place])))
    elsewhere = [
        item
        for place, items in places.items()
        if place[-1:] == _OF_A_LIST and place[: len(best)] != best and best[: len(place)] != place
        for item in items
        if has_time(item)
    ]
    return places[best], elsewhere


def tell_elsewhere(contained: Contained, line: int, item: Object) -> None:
    """Tell an object with a time that stands in another list than those that are read."""
    words = json.dumps(item, default=str)
    contained.gathered.unread.append(Unread(line, words, "stands in another list than the rows"))


def objects_beside(data: object, rows: Sequence[Object]) -> Iterator[dict[str, Any]]:
    """The objects around a list of rows, without these and what is inside of them."""
    if isinstance(data, dict) and not any(data is row for row in rows):
        yield data
        for value in data.values():
            yield from objects_beside(value, rows)


def title_of(data: object) -> str:
    """The title that the whole data has, empty for none."""
    outer = data if isinstance(data, dict) else {}
    inner = next((one for one in outer.values() if isinstance(one, dict)), {})
    names = (one.get(name) for one in (outer, inner) for name in ("title", "name"))
    return next((name for name in names if isinstance(name, str) and name), "")


def labelled_times(contained: Contained, item: Object, line: Callable[[str], int]) -> None:
    """Add the times of an object whose names are labels of milestones: "resolved_at".

    `line` gives the line that a name stands in.
    """
    for name, value in item.items():
        words = " ".join(part for part in _WORDS.split(name) if part).lower()
        label = whole_label(words) if isinstance(value, str | int | float) else ""
        stamp = stamp_of(value) if label and not isinstance(value, bool) else None
        if isinstance(stamp, Stamp) and stamp.has_time:
            add(contained.gathered, line(name), value, words.capitalize(), kind="key events")
            entry = contained.gathered.entries.pop()
            entry.label, entry.in_timeline = label, False
            contained.gathered.milestones.append(entry)


def time_of(item: Object) -> Any:
    """The value of an object that is its time, None where it has none."""
    inner = (item[name] for name in _TIMES if isinstance(item.get(name), dict))
    nested = (_value(one, (*_TIMES, *_MOMENTS)) for one in inner)
    return next((at for at in (_value(item, _TIMES), *nested) if at is not None), None)


def _lists(
    data: object, place: Path = (), depth: int = _DEEPEST
) -> Iterator[tuple[Path, list[Object]]]:
    """Each list of objects with its place: the names that lead to it."""
    if isinstance(data, list):
        place = (*place, *_OF_A_LIST)
        objects: list[Object] = [item for one in data if (item := _item(one)) is not None]
        yield place, objects
        for one in objects if depth else ():
            yield from _lists(one, place, depth - 1)
    elif isinstance(data, dict) and depth:
        for name, value in data.items():
            yield from _lists(value, (*place, str(name)), depth - 1)
        yield (*place, "of an object"), [one for one in data.values() if isinstance(one, dict)]
        if has_time(data):
            yield (*place, "itself"), [data]


def _item(one: object) -> Object | None:
    """An item of a list as one object: what search engines nest, and pairs of time and text."""
    if isinstance(one, dict):
        inner = [one[name] for name in _INNER if isinstance(one.get(name), dict)]
        return {**one, **inner[0]} if inner else one
    if isinstance(one, list) and len(one) >= 2 and isinstance(one[1], str):
        whole = isinstance(stamp_of(one[0]), Stamp) and len(str(one[0])) >= 10
        return {"timestamp": one[0], "message": one[1]} if whole else None
    return None


def add_object(contained: Contained, line: int, item: Object, kind: str = "JSON") -> None:
    """Add the entry of one object."""
    when = time_of(item)
    text = _text(item)
    nested = next(
        (item[name] for name in (*_TEXTS, *_PAYLOADS) if isinstance(item.get(name), dict)), None
    )
    if not text and nested is not None:
        item, text = {**nested, **item}, _text(nested)
    mark = str(_value(item, _MARKS) or "")
    unit = item.get("SYSLOG_IDENTIFIER") or item.get("_SYSTEMD_UNIT")
    who = _value(item, _PEOPLE)
    head = f"{unit}: " if unit else ""
    words = f"{head}{mark} {text}".strip() if mark else f"{head}{text}"
    if not text:
        words = json.dumps({name: value for name, value in item.items() if value != when})
    person = who if isinstance(who, str) else _person(item)
    add(contained.gathered, line, when, words, kind="log" if mark or unit else kind, who=person)


def _text(item: Object) -> str:
    """What an item says; journald gives bytes where they are no text."""
    message = item.get("MESSAGE")
    if isinstance(message, list) and all(isinstance(b, int) and 0 <= b < 256 for b in message):
        return bytes(message).decode(errors="replace")
    parts = item.get("text")
    if isinstance(parts, list):  # Telegram cuts a text where a link begins
        return "".join(str(p.get("text", "")) if isinstance(p, dict) else str(p) for p in parts)
    text = _value(item, _TEXTS)
    body = item.get("body")
    if text is None and isinstance(body, dict):
        text = re.sub(r"<[^<>]{1,200}>", " ", str(body.get("content") or ""))
    return str(text or "")


def _person(item: Object) -> str:
    for name in _PEOPLE:
        person = item.get(name)
        if isinstance(person, dict):
            inner = person.get("user") if isinstance(person.get("user"), dict) else person
            return str(_value(inner or person, _NAMES) or "")
    return ""


def has_time(item: Object) -> bool:
    """Whether an object has a value that is called a time, which may be none all the same."""
    return time_of(item) is not None


def _value(item: Object, names: Sequence[str]) -> Any:
    for name in names:
        value = item.get(name)
        if value not in (None, "") and isinstance(value, str | int | float):
            return value
    return None
