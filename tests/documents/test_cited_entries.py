"""Wherever a document cites an entry by its number, the entry of that number is told there."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings, strategies as st

from incident_tui.documents.audiences.brief import rendered
from incident_tui.documents.audiences.executive import executive
from incident_tui.documents.folder_pages import render_folder
from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.events import Incident, fold
from tests.playbooks.test_second_outage import renamed_in
from tests.support.incidents import Story, story

CITATIONS = (
    "the pool is full, see #{n}", "? retries, from #{n}", "/hyp 1 for it rises, see #{n}",
    "/hyp 1 confirm it is, see also #{n}", "= 5xx 12 % -> 0.3 %",
    "/mitigate rollback v41, see #{n}",
    "/verify 1 back, see #{n} and #{m}", "/question why, see #{n}?", "/answer 1 no, see #{n}",
    "/checkpoint ben call back, see #{n}", "/update It is as said, answers #{n}. next:+20m",
    "/milestone detected {n}", "@-9m /milestone started {m}", "/milestone mitigated",
    "/set residual-risk as in, see #{n}", "/set first-symptoms see #{n}", "! we wait, see #{m}",
    "/set summary It failed, see #{n}. Then it did not, from #{m}.", "/amend {m} other, see #{n}",
    "/retract {m} wrong, see #{n}", "/state mitigated it holds, see #{n}",
    "/guardrail as, see #{m}",
    "/factor detection no alert, see #{n}", "/why nobody looked, see #{n}", "/state resolved",
    "+ an alert on the pool, see #{n} owner:ana", "/act 1 done as said, see #{m}", "/undo",
    "/contain keep it is fine, see #{n}", "/redact {m} a name", "/sev SEV2 down, see #{n}",
    "/role scribe not-needed see #{n}", "/impact users some, see #{n}", "/star {m}",
)  # fmt: skip
numbers = st.integers(1, 30)
typed = st.lists(st.tuples(st.sampled_from(CITATIONS), numbers, numbers), max_size=20)


def spoken(outage: Story, lines: Iterable[tuple[str, int, int]]) -> None:
    for line, n, m in lines:
        try:
            outage.say(line.format(n=n, m=m))
        except (Refused, LineError):
            continue


def untold(incident: Incident) -> set[tuple[str, int]]:
    """The page and number of each entry that is cited and not told in that page."""
    documents = render_folder(incident)
    pages = {path: text for path, text in documents.items() if path.endswith(".md")}
    brief = executive(incident, incident.entries[-1].recorded_at)
    pages["brief"] = rendered(brief, "md")
    missing = set()
    for path, text in pages.items():
        rows = {int(n) for n in re.findall(r"^(?:\| |- #)([0-9]+)(?: \||, )", text, re.MULTILINE)}
        linked = set(map(int, re.findall(r"\[#([0-9]+)\]\(\.\./timeline\.md\)", text)))
        cited = {int(n) for n in re.findall(r"(?<![\w/`])#([0-9]+)\b", text)}
        known = {n for n in cited if incident.by_number(n)}
        missing |= {(path, n) for n in known - rows - linked}
    return missing


@settings(max_examples=25, deadline=None)
@given(typed)
def test_each_number_in_a_page_is_told_in_it(lines: list[tuple[str, int, int]]) -> None:
    outage = Story()
    spoken(outage, lines)
    assert not untold(outage.incident)


@settings(max_examples=12, deadline=None)
@given(typed, typed, typed)
def test_and_after_two_copies_were_merged(
    common: list[tuple[str, int, int]],
    ours: list[tuple[str, int, int]],
    theirs: list[tuple[str, int, int]],
) -> None:
    one, other = Story(), Story()
    spoken(one, common)
    spoken(other, common)
    before = len(other.entries)
    spoken(one, ours)
    spoken(other, theirs)
    renamed = {entry.id: f"x{entry.id}" for entry in other.entries[before:]}
    apart = [renamed_in(entry, renamed) for entry in other.entries[before:]]
    assert not untold(fold([*one.entries, *apart], one.playbook))


def test_the_pages_of_a_whole_incident_tell_them() -> None:
    assert not untold(story().incident)


def test_number_time_and_words_stand_below_the_page() -> None:
    outage = Story().tell(["@14:02 = 5xx 0.2 % -> 12 % src:pager", "/checkpoint ben watch, see #2"])
    page = render_folder(outage.incident)["checkpoints/1.md"]
    assert "| 2 | 14:02 | reading | 5xx: from 0.2 % to 12 % | ana | pager |" in page


def test_what_such_an_entry_cites_is_told_too() -> None:
    outage = Story().tell(["the queue grows", "it is full, see #2", "/checkpoint ben look, see #3"])
    page = render_folder(outage.incident)["checkpoints/1.md"]
    assert "| 2 | 14:06 | fact | the queue grows | ana |" in page


@pytest.mark.parametrize("text", ["PR #2", "shop#2", "see issue #2", "merged in #2"])
def test_a_number_of_somebody_else_is_none_of_an_entry(text: str) -> None:
    outage = Story().tell(["the queue grows", f"/checkpoint ben {text}"])
    assert "named by number" not in render_folder(outage.incident)["checkpoints/1.md"]


def test_what_reads_no_log_finds_the_end_of_the_readme_where_it_was() -> None:
    outage = Story().tell(["the queue grows", "/update as we said, see #2 next:+30m"])
    readme = render_folder(outage.incident)["README.md"]
    assert "named by number" in readme
    assert readme.splitlines()[-1] == "<!-- incident-tui: log position 3 -->"
