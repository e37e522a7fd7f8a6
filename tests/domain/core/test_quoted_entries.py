"""A number that a text quotes goes on meaning its entry, whatever number that has later."""

import msgspec
import pytest

from incident_tui.domain.core.events import Entry, Incident, fold
from incident_tui.domain.core.quoted_entries import quoted_numbers, with_numbers, without_quotes
from incident_tui.domain.core.stored_entries import decode, encode
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.timeline import FactRecorded
from tests.support.incidents import Story
from tests.support.playbooks.engine import baking


def merged(story: Story, before: int, others: int) -> Incident:
    """The incident after a merge in which so many entries of another copy come before one."""
    moved = [
        msgspec.structs.replace(entry, order=entry.order + (others if entry.order >= before else 0))
        for entry in story.entries
    ]
    foreign = [
        Entry(f"x{n}", before + n, story.now, story.now, "ben", FactRecorded(text=f"other {n}"))
        for n in range(others)
    ]
    stored = [decode(encode(entry)) for entry in [*moved, *foreign]]
    return fold(stored, story.playbook)


def test_evidence_that_says_see_12_means_that_entry_after_a_merge_of_two_copies() -> None:
    story = baking("? pool", "wait rises on one pod", "/hyp 1 for pool wait rises, see #3")
    incident = merged(story, 3, 3)
    assert incident.entries[5].event == story.entries[2].event
    assert incident.of(Hypotheses).items[0].evidence_for == ["pool wait rises, see #6"]
    assert "see #3" in str(incident.recorded[6].event), "what was typed stays as it was typed"


def test_a_number_of_somebody_else_stays() -> None:
    story = baking("smoke", "fixed by PR #2 in shop#2, see #2")
    incident = merged(story, 2, 2)
    assert incident.entries[4].event == FactRecorded(text="fixed by PR #2 in shop#2, see #4")


def test_a_milestone_of_an_entry_names_it_by_its_number_now() -> None:
    story = baking("smoke", "/milestone detected 2")
    entry = merged(story, 2, 2).entries[4]
    assert getattr(entry.event, "text", "") == "#4 smoke"


def test_amended_words_quote_what_the_correction_quotes() -> None:
    story = baking("smoke", "fire", "hot, see #2", "/amend 4 hot, see #3")
    incident = merged(story, 2, 1)
    assert incident.entries[4].event == FactRecorded(text="hot, see #4")


def test_a_number_that_no_entry_has_is_only_text() -> None:
    (entry,) = baking().say("smoke, see #99")
    assert entry.quotes == ()


def test_it_is_the_same_whether_entries_come_one_by_one_or_all_at_once() -> None:
    story = baking("smoke", "see #2", "from #3")
    assert [e.event for e in fold(story.entries, story.playbook).entries] == [
        e.event for e in story.incident.entries
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("pool wait rises, see #12", [12]),
        ("See also #3", [3]),
        ("see entry #3 and #4", [3, 4]),
        ("entry #3", []),
        ("see #12 and #14, #15", [12, 14, 15]),
        ("see #12, and #14", [12, 14]),
        ("answers #7: nothing was lost", [7]),
        ("the graph from #9.", [9]),
        ("see #12 for more, from #12", [12]),
        ("from #2 to #4 it rose", [2, 4]),
        ("see #2 – #4 or #6", [2, 4, 6]),
        ("see #2 and PR #4", [2]),
        ("PR #12", []),
        ("see PR #12", []),
        ("from MR #12", []),
        ("issue #12, ticket #13, commit #14", []),
        ("see acme/shop#12", []),
        ("from shop#12", []),
        ("#12", []),
        ("oversee #12", []),
        ("see #12abc", []),
        ("see #12-3", []),
        ("see # 12", []),
        ("see #123456789", []),
    ],
)
def test_only_a_number_behind_such_a_word_is_one_of_an_entry(text: str, numbers: list[int]) -> None:
    assert quoted_numbers(text) == numbers


def test_only_those_are_renumbered() -> None:
    text = "PR #12, see #12 and #14; issue #14"
    assert with_numbers(text, {12: 15, 14: 14}) == "PR #12, see #15 and #14; issue #14"
    assert with_numbers("#12 smoke, PR #12", {12: 15}) == "#15 smoke, PR #12"


@pytest.mark.parametrize(
    ("text", "left", "quoted"),
    [
        ("it fails, see #2 and answers #3", "it fails", ["see #2", "answers #3"]),
        ("The rate rose (see #2).", "The rate rose.", ["see #2"]),
        ("It follows from #3 that all is well", "It follows that all is well", ["from #3"]),
        ("see #2", "", ["see #2"]),
        ("PR #12, see also #4, #5 and #6; more.", "PR #12; more.", ["see also #4, #5 and #6"]),
        ("See #4: the pool was full", "the pool was full", ["See #4"]),
        ("One. See #4. Another.", "One. Another.", ["See #4"]),
        ("shop#12 and issue #4", "shop#12 and issue #4", []),
    ],
)  # fmt: skip
def test_a_reader_without_entries_reads_no_number_of_one(
    text: str, left: str, quoted: list[str]
) -> None:
    assert without_quotes(text) == (left, quoted)
