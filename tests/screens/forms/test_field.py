"""A field of an artifact, opened: each type has its form, and nothing typed is ever lost."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from incident_tui.domain.process.artifacts import Artifacts, FieldValue
from incident_tui.domain.values.field_text import change, step
from incident_tui.domain.values.playbook import Field, FieldType
from incident_tui.screens.forms.field import FieldScreen
from incident_tui.screens.forms.field_forms import ChecklistForm, reads_as
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import IncidentSession, Service
from tests.support.console import (
    EVIL,
    Host,
    now_in,
    painted,
    settle,
    settled,
    stray_letters,
    until,
)
from tests.support.playbooks.forms import sheet, with_env
from tests.support.state import kept_texts
from tests.support.thorough import row

SIZE = (100, 30)
EVERY_FIELD = ("story", "lessons", "mood", "places", "numbers", "chain", "todo", "published")


@pytest.fixture
def forms(service: Service) -> Service:
    """Its incident has a document with a field of each type."""
    sheet(service)
    return service


def opened(service: Service, field: str, *, stage: int = 0) -> Host:
    """The form of a field of the incident that is there."""

    def screen(host: Host) -> FieldScreen:
        controller = host.controller(service)
        return FieldScreen(controller, controller.incident.playbook.stages[stage], field)

    return Host(screen)


def value(service: Service, field: str) -> FieldValue:
    """What is recorded for a field now."""
    incident = now_in(service)
    values = incident.of(Artifacts).values(incident.playbook.stages[0])
    return next(value for value in values if value.field.id == field)


def count(service: Service) -> int:
    return len(service.open(service.active()[0]).incident.recorded)


async def write(pilot: Pilot[Any], text: str) -> None:
    pilot.app.screen.query_one(LinesInput).write(text)
    await pilot.pause()


def answer(pilot: Pilot[Any]) -> str:
    return str(pilot.app.screen.query_one("#field-answer").render())


@pytest.mark.parametrize("field", EVERY_FIELD)
async def test_each_type_has_a_form_that_says_how_it_is_filled_in(
    forms: Service, field: str
) -> None:
    app = opened(forms, field)
    async with settled(app) as pilot:
        for size in ((80, 24), (120, 40), (200, 60)):
            with row(*size):
                await pilot.resize_terminal(*size)
                shown = painted(app)
                assert f"Write · {value(forms, field).field.title}" in shown
                assert "f8 save" in shown
                assert app.focused is not None


# field -> what is written -> what is recorded
@pytest.mark.parametrize(
    ("field", "written", "recorded"),
    [
        ("story", "one\n\ntwo", "one\n\ntwo"),
        ("lessons", "watch pools\n\n  bound retries  ", "watch pools\nbound retries"),
        ("numbers", "5xx: 12 % -> 0.4 %\nrolled back -> falling", None),
        ("chain", "retries\nempty pool\n5xx", None),
    ],
)
async def test_what_was_written_is_recorded_line_by_line(
    forms: Service, field: str, written: str, recorded: str | None
) -> None:
    app = opened(forms, field)
    async with app.run_test(size=SIZE) as pilot:
        await write(pilot, written)
        await pilot.press("f8")
        await settle(pilot)
        assert app.given == [None]
    assert value(forms, field).text == (recorded or written)
    assert value(forms, field).given


async def test_saving_records_one_line(forms: Service) -> None:
    before = count(forms)
    app = opened(forms, "lessons")
    async with app.run_test(size=SIZE) as pilot:
        await write(pilot, "a\nb")
        await pilot.press("f8")
        await settle(pilot)
    assert count(forms) == before + 1


async def test_saving_what_stands_there_records_nothing(service: Service) -> None:
    sheet(service, "= 5xx 12 % -> 0.4 %")
    before = count(service)
    app = opened(service, "numbers")
    async with settled(app, size=SIZE) as pilot:
        await pilot.press("f8")
        await settle(pilot)
        assert app.given == [None]
    assert count(service) == before


async def test_what_the_log_says_is_there_and_is_told_as_such(service: Service) -> None:
    sheet(service, "= 5xx 12 % -> 0.4 %", "= p95 4.2s -> 310ms")
    app = opened(service, "numbers")
    async with settled(app, size=SIZE):
        assert app.screen.query_one(LinesInput).text == "5xx: 12 % -> 0.4 %\np95: 4.2s -> 310ms"
        assert "From the log" in painted(app)


async def test_f2_lets_the_log_fill_it_again(service: Service) -> None:
    sheet(service, "= 5xx 12 % -> 0.4 %", "/set numbers typed by hand")
    app = opened(service, "numbers")
    async with settled(app, size=SIZE) as pilot:
        assert "The log says: 5xx: 12 % -> 0.4 %" in painted(app)
        await pilot.press("ctrl+l")
        await settle(pilot)
    numbers = value(service, "numbers")
    assert (numbers.text, numbers.given) == ("5xx: 12 % -> 0.4 %", False)


@pytest.mark.parametrize("lines", [(), ("/set story told",)])
async def test_f2_is_offered_only_where_something_was_typed(
    service: Service, lines: tuple[str, ...]
) -> None:
    sheet(service, *lines)
    app = opened(service, "story")
    async with settled(app, size=SIZE):
        assert ("as the log says" in painted(app)) == bool(lines)


async def test_an_emptied_field_is_filled_by_the_log_again(service: Service) -> None:
    sheet(service, "/set story told")
    app = opened(service, "story")
    async with app.run_test(size=SIZE) as pilot:
        await write(pilot, "   ")
        await pilot.press("f8")
        await settle(pilot)
    assert not value(service, "story").given


@pytest.mark.parametrize(
    ("type", "text", "shown"),
    [
        ("list", "a\nb", ["Reads as 2 items", "• a", "• b"]),
        ("list", "a; b", ["Reads as 1 item", "• a; b"]),
        ("chain", "a\nb", ["Reads as 2 links", "1. a", "2. → b"]),
        (
            "table",
            "5xx: 12 % -> 0.4 %\np95: 4.2s -> 310ms\nrolled back -> falling\nplain",
            [
                "Reads as 4 rows",
                "5xx: 12 % -> 0.4 %",
                "p95: 4.2s -> 310ms",
                "rolled back -> falling",
                "plain",
            ],
        ),
        ("link", "https://wiki.example.org/1", ["✓ an address"]),
        ("link", "docs/postmortem 1.md", ["✓ a path"]),
        ("link", "javascript:alert(1)", ["✗ neither an address nor a path"]),
        ("link", "see the wiki", ["✗ neither an address nor a path"]),
        ("text", "anything", []),
        ("table", "  ", []),
    ],
)
def test_the_form_shows_how_a_text_is_understood(
    type: FieldType, text: str, shown: list[str]
) -> None:
    rows = reads_as(Field(id="x", title="X", type=type), text)
    assert [row.build().plain for row in rows] == shown


def test_a_row_of_the_log_keeps_its_columns_in_the_form() -> None:
    known = [change("5xx", "12 %", "0.4 %"), step("scaled pods 4 -> 12", "failed")]
    typed = "5xx: 12 % -> 0.4 %\nscaled pods 4 -> 12 -> failed\nscaled pods 4 -> 16"
    rows = reads_as(Field(id="x", title="X", type="table"), typed, known)
    assert [row.build().plain for row in rows] == [
        "Reads as 3 rows",
        "5xx                  12 % → 0.4 %",
        "scaled pods 4 -> 12  → failed",
        "scaled pods 4 -> 16",
    ]


async def test_a_choice_is_taken_with_the_keyboard_and_saved_at_once(forms: Service) -> None:
    app = opened(forms, "mood")
    async with settled(app, size=SIZE) as pilot:
        assert "not said yet" in painted(app)
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        assert app.given == [None]
    assert value(forms, "mood").text == "grim"


async def test_the_choice_that_was_taken_is_marked_and_can_be_taken_back(
    service: Service,
) -> None:
    sheet(service, "/set mood grim")
    app = opened(service, "mood")
    async with settled(app, size=SIZE) as pilot:
        assert "(•) grim" in painted(app)
        await pilot.press("home", "enter")
        await settle(pilot)
    assert not value(service, "mood").given


async def test_several_choices_are_ticked_with_space_and_saved_in_their_order(
    service: Service,
) -> None:
    sheet(service, "/set places yard")
    app = opened(service, "places")
    async with settled(app, size=SIZE) as pilot:
        assert "[x] yard" in painted(app)
        await pilot.press("home", "space", "f8")
        await settle(pilot)
    assert value(service, "places").text == "hall, yard"


@pytest.mark.parametrize("link", ["https://wiki.example.org/pm/1", "../docs/pm.md", "pm.md"])
async def test_enter_saves_a_link(forms: Service, link: str) -> None:
    app = opened(forms, "published")
    async with app.run_test(size=SIZE) as pilot:
        app.screen.query_one(LineInput).write(link)
        await pilot.press("enter")
        await settle(pilot)
    assert value(forms, "published").text == link


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "see the wiki"])
async def test_what_is_no_link_is_refused_and_stays_typed(forms: Service, link: str) -> None:
    app = opened(forms, "published")
    async with app.run_test(size=SIZE) as pilot:
        app.screen.query_one(LineInput).write(link)
        await pilot.press("enter")
        await settle(pilot)
        assert "address" in answer(pilot)
        assert app.screen.query_one(LineInput).value == link
        assert app.given == []
    assert value(forms, "published").text == ""


async def test_a_checklist_is_ticked_with_space(service: Service) -> None:
    sheet(service, "+ alert on pools owner:ana term:quick", "+ bound retries term:quick")
    app = opened(service, "todo")
    async with settled(app, size=SIZE) as pilot:
        assert "[ ] alert on pools (ana)" in painted(app)
        await pilot.press("space")
        await until(pilot, lambda: "[x] alert on pools (ana)" in painted(app))
        await pilot.press("f8")
        await settle(pilot)
    assert value(service, "todo").items == ["[x] alert on pools (ana)", "[ ] bound retries"]


async def test_items_of_a_checklist_are_added_changed_and_taken_out(service: Service) -> None:
    sheet(service, "/set todo [x] first")
    app = opened(service, "todo")
    async with settled(app, size=SIZE) as pilot:
        form, item = app.screen.query_one(ChecklistForm), app.screen.query_one(LineInput)
        item.focus()
        item.write("second")
        await pilot.press("enter")
        assert form.read() == "[x] first\n[ ] second"
        form.query_one(Rows).focus()
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is item)
        item.write("first, reworded")
        await pilot.press("enter")
        assert form.read() == "[x] first, reworded\n[ ] second"
        form.query_one(Rows).focus()
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is item)
        item.write("")
        await pilot.press("enter")
        assert form.read() == "[ ] second"


async def test_an_item_that_was_begun_is_kept_by_esc_and_saved_by_f8(service: Service) -> None:
    """Enter in the line below was not pressed; the words are typed all the same."""
    sheet(service, "/set todo [x] first")
    app = opened(service, "todo")
    async with settled(app, size=SIZE) as pilot:
        app.screen.query_one(LineInput).write("second, half")
        await pilot.press("escape")
        await settle(pilot)
    again = opened(service, "todo")
    async with settled(again, size=SIZE) as pilot:
        assert "[ ] second, half" in painted(again)
        again.screen.query_one(LineInput).write("third")
        await pilot.press("f8")
        await settle(pilot)
    assert value(service, "todo").items == ["[x] first", "[ ] second, half", "[ ] third"]


async def test_an_item_that_was_begun_is_not_written_over_by_changing_another(
    service: Service,
) -> None:
    sheet(service, "/set todo [x] first")
    app = opened(service, "todo")
    async with settled(app, size=SIZE) as pilot:
        form, item = app.screen.query_one(ChecklistForm), app.screen.query_one(LineInput)
        item.write("second, half")
        form.query_one(Rows).focus()
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is item)
        item.write("first, reworded")
        assert form.read() == "[x] first, reworded\n[ ] second, half"


async def test_text_typed_into_a_checklist_becomes_the_beginning_of_an_item(
    service: Service,
) -> None:
    sheet(service, "/set todo [x] first")
    app = opened(service, "todo")
    async with settled(app, size=SIZE) as pilot:
        await stray_letters(pilot, "second")
        assert app.screen.query_one(LineInput).value == "second"


@pytest.mark.parametrize("field", ["mood", "places"])
async def test_text_typed_into_a_choice_is_told_to_have_no_effect(
    forms: Service, field: str
) -> None:
    app = opened(forms, field)
    async with settled(app, size=SIZE) as pilot:
        await stray_letters(pilot, "grim")
        assert "went nowhere" in answer(pilot)


# --- drafts ------------------------------------------------------------------------------------


async def test_esc_keeps_the_draft_and_it_is_offered_again(forms: Service) -> None:
    app = opened(forms, "story")
    async with app.run_test(size=SIZE) as pilot:
        await write(pilot, "half a\nstory")
        await pilot.press("escape")
        await settle(pilot)
        assert app.given == [None]
    assert value(forms, "story").text == ""
    again = opened(forms, "story")
    async with settled(again, size=SIZE) as pilot:
        assert again.screen.query_one(LinesInput).text == "half a\nstory"
        assert "draft" in answer(pilot)


async def test_a_draft_can_be_dropped(service: Service) -> None:
    sheet(service, "/set story told")
    app = opened(service, "story")
    async with app.run_test(size=SIZE) as pilot:
        await write(pilot, "half")
        await pilot.press("alt+r")
        await pilot.pause()
        assert app.screen.query_one(LinesInput).text == "told"
        await pilot.press("escape")
        await settle(pilot)
    again = opened(service, "story")
    async with settled(again, size=SIZE) as pilot:
        assert again.screen.query_one(LinesInput).text == "told"


async def test_a_saved_draft_is_no_draft_any_more(forms: Service) -> None:
    app = opened(forms, "story")
    async with app.run_test(size=SIZE) as pilot:
        await write(pilot, "whole")
        await pilot.press("f8")
        await settle(pilot)
    incident = forms.active()[0]
    assert "field write story" not in kept_texts(forms.home, incident)


async def test_a_resize_keeps_what_is_typed(forms: Service) -> None:
    app = opened(forms, "story")
    async with app.run_test(size=(120, 40)) as pilot:
        await write(pilot, "one\ntwo")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.screen.query_one(LinesInput).text == "one\ntwo"
        assert app.focused is app.screen.query_one(LinesInput)


# --- others, locks, hostile text -----------------------------------------------------------------


async def test_what_somebody_else_records_meanwhile_is_told_and_replaces_nothing(
    service: Service,
) -> None:
    session = sheet(service)
    app = opened(service, "story")
    async with app.run_test(size=SIZE) as pilot:
        await write(pilot, "mine")
        await elsewhere(pilot, session, "/set story theirs")
        assert app.screen.query_one(LinesInput).text == "mine"
        assert "theirs" in answer(pilot)
        await pilot.press("f8")
        await settle(pilot)
    assert value(service, "story").text == "mine"


async def test_an_untouched_form_follows_the_log(service: Service) -> None:
    session = sheet(service)
    app = opened(service, "story")
    async with settled(app, size=SIZE) as pilot:
        await elsewhere(pilot, session, "/set story theirs")
        assert app.screen.query_one(LinesInput).text == "theirs"


async def elsewhere(pilot: Pilot[Any], session: IncidentSession, text: str) -> None:
    """Another process records a line, and the screen's controller hears of it."""
    session.enter(text)
    screen = pilot.app.screen
    assert isinstance(screen, FieldScreen)
    await screen.controller.poll()
    await settle(pilot)


