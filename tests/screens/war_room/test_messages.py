"""Who tells whom: the messages from a key to the controller, each of them once and no others."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.events import Paste
from textual.message import Message
from textual.pilot import Pilot

from incident_tui.screens.browse.menu import ItemScreen
from incident_tui.screens.forms.backfill import BackfillScreen
from incident_tui.screens.forms.field import FieldScreen
from incident_tui.screens.panes.stage import StagePane
from incident_tui.screens.panes.timeline import TimelinePane
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.screens.widgets.rows.row_list import RowList
from incident_tui.service import Service
from tests.support.console import Host, declare, rows_in, settle, until


class Talk:
    """What is said between the widgets of an open war room, and what the controller is asked."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._heard: list[Message] = []
        """Kept, so that a message that goes from one widget to the next is known again."""

    def hear(self, message: Message) -> None:
        ours = type(message).__module__.startswith("incident_tui.")
        # That the cursor moved follows from new rows, whoever made them.
        if not ours or isinstance(message, RowList.Moved):
            return
        if not any(message is heard for heard in self._heard):
            self._heard.append(message)
            self.heard.append(type(message).__qualname__)

    def watch(self, host: Host, patch: pytest.MonkeyPatch) -> None:
        """Note what the controller is asked from now on, and forget what was said so far."""
        controller = host.controllers[0]
        enter, enter_all = controller.enter, controller.enter_all

        async def one(text: str, **more: Any) -> Any:
            self.heard.append(f"enter {text}")
            return await enter(text, **more)

        async def several(lines: list[str]) -> Any:
            self.heard.append(f"enter all {', '.join(lines)}")
            return await enter_all(lines)

        patch.setattr(controller, "enter", one)
        patch.setattr(controller, "enter_all", several)
        self.heard.clear()


@asynccontextmanager
async def conversation(
    service: Service, patch: pytest.MonkeyPatch, *lines: str, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Pilot[None], Host, Talk]]:
    """A war room on an incident with these lines, and what is said in it."""
    declare(service, lines)
    host, talk = Host.of(WarRoom, service), Talk()
    async with host.run_test(size=size, message_hook=talk.hear) as pilot:
        await settle(pilot)
        talk.watch(host, patch)
        yield pilot, host, talk


async def expect(pilot: Pilot[None], talk: Talk, messages: Sequence[str]) -> None:
    """Exactly this is said, and nothing follows."""
    await until(pilot, lambda: len(talk.heard) >= len(messages))
    await settle(pilot)
    assert talk.heard == list(messages)


async def test_a_line_goes_from_the_field_to_the_room_and_once_to_the_controller(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with conversation(service, monkeypatch) as (pilot, host, talk):
        host.screen.query_one(LogLine).draft = "the pool is empty"
        await pilot.press("enter")
        await expect(pilot, talk, ["LogLine.Submitted", "enter the pool is empty"])
        assert rows_in(service) == ["the pool is empty"]


async def test_a_line_that_is_refused_goes_the_same_way_and_no_further(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with conversation(service, monkeypatch) as (pilot, host, talk):
        host.screen.query_one(LogLine).draft = "/sev SEV9"
        await pilot.press("enter")
        await expect(pilot, talk, ["LogLine.Submitted", "enter /sev SEV9"])
        assert host.screen.query_one(LogLine).draft == ""


async def test_a_row_is_chosen_opened_and_its_line_begun_and_the_controller_hears_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with conversation(service, monkeypatch, "the pool is empty") as (pilot, host, talk):
        rows = host.screen.query_one(TimelinePane).rows
        rows.focus()
        await until(pilot, lambda: host.focused is rows)
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(host.screen, ItemScreen))
        await expect(pilot, talk, ["Rows.Chosen", "Pane.Opened"])
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(host.screen, WarRoom))
        await expect(pilot, talk, ["Rows.Chosen", "Pane.Opened", "Rows.Chosen"])
        assert host.screen.query_one(LogLine).draft.startswith("/")


async def test_a_field_of_the_stage_opens_its_form_and_not_the_lines_of_other_panes(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with conversation(service, monkeypatch) as (pilot, host, talk):
        await pilot.press("alt+2", "home", "enter")
        await until(pilot, lambda: isinstance(host.screen, FieldScreen))
        assert talk.heard[:2] == ["Rows.Chosen", "StagePane.FieldChosen"]
        assert "Pane.Opened" not in talk.heard


async def test_a_pane_is_zoomed_and_left_without_a_word(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with conversation(service, monkeypatch) as (pilot, host, talk):
        other = host.screen.query_one(StagePane)
        await pilot.press("alt+1", "f9")
        await until(pilot, lambda: not other.display)
        await pilot.press("f9")
        await until(pilot, lambda: bool(other.display))
        await expect(pilot, talk, [])


async def test_a_click_on_a_tab_is_told_to_the_screen_which_does_what_its_key_does(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with conversation(service, monkeypatch, size=(80, 24)) as (pilot, host, talk):
        await pilot.click("#tabs", offset=(1, 0))
        await until(pilot, lambda: host.screen.query_one(TimelinePane).has_focus_within)
        await expect(pilot, talk, ["KeyedRow.Pressed"])


async def test_pasted_lines_are_shown_first_and_reach_the_controller_together(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with conversation(service, monkeypatch) as (pilot, host, talk):
        host.screen.query_one(LogLine).focus()
        assert host.focused is not None
        host.focused.post_message(Paste("5xx rises\n! roll back\n"))
        await until(pilot, lambda: isinstance(host.screen, BackfillScreen))
        await expect(pilot, talk, ["LogLine.Pasted"])
        assert rows_in(service) == []
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(host.screen, WarRoom))
        assert [message for message in talk.heard if message.startswith("enter")] == [
            "enter all 5xx rises, ! roll back"
        ]
        assert rows_in(service) == ["5xx rises", "roll back"]


async def test_words_typed_into_a_pane_go_to_the_log_line_and_are_not_sent(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with conversation(service, monkeypatch) as (pilot, host, talk):
        rows = host.screen.query_one(TimelinePane).rows
        rows.focus()
        await until(pilot, lambda: host.focused is rows)
        rows.post_message(Paste("the pool is empty"))
        await until(pilot, lambda: host.screen.query_one(LogLine).draft == "the pool is empty")
        await expect(pilot, talk, ["Burst"])
