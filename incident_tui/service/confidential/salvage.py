"""What can still be read of a damaged log: its documents, wherever they stand in it."""

import json
import re
from collections.abc import Iterator

import msgspec

from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.stored_entries import EntryError, decode

# A document with its number, or one that has lost it.
_DOCUMENT = re.compile(r'"(\d+)"\s*:\s*(?=\{)|(?=\{\s*"id"\s*:)')
_ID = re.compile(r'\{\s*"id"\s*:\s*"([^"]+)"')
_DECODER = json.JSONDecoder()


class Part(msgspec.Struct, frozen=True):
    """A document from `start` to `end` of a text; `document` is empty where it is no JSON.

    One whose number is damaged is told by that of the one before it. `named` is the id at its
    beginning, where that can be read.
    """

    number: str
    start: int
    end: int
    named: str
    document: bytes


def documents(text: str) -> Iterator[Part]:
    """Every document of a damaged log, in their order."""
    end, number = 0, "0"
    for match in _DOCUMENT.finditer(text):
        if match.start() < end:
            continue  # inside of the document before
        at = match.end()
        number = match[1] or f"after {number.removeprefix('after ')}"
        document = b""
        try:
            _, end = _DECODER.raw_decode(text, at)
            document = text[at:end].encode(errors="replace")
            if b"\n" in document:
                document = msgspec.json.format(document, indent=-1)
        except (ValueError, RecursionError):
            document = b""
            # Its braces are not those of documents of their own.
            end = max(end, at + 1)
        named = _ID.match(text, at)
        yield Part(number, at, end, named[1] if named else "", document)


def entry_in(document: bytes) -> Entry | None:
    """The entry that a document is; None where it is none."""
    try:
        return decode(document)
    except EntryError:
        return None