async def test_a_field_of_a_locked_stage_says_what_comes_first_and_keeps_the_text(
    forms: Service,
) -> None:
    app = opened(forms, "rest", stage=1)
    async with settled(app, size=SIZE) as pilot:
        assert "locked" in answer(pilot)
        await write(pilot, "not yet")
        await pilot.press("f8")
        await settle(pilot)
        assert "Not recorded" in answer(pilot)
        assert app.screen.query_one(LinesInput).text == "not yet"


async def test_hostile_text_is_only_text(service: Service) -> None:
    sheet(service, f"/set story {EVIL}", f"/set lessons {EVIL}")
    for field in ("story", "lessons"):
        app = opened(service, field)
        async with settled(app, size=SIZE):
            screen = painted(app)
            assert "[b]x[/b]" in screen
            assert "\x1b" not in screen


async def test_what_is_pasted_is_made_visible_and_keeps_its_lines(forms: Service) -> None:
    app = opened(forms, "story")
    async with settled(app, size=SIZE) as pilot:
        app.screen.query_one(LinesInput).post_message(events.Paste("one\r\ntw\x1bo"))
        await pilot.pause()
        assert app.screen.query_one(LinesInput).text == "one\ntw␛o"


# --- the user's own editor ---------------------------------------------------------------------


