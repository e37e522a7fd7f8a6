"""Redaction: what an entry, its amendments and whatever quotes it say afterwards."""

import pytest

from incident_tui.domain.confidential.protection import IncidentProtected
from incident_tui.domain.confidential.redactions import EntryRedacted, Redactions, rewritten
from incident_tui.domain.core.commands import PendingEvent, Refused
from incident_tui.domain.core.events import Entry, UnknownEvent, event_types, fold
from incident_tui.domain.core.stored_entries import decode, encode
from incident_tui.domain.core.typed_text import REMOVED
from incident_tui.domain.findings.corrections import EntryAmended
from incident_tui.domain.process.flags import raised
from incident_tui.domain.process.gates import CheckWaived
from incident_tui.domain.process.lifecycle import StagePassed
from tests.support.incidents import Story
from tests.support.playbooks.engine import baking, mends, refusal
from tests.support.strategies.events import sample

SECRET = "the root password is open-sesame-1"


def row_of(story: Story, number: int) -> str:
    entry = story.entries[number - 1]
    return entry.event.tell(entry, story.incident)


def text_of(entry: Entry) -> str:
    return str(getattr(entry.event, "text", ""))


def redacted(story: Story, number: int, *secrets: str) -> list[Entry]:
    """The log after the redaction of an entry: what the service puts into the file."""
    (mark,) = story.say(f"/redact {number} it was a password")
    assert isinstance(mark.event, EntryRedacted)
    new = {entry.id: entry for entry in rewritten(story.entries, mark.event.target, secrets)}
    return [new.get(entry.id, entry) for entry in story.entries]


def test_the_words_of_the_entry_are_gone_and_who_said_so_when_and_why_stays() -> None:
    story = baking(SECRET)
    log = redacted(story, 2)
    assert SECRET not in "".join(encode(entry).decode() for entry in log)
    assert text_of(log[1]) == REMOVED
    mark = log[-1]
    assert (mark.actor, mark.event.tell(mark, story.incident)) == (
        "ana",
        "#2 redacted: it was a password",
    )


def test_its_amendments_lose_their_words_as_well() -> None:
    story = baking("oven is cold", f"/amend 2 {SECRET}")
    log = redacted(story, 2)
    amendment = log[2].event
    assert isinstance(amendment, EntryAmended)
    assert amendment.text == REMOVED
    assert text_of(fold(log, story.playbook).entries[1]) == REMOVED


def test_an_entry_that_quotes_it_keeps_its_other_words() -> None:
    story = baking(SECRET, f"! rotate, since {SECRET}")
    assert text_of(redacted(story, 2)[2]) == f"rotate, since {REMOVED}"


def test_a_detected_secret_is_taken_out_wherever_it_stands() -> None:
    story = baking("login with sesame-1 works", "? sesame-1 leaked")
    log = redacted(story, 2, "sesame-1")
    assert text_of(log[2]) == f"{REMOVED} leaked"


def test_an_ordinary_word_of_it_stays_in_other_entries() -> None:
    story = baking("oven", "the oven is cold")
    assert text_of(redacted(story, 2)[2]) == "the oven is cold"


def test_its_source_goes_and_the_same_source_elsewhere_stays() -> None:
    story = baking("cold src:dashboard", "colder src:dashboard")
    log = redacted(story, 2)
    assert [entry.source for entry in log[1:3]] == [REMOVED, "dashboard"]


def test_a_reason_that_a_transition_took_along_is_taken_out_there() -> None:
    story = baking()
    waived = CheckWaived(stage="look", check="x", text=SECRET)
    passed = StagePassed(stage="look", review="auto", waived={"x": SECRET})
    entries = story.record([PendingEvent(waived), PendingEvent(passed)])
    log = redacted(story, story.incident.number(entries[0].id))
    assert SECRET not in "".join(encode(entry).decode() for entry in log)


@pytest.mark.parametrize("tag", sorted(event_types()))
def test_whatever_kind_of_entry_it_is_the_log_can_be_read_and_folded_afterwards(tag: str) -> None:
    story = baking()
    (entry,) = story.record([PendingEvent(sample(event_types()[tag]))])
    new = rewritten(story.entries, entry.id)
    log = {entry.id: entry for entry in [*story.entries, *new]}.values()
    again = [decode(encode(entry)) for entry in log]
    assert len(fold(again, story.playbook).entries) == 2


def test_a_retracted_entry_can_be_redacted() -> None:
    story = baking(SECRET, "/retract 2 wrong window")
    assert text_of(redacted(story, 2)[1]) == REMOVED


def test_undo_does_not_reach_past_it() -> None:
    story = baking("cold", SECRET)
    redacted(story, 3)
    assert "stays" in refusal(story, "/undo").message


@pytest.mark.parametrize(("number", "why"), [(9, "there is no entry 9"), (3, "mark of a")])
def test_what_cannot_be_redacted_is_refused(number: int, why: str) -> None:
    story = baking(SECRET)
    redacted(story, 2)
    with pytest.raises(Refused, match=why):
        story.say(f"/redact {number}")


def test_an_entry_of_a_newer_version_is_left_to_that_version() -> None:
    story = baking()
    story.record([UnknownEvent(name="new.thing", raw=b'{"type":"new.thing"}')])
    assert "newer version" in refusal(story, "/redact 2").message


class TestHistory:
    def marked(self) -> Story:
        story = baking(SECRET, flags={"redactions.in-history": 0})
        target = story.entries[1].id
        story.record([EntryRedacted(target=target, in_git=True)])
        return story

    def test_a_flag_stands_until_somebody_says_that_the_commits_are_gone(self) -> None:
        story = self.marked()
        (flag,) = raised(story.incident, story.now)
        assert "#2" in flag.text
        story.say(flag.mend)
        assert raised(story.incident, story.now) == []

    def test_a_second_redaction_does_not_hide_that_commits_hold_the_first_text(self) -> None:
        story = self.marked()
        story.record([EntryRedacted(target=story.entries[1].id)])
        assert len(story.incident.of(Redactions).in_git) == 1

    def test_an_incident_that_was_protected_later_is_in_them_as_well(self) -> None:
        story = baking(flags={"redactions.in-history": 0})
        story.record([IncidentProtected(in_git=True)])
        number = len(story.entries)
        (flag,) = raised(story.incident, story.now)
        assert f"recorded before #{number}" in flag.text
        assert "earlier commits still hold it" in row_of(story, number)
        assert flag.mend == f"/purged {number}"
        story.say(flag.mend)
        assert raised(story.incident, story.now) == []
        assert "earlier commits" not in row_of(story, number)

    def test_only_what_is_known_to_be_in_commits_can_be_purged(self) -> None:
        assert mends(refusal(baking(SECRET), "/purged 2")) == []


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("+ call Mrs Roe back owner:carla", " (what stays: carla)"),
        ("/role scribe deniz", " (what stays: deniz)"),
        ("Mrs Roe called", ""),
    ],
)
def test_the_mark_of_a_redaction_says_which_names_stay(line: str, stays: str) -> None:
    story = Story().tell([line])
    story.say("/redact 2 personal data")
    assert row_of(story, 3) == f"#2 redacted: personal data{stays}"


def test_of_a_redacted_title_the_name_of_the_folder_stays() -> None:
    story = Story()
    story.say("/redact 1")
    assert row_of(story, 2) == "#1 redacted (what stays: the folder's name)"
