"""Strategies for events and entries, made from the fields that each event type declares."""

import typing
from datetime import UTC, datetime, timedelta
from types import NoneType, UnionType

import msgspec
from hypothesis import strategies as st

from incident_tui.domain import discovery
from incident_tui.domain.core.events import Entry, Event, UnknownEvent, event_types
from incident_tui.domain.values.text import inert, inert_line

discovery.load()
EPOCH = datetime(2026, 11, 20, tzinfo=UTC)

any_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
texts = any_texts.map(inert)  # as every text is that is read from a log
moments = st.integers(-(10**15), 10**15).map(lambda size: EPOCH + timedelta(microseconds=size))


def _values(wanted: object) -> st.SearchStrategy[object]:
    origin, inside = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is typing.Annotated:
        return _values(inside[0])
    if origin is typing.Literal:
        return st.sampled_from(inside)
    if origin in (typing.Union, UnionType):
        return st.one_of([_values(one) for one in inside])
    if origin is dict:
        return st.dictionaries(_values(inside[0]), _values(inside[1]), max_size=2)
    simple: dict[object, st.SearchStrategy[object]] = {
        str: texts,
        int: st.integers(0, 10**6),
        bool: st.booleans(),
        datetime: moments,
        NoneType: st.none(),
    }
    return simple[wanted]


def plain_types(kind: type[Event]) -> dict[str, object]:
    """The type of each field, without what it was declared to hold."""
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in msgspec.structs.fields(kind)}


def sample(kind: type[Event], **given: object) -> Event:
    """An event of that kind with something in each field that must be given."""
    values: dict[object, object] = {str: "abc", int: 1, bool: True, datetime: EPOCH}
    types = plain_types(kind)
    needed = [field.name for field in msgspec.structs.fields(kind) if field.required]
    return kind(**{name: values[types[name]] for name in needed} | given)


def events_of(cls: type[Event]) -> st.SearchStrategy[Event]:
    """Any value of one event type."""
    fields = msgspec.structs.fields(cls)
    return st.builds(cls, **{field.name: _values(field.type) for field in fields})


any_event = st.sampled_from(sorted(event_types().values(), key=lambda cls: cls.__name__)).flatmap(
    events_of
)
unknown_events = st.builds(
    lambda name, text: UnknownEvent(
        name=f"newer.{name}", raw=msgspec.json.encode({"type": f"newer.{name}", "text": text})
    ),
    st.text("abc", max_size=5),
    any_texts,
)


def entries_of(events: st.SearchStrategy[Event]) -> st.SearchStrategy[Entry]:
    """Entries around events; ids and orders are of no log in particular."""
    return st.builds(
        Entry,
        id=st.text("abcdef", min_size=1, max_size=4),
        order=st.integers(1, 50),
        at=moments,
        recorded_at=moments,
        actor=texts.map(inert_line),
        event=events,
        hat=texts.map(inert_line),
        source=texts.map(inert_line),
        part_of=texts.map(inert_line),
        batch=texts.map(inert_line),
    )