def editor(tmp_path: Path, script: str) -> dict[str, str]:
    """An environment with an editor that runs `script` on the file."""
    path = tmp_path / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return {"VISUAL": str(path), "PATH": "/usr/bin:/bin"}


@pytest.fixture
def suspended(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The terminal of a test cannot be handed over: this only notes that it would be."""
    noted: list[str] = []

    @contextmanager
    def suspend(self: Host) -> Iterator[None]:
        noted.append("away")
        yield
        noted.append("back")

    monkeypatch.setattr(Host, "suspend", suspend)
    return noted


async def edited(service: Service, env: dict[str, str]) -> tuple[str, str]:
    """Text and answer after the editor was opened on a story of two lines."""
    with_env(service, env)
    app = opened(service, "story")
    async with app.run_test(size=SIZE) as pilot:
        await write(pilot, "one\ntwo")
        await pilot.press("alt+e")
        await settle(pilot)
        return app.screen.query_one(LinesInput).text, answer(pilot)


async def test_the_editor_gets_the_text_and_gives_it_back(
    forms: Service, tmp_path: Path, suspended: list[str]
) -> None:
    text, notice = await edited(forms, editor(tmp_path, 'echo three >> "$1"'))
    assert text == "one\ntwo\nthree"
    assert "F8 saves" in notice
    assert suspended == ["away", "back"]
    assert [*forms.home.path.rglob("edit-*"), *tmp_path.rglob("edit-*")] == []


@pytest.mark.parametrize(
    ("script", "notice"),
    [('echo lost >> "$1"; exit 1', "status 1"), ("kill -9 $$", "status")],
)
@pytest.mark.usefixtures("suspended")
async def test_an_editor_that_fails_costs_nothing(
    forms: Service, tmp_path: Path, script: str, notice: str
) -> None:
    text, shown = await edited(forms, editor(tmp_path, script))
    assert text == "one\ntwo"
    assert notice in shown


@pytest.mark.parametrize(
    ("env", "notice"),
    [
        ({"PATH": "/nowhere"}, "no editor is found: name yours"),
        ({"EDITOR": "no-such-editor-here"}, "not to be found"),
        ({"EDITOR": "'unbalanced"}, "quotes"),
    ],
)
@pytest.mark.usefixtures("suspended")
async def test_an_editor_that_is_missing_is_told(
    forms: Service, env: dict[str, str], notice: str
) -> None:
    text, shown = await edited(forms, env)
    assert text == "one\ntwo"
    assert notice in shown


async def test_a_terminal_that_cannot_be_handed_over_says_so(
    forms: Service, tmp_path: Path
) -> None:
    text, shown = await edited(forms, editor(tmp_path, "true"))
    assert text == "one\ntwo"
    assert "cannot be handed" in shown


@pytest.mark.parametrize("field", ["mood", "places", "todo"])
async def test_words_typed_into_a_list_of_a_form_record_nothing(
    service: Service, field: str
) -> None:
    sheet(service, "/set todo [ ] one")
    app, known = opened(service, field), count(service)
    async with settled(app, size=SIZE) as pilot:
        await pilot.press(*"api is back", "enter")
        await settle(pilot)
        assert count(service) == known
