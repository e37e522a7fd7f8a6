"""Entries as the log stores them: one JSON document each, read strictly and written plainly.

What the events mean lives in the concepts, how they are ordered and applied in `events`.
"""

import re

import msgspec

from incident_tui.domain.core.events import Entry, Event, Moment, UnknownEvent, event_types
from incident_tui.domain.core.quoted_entries import Quotes
from incident_tui.domain.values.text import inert_data, inert_line, is_inert


class _Stored(msgspec.Struct, gc=False):
    """An entry as it stands in a file, its event not yet read."""

    id: str
    order: int
    at: Moment
    recorded_at: Moment
    actor: str
    event: msgspec.Raw
    hat: str = ""
    source: str = ""
    part_of: str = ""
    copied: bool = False
    batch: str = ""
    quotes: Quotes = ()


class _Tag(msgspec.Struct):
    type: str


class EntryError(ValueError):
    """A stored entry that cannot be read; the message names the field."""


_decoders: dict[str, msgspec.json.Decoder[Event]] = {}
"""Of the events that were met: making those of all hundred takes longer than reading a log."""
_stored = msgspec.json.Decoder(_Stored)
_tag = msgspec.json.Decoder(_Tag)
_encoder = msgspec.json.Encoder()


def _read_event(raw: msgspec.Raw) -> Event:
    name = _tag.decode(raw).type
    decoder = _decoders.get(name)
    if decoder is not None:
        return decoder.decode(raw)
    if (known := event_types().get(name)) is not None:
        decoder = _decoders[name] = msgspec.json.Decoder(known)
        return decoder.decode(raw)
    # An entry stands on one line, however the file was laid out that it came from.
    kept = bytes(raw)
    if b"\n" in kept:
        kept = msgspec.json.format(kept, indent=-1)
    return UnknownEvent(name=name, raw=kept)


def decode(document: bytes | str) -> Entry:
    """An entry from its JSON document, every text of it inert: others may have written it.

    Only `UnknownEvent.raw` stays as it was stored. Raises `EntryError` when the document is not
    that of an entry; an event type of a newer version is kept.
    """
    try:
        stored = _stored.decode(document)
        entry = Entry(
            stored.id,
            stored.order,
            stored.at,
            stored.recorded_at,
            stored.actor,
            _read_event(stored.event),
            stored.hat,
            stored.source,
            stored.part_of,
            stored.copied,
            stored.batch,
            stored.quotes,
        )
        return entry if _is_ordinary(document) else _inert_entry(entry)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise EntryError(inert_line(str(error))) from error


_ESCAPED = re.compile(rb"\\[bfnrtu]")


def _is_ordinary(document: bytes | str) -> bool:
    """Whether no text in the document can hold a control or a hiding character.

    Nearly all are, and a log has thousands: hence the cheap looks at the bytes before the others.
    """
    data = document if isinstance(document, bytes) else document.encode()
    if b"\\" in data and _ESCAPED.search(data):
        return False
    return b"\x7f" not in data if data.isascii() else is_inert(data.decode())


def _inert_entry(entry: Entry) -> Entry:
    event = entry.event
    if isinstance(event, UnknownEvent):
        event = msgspec.structs.replace(event, name=inert_line(event.name))
    else:
        event = msgspec.convert(inert_data(msgspec.to_builtins(event)), type(event))
    names = ("id", "actor", "hat", "source", "part_of", "batch")
    texts = {name: inert_line(getattr(entry, name)) for name in names}
    quotes = tuple((number, inert_line(quoted)) for number, quoted in entry.quotes)
    return msgspec.structs.replace(entry, event=event, quotes=quotes, **texts)


def encode(entry: Entry) -> bytes:
    """The JSON document of an entry, on one line."""
    return _encoder.encode(as_document(entry))


def as_document(entry: Entry) -> dict[str, object]:
    """The fields of an entry as a database stores them, its event as JSON already."""
    event = entry.event
    raw = msgspec.Raw(event.raw if isinstance(event, UnknownEvent) else _encoder.encode(event))
    document: dict[str, object] = {
        "id": entry.id,
        "order": entry.order,
        "at": entry.at,
        "recorded_at": entry.recorded_at,
        "actor": entry.actor,
    }
    if entry.hat:
        document["hat"] = entry.hat
    document["event"] = raw
    for name in ("source", "part_of", "copied", "batch", "quotes"):
        if value := getattr(entry, name):
            document[name] = value
    return document
