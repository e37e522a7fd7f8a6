"""Who is typing: asked once behind the first entry, chosen by key, and never in anybody's way."""

from pathlib import Path

import pytest

from incident_tui.screens.browse.people import PeopleScreen
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.war_room.who_reminder import WhoReminder
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.store.user_settings import UserSettings
from tests.support.console import (
    Host,
    declare,
    make_service,
    painted,
    painted_lines,
    rows_in,
    settle,
    settled,
    until,
)
from tests.support.thorough import row
from tests.support.world import Clock


def unsaid(base: Path) -> UserSettings:
    return UserSettings(base / "config")


def room(base: Path, *lines: str, settings: UserSettings | None = None) -> Host:
    service = make_service(base, settings=settings)
    session = declare(service, lines)
    assert session.identity.actor == "ana"
    return Host.of(WarRoom, service)


def line_of(app: Host) -> LogLine:
    return app.screen_stack[1].query_one(LogLine)


def typist(app: Host) -> str:
    return app.controllers[0].session.identity.actor


async def test_nobody_is_asked_before_the_first_fact_and_once_behind_it(tmp_path: Path) -> None:
    app = room(tmp_path, settings=unsaid(tmp_path))
    async with settled(app, size=(80, 24)) as pilot:
        assert "are you" not in painted(app)
        await pilot.press(*"smoke", "enter")
        await settle(pilot)
        question = "? #2 fact, saved · are you ana? Enter: yes · F3: no · any other key: not now"
        assert question in painted(app)
        await pilot.press(*"fire", "enter")
        await settle(pilot)
        assert "✓ #3 fact, saved" in painted(app)
        assert "are you" not in painted(app)
    assert rows_in(make_service(tmp_path)) == ["smoke", "fire"]
    assert unsaid(tmp_path).read().me == ""


