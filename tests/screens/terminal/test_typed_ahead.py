"""What is typed behind a key that opens a screen is typed into that screen, whole."""

import asyncio
import time
from functools import partial
from itertools import permutations, product
from pathlib import Path
from typing import Any, ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.screen import Screen

from incident_tui.screens.forms.checkpoint import CheckpointScreen
from incident_tui.screens.forms.composer import ComposerScreen
from incident_tui.screens.painted_text import plain
from incident_tui.screens.terminal import burst_guard, line_guard
from incident_tui.screens.terminal.themed_app import ThemedApp
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.screens.widgets.rows.rows import Row, Rows
from tests.support.console import Host, service_with, settled, until
from tests.support.thorough import row, thorough

FORMS = {"f5": ComposerScreen, "f12": CheckpointScreen}
TEXT = "Checkout works again"


@pytest.mark.parametrize("key", FORMS)
async def test_at_any_pace_no_letter_is_lost_or_left_behind(tmp_path: Path, key: str) -> None:
    """The form takes its time to be there; the first letters come before it, others behind."""
    app = Host.of(WarRoom, service_with(tmp_path, "api is slow"))
    async with settled(app, size=(80, 24)) as pilot:
        line = app.screen.query_one(LogLine)
        for pause, pane in thorough(product([0, 0.001, 0.01, 0.03], ["", "alt+1"]), one_in=3):
            with row(pause, pane):
                await pilot.press(*filter(None, [pane]))
                app.post_message(Key(key, None))
                for letter in TEXT[:8]:
                    await asyncio.sleep(pause)
                    app.post_message(Key(letter, letter))
                app.post_message(Paste(TEXT[8:]))
                await until(pilot, lambda: isinstance(app.screen, FORMS[key]))
                form = app.screen
                assert isinstance(form, View)
                await until(pilot, partial(has_text, form))
                assert line.draft == ""
                for field in (*form.query(LineInput), *form.query(LinesInput)):
                    field.write("")
                await pilot.press("escape")
                await until(pilot, lambda: isinstance(app.screen, WarRoom))


def has_text(form: View[Any]) -> bool:
    return any(TEXT in text for text in form.typed_texts().values())


class Listed(Rows):
    """A list in which c does something."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "copy", "Copy", id="listed.copy")]

    def action_copy(self) -> None:
        raise AssertionError("c was pressed for the screen that was opened")


class List(Screen[None]):
    """A list beside the log line, as `shows` says, or by itself."""

    def __init__(self, shows: frozenset[str] | None) -> None:
        super().__init__()
        self.rows = Listed([Row("a", plain("a"))], shows=shows)

    def compose(self) -> ComposeResult:
        yield self.rows


class Field(Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self.field = LineInput()

    def compose(self) -> ComposeResult:
        yield self.field


class ListAndField(ThemedApp[None]):
    """Two screens: a list, and a field that is opened over it, or in its place."""


@pytest.mark.parametrize("shows", [None, frozenset[str]()])
@pytest.mark.parametrize("busy", [False, True])
async def test_letters_that_a_list_holds_when_a_screen_opens_are_typed_into_that(
    shows: frozenset[str] | None, busy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list took them before that screen was there: they were pressed behind what opened it.

    On a busy machine the list has waited long enough for more before the screen is there.
    """
    if busy:
        monkeypatch.setattr(line_guard, "NEXT", 0.01)
        monkeypatch.setattr(burst_guard, "TOGETHER", 0.01)
    app = ListAndField()
    async with app.run_test() as pilot:
        for before, in_its_place in product(range(4), [False, True]):
            with row(before, in_its_place):
                lists, field = List(shows), Field()
                await app.push_screen(lists)
                lists.rows.focus()
                await pilot.pause()
                held = 3 if shows is None else 1  # of two letters it makes text for the log line
                keys = [Key(letter, letter) for letter in "checkout"]
                for key in keys[: min(before, held)]:
                    lists.rows.guard.key(key)
                if in_its_place:
                    app.switch_screen(field)
                else:
                    app.push_screen(field)
                for key in keys[min(before, held) :]:
                    app.post_message(key)
                if busy:
                    await asyncio.sleep(0)
                    time.sleep(0.02)
                await until(pilot, partial(holds, field, len(keys)))
                assert field.field.value == "checkout"


def holds(field: Field, letters: int) -> bool:
    return len(field.field.value) >= letters


async def test_letters_stand_in_the_order_in_which_they_were_pressed() -> None:
    """Whichever way they came: some are brought on by the list that had them."""
    app = ListAndField()
    async with app.run_test() as pilot:
        for order in thorough(permutations(range(6)), one_in=37):
            with row(*order):
                field = Field()
                await app.push_screen(field)
                keys = [Key(letter, letter) for letter in "abcdef"]
                for number, key in enumerate(keys):
                    key.time += number
                for number in order:
                    field.field.post_message(keys[number])
                await pilot.pause()
                assert field.field.value == "abcdef"
                await app.pop_screen()
