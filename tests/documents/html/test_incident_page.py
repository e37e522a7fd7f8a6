"""The page of an incident: what its readers find, with and without a script, and what is inert."""

from datetime import datetime, timedelta

import pytest

from incident_tui.documents.html.incident_page import incident_html
from incident_tui.domain.core.commands import PendingEvent
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.findings.readings import ReadingTaken
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.quality.evidence import LinkKept
from tests.documents.html.page_reader import Page
from tests.support.incidents import Story, story

HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(1)>" onclick="alert(2)'


def page_of(outage: Story, **more: object) -> Page:
    return Page(incident_html(outage.incident, outage.now + timedelta(minutes=5), **more))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def closed() -> Page:
    return page_of(story())


def test_a_hurried_reader_finds_cause_fix_and_impact_before_anything_else(closed: Page) -> None:
    facts = {e.words: None for e in closed.all("dt")}
    first = list(facts)[:7]
    assert first == [
        "Severity", "Impact", "Trigger", "Cause", "Detection", "What stopped it", "What fixes it",
    ]  # fmt: skip
    summary = closed.html.index("A deploy raised the number of connections")
    assert summary < closed.html.index("<svg")


def test_the_hurried_need_not_read_past_the_pictures(closed: Page) -> None:
    headings = [e.words.strip() for e in closed.all("h2")][1:6]
    assert headings == [
        "Summary", "Impact and scope", "Who responded", "Action items", "The course in pictures",
    ]  # fmt: skip


def test_no_column_is_empty_and_a_story_has_paragraphs() -> None:
    outage = story(3).tell(
        ["+ bound the cache owner:ana term:short", "/aside 4", "/state active x"]
    )
    page = page_of(outage)
    (actions,) = [
        table for table in page.all("table")
        if [c for c in page.all("caption") if table in c.inside and c.words == "Action items"]
    ]  # fmt: skip
    heads = [e.words for e in page.all("th") if actions in e.inside]
    assert heads == ["#", "Action", "Owner", "Status", "Term"]
    sentences = [e.words for e in page.all("p") if e.words.startswith("At ")]
    assert len(sentences) == 2


@pytest.mark.parametrize("chapters", range(7))
def test_a_page_is_whole_at_every_point_of_the_course(chapters: int) -> None:
    page = page_of(story(chapters))
    page.assert_harmless()
    page.assert_accessible()


def test_a_bare_incident_has_a_page_too() -> None:
    page = page_of(Story(title="No bread"))
    page.assert_accessible()
    assert [e.words.strip() for e in page.all("h2")][1:] == [
        "Summary", "The course in pictures", "Milestones and durations", "Timeline",
    ]  # fmt: skip


def test_every_entry_stands_in_the_timeline_with_what_it_is_filtered_by(closed: Page) -> None:
    outage = story().incident
    rows = [e for e in closed.all("li") if e.attributes.get("class", "").startswith("entry")]
    assert {row.attributes["id"] for row in rows} == {f"e{n}" for n in outage.numbers.values()}
    kinds = {e.words for e in closed.all("option")}
    assert {row.attributes["data-kind"] for row in rows} <= kinds


def test_without_a_script_nothing_is_hidden_but_what_needs_one(closed: Page) -> None:
    hidden = [e.attributes.get("id") for e in closed.elements if "hidden" in e.attributes]
    assert hidden == ["themes", "filters"]


def test_each_picture_is_told_in_a_table_below_it(closed: Page) -> None:
    figures = closed.all("figure")
    assert [f.attributes["id"] for f in figures] == [
        "plot-course", "plot-signals", "plot-board", "plot-kinds", "plot-stages", "plot-hats",
    ]  # fmt: skip
    for figure in figures:
        assert [e for e in closed.all("table") if figure in e.inside]
        assert [e for e in closed.all("desc") if figure in e.inside]


def test_whatever_people_wrote_is_text() -> None:
    outage = Story(title=f"No bread {HOSTILE}")
    outage.tell(
        [f"/impact users {HOSTILE}", f"? {HOSTILE}", f"/hyp 1 for {HOSTILE}", "/role all ana"]
    )
    outage.record([FactRecorded(text=HOSTILE)], source="javascript:alert(1)")
    outage.record([PendingEvent(LinkKept(url="javascript:alert(1)", text="data:text/html,x"))])
    outage.record([FactRecorded(text="see https://example.org/a?b=1&c=<i>2).")], actor=HOSTILE)
    page = page_of(outage)
    page.assert_harmless()
    page.assert_accessible()
    assert "javascript:alert(1)" in page.all("main")[0].words
    (link,) = [e for e in page.all("a") if e.attributes["href"].startswith("http")]
    assert link.attributes["href"] == "https://example.org/a?b=1&c="
    assert "noopener" in link.attributes["rel"]


def test_the_same_log_gives_the_same_page() -> None:
    assert page_of(story()).html == page_of(story()).html


def test_a_running_incident_says_as_of_when_it_is_told() -> None:
    assert "As it stood on 2026-11-20" in page_of(story(2)).html
    assert "As it stood on" not in page_of(story()).html


def test_moments_at_the_ends_of_the_calendar_spoil_no_page() -> None:
    outage = story(2)
    for year in (1, 9999):
        moment = datetime(year, 1, 1, tzinfo=outage.now.tzinfo)
        read = ReadingTaken(name="5xx", after=f"{year} %", before="1 %")
        outage.record([PendingEvent(read, at=moment)])
        outage.record([PendingEvent(MilestoneReached(name="started"), at=moment)])
    assert "9999 %" in page_of(outage).html


def test_no_line_breaks_within_a_day_or_a_moment(closed: Page) -> None:
    kept = {e.words for e in closed.all("span") if e.attributes.get("class") == "moment"}
    assert "2026-11-20 14:00" in kept
    assert "2026-11-20-checkout-5xx" not in " ".join(kept), "an id is no day"


def test_a_small_table_is_not_parted_from_its_heads_on_paper(closed: Page) -> None:
    short = [
        rows
        for box in closed.all("div")
        if "few" in box.attributes.get("class", "").split()
        and (rows := [row for row in closed.all("tr") if box in row.inside])
    ]
    assert max(map(len, short)) > 6, "that of the durations is one"
    assert all(len(rows) <= 10 for rows in short)
    style = closed.all("style")[0].words
    assert ".scroll.few { break-inside: avoid; }" in style


def test_a_cell_with_a_sentence_is_wide_enough_to_read_where_the_page_is_narrow(
    closed: Page,
) -> None:
    cells = closed.all("td")
    wide = [cell for cell in cells if "long" in cell.attributes.get("class", "")]
    assert wide
    assert all(len(cell.words) > 24 for cell in wide)
    assert all(len(cell.words) <= 24 for cell in cells if cell not in wide)
    assert "td.long { min-width: 11rem; }" in closed.all("style")[0].words
