"""The search over all incidents: typed, previewed, opened; and what was seen before."""

import pytest

from incident_tui.app import make_app
from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import sure
from incident_tui.history import NothingToCommit
from incident_tui.screens.browse.across.search import SearchScreen
from incident_tui.screens.panes.timeline import TimelinePane
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Service
from incident_tui.service.across.likeness import Subject, similar
from tests.support.console import (
    EVIL,
    Host,
    declare,
    declare_screen,
    listed,
    painted,
    settled,
    stray_letters,
    until,
)


def searched(service: Service, query: str = "") -> Host:
    return Host(lambda host: SearchScreen(service, lambda incident, entry: None, query=query))


@pytest.fixture
def past(service: Service) -> Service:
    declare(service, ["the connection pool is empty src:panel"], title="Checkout returns 5xx")
    declare(service, ["the queue is long", "+ cache the index owner:ben"], title="Search is slow")
    return service


async def test_what_is_typed_is_found_and_enter_leads_to_the_entry_in_its_incident(
    service: Service,
) -> None:
    many = [f"the queue has {number} jobs" for number in range(80)]
    declare(service, ["the connection pool is empty src:panel", *many], title="Checkout fails")
    app = make_app(service, perform=lambda request: NothingToCommit())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Checkout fails" in painted(app))
        await pilot.press("alt+s")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press(*"pools")
        await until(pilot, lambda: "the connection pool is empty" in painted(app))
        await until(pilot, lambda: "source panel" in painted(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Rows) and app.focused.hands_on)
        assert isinstance(app.screen, WarRoom)
        rows = app.screen.query_one(TimelinePane).rows
        await until(pilot, lambda: "the connection pool is empty" in painted(app))
        assert app.focused is rows
        assert rows.row is not None
        assert "the connection pool is empty" in rows.row.build().plain


async def test_filters_are_those_of_the_command_line(past: Service) -> None:
    app = searched(past, query="kind:action")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "cache the index" in listed(app))
        assert "connection pool" not in listed(app)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("since:nonesuch", "nonesuch"),
        ("zebra", "No incident holds any of these words."),
        ("", "next to each other"),
        ("pool queue", "no entry holds all words; "),
    ],
)
async def test_where_nothing_fits_it_says_why_and_how_to_ask(
    past: Service, query: str, reason: str
) -> None:
    app = searched(past, query=query)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: reason in painted(app))


async def test_words_typed_into_the_list_are_looked_for(past: Service) -> None:
    app = searched(past, query="the")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "pool is empty" in listed(app) and "queue" in listed(app))
        await pilot.press("tab")
        for part in (" po", "ol"):
            await stray_letters(pilot, part)
        await until(pilot, lambda: "the pool" in painted(app) and "queue" not in listed(app))
        await pilot.press("s")
        await until(pilot, lambda: "the pools" in painted(app))


async def test_without_a_word_it_shows_what_was_seen_before(past: Service) -> None:
    session = declare(past, [], title="Search is slow again")
    screen = SearchScreen(past, lambda incident, entry: None, like=(session.incident, session.id))
    app = Host(lambda host: screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "seen before: 1 incident like this one" in painted(app))
        await until(pilot, lambda: "unfinished: cache the index" in painted(app))


@pytest.mark.parametrize("query", ["", "shards"])
async def test_what_to_do_the_next_time_is_a_key_away_from_the_incident_that_says_it(
    past: Service, query: str
) -> None:
    earlier = past.open(past.active()[0])
    for text in (
        "/mitigate scale move the shards",
        "/state resolved it is fast",
        "/guardrail no reindex by day",
    ):
        earlier.enter(sure(parse(text)))
    session = declare(past, [], title="Search is slow again")
    like = (session.incident, session.id)
    app = Host(lambda host: SearchScreen(past, lambda *entry: None, like=like, query=query))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        await until(pilot, lambda: screen.rows.row is not None)
        await pilot.press("f7")
        await until(pilot, lambda: "no reindex by day" in painted(app))
        assert "move the shards" in painted(app)
        assert "## " not in painted(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)


async def test_nothing_of_what_was_found_is_markup(service: Service) -> None:
    declare(service, [f"pool {EVIL}"], title=f"Pool {EVIL}")
    app = searched(service, query="pool")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "pool" in listed(app))


async def test_the_form_of_a_declaration_names_what_is_unfinished_though_not_overdue(
    past: Service,
) -> None:
    app = Host(lambda host: declare_screen(past))
    async with settled(app, size=(80, 24)) as pilot:
        app.screen.query_one("#declare-title", LineInput).write("Search is slow again")
        await until(pilot, lambda: "unfinished: cache the index (ben)" in painted(app))


@pytest.mark.parametrize(
    ("lines", "debt"),
    [
        ([], ""),
        (["+ cache the index"], "unfinished: cache the index (nobody)"),
        (["+ cache the index owner:ben", "+ warn"], "unfinished: cache the index (ben) and 1 more"),
    ],
)
def test_the_debt_of_an_earlier_incident_is_its_first_item_and_how_many_more(
    service: Service, lines: list[str], debt: str
) -> None:
    declare(service, lines, title="Search is slow")
    assert [one.debt for one in similar(service, Subject("Search is slow"), limit=1)] == [debt]


async def test_the_war_room_names_what_was_seen_before_beside_the_impact(past: Service) -> None:
    session = declare(past, ["/tag index"], title="Search is slow again")
    app = make_app(past, incident=session.id, perform=lambda request: NothingToCommit())
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: "seen before  Search is slow" in painted(app))
        await until(pilot, lambda: "unfinished: cache the index" in painted(app))
        await until(pilot, lambda: "tags      index" in painted(app))
        assert isinstance(app.screen, WarRoom)
        await pilot.press("alt+s")
        await until(pilot, lambda: "seen before: 1 incident like this one" in painted(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WarRoom))
