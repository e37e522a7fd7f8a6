"""Keys that arrive in one burst act one after the other, as they were pressed.

So they do on a slow connection, and when another program types into the terminal. No test here
waits between two keys.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from textual.app import App
from textual.events import Key
from textual.pilot import Pilot

from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.process.artifacts import Artifacts
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.screens.forms.backfill import BackfillScreen
from incident_tui.screens.forms.composer import ComposerScreen
from incident_tui.screens.forms.field import FieldScreen
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.service import IncidentSession, Service
from tests.screens.widgets.test_log_line import LineApp
from tests.support.console import Host, declare, declare_screen, rows_in, settle, settled, until
from tests.support.playbooks.forms import sheet
from tests.support.thorough import row

Burst = Sequence[str]
NAMED = {"enter", "tab", "escape", "up", "down", "left", "backspace", "f2", "f8", "ctrl+n"}


def burst(*parts: str) -> list[str]:
    """Keys: a part that names one is one, any other is typed letter by letter."""
    named = [part in NAMED or part.startswith("ctrl+") for part in parts]
    return [
        key
        for part, is_key in zip(parts, named, strict=True)
        for key in ([part] if is_key else part)
    ]


def press_at_once(app: App[Any], keys: Burst) -> None:
    """Press all keys before the first of them is read."""
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))


async def quiet(pilot: Pilot[Any]) -> None:
    """Wait until every widget has handled what it was sent, and what followed from it."""
    for _ in range(4):
        await pilot.pause(0)
    await pilot.pause()


# --- the log line --------------------------------------------------------------------------------


async def test_each_key_acts_on_what_stood_there_when_it_was_pressed() -> None:
    app = LineApp()
    async with app.run_test() as pilot:
        for keys, sent, left in [
            (burst("one", "enter", "two", "enter"), ["one", "two"], ""),
            (burst("one", "enter", "two"), ["one"], "two"),
            (burst("one", "enter", "enter", "two", "enter"), ["one", "two"], ""),
            (burst("a", "enter", "b", "enter", "c", "enter", "d"), ["a", "b", "c"], "d"),
            (burst("same", "enter", "same", "enter"), ["same", "same"], ""),
            (burst("wrong", "ctrl+u", "right", "enter"), ["right"], ""),
            (burst("keep", "ctrl+u", "new", "ctrl+y", "enter"), ["newkeep"], ""),
            (burst("one twa", "backspace", "o", "ctrl+w", "three", "enter"), ["one three"], ""),
            (burst("bc", "ctrl+a", "a", "ctrl+e", "d", "enter"), ["abcd"], ""),
            (burst("ac", "left", "b", "enter", "d"), ["abc"], "d"),
            (burst("/sn", "tab", "1h", "enter"), ["/snooze 1h"], ""),
            (burst("/s", "down", "tab", "x", "enter"), ["/state x"], ""),
        ]:
            with row(*keys):
                press_at_once(app, keys)
                await quiet(pilot)
                assert (app.sent, app.log_line.draft) == (sent, left)
                app.begin_anew()


@pytest.mark.parametrize(
    ("keys", "sent"),
    [
        (burst("new", "up", "!", "enter"), "earlier!"),
        (burst("new", "up", "down", "er", "enter"), "newer"),
        (burst("/s", "escape", "up", "enter"), "earlier"),
    ],
)
async def test_each_key_acts_on_the_earlier_line_that_stood_there(keys: Burst, sent: str) -> None:
    app = LineApp(history=["earlier"])
    async with app.run_test() as pilot:
        press_at_once(app, keys)
        await quiet(pilot)
        assert (app.sent, app.log_line.draft) == ([sent], "")


async def test_letters_behind_a_key_that_leaves_the_line_do_not_change_it() -> None:
    app = LineApp()
    async with app.run_test() as pilot:
        press_at_once(app, burst("mine", "tab", "xyz"))
        await quiet(pilot)
        assert (app.log_line.draft, app.log_line.has_line_focus) == ("mine", False)


KEYS = st.lists(st.sampled_from(["a", "b", " ", "enter", "ctrl+u", "backspace", "left"]))


def edited(keys: Burst) -> tuple[list[str], str]:
    """What a line editor that knows nothing of queues sends and keeps."""
    sent: list[str] = []
    before = after = ""
    for key in keys:
        if key == "enter" and (before + after).strip():
            sent.append(before + after)
            before = after = ""
        elif key == "ctrl+u":
            before = ""
        elif key == "backspace":
            before = before[:-1]
        elif key == "left":
            before, after = before[:-1], before[-1:] + after
        elif len(key) == 1:
            before += key
    return sent, before + after


@given(st.lists(KEYS, min_size=2, max_size=4))
@settings(max_examples=6)
def test_any_burst_is_what_a_plain_line_editor_makes_of_it(bursts: list[Burst]) -> None:
    async def typed() -> list[tuple[list[str], str]]:
        app = LineApp()
        seen = []
        async with app.run_test() as pilot:
            for keys in bursts:
                press_at_once(app, keys)
                await quiet(pilot)
                seen.append((app.sent.copy(), app.log_line.draft))
                app.begin_anew()
        return seen

    assert asyncio.run(typed()) == [edited(keys) for keys in bursts]


# --- lines that are refused ----------------------------------------------------------------------


async def test_lines_entered_while_one_is_saved_wait_in_their_order() -> None:
    app = LineApp()
    async with app.run_test() as pilot:
        press_at_once(app, burst("one", "enter", "two", "enter", "thr"))
        await quiet(pilot)
        pending = [app.log_line.pending]
        assert app.log_line.draft == "thr"
        for _ in range(2):
            app.log_line.accept()
            pending.append(app.log_line.pending)
        assert pending == [("one", "two"), ("two",), ()]
        press_at_once(app, ["up", "up"])
        await quiet(pilot)
        assert app.log_line.draft == "one"


async def test_a_refused_line_does_not_swallow_the_next_and_is_found_in_the_history() -> None:
    app = LineApp()
    async with app.run_test() as pilot:
        press_at_once(app, burst("bad", "enter", "good", "enter"))
        await quiet(pilot)
        app.log_line.reject("no such thing")
        app.log_line.accept()
        await quiet(pilot)
        assert (app.sent, app.log_line.draft) == (["bad", "good"], "")
        press_at_once(app, ["up", "up"])
        await quiet(pilot)
        assert app.log_line.draft == "bad"


async def test_a_line_that_was_not_saved_is_sent_again_from_where_it_stands() -> None:
    """Typing goes on in it: what looks like the rest of a line may not be taken for another."""
    app = LineApp()
    async with app.run_test() as pilot:
        for keys, left in [
            (burst(" SEV2"), "/sev SEV2"),
            (burst("backspace", "t"), "/set"),
            (burst("left", "x"), "/sexv"),
            (burst("x"), "/sevx"),
            (burst("ctrl+u", "good"), "good"),
        ]:
            with row(*keys):
                press_at_once(app, burst("/sev", "enter"))
                await quiet(pilot)
                app.log_line.reject("the disk is full")
                assert app.log_line.draft == "/sev"
                press_at_once(app, keys)
                await quiet(pilot)
                assert app.log_line.draft == left
                app.begin_anew()


# --- the war room --------------------------------------------------------------------------------


async def test_a_burst_is_recorded_line_by_line(service: Service) -> None:
    declare(service)
    app = Host(lambda host: WarRoom(host.controller(service)))
    async with settled(app, size=(80, 24)) as pilot:
        line = app.screen.query_one(LogLine)
        for keys, entries, left in [
            # The first: nothing is there yet that the key of undo could ask about.
            (burst("mine", "ctrl+z", "enter", "ok", "enter"), ["mine", "ok"], ""),
            (burst("one", "enter", "two", "enter"), ["one", "two"], ""),
            (burst("/sev SEV9", "enter", "good", "enter"), ["good"], ""),
            (burst("good", "enter", "/sev SEV9", "enter"), ["good"], ""),
            (burst("/sev SEV9", "enter", "good", "enter", "more"), ["good"], "more"),
            (burst("/sev SEV9", "enter", "good"), [], "good"),
            (burst("mine", "f2", "scribe", "enter", "two", "enter"), ["two"], ""),
        ]:
            with row(*keys):
                known = len(rows_in(service))
                press_at_once(app, keys)
                await quiet(pilot)
                await settle(pilot)
                recorded = rows_in(service)[known:]
                assert (recorded, line.draft, line.pending) == (entries, left, ())
                line.draft = ""


async def test_a_line_that_opens_a_screen_waits_for_those_before_it(service: Service) -> None:
    declare(service)
    app = Host(lambda host: WarRoom(host.controller(service)))
    async with settled(app, size=(80, 24)) as pilot:
        press_at_once(app, burst("one", "enter", "/update", "enter", "two", "enter"))
        await until(pilot, lambda: isinstance(app.screen, ComposerScreen))
        await settle(pilot)
        assert rows_in(service) == ["one", "two"]


async def test_what_waits_when_the_console_ends_is_there_again(service: Service) -> None:
    session = declare(service)
    before = service.console(session.id)
    before.drafts.keep("log-line sent", "one\ntwo")
    before.drafts.keep("log-line", "thr")
    before.close()
    app = Host(lambda host: WarRoom(host.controller(service)))
    async with settled(app, size=(80, 24)) as pilot:
        line = app.screen.query_one(LogLine)
        seen = [line.draft]
        for _ in range(2):
            press_at_once(app, ["up"])
            await quiet(pilot)
            seen.append(line.draft)
        assert seen == ["thr", "two", "one"]


# --- the other fields ----------------------------------------------------------------------------


async def test_the_composer_posts_what_stood_there_at_the_key(service: Service) -> None:
    declare(service, ["/sev SEV2"])
    app = Host(lambda host: ComposerScreen(host.controller(service)))
    async with settled(app, size=(80, 24)) as pilot:
        app.screen.query_one(LinesInput).write("")
        press_at_once(app, burst("gone", "ctrl+u", "We roll", "enter", "back", "tab"))
        press_at_once(app, burst("ctrl+u", "+20m", "enter", "9"))
        await quiet(pilot)
        await settle(pilot)
        (update,) = service.open(service.active()[0]).incident.of(Updates).items
        assert update.text == "We roll\nback"
        assert update.next_at is not None
        assert (update.next_at - update.entry.at).total_seconds() == 20 * 60


async def test_nothing_new_goes_to_the_time_before_the_next_key(service: Service) -> None:
    declare(service, ["/sev SEV2"])
    app = Host(lambda host: ComposerScreen(host.controller(service)))
    async with settled(app, size=(80, 24)) as pilot:
        press_at_once(app, burst("ctrl+n", "ctrl+u", "+50m"))
        await quiet(pilot)
        assert app.screen.query_one(LineInput).value == "+50m"
        assert "+50m" not in app.screen.query_one(LinesInput).text


def field(service: Service, name: str) -> Host:
    def screen(host: Host) -> FieldScreen:
        controller = host.controller(service)
        return FieldScreen(controller, controller.incident.playbook.stages[0], name)

    return Host(screen)


@pytest.mark.parametrize(
    ("name", "keys", "text"),
    [
        ("todo", burst("one", "enter", "two", "enter", "thr", "f8"), "[ ] one\n[ ] two\n[ ] thr"),
        ("todo", burst("one", "enter", "f8", "x"), "[ ] one"),
        ("published", burst("docs/a.md", "enter", "xyz"), "docs/a.md"),
        ("published", burst("wrong", "ctrl+u", "docs/a.md", "f8", "x"), "docs/a.md"),
        ("story", burst("one", "enter", "two", "f8", "x"), "one\ntwo"),
    ],
)
async def test_a_field_is_saved_as_it_stood_at_the_key(
    service: Service, name: str, keys: Burst, text: str
) -> None:
    sheet(service)
    app = field(service, name)
    async with settled(app, size=(80, 24)) as pilot:
        press_at_once(app, keys)
        await quiet(pilot)
        await settle(pilot)
        incident = service.open(service.active()[0]).incident
        values = incident.of(Artifacts).values(incident.playbook.stages[0])
        assert next(value.text for value in values if value.field.id == name) == text


async def test_an_incident_is_declared_with_the_title_at_enter(service: Service) -> None:
    rooms: list[IncidentSession] = []
    app = Host(lambda host: declare_screen(service, rooms.append))
    async with settled(app, size=(80, 30)) as pilot:
        press_at_once(app, burst("wrong", "ctrl+u", "5xx", "enter", "more"))
        await until(pilot, lambda: len(rooms) == 1)
        declared = rooms[0].incident.of(Lifecycle).declared
        assert declared is not None
        assert declared.title == "5xx"


async def test_a_changed_line_of_a_paste_is_taken_over_as_it_stood_at_enter(
    service: Service,
) -> None:
    declare(service)
    app = Host(lambda host: BackfillScreen(host.controller(service), ("one", "two")))
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.focused, LineInput))
        press_at_once(app, burst("ctrl+u", "1st", "enter", "enter"))
        await until(pilot, lambda: rows_in(service) == ["1st", "two"])
