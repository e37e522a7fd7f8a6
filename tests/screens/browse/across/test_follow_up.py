"""Follow-up: what all incidents promised, and what earlier ones owe when the next is declared."""

from typing import Any

import pytest
from textual.pilot import Pilot

from incident_tui.domain.core.rules import Raised
from incident_tui.screens.browse.across.follow_up import FollowUpScreen
from incident_tui.screens.browse.flags import FlagsScreen
from incident_tui.screens.browse.incidents import IncidentsScreen
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.service import Service
from incident_tui.service.across.action_register import as_flag, debts, register
from tests.support.console import (
    EVIL,
    Host,
    declare,
    declare_screen,
    forward,
    listed,
    painted,
    settle,
    settled,
    stray_letters,
    until,
)
from tests.support.thorough import row

DAY = 24 * 60
ALERT = '+ alert on pools owner:ana due:1w class:detect prio:P1 verify:"it pages" term:short'


def promised(service: Service) -> list[str]:
    """Two incidents whose items are overdue, open, done and verified; their ids."""
    lines = ["/factor detection no alert", f"{ALERT} factor:1", "+ canary due:4w"]
    first = declare(service, lines, title="Checkout returns 5xx")
    more = ["+ cache due:5w", "/act 1 done merged", "+ graph due:1d", "/act 2 verify seen"]
    second = declare(service, more, title="Search is slow")
    forward(service, 10 * DAY)
    return [first.id, second.id]


def follow_up(service: Service, opened: list[str] | None = None) -> Host:
    taken = opened if opened is not None else []
    return Host(lambda host: FollowUpScreen(service, taken.append))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_overdue_come_first_and_say_how_late_they_are(
    service: Service, size: tuple[int, int]
) -> None:
    promised(service)
    app = follow_up(service)
    async with settled(app, size=size):
        rows = listed(app).splitlines()
        assert rows[0].startswith("! late 2d 14h")
        assert "2026-11-27" in rows[0]
        assert "alert on pools" in rows[0]
        assert "1 overdue" in painted(app)
        assert "1 done but not verified" in painted(app)


async def test_done_and_verified_are_told_apart(service: Service) -> None:
    promised(service)
    app = follow_up(service)
    async with settled(app, size=(80, 24)):
        rows = listed(app).splitlines()
        assert [row.split()[1] for row in rows] == ["late", "open", "done", "verified"]


async def test_the_item_under_the_cursor_tells_the_rest(service: Service) -> None:
    promised(service)
    app = follow_up(service)
    async with settled(app, size=(80, 24)) as pilot:
        shown = painted(app)
        for words in ("Checkout returns 5xx #1", "it pages", "no alert", "detect", "short"):
            assert words in shown
        await pilot.press("down", "down")
        await pilot.pause()
        assert "done: merged" in painted(app)


async def test_enter_opens_the_incident_of_the_item(service: Service) -> None:
    first, second = promised(service)
    opened: list[str] = []
    app = follow_up(service, opened)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: opened == [first])
        await pilot.press("end", "enter")
        await until(pilot, lambda: opened == [first, second])


async def test_the_filter_finds_owner_incident_and_class(service: Service) -> None:
    promised(service)
    app = follow_up(service)
    async with settled(app, size=(80, 24)) as pilot:
        whole = listed(app)
        for words in ("search", "detect", "ana"):
            await pilot.press("slash", *words)
            await until(pilot, lambda: 0 < len(listed(app).splitlines()) < 4)
            await pilot.press("escape")
            await until(pilot, lambda: listed(app) == whole)


