"""The page for those who decide: short, whole, and honest about what is not done."""

from datetime import timedelta

import pytest

from incident_tui.documents.audiences.brief import rendered
from incident_tui.documents.audiences.executive import executive
from tests.documents.html.page_reader import Page
from tests.support.incidents import Story, story


@pytest.mark.parametrize("chapters", range(7))
def test_it_fits_on_a_page_at_every_point_of_the_course(chapters: int) -> None:
    outage = story(chapters)
    for number in range(30):
        outage.say(f"+ item {number} {'long words ' * 60} owner:ana due:2w verify:x class:prevent")
    brief = executive(outage.incident, outage.now)
    text = rendered(brief, "md")
    assert len(text.split()) < 650
    assert "and 2" in text  # how many are left out
    page = Page(rendered(brief, "html"))
    page.assert_harmless()
    page.assert_accessible()


def test_what_is_left_is_told_with_owner_and_day_and_whether_it_is_late() -> None:
    outage = story(5)
    text = rendered(executive(outage.incident, outage.now + timedelta(days=20)), "md")
    assert "alert on pool usage (ana, due 2026-12-04, overdue, P1)" in text


def test_a_draft_says_that_it_is_one() -> None:
    outage = story(2)
    text = rendered(executive(outage.incident, outage.now), "md")
    assert "Draft: not approved yet. As it stood on" in text


def test_what_is_due_within_a_term_and_when_it_stopped_is_told_without_day_and_start() -> None:
    outage = Story(afterwards=True).tell(
        [
            "@13:40 /milestone detected",
            "@13:58 /milestone mitigated",
            "+ alert owner:ben term:quick",
        ]
    )
    text = rendered(executive(outage.incident, outage.now), "md")
    assert "alert (ben, this week)" in text
    since = "2026-11-20 13:40 to 13:58 since it was noticed; when it began is not on record"
    assert f"- **Impact:** {since}" in text