async def test_enter_is_the_yes_and_is_remembered(tmp_path: Path) -> None:
    app = room(tmp_path, settings=unsaid(tmp_path))
    async with settled(app) as pilot:
        await pilot.press(*"smoke", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "typing as ana, remembered in " in painted(app)
    assert unsaid(tmp_path).read().me == "ana"


async def test_who_says_their_name_is_not_asked_and_remembered(tmp_path: Path) -> None:
    app = room(tmp_path, settings=unsaid(tmp_path))
    async with settled(app) as pilot:
        line_of(app).draft = "/me Ana Roe"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(*"smoke", "enter")
        await settle(pilot)
        assert "✓ #2 fact, saved" in painted(app)
        assert typist(app) == "Ana Roe"
        await pilot.press(*"/me ben", "enter")
        await until(pilot, lambda: typist(app) == "ben")
    assert unsaid(tmp_path).read().me == "Ana Roe", "somebody else only sat down here"


async def test_a_draft_of_somebody_who_said_who_they_are_is_found_under_that_name(
    tmp_path: Path,
) -> None:
    app = room(tmp_path, settings=unsaid(tmp_path))
    async with settled(app) as pilot:
        line_of(app).draft = "/me Ana Roe"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(*"half a thought")
    service = make_service(tmp_path, actor="Ana Roe")
    assert service.console(service.active()[0]).drafts.get("log-line") == "half a thought"


async def test_who_was_known_is_never_asked(tmp_path: Path) -> None:
    app = room(tmp_path)
    async with settled(app) as pilot:
        await pilot.press(*"smoke", "enter")
        await settle(pilot)
        assert "✓ #2 fact, saved" in painted(app)


async def test_f3_lists_the_people_of_the_incident_and_a_digit_chooses(tmp_path: Path) -> None:
    app = room(tmp_path, "/role commander Ben Hur", "/role scribe me")
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("f3")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
        shown = painted(app)
        assert "1  ana  scribe  types now" in shown
        assert "2  Ben Hur  commander" in shown
        await pilot.press("2")
        await until(pilot, lambda: typist(app) == "Ben Hur")
        await settle(pilot)
        assert "Ben Hur·commander ›" in painted(app)
        assert "✓ typing as Ben Hur" in painted(app)
        assert len(rows_in(make_service(tmp_path))) == 2, "nothing is recorded by it"


async def test_somebody_new_is_a_line_to_be_begun(tmp_path: Path) -> None:
    app = room(tmp_path, "/role commander ben")
    async with settled(app) as pilot:
        for way in (["3"], ["down", "down", "enter"]):
            with row(*way):
                await pilot.press("f3")
                await settle(pilot)
                await pilot.press(*way)
                await until(pilot, lambda: line_of(app).draft == "/me ")
                line_of(app).draft = ""


async def test_a_name_typed_over_the_people_finds_who_has_it_or_begins_a_line(
    tmp_path: Path,
) -> None:
    app = room(tmp_path, "/role commander Ben Hur", "/role scribe nina")
    async with settled(app) as pilot:
        await pilot.press("f3")
        await settle(pilot)
        await pilot.press(*"zoe")
        await until(pilot, lambda: "Nobody here is called that" in painted(app))
        assert isinstance(app.screen, PeopleScreen), "the list stays on top"
        await pilot.press("enter")
        await until(pilot, lambda: line_of(app).draft.strip() == "/me zoe")
        assert typist(app) == "ana", "which is sent by another Enter only"
        line_of(app).draft = ""
        await pilot.press("f3")
        await settle(pilot)
        await pilot.press(*"hur")
        await until(pilot, lambda: "filter: hur" in painted(app))
        assert "nina" not in painted(app)
        assert line_of(app).draft == ""
        await pilot.press("enter", "enter")
        await until(pilot, lambda: typist(app) == "Ben Hur")


AS = "as ana·commander, F3 changes"


async def test_after_five_idle_minutes_of_two_people_the_note_says_who_types(
    tmp_path: Path,
) -> None:
    app = room(tmp_path, "/role commander me", "/me ben", "fire", "/me ana")
    async with settled(app, size=(80, 24)) as pilot:
        controller, reminder = app.controllers[0], app.screen.query_one(WhoReminder)
        clock = controller.session.world.clock
        assert isinstance(clock, Clock)
        clock.forward(4)
        reminder.look()
        await settle(pilot)
        assert AS not in painted(app)
        clock.forward(2)
        reminder.look()
        await settle(pilot)
        assert AS in painted(app)
        await pilot.press(*"api is back")
        await settle(pilot)
        assert painted_lines(app)[-2].lstrip().startswith("⏎ records a fact, now")
        assert painted_lines(app)[-2].endswith(AS), "no key is taken, and it stands until Enter"
        await pilot.press("enter")
        await settle(pilot)
        assert AS not in painted(app)
        assert rows_in(make_service(tmp_path))[-1] == "api is back"


async def test_where_one_person_typed_nobody_is_reminded(tmp_path: Path) -> None:
    app = room(tmp_path, "/role all me", "smoke")
    async with settled(app, size=(80, 24)) as pilot:
        clock = app.controllers[0].session.world.clock
        assert isinstance(clock, Clock)
        clock.forward(60)
        reminder = app.screen.query_one(WhoReminder)
        reminder.look()
        for clients in ("a", "ab"):
            reminder.post_message(WhoReminder.Attached(frozenset(clients)))
        await settle(pilot)
        assert "F3 changes" not in painted(app)


async def test_another_terminal_on_the_session_reminds_once_of_who_types(tmp_path: Path) -> None:
    """Whoever was there when the room opened is no news, and neither is a tmux that is silent."""
    app = room(tmp_path, "/role commander me", "/me ben", "fire", "/me ana")
    rows = [("a", False), ("ab", True), ("ab", False), ("b", False), ("c", True), ("", False),
            (None, False), ("c", True)]  # fmt: skip
    async with settled(app, size=(80, 24)) as pilot:
        reminder = app.screen.query_one(WhoReminder)
        for clients, reminds in rows:
            attached = None if clients is None else frozenset(clients)
            reminder.post_message(WhoReminder.Attached(attached))
            await settle(pilot)
            assert (AS in painted(app)) == reminds, clients
            await pilot.press("x", "enter")
            await settle(pilot)


async def test_who_begins_a_line_right_after_they_came_is_reminded_before_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached = {"a"}
    module = "incident_tui.screens.war_room.who_reminder"
    monkeypatch.setattr(f"{module}.can_be_shared", lambda world: True)
    monkeypatch.setattr(f"{module}.attached_clients", lambda world: frozenset(attached))
    monkeypatch.setattr(f"{module}.LOOK_SECONDS", 3600.0)
    app = room(tmp_path, "/role commander me", "/me ben", "fire", "/me ana")
    async with settled(app, size=(80, 24)) as pilot:
        attached.add("b")
        await pilot.press("x")
        await until(pilot, lambda: AS in painted(app))
