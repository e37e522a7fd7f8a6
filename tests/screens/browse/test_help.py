"""The help: it lists what is declared, whatever that is, and nothing by hand."""

from pathlib import Path
from typing import ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from incident_tui.domain import discovery
from incident_tui.domain.core import commands
from incident_tui.screens.browse.help import HelpRows, HelpScreen
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.rows.rows import Rows
from tests.support.console import (
    Host,
    declare,
    listed,
    make_service,
    painted,
    settle,
    settled,
    stray_letters,
    until,
)


class Below(Screen[None]):
    """A screen with a key of its own and a list."""

    BINDING_GROUP_TITLE = "A place"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6,x", "app.bell", "flags", id="below.flags", tooltip="Red flags, each explained"),
        Binding("f7", "app.bell", "unhelpful"),
    ]

    def compose(self) -> ComposeResult:
        yield Rows()

    def on_mount(self) -> None:
        assert isinstance(self.app, Host)
        self.app.push_screen(HelpScreen(), self.app.given.append)


def over_a_screen() -> Host:
    discovery.load()
    return Host(lambda host: Below())


@pytest.fixture
def app() -> Host:
    return over_a_screen()


async def test_every_verb_is_there_with_syntax_meaning_and_example(app: Host) -> None:
    async with settled(app, size=(80, 24)):
        shown = listed(app)
        for form in commands.every_command():
            assert form.syntax in shown
            assert form.help in shown
            assert form.example in shown


async def test_the_keys_of_the_place_come_first_then_the_signs(app: Host) -> None:
    async with settled(app, size=(80, 24)):
        shown = listed(app)
        order = ["Keys here · A place", "Red flags", "The row below", "a decision", "/advance"]
        assert sorted(order, key=shown.index) == order
        assert "Red flags" in painted(app)
        assert "f6 x                   Red flags, each explained" in shown
        assert "↓ j                    The row below" in shown, "a key of the list there"
        assert "unhelpful" not in shown


async def test_over_the_log_line_the_signs_are_the_first_of_its_keys(tmp_path: Path) -> None:
    service = make_service(tmp_path)
    declare(service)
    app = Host(lambda host: WarRoom(host.controller(service)))
    async with settled(app, size=(80, 24)) as pilot:
        app.push_screen(HelpScreen())
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await settle(pilot)
        shown = listed(app)
        order = ["Keys here · Log line", "a decision", "f7", "Lines that begin", "/advance"]
        assert sorted(order, key=shown.index) == order
        assert "To the next pane" in painted(app), "signs and keys are seen at once"


MATCHES = {
    "typo": "/amend N TEXT",
    "edit": "/amend N TEXT",
    "find": "/find [TEXT]",
    "search": "/find [TEXT]",
    "undo": "/undo",
    "/undo": "/undo",
    "und": "/undo",
    "pool": "+ TEXT",
    "copy": "or on a document (F7) copies it",
    "clipboard": "or on a document (F7) copies it",
    "slack": "/update [TEXT]",
    "hand over": "/checkpoint [NAME]",
    "handover": "/checkpoint [NAME]",
    "theme": "/theme",
    "dark": "/theme",
    "mouse": "a double click opens it",
    "title": "/title TEXT",
    "rename": "/title TEXT",
    "editor": "in your editor",
    "postmortem": "ctrl+t writes the postmortem",
    "rollback": "> and what you changed",
    "escalate": "nobody is called from here",
    "settings": "config.toml",
    "todo": "+ TEXT",
    "exit": "/quit",
}


async def test_what_people_look_for_leads_by_their_own_words(app: Host) -> None:
    """Whatever else has the word in it."""
    async with settled(app, size=(80, 24)):
        rows = app.screen.query_one(HelpRows)
        for words, wanted in MATCHES.items():
            rows.look_for(words)
            assert wanted in rows.shown[0].build().plain, words


async def test_the_cursor_is_on_the_best_hit_until_it_is_moved(app: Host) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        rows = app.screen.query_one(HelpRows)
        await pilot.press("slash", *"undo")
        assert rows.row is rows.shown[0]
        await pilot.press("down", "enter")
        assert rows.row is rows.shown[1]
        await pilot.press("k", "enter")
        assert app.given == ["/undo "]


async def test_a_key_that_was_remapped_is_shown_as_it_is_now(app: Host) -> None:
    app.set_keymap({"below.flags": "f12", "rows.down": "n"})
    async with settled(app, size=(80, 24)):
        assert "f12                    Red flags, each explained" in listed(app)
        assert "n                      The row below" in listed(app)


async def test_a_word_filters_keys_and_lines(app: Host) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("slash")
        await until(pilot, lambda: "filter:" in painted(app))
        await pilot.press(*"red flags")
        assert "Red flags, each explained" in listed(app)
        assert "record a decision" not in listed(app)


async def test_enter_on_a_line_begins_it_in_the_log_line(app: Host) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        rows = app.screen.query_one(HelpRows)
        rows.select(next(row.key for row in rows.shown if row.build().plain.startswith("! ")))
        await pilot.press("enter")
        assert app.given == ["! "]


async def test_enter_on_a_key_does_nothing(app: Host) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("home", "enter")
        assert app.given == []


async def test_stray_typing_goes_to_the_log_line(app: Host) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await stray_letters(pilot, "pods restart")
        assert app.given == ["pods restart"]
