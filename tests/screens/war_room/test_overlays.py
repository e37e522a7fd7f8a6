"""The screens over the war room: each is declared once, with its key and its name."""

from pathlib import Path

import pytest

from incident_tui.domain import discovery
from incident_tui.domain.core import commands
from incident_tui.screens.browse.across.follow_up import FollowUpScreen
from incident_tui.screens.war_room.overlays import OVERLAYS, overlay, overlay_bindings
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.rows.rows import Rows
from tests.support.console import Host, declare, make_service, settled, until
from tests.support.thorough import row


async def test_each_overlay_opens_over_the_war_room_and_its_lists_know_words_from_keys(
    tmp_path: Path,
) -> None:
    """What nobody wrote a guard for would act at the first letter of the next line."""
    service = make_service(tmp_path)
    declare(service, ["api is slow"])
    app = Host(lambda host: WarRoom(host.controller(service)))
    async with settled(app, size=(80, 24)) as pilot:
        war_room = app.screen
        assert isinstance(war_room, WarRoom)
        lists = 0
        for name in [*OVERLAYS, FOLLOW_UP]:
            with row(name):
                if name == FOLLOW_UP:
                    app.push_screen(FollowUpScreen(service, lambda incident: None))
                else:
                    app.call_later(war_room.action_open, name)
                await until(pilot, lambda: app.screen is not war_room)
                await pilot.pause()
                assert isinstance(app.screen, View)
                lists += len(app.screen.query(Rows))
                assert [rows for rows in app.screen.query(Rows) if not rows.hands_on] == []
                await app.pop_screen()
                await until(pilot, lambda: app.screen is war_room)
        assert lists > len(OVERLAYS) / 2, "they were there to be asked"


FOLLOW_UP = "the follow-up, which the room does not open"


def test_what_a_command_opens_is_an_overlay() -> None:
    discovery.load()
    named = {form.opens for form in commands.every_command() if form.opens}
    assert named
    assert named <= set(OVERLAYS)


def test_an_overlay_has_a_key_or_a_command_that_opens_it() -> None:
    discovery.load()
    opened = {form.opens for form in commands.every_command()}
    assert [one.name for one in OVERLAYS.values() if not one.key and one.name not in opened] == []


def test_the_keys_of_the_overlays_are_keys_of_the_war_room() -> None:
    assert overlay_bindings()
    assert all(binding in WarRoom.BINDINGS for binding in overlay_bindings())


def test_two_screens_cannot_have_one_name() -> None:
    with pytest.raises(AssertionError, match="two screens are called 'gate'"):
        overlay("gate")(OVERLAYS["gate"].open)
