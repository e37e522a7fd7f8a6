"""The public text: what strangers read of an incident, and what whoever publishes it is told."""

import pytest

from incident_tui.documents.audiences.brief import rendered
from incident_tui.documents.audiences.public import Removed, public_text
from tests.documents.html.page_reader import Page
from tests.support.incidents import Story, story

PUBLIC_LINES = (
    "/public what-happened Checkout failed for one in eight; ana saw it on db-7 (PLAT-311).",
    "/public apology We are sorry for the orders that failed.",
)


@pytest.fixture
def published() -> Story:
    outage = story(5)
    outage.say("/update ben is on 10.0.0.3, see https://wiki.corp/checkout")
    return outage.tell(PUBLIC_LINES)


@pytest.mark.parametrize("form", ["md", "html"])
def test_it_holds_no_name_host_address_link_or_ticket(published: Story, form: str) -> None:
    text = rendered(public_text(published.incident).brief, form)
    body = text if form == "md" else Page(text).all("main")[0].words
    for words in (" ana ", "ben ", "db-7", "PLAT-311", "10.0.0.3", "wiki.corp", "dashboard"):
        assert words not in body
    assert "We are sorry" in body
    assert "one in eight" in body


def test_whoever_publishes_it_is_told_what_was_taken_out_and_where(published: Story) -> None:
    places = {
        (item.kind, item.words): item.where for item in public_text(published.incident).removed
    }
    assert places[("host", "db-7")] == "what happened"
    assert places[("address", "10.0.0.3")].startswith("update 4 (#")
    assert places[("person", "ben")] == places[("link", "https://wiki.corp/checkout")]


def test_entries_are_cited_to_nobody_who_has_none(published: Story) -> None:
    published.say("/public cause The pool was too small (see #2).")
    text = public_text(published.incident)
    assert "The pool was too small." in rendered(text.brief, "md")
    assert Removed("entry", "see #2", "the cause, item 1") in text.removed
    kept = public_text(published.incident, ["See #2"])
    assert "The pool was too small (see #2)." in rendered(kept.brief, "md")


def test_what_is_kept_stays(published: Story) -> None:
    text = public_text(published.incident, ["https://wiki.corp/checkout"])
    assert "wiki.corp/checkout" in rendered(text.brief, "md")


def test_parts_that_nobody_wrote_come_from_the_record_and_are_named(published: Story) -> None:
    text = public_text(published.incident)
    assert text.taken_over == ["cause", "prevention"]
    assert "v42 exhausts the connection pool" in rendered(text.brief, "md")


def test_owners_days_sources_and_levels_of_the_team_stay_inside(published: Story) -> None:
    text = rendered(public_text(published.incident).brief, "md")
    assert not [word for word in ("SEV2", "P1", "due", "owner", "pager") if word in text]


def test_words_that_blame_are_told() -> None:
    outage = story(5)
    outage.say("/update ana forgot to check the pool")
    ((words, where),) = public_text(outage.incident).blame
    assert "forgot" in words
    assert where.startswith("update 4")


def test_each_time_that_it_stopped_and_came_back_is_told() -> None:
    outage = Story().tell(["/state mitigated a", "/state active b", "/state mitigated c"])
    when = next(part for part in public_text(outage.incident).brief.parts if part.title == "When")
    assert [item.split(": ")[1] for item in when.items] == [
        "users first felt it", "the impact stopped", "it came back", "the impact stopped",
    ]  # fmt: skip


def test_updates_for_others_and_those_set_aside_stay_inside() -> None:
    outage = story(5)
    outage.say("/update Revenue fell by a tenth. audience:leadership")
    outage.say("/update Said twice.")
    outage.say(f"/aside {len(outage.entries)}")
    outage.say("/update Orders are replayed. audience:users")
    text = rendered(public_text(outage.incident).brief, "md")
    assert "Orders are replayed" in text
    assert "Revenue" not in text
    assert "Said twice" not in text


def test_parts_that_the_record_has_no_words_for_are_named_as_missing() -> None:
    outage = Story().tell(["/impact users everybody"])
    text = public_text(outage.incident)
    assert text.missing == ["what-happened", "cause", "prevention", "apology"]
    assert text.taken_over == []
    outage.tell(["/public cause A deploy.", "+ a canary with payments", PUBLIC_LINES[1]])
    text = public_text(outage.incident)
    assert (text.missing, text.taken_over) == (["what-happened"], ["prevention"])


def test_a_name_that_the_record_does_not_know_is_told_with_its_place(published: Story) -> None:
    published.say("/update Priya restarted the queue of checkout.")
    text = public_text(published.incident)
    assert [words for words, where in text.perhaps if where.startswith("update ")] == ["Priya"]
    assert not public_text(published.incident, ["priya"]).perhaps


def test_what_was_reached_in_one_minute_stands_in_its_order() -> None:
    outage = Story().tell(["@14:05 /milestone resolved", "@14:05 /milestone mitigated"])
    text = rendered(public_text(outage.incident).brief, "md")
    assert text.index("the impact stopped") < text.index("it was over")
