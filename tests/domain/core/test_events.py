"""Stored entries: what is refused at the boundary, what of a newer version is kept."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from incident_tui.domain.core.events import Entry, UnknownEvent, fold
from incident_tui.domain.core.stored_entries import EntryError, decode, encode
from incident_tui.domain.findings.timeline import FactRecorded
from tests.support.playbooks.engine import bakery, baking

AT = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
DOCUMENT = {
    "id": "e1", "order": 1, "at": "2026-11-20T14:02:00Z", "recorded_at": "2026-11-20T14:02:00Z",
    "actor": "ana", "event": {"type": "fact.recorded", "text": "smoke"},
}  # fmt: skip


def changed(**changes: object) -> bytes:
    return msgspec.json.encode(DOCUMENT | changes)


def test_a_document_reads_as_its_entry() -> None:
    assert decode(changed()) == Entry("e1", 1, AT, AT, "ana", FactRecorded(text="smoke"))


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (b"{", "truncated"),
        (b"\xff", "malformed|invalid|Invalid"),
        (b"[]", "Expected `object`"),
        (changed(order="one"), r"Expected `int`, got `str` - at `\$.order`"),
        (changed(at="noon"), r"at `\$.at`"),
        (changed(at="2026-11-20T14:02:00"), r"timezone component - at `\$.at`"),
        (changed(recorded_at="2026-11-20T14:02:00"), r"at `\$.recorded_at`"),
        (changed(event=7), "Expected `object`"),
        (changed(event={}), "`type`"),
        (changed(event={"type": "fact.recorded"}), "missing required field `text`"),
        (changed(event={"type": "fact.recorded", "text": 7}), r"at `\$.text`"),
        (
            changed(event={"type": "update.snoozed", "until": "2026-11-20T14:02:00", "text": "x"}),
            r"timezone component - at `\$.until`",
        ),
        (
            changed(event={"type": "entry.amended", "at": "2026-11-20T14:02:00"}),
            r"timezone component - at `\$.at`",
        ),
        (
            changed(event={"type": "action.added", "text": "x", "due": "2026-11-20T14:02:00"}),
            r"timezone component - at `\$.due`",
        ),
    ],
)
def test_what_is_wrong_with_a_document_is_named(document: bytes, says: str) -> None:
    with pytest.raises(EntryError, match=says):
        decode(document)


class TestNewerVersions:
    RAW = b'{"type":"oven.blessed","n":1e400,"text":"\\u0041"}'

    def stored(self, raw: bytes) -> bytes:
        return changed().replace(b'{"type":"fact.recorded","text":"smoke"}', raw)

    def test_an_unknown_event_is_kept_to_the_byte_and_shown_as_such(self) -> None:
        entry = decode(self.stored(self.RAW))
        assert entry.event == UnknownEvent(name="oven.blessed", raw=self.RAW)
        assert self.RAW in encode(entry)
        incident = fold([entry], bakery())
        assert entry.event.tell(entry, incident) == "oven.blessed (recorded by a newer version)"

    def test_it_is_stored_on_one_line_even_from_a_file_that_was_laid_out_prettily(self) -> None:
        entry = decode(self.stored(self.RAW.replace(b",", b",\n  ")))
        assert entry.event == UnknownEvent(name="oven.blessed", raw=self.RAW)

    def test_it_cannot_be_retracted(self) -> None:
        story = baking()
        story.record([UnknownEvent(name="oven.blessed", raw=self.RAW)])
        from incident_tui.domain.findings.corrections import EntryRetracted

        story.record([EntryRetracted(target="e00002")])
        assert story.incident.retracted == {}


class TestNumbers:
    def test_people_quote_the_place_in_the_log(self) -> None:
        story = baking("smoke", "fire")
        (second,) = [entry for entry in story.entries if entry.id == "e00002"]
        assert story.incident.by_number(2) == second
        assert story.incident.number("e00003") == 3
        assert story.incident.number("elsewhere") == 0

    @pytest.mark.parametrize("number", [-1, 0, 2])
    def test_other_numbers_are_nobodys(self, number: int) -> None:
        assert baking().incident.by_number(number) is None


@pytest.mark.parametrize(("seconds", "late"), [(-5, False), (0, False), (59, False), (60, True)])
def test_an_entry_is_late_from_one_minute_on(seconds: int, late: bool) -> None:
    recorded = AT + timedelta(seconds=seconds)
    assert Entry("e", 1, AT, recorded, "ana", FactRecorded(text="x")).late is late
