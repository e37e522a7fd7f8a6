"""JSON documents and JSON lines, told apart by what is in them; any other list of timed objects."""

import json
import re
from typing import Final

from incident_tui.intake.containers.alerts import alert_messages
from incident_tui.intake.containers.issues import issue
from incident_tui.intake.containers.items import Contained, Lines, Object, add
from incident_tui.intake.containers.objects import (
    add_object,
    has_time,
    labelled_times,
    objects_beside,
    tell_elsewhere,
    time_of,
    timed_lists,
    title_of,
)
from incident_tui.intake.containers.status_pages import status_page
from incident_tui.intake.foreign_timeline import Unread

_NOTICES: Final = frozenset(
    ("channel_join", "channel_leave", "group_join", "group_leave", "channel_topic",
     "channel_purpose", "channel_name", "pinned_item", "bot_add", "bot_remove")
)  # fmt: skip
_MENTION: Final = re.compile(r"<@([A-Z0-9]+)(?:\|([^>]+))?>")
_LINK: Final = re.compile(r"<(https?://[^|>\s]+)\|([^>]+)>")


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
        contained = form(data, lines)
        if contained is not None and contained.gathered.entries:
            return contained
    return _timed_objects(data, text)


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
            contained.gathered.unread.append(Unread(line, text, "is a notice of the chat itself"))
            continue
        who = names.get(str(message.get("user"))) or _slack_name(message) or message.get("user")
        add(contained.gathered, line, message["ts"], text, kind="chat", who=str(who or ""))
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
    named = _MENTION.sub(lambda match: f"@{match[2] or names.get(match[1]) or match[1]}", text)
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
            contained.gathered.unread.append(Unread(number, line.strip(), "is not JSON"))
            continue
        objects += isinstance(item, dict)
        if isinstance(item, dict):
            add_object(contained, number, item)
    return contained if objects > len(contained.gathered.unread) else None


def _timed_objects(data: object, text: str) -> Contained | None:
    """The longest list of objects that have a time, wherever it stands in the data."""
    items, elsewhere = timed_lists(data)
    if not any(map(has_time, items)):
        return None
    contained, lines = Contained("JSON", title_of(data)), Lines(text)
    for item in items:
        add_object(contained, lines.of(time_of(item)), item)
    for item in elsewhere:
        tell_elsewhere(contained, Lines(text).of(time_of(item)), item)
    for other in objects_beside(data, items):
        labelled_times(contained, other, lambda name: Lines(text).of(f'"{name}"'))
    return contained
