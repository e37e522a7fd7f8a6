"""Which words of an entry people typed, and entries with these words taken out.

What a field holds stands beside it in its event (`Words`, `Reference` and so on); here it is read.
What is taken out, and for whom, is decided where redaction and sharing are.
"""

from collections.abc import Iterable

import msgspec

from incident_tui.domain.core.events import Entry, Event, UnknownEvent
from incident_tui.domain.core.field_contents import contents
from incident_tui.domain.values.wording.quotations import Quotations, without_in_json, words

REMOVED = "(redacted)"
"""What stands in the place of each text that was removed."""


def every_text(entry: Entry) -> list[str]:
    """All texts of an entry, whatever they are for: what could hold a secret."""
    event = entry.event
    texts = [text for text in (entry.source, entry.actor, entry.hat) if text]
    for name, holds in contents(type(event)).items():
        value = getattr(event, name)
        if isinstance(value, str) and value and holds != "digest":
            texts.append(value)
        elif isinstance(value, dict):
            texts += [str(text) for both in value.items() for text in both]
        elif isinstance(value, bytes):  # an event of a newer version
            texts.append(value.decode(errors="replace"))
    return texts


def entry_words(entry: Entry) -> frozenset[str]:
    """All words of an entry that tell something, its author's name among them."""
    return frozenset(word for text in every_text(entry) for word in words(text))


def typed_texts(entry: Entry) -> list[str]:
    """The texts of an entry that a person typed, without its source."""
    return [str(getattr(entry.event, name)) for name in _typed_fields(entry.event)]


def without_text(entry: Entry, mark: str, *, file_names: bool = False) -> Entry:
    """The entry with `mark` in the place of each text that a person typed.

    The name of a kept file stays as it is, unless `file_names` are to go as well.
    """
    event = entry.event
    changes: dict[str, object] = dict.fromkeys(_typed_fields(event), mark)
    if file_names:
        held = contents(type(event))
        changes |= {name: mark for name, holds in held.items() if holds == "file name"}
    for name in contents(type(event)):
        value = getattr(event, name)
        if isinstance(value, dict):
            changes[name] = dict.fromkeys(value, mark)
    return msgspec.structs.replace(
        entry,
        event=msgspec.structs.replace(event, **changes) if changes else event,
        source=mark if entry.source else "",
    )


def quotable_texts(entry: Entry) -> list[str]:
    """The texts of an entry that others may quote: typed ones, in fields of several lines too."""
    texts = typed_texts(entry)
    for name in contents(type(entry.event)):
        value = getattr(entry.event, name)
        if isinstance(value, dict):
            texts += [str(text) for text in value.values()]
    return texts


def without_copies(entry: Entry, quotations: Quotations, mark: str) -> Entry:
    """The entry with `mark` wherever one of its texts is, or quotes, one of those.

    An event of a newer version is searched as well: whatever string it holds may quote them.
    """

    def cut(text: str) -> str:
        return quotations.without(text, mark)

    event = entry.event
    changes: dict[str, object] = {name: cut(getattr(event, name)) for name in _typed_fields(event)}
    for name in contents(type(event)):
        value = getattr(event, name)
        if isinstance(value, dict):
            changes[name] = {key: cut(str(text)) for key, text in value.items()}
    if isinstance(event, UnknownEvent):
        changes["raw"] = without_in_json(event.raw, cut)
    changes = {name: value for name, value in changes.items() if value != getattr(event, name)}
    source = cut(entry.source)
    if not changes and source == entry.source:
        return entry
    changed = msgspec.structs.replace(event, **changes) if changes else event
    return msgspec.structs.replace(entry, event=changed, source=source)


def without_secrets_of(entry: Entry, secrets: Iterable[str], mark: str) -> Entry:
    """The entry with `mark` wherever a secret stands: in names, references and its author too.

    The name of a kept file stays: it is the file's.
    """
    wanted = sorted(set(secrets), key=lambda piece: (-len(piece), piece))

    def cut(text: str) -> str:
        for piece in wanted:
            text = text.replace(piece, mark)
        return text

    event = entry.event
    changes: dict[str, object] = {}
    for name, holds in contents(type(event)).items():
        value = getattr(event, name)
        if holds == "file name" or isinstance(event, UnknownEvent):
            continue
        if isinstance(value, str):
            changes[name] = cut(value)
        elif isinstance(value, dict):
            changes[name] = {cut(str(key)): cut(str(text)) for key, text in value.items()}
    changes = {name: value for name, value in changes.items() if value != getattr(event, name)}
    return msgspec.structs.replace(
        entry,
        event=msgspec.structs.replace(event, **changes) if changes else event,
        source=cut(entry.source),
        actor=cut(entry.actor),
        hat=cut(entry.hat),
    )


def _typed_fields(event: Event) -> list[str]:
    """Names of the fields of this event that hold something typed."""
    return [
        name
        for name, holds in contents(type(event)).items()
        if holds in ("words", "") and isinstance(value := getattr(event, name), str) and value
    ]


def people_named(event: Event) -> dict[str, str]:
    """The fields of an event that name somebody, with the names."""
    return {
        name: value
        for name, holds in contents(type(event)).items()
        if holds == "person" and (value := getattr(event, name))
    }
