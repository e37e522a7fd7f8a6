"""The help: it lists what is declared, whatever that is, and nothing by hand."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from incident_tui.domain import discovery
from incident_tui.domain.core import commands
from incident_tui.screens.browse.help import HelpScreen
from incident_tui.screens.widgets.rows.rows import Rows
from tests.support.console import Host, listed, painted, settle, stray_typing, until


class Below(Screen[None]):
    """A screen with a key of its own and a list."""

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


async def test_every_verb_is_there_with_syntax_meaning_and_example() -> None:
    app = over_a_screen()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = listed(app)
        for form in commands.every_command():
            assert form.syntax in shown
            assert form.help in shown
            assert form.example in shown


async def test_signs_come_first() -> None:
    app = over_a_screen()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = listed(app)
        assert "record a decision" in painted(app)
        assert shown.index("record a decision") < shown.index("Commands") < shown.index("/advance")


async def test_the_keys_are_those_of_the_screen_below_and_of_its_lists() -> None:
    app = over_a_screen()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = listed(app)
        assert "f6 x                   Red flags, each explained" in shown
        assert "↓ j                    The row below" in shown
        assert "unhelpful" not in shown


async def test_a_key_that_was_remapped_is_shown_as_it_is_now() -> None:
    app = over_a_screen()
    app.set_keymap({"below.flags": "f12", "rows.down": "n"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "f12                    Red flags, each explained" in listed(app)
        assert "n                      The row below" in listed(app)


async def test_a_word_filters_keys_and_lines() -> None:
    app = over_a_screen()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await until(pilot, lambda: "filter:" in painted(app))
        await pilot.press(*"red flags")
        assert "Red flags, each explained" in listed(app)
        assert "record a decision" not in listed(app)


async def test_enter_on_a_line_begins_it_in_the_log_line() -> None:
    app = over_a_screen()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("down", "enter")
        assert app.given == ["! "]


async def test_enter_on_a_key_does_nothing() -> None:
    app = over_a_screen()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("end", "enter")
        assert app.given == []


async def test_stray_typing_goes_to_the_log_line() -> None:
    app = over_a_screen()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await stray_typing(pilot, "pods restart")
        assert app.given == ["pods restart"]
