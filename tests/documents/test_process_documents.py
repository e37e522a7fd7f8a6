"""What every process leaves in the folder, read as a colleague would who was not there."""

import re
from collections.abc import Mapping
from functools import cache

import pytest

from incident_tui.documents import render_folder
from tests.documents.reading import empty_headings, gaps, repeated, sections
from tests.playbooks.driver import story_of
from tests.playbooks.scripts.all import NAMES, WALKED
from tests.support.incidents import Story


@cache
def folder(name: str) -> Mapping[str, str]:
    """The documents at the end of the script of a process."""
    return render_folder(story_of(name, WALKED[name]).incident)


@pytest.mark.parametrize("name", NAMES)
def test_no_heading_stands_over_nothing(name: str) -> None:
    for path, text in folder(name).items():
        assert empty_headings(text) == [], path


@pytest.mark.parametrize("name", NAMES)
def test_nothing_waits_to_be_filled_in(name: str) -> None:
    for path, text in folder(name).items():
        assert gaps(text) == [], path


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_told_twice(name: str) -> None:
    for path, text in folder(name).items():
        assert repeated(text) == [], path


AWKWARD = {
    "an arrow of the log line": r" -+> ",
    "the id of an entry": r"\b(?=\w*\d)(?=\w*[a-f])[0-9a-f]{12,}\b",
    "a word of the program": r"\b(?:None|True|False|null)\b",
    "a wrong plural": r"\b1 (?:minutes|hours|days|entries|items|incidents|people|readings)\b",
    "a word twice": r"\b(\w{3,}) \1\b",
    "an empty place": r"[^\s|]  +[^\s|]|· *·|, ,|\(\s*\)| [,;]",
}
"""What no reader is to find in a page, and by which form it is known."""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("what", AWKWARD)
def test_no_page_reads_like_a_log_or_a_program(name: str, what: str) -> None:
    for path, text in folder(name).items():
        assert not [line for line in text.splitlines() if re.search(AWKWARD[what], line)], path


def test_a_changed_severity_is_told_with_the_one_before() -> None:
    text = render_folder(Story().tell(("/sev SEV2 slow", "/sev SEV1 down")).incident)["timeline.md"]
    assert "| SEV1, after SEV2: down |" in text


@pytest.mark.parametrize(
    ("name", "section", "words"),
    [
        ("studio", "Summary", "A deploy used up the pool, and orders were refused."),
        ("studio", "Permanent fix", "| retries are bounded to three | test_retry_storm | #812 |"),
        ("lifecycle", "Containment", "the unsafe path is refused: an order must not be written"),
        ("lifecycle", "Handed off", "one writer only, CHK-9"),
        ("mitigate-first", "Handed off", "why the canary has no payments, PIPE-3"),
    ],
)
def test_the_postmortem_tells_what_only_some_processes_ask_for(
    name: str, section: str, words: str
) -> None:
    assert words in sections(folder(name)["postmortem.md"])[section]


def test_each_row_of_a_timeline_has_cells_for_time_kind_words_and_source() -> None:
    text = folder("gated")["artifacts/4-root-cause-analysis.md"]
    assert "| Time | Kind | What | Source |\n" in text
    assert "| 2026-11-20 14:02 | reading | 5xx: from 0.2 % to 12 % | pager |\n" in text


def test_milestones_stand_in_the_order_in_which_they_were_reached() -> None:
    text = folder("command")["artifacts/2-stabilisation-record.md"]
    places = [text.index(f"- {name}: ") for name in ("Started", "Detected", "Triaged", "Mitigated")]
    assert places == sorted(places)


def test_the_triage_tells_the_events_of_its_timeline() -> None:
    text = folder("gated")["artifacts/1-triage-assessment.md"]
    assert "| 2026-11-20 14:17 | decision | restart the index node, then watch |" in text


def test_an_action_register_says_against_what_and_by_which_sign() -> None:
    text = folder("command")["artifacts/4-action-register.md"]
    assert "seen to work by: a test with two tenants passes" in text
    assert "against: the cache key has no tenant" in text


@pytest.mark.parametrize(
    ("name", "section", "words"),
    [
        # What is no confirmed cause is not called one, and what is doubtful says so.
        ("command", "In short", "**What contributed:** no test reads as two tenants (detection"),
        ("command", "In short", "(organisational trade-off, to verify)"),
        # It was resolved after its approval: a story that nobody wrote goes on.
        ("gated", "What happened", "the incident was resolved: suggestions are on again"),
        # Users may have felt it before the reading that showed it.
        ("studio", "Milestones and durations", "at the latest: nobody said when users first felt"),
    ],
)
def test_a_postmortem_says_no_more_than_the_record(name: str, section: str, words: str) -> None:
    assert words in sections(folder(name)["postmortem.md"])[section]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_told_that_it_was_noticed_at_once(name: str) -> None:
    """None of the scripts says when it began, beside the reading that showed it."""
    assert "Time to detect" not in folder(name)["postmortem.md"]


def test_who_reviewed_a_postmortem_is_not_its_owner() -> None:
    text = folder("gated")["postmortem.md"]
    assert "- **Owner:** ana\n" in text
    assert "- **Reviewers:** ben (" in text
