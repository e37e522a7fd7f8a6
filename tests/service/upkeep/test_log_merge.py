"""Two copies of a log become one, the same on both sides, and nothing of either is missing."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.core.events import Entry, fold
from incident_tui.domain.core.stored_entries import encode
from incident_tui.domain.core.typed_text import REMOVED
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.service.upkeep.log_merge import Copy, Stored, as_tables, read_copy, united
from incident_tui.store.files.errors import Newer, Unreadable
from incident_tui.store.log.line_storage import render
from incident_tui.store.log.schema import SCHEMA, Meta
from tests.support.incidents import DECLARED_AT
from tests.support.playbooks.engine import bakery
from tests.support.strategies.events import any_event, entries_of, unknown_events

PATH = Path("x/incident.json")
META = Meta(SCHEMA, "2026-11-20-x", "0.1.0")


def fact(name: str, order: int, text: str = "") -> Entry:
    return Entry(name, order, DECLARED_AT, DECLARED_AT, "ana", FactRecorded(text=text or name))


def data(*entries: Entry, meta: Meta = META) -> bytes:
    return render(as_tables(meta, [Stored(entry, encode(entry)) for entry in entries]))


def copy(*entries: Entry, meta: Meta = META) -> Copy:
    return read_copy(data(*entries, meta=meta), PATH)


def merged(base: Copy | None, one: Copy, other: Copy) -> list[Entry]:
    """What both sides of the merge come to."""
    bases = [base] if base else []
    union = united(bases, one, other, PATH)
    assert united(bases, other, one, PATH) == union, "it matters who merges"
    return [stored.entry for stored in read_copy(union, PATH).stored.values()]


def test_the_entries_of_both_stand_in_the_order_of_the_log() -> None:
    base = [fact("a", 1)]
    ours = [*base, fact("c", 2), fact("d", 3)]
    theirs = [*base, fact("b", 2)]
    entries = merged(copy(*base), copy(*ours), copy(*theirs))
    assert [entry.id for entry in entries] == ["a", "b", "c", "d"]


logs = st.lists(entries_of(st.one_of(any_event, unknown_events)), max_size=8)


@given(base=logs, ours=logs, theirs=logs)
def test_any_two_logs_merge_to_one_state(
    base: list[Entry], ours: list[Entry], theirs: list[Entry]
) -> None:
    one, other = copy(*base, *ours), copy(*base, *theirs)
    entries = merged(copy(*base), one, other)
    assert {entry.id for entry in entries} == {*one.stored, *other.stored}
    assert merged(copy(*base), copy(*entries), other) == entries, "a second merge changes nothing"
    playbook = bakery()
    assert fold(entries, playbook).numbers == fold(reversed(entries), playbook).numbers


def test_an_event_of_a_newer_version_keeps_every_field() -> None:
    document = (
        b'{"id":"n","order":2,"at":"2026-11-20T14:05:00Z","recorded_at":"2026-11-20T14:05:00Z",'
        b'"actor":"ana","event":{"type":"mood.set","deep":{"1":[1,2.50]}},"colour":"red"}'
    )
    tables = as_tables(META, [])
    tables["events"]["1"] = document
    newer = read_copy(render(tables), PATH)
    assert document in united([], newer, copy(fact("a", 1)), PATH)


@pytest.mark.parametrize(
    ("base", "one", "other", "left"),
    [
        ("token s3cret", "token s3cret", REMOVED, REMOVED),
        ("t", "t", REMOVED, REMOVED),
        ("t", "t changed", REMOVED, REMOVED),
        ("same", "same", "changed by a newer tool", "changed by a newer tool"),
        ("same", "longer one", "shorter", "shorter"),
        ("same", "bbb", "aaa", "aaa"),
    ],
)
def test_of_one_entry_with_two_contents_the_redacted_one_counts(
    base: str, one: str, other: str, left: str
) -> None:
    marks = [Entry("m", 2, DECLARED_AT, DECLARED_AT, "ana", EntryRedacted(target="a"))]
    marks = marks if left == REMOVED else []
    [entry, *_] = merged(
        copy(fact("a", 1, base)), copy(fact("a", 1, one)), copy(fact("a", 1, other), *marks)
    )
    assert getattr(entry.event, "text", "") == left


def test_words_that_one_side_took_out_of_a_later_entry_stay_out() -> None:
    """Both have redacted the entry that they came from, so nobody can look them up."""
    mark = Entry("m", 3, DECLARED_AT, DECLARED_AT, "ana", EntryRedacted(target="a"))
    one = copy(fact("a", 1, REMOVED), fact("b", 2, REMOVED), mark)
    other = copy(fact("a", 1, REMOVED), fact("b", 2, "it is s3cret"), mark)
    texts = [getattr(entry.event, "text", "") for entry in merged(None, one, other)]
    assert texts[:2] == [REMOVED, REMOVED]


def test_logs_of_two_incidents_are_not_mixed() -> None:
    stranger = msgspec.structs.replace(META, id="2026-11-21-y")
    with pytest.raises(Unreadable, match="2026-11-21-y"):
        united([], copy(), copy(meta=stranger), PATH)


def test_the_newer_of_two_versions_is_named_in_the_file() -> None:
    newer = msgspec.structs.replace(META, written_by="0.10.0")
    older = msgspec.structs.replace(META, written_by="0.9.0")
    union = united([], copy(meta=newer), copy(meta=older), PATH)
    assert united([], copy(meta=older), copy(meta=newer), PATH) == union
    assert read_copy(union, PATH).meta.written_by == "0.10.0"


def test_tables_that_only_a_newer_version_knows_are_kept() -> None:
    tables = {**as_tables(META, []), "moods": {"1": b'{"a":1}'}}
    union = united([], read_copy(render(tables), PATH), copy(), PATH)
    assert read_copy(union, PATH).tables["moods"] == {"1": b'{"a":1}'}


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", Unreadable),
        (b"<<<<<<< ours\n{}\n", Unreadable),
        (data(fact("a", 1))[:-9], Unreadable),
        (data(meta=msgspec.structs.replace(META, schema=99)), Newer),
    ],
)
def test_a_copy_that_cannot_be_read_is_not_merged(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"incident\.json"):
        read_copy(content, PATH)
