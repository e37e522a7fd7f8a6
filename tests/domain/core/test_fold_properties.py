"""Laws of the log: what is stored reads back, and state does not depend on who merged what when."""

import json
import re
from collections.abc import Iterable
from datetime import timedelta
from random import Random

import msgspec
import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import fields

from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    event_types,
    extend,
    fold,
)
from incident_tui.domain.core.stored_entries import EntryError, decode, encode
from incident_tui.domain.findings.corrections import EntryAmended, EntryRestored, EntryRetracted
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.values.text import is_inert
from tests.support.incidents import story
from tests.support.playbooks.engine import bakery, contents
from tests.support.strategies.events import EPOCH, any_event, entries_of, events_of, unknown_events
from tests.support.thorough import EVERYTHING

PLAYBOOK = bakery()


def sprinkled(value: object, hostile: str) -> object:
    """The stored value with `hostile` at the end of every text but types and times."""
    if isinstance(value, dict):
        return {
            name + hostile if name not in KNOWN_KEYS else name: text
            if name == "type"
            else sprinkled(text, hostile)
            for name, text in value.items()
        }
    if isinstance(value, list):
        return [sprinkled(one, hostile) for one in value]
    return value + hostile if isinstance(value, str) and not A_TIME.match(value) else value


EVERY: list[type[msgspec.Struct]] = [Entry, *event_types().values()]
KNOWN_KEYS = {"type", *(field.name for cls in EVERY for field in fields(cls))}
A_TIME = re.compile(r"\d{4,5}-\d\d-\d\dT")
hostile_texts = st.text(st.characters(categories=["Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=5)


@pytest.mark.parametrize("name", sorted(event_types()))
def test_every_event_reads_back_as_it_was_stored_and_what_was_put_into_it_inert(name: str) -> None:
    """Without a character that controls or hides, where a log that came from elsewhere has some."""

    @settings(max_examples=20 if EVERYTHING else 10)
    @given(entries_of(events_of(event_types()[name])), hostile_texts, st.booleans())
    def reads_back(entry: Entry, hostile: str, escaped: bool) -> None:
        stored = encode(entry)
        assert b"\n" not in stored
        assert decode(stored) == entry
        written = sprinkled(json.loads(stored), hostile)
        decoded = decode(json.dumps(written, ensure_ascii=escaped))
        plain = json.dumps(msgspec.to_builtins(decoded), ensure_ascii=False)
        assert all(is_inert(text) for text in texts_in(json.loads(plain)))
        assert decode(encode(decoded)) == decoded

    reads_back()


def texts_in(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from (name, *texts_in(inside))
    elif isinstance(value, list):
        for inside in value:
            yield from texts_in(inside)
    elif isinstance(value, str):
        yield value


@given(entries_of(unknown_events))
def test_an_event_of_a_newer_version_is_kept_to_the_byte(entry: Entry) -> None:
    stored = encode(entry)
    assert decode(stored) == entry
    assert encode(decode(stored)) == stored


def everything(incident: Incident) -> dict[str, str]:
    """All that can be read from a state, whatever it was folded from."""
    projections: Iterable[type[Projection]] = Projection.__subclasses__()
    return {
        "entries": repr(incident.entries),
        "recorded": repr(incident.recorded),
        "numbers": repr(incident.numbers),
        "retracted": repr(sorted(incident.retracted.items())),
        "amended": repr(sorted(incident.amended.items())),
        "signals": repr(incident.signals),
    } | {kind.__name__: contents(incident.of(kind)) for kind in projections}


def _correct(target: str, text: str) -> st.SearchStrategy[Event]:
    return st.sampled_from(
        [
            EntryRetracted(target=target, why=text),
            EntryRetracted(target=target, undo=True),
            EntryRestored(target=target),
            EntryAmended(target=target, text=text),
            EntryAmended(target=target, at=EPOCH - timedelta(days=1)),
        ]
    )


# Fields that point into the log or the playbook, and what they would point at there.
POINTERS = {
    "stage": ["look", "act", "tell", "learn"],
    "hat": ["lead", "speaker"],
    "level": ["HIGH", "LOW"],
    "status": ["active", "mitigated", "resolved"],
    "step": ["done", "verify", "drop", "reopen"],
}


def _pointed(event: Event, target: str, chance: int) -> Event:
    """The event about something that may be there: random words would never meet."""
    known = {name: words[chance % len(words)] for name, words in POINTERS.items()}
    known |= dict.fromkeys(["hypothesis", "mitigation", "action", "guardrail", "question"], target)
    values = {name: known[name] for name in event.__struct_fields__ if name in known}
    return msgspec.structs.replace(event, **values)


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """Any events and corrections of them, some with equal orders, as two clones would hold them."""
    size = draw(st.integers(1, 9))
    entries = []
    for number in range(size):
        target = f"e{draw(st.integers(0, size))}"
        event = draw(any_event | _correct(target, "anew") | st.just(FactRecorded(text="seen")))
        event = _pointed(event, target, draw(st.integers(0, 9)))
        at = EPOCH + timedelta(minutes=draw(st.integers(0, 30)))
        entries.append(
            Entry(
                id=f"e{number}",
                order=draw(st.integers(1, size)),
                at=at,
                recorded_at=at,
                actor=draw(st.sampled_from(["ana", "ben"])),
                event=event,
                source=draw(st.sampled_from(["", "pager"])),
            )
        )
    return entries


@given(logs(), st.randoms())
def test_the_state_does_not_depend_on_the_order_in_which_entries_come(
    log: list[Entry], chance: Random
) -> None:
    shuffled = list(log)
    chance.shuffle(shuffled)
    assert everything(fold(shuffled, PLAYBOOK)) == everything(fold(log, PLAYBOOK))


@given(logs())
def test_an_entry_seen_twice_counts_once(log: list[Entry]) -> None:
    assert everything(fold([*log, *log], PLAYBOOK)) == everything(fold(log, PLAYBOOK))


@given(logs(), st.data())
def test_two_merged_copies_give_one_state_whoever_merges(
    log: list[Entry], data: st.DataObject
) -> None:
    ours = [entry for entry in log if data.draw(st.booleans())]
    theirs = [entry for entry in log if entry not in ours or data.draw(st.booleans())]
    here, there = fold([*ours, *theirs], PLAYBOOK), fold([*theirs, *ours], PLAYBOOK)
    assert everything(here) == everything(there) == everything(fold(log, PLAYBOOK))


@given(logs(), st.integers(0, 9), st.integers(0, 9))
def test_taking_entries_in_bit_by_bit_gives_the_state_of_all_at_once(
    log: list[Entry], first: int, second: int
) -> None:
    """Wherever the log is cut, and also where late pieces belong before earlier ones."""
    a, b = sorted((first, second))
    state = fold(log[:a], PLAYBOOK)
    state = extend(state, log[a:b])
    state = extend(state, log[:b])
    state = extend(state, log[b:])
    assert everything(state) == everything(fold(log, PLAYBOOK))


WORKED = story()


@pytest.mark.parametrize("cut", range(0, len(WORKED.entries), 6))
def test_a_whole_incident_gives_one_state_wherever_it_is_cut(cut: int) -> None:
    log = WORKED.entries
    state = extend(fold(log[:cut], WORKED.playbook), log[cut:])
    assert everything(state) == everything(fold(log[::-1], WORKED.playbook))


@given(logs())
def test_no_log_however_odd_keeps_its_entries_from_being_told(log: list[Entry]) -> None:
    incident = fold(log, PLAYBOOK)
    for entry in incident.entries:
        assert isinstance(entry.event.tell(entry, incident), str)
    assert {entry.id for entry in incident.entries} == {entry.id for entry in log}


@given(entries_of(any_event), st.data())
def test_an_entry_that_lacks_something_is_refused_by_the_name_of_the_field(
    entry: Entry, data: st.DataObject
) -> None:
    document = msgspec.json.decode(encode(entry))
    name = data.draw(st.sampled_from(["id", "order", "at", "recorded_at", "actor", "event"]))
    del document[name]
    with pytest.raises(EntryError, match=f"`{name}`"):
        decode(msgspec.json.encode(document))