async def test_o_leaves_only_what_is_overdue_and_shows_everything_again(service: Service) -> None:
    promised(service)
    app = follow_up(service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("o")
        await until(pilot, lambda: len(listed(app).splitlines()) == 1)
        assert "only overdue" in painted(app)
        await pilot.press("wait:700", "o")  # sooner it is one that is held down
        await until(pilot, lambda: len(listed(app).splitlines()) == 4)


async def test_an_incident_that_cannot_be_read_is_told_and_hides_no_other(
    service: Service,
) -> None:
    _, second = promised(service)
    (service.home.folder(second) / "incident.json").write_text("{")
    app = follow_up(service)
    async with settled(app, size=(80, 24)):
        assert len(listed(app).splitlines()) == 2
        assert f"{second} cannot be read" in painted(app)


async def test_without_any_item_it_says_how_one_is_made(service: Service) -> None:
    declare(service)
    app = follow_up(service)
    async with settled(app, size=(80, 24)):
        assert "No incident has an action item yet" in painted(app)


async def test_text_typed_here_looks_for_action_items_and_none_of_it_is_lost(
    service: Service,
) -> None:
    promised(service)
    app = follow_up(service)
    async with settled(app, size=(80, 24)) as pilot:
        for part in ("gr", "a", "ph"):  # as the guard hands it on at the pace of people
            await stray_letters(pilot, part)
        await until(pilot, lambda: "filter: graph" in painted(app))
        assert [row.split()[1] for row in listed(app).splitlines()] == ["verified"]


async def test_hostile_text_is_only_text(service: Service) -> None:
    declare(service, [f"+ {EVIL}"], title=EVIL)
    app = follow_up(service)
    async with settled(app, size=(200, 40)):
        assert "[b]x[/b]" in painted(app)
        assert "\x1b" not in painted(app)


async def test_f_in_the_list_of_incidents_leads_here_and_esc_leads_back(service: Service) -> None:
    promised(service)
    app = Host(lambda host: IncidentsScreen(service, print, lambda: None, None))
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, FollowUpScreen))
        await settle(pilot)
        assert "alert on pools" in painted(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, IncidentsScreen))


# --- declaring the next one ----------------------------------------------------------------------


async def declare_form(pilot: Pilot[Any], title: str) -> str:
    await settle(pilot)
    pilot.app.screen.query_one("#declare-title", LineInput).write(title)
    await pilot.pause()
    return painted(pilot.app)


async def test_declaring_shows_what_earlier_incidents_with_the_same_words_owe(
    service: Service,
) -> None:
    promised(service)
    app = Host(lambda host: declare_screen(service))
    async with app.run_test(size=(80, 24)) as pilot:
        for title, owed in [
            ("Checkout loops", True),
            ("", False),
            ("CHECKOUT", True),
            ("Search is slow", False),
        ]:
            with row(title):
                shown = await declare_form(pilot, title)
                assert ("Overdue since earlier incidents" in shown) == owed
                assert ("! alert on pools" in shown) == owed


async def test_declaring_counts_the_debts_that_have_no_room(service: Service) -> None:
    declare(service, [f"+ thing {n} due:1w" for n in range(6)], title="Checkout returns 5xx")
    forward(service, 10 * DAY)
    app = Host(lambda host: declare_screen(service))
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await declare_form(pilot, "checkout")
        assert "thing 2" in shown
        assert "thing 3" not in shown
        assert "and 3 more" in shown


async def test_debts_are_a_red_flag_that_can_be_explained_and_snoozed(service: Service) -> None:
    promised(service)
    now = declare(service, title="Checkout again")
    raised: dict[str, Raised] = as_flag(debts(register(service), "Checkout again"))

    def screen(host: Host) -> FlagsScreen:
        controller = host.controller(service, now.id)
        controller.earlier = raised
        return FlagsScreen(controller)

    app = Host(screen)
    async with settled(app, size=(80, 24)) as pilot:
        assert "alert on pools" in listed(app)
        now.enter("/snooze-flag actions.earlier 1d ana does it after the rollback")
        flags = app.screen
        assert isinstance(flags, FlagsScreen)
        await flags.controller.poll()
        await settle(pilot)
        assert "alert on pools" not in listed(app)
