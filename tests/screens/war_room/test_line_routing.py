"""Which lines and keys of the war room lead to a screen, and which leave the room as it is."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.screen import Screen

from incident_tui.domain.core.commands import Proposed
from incident_tui.domain.process.lifecycle import Lifecycle, StageRecord
from incident_tui.screens.browse.gate import GateScreen
from incident_tui.screens.forms.backfill import BackfillScreen
from incident_tui.screens.forms.checkpoint import CheckpointScreen
from incident_tui.screens.forms.composer import ComposerScreen
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.screens.widgets.rows.rows import Rows
from tests.support.console import Host, listed, painted, service_with, settle, settled, until
from tests.support.incidents import MITIGATE, TRIAGE
from tests.support.thorough import row, thorough

SCREENS: dict[str, type[Screen[Any]]] = {
    "gate": GateScreen,
    "composer": ComposerScreen,
    "checkpoint": CheckpointScreen,
}


def room_with(base: Path, *lines: str) -> Host:
    return Host.of(WarRoom, service_with(base, *lines))


def room_of(app: Host) -> WarRoom:
    war_room = app.screen_stack[1]
    assert isinstance(war_room, WarRoom)
    return war_room


def stage_of(app: Host) -> StageRecord:
    return room_of(app).controller.incident.of(Lifecycle).current


def log_line(app: Host) -> LogLine:
    return app.screen_stack[1].query_one(LogLine)


async def enter(pilot: Pilot[None], app: Host, text: str) -> None:
    log_line(app).draft = text
    await pilot.press("enter")
    await settle(pilot)


KEYS = {"f5": "composer", "f12": "checkpoint", "ctrl+g": "gate"}


async def test_a_key_opens_it_at_once_and_esc_comes_back(tmp_path: Path) -> None:
    """From the log line and from a pane; what stood in the log line still stands there."""
    app = room_with(tmp_path)
    async with settled(app, size=(120, 40)) as pilot:
        log_line(app).draft = "half a line"
        for pane, key in thorough(product(["", "alt+1", "alt+3"], KEYS), one_in=2):
            with row(pane, key):
                await pilot.press(*filter(None, [pane]))
                focused = app.focused
                await pilot.press(key)
                await settle(pilot)
                assert isinstance(app.screen, SCREENS[KEYS[key]])
                await pilot.press("escape")
                await settle(pilot)
                assert isinstance(app.screen, WarRoom)
                assert log_line(app).draft == "half a line"
                assert app.focused is focused


async def test_a_packet_that_waits_for_whoever_types_is_shown_by_its_answer(
    tmp_path: Path,
) -> None:
    app = room_with(tmp_path, "/role commander ben", "/checkpoint ana")
    async with settled(app, size=(80, 24)) as pilot:
        await enter(pilot, app, "/ack")
        assert isinstance(app.screen, CheckpointScreen)


@pytest.mark.parametrize(
    ("before", "lines"),
    [
        ((), {
            "/advance": ["✗ the gate of Triage is shut  try: ", " · ctrl+g shows the gate"],
            "/close": ["come first  try: "],
            "/approve": ["ctrl+g shows the gate"],
            "/ack": ["✗ no checkpoint waits for ana  try: /checkpoint NAME"],
            "error rate 14 %": ["✓ #2 fact, saved"],
            "/undo": ["✓ #3 takes back #2 fact error rate 14 %, saved"],
            "/redo": ["✓ #4 brings back #2 fact error rate 14 %, saved"],
            "/amend 2 error rate 41 %": ["✓ #5 changes #2 fact error rate 41 %, saved"],
            "/role commander ana": ["✓ #6 "],
            "/role commander ben": ["ben has no packet yet: F12 writes it"],
        }),
        (TRIAGE[:-2], {
            "/advance": ["waits for approval: /approve, or ctrl+g shows what is approved"],
        }),
    ],
)  # fmt: skip
async def test_what_became_of_a_line_and_what_follows_is_told_below_it(
    tmp_path: Path, before: tuple[str, ...], lines: dict[str, list[str]]
) -> None:
    app = room_with(tmp_path, *before)
    async with settled(app, size=(120, 40)) as pilot:
        shown = painted(app)
        for line, answers in lines.items():
            with row(line):
                assert not any(answer in shown for answer in answers)
                await enter(pilot, app, line)
                assert isinstance(app.screen, WarRoom)
                shown = painted(app)
                assert all(answer in shown for answer in answers)


async def test_nothing_lies_over_why_the_line_after_an_approval_is_refused(tmp_path: Path) -> None:
    app = room_with(tmp_path, *TRIAGE[:-1])
    async with settled(app, size=(80, 24)) as pilot:
        await enter(pilot, app, "/approve")
        await enter(pilot, app, "+ improve tests")
        assert stage_of(app).stage.id == "mitigate"
        assert app.notices == []
        assert "cannot be seen to be done" in painted(app)
        # The next words begin an empty line: nothing of what was refused is glued to them.
        assert log_line(app).draft == ""


async def test_a_packet_is_asked_for_once_and_only_for_the_command(tmp_path: Path) -> None:
    app = room_with(tmp_path, "/role commander ana")
    async with settled(app, size=(80, 24)) as pilot:
        for line, asked in [
            ("/role scribe ben", False),
            ("/role commander ben", True),
            ("a fact", False),
            ("/checkpoint ana", False),
            ("/role commander ana", False),
        ]:
            with row(line):
                await enter(pilot, app, line)
                assert ("no packet yet" in painted(app)) is asked


# --- what is final -------------------------------------------------------------------------------


BEFORE_A_FINAL_STEP = (*TRIAGE, "@13:57 > deployed v42 src:deploys", *MITIGATE[1:-1])
"""Up to a stage without a review: to advance is to pass it."""


@pytest.mark.parametrize("pane", ["", "alt+1"])
async def test_the_key_that_advances_for_good_asks_and_only_enter_is_the_yes(
    tmp_path: Path, pane: str
) -> None:
    app = room_with(tmp_path, *BEFORE_A_FINAL_STEP)
    async with settled(app, size=(80, 24)) as pilot:
        before = stage_of(app).stage
        await pilot.press(*filter(None, [pane]), "f8")
        await settle(pilot)
        assert f"? Enter passes {before.title}" in painted(app)
        assert stage_of(app).stage is before
        await pilot.press(*"ok", "enter")
        await settle(pilot)
        assert stage_of(app).stage is before, "a fact is a fact, and nothing is passed"
        assert "ok" in listed(app)
        await pilot.press(*filter(None, [pane]), "f8", "enter")
        await settle(pilot)
        assert stage_of(app).stage is not before


async def test_a_typed_line_is_its_own_answer(tmp_path: Path) -> None:
    app = room_with(tmp_path, *BEFORE_A_FINAL_STEP)
    async with settled(app, size=(80, 24)) as pilot:
        before = stage_of(app).stage
        await enter(pilot, app, "/advance")
        assert stage_of(app).stage is not before


@pytest.mark.parametrize("pane", ["", "alt+1"])
async def test_the_key_that_advances_asks_before_it_sends_to_review_too(
    tmp_path: Path, pane: str
) -> None:
    app = room_with(tmp_path, *TRIAGE[:-2])
    async with settled(app, size=(80, 24)) as pilot:
        log_line(app).draft = "half a line"
        await pilot.press(*filter(None, [pane]), "f8")
        await settle(pilot)
        assert "? Enter asks for the approval of Triage" in painted(app)
        assert stage_of(app).state == "open"
        await pilot.press("enter")
        await settle(pilot)
        assert stage_of(app).state == "review"
        assert log_line(app).draft == "half a line"


async def test_the_key_that_advances_tells_why_it_cannot_and_opens_nothing(tmp_path: Path) -> None:
    app = room_with(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("f8")
        await settle(pilot)
        assert isinstance(app.screen, WarRoom)
        assert "✗ the gate of Triage is shut" in painted(app)
        await pilot.press(*"ok", "enter")
        await settle(pilot)
        assert "ok" in listed(app)


async def test_a_hat_that_is_put_on_tells_its_duty_until_the_next_key(tmp_path: Path) -> None:
    app = room_with(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        for line, duty in [
            ("/role scribe ben", "Scribe: Writes down what happens"),
            ("/hat scribe", "Scribe: Writes down what happens"),
            ("/role all ana", "4 hats: Enter on one in the Hats pane tells its duty"),
        ]:
            with row(line):
                await enter(pilot, app, line)
                assert duty in painted(app)
                await pilot.press("x")
                assert duty not in painted(app)


async def test_where_redacted_words_still_are_is_said_below_the_line(tmp_path: Path) -> None:
    app = room_with(tmp_path, "the customer is called Zanzibar", "call Zanzibar back")
    async with settled(app, size=(80, 24)) as pilot:
        await enter(pilot, app, "/redact 2 it names a customer")
        assert "1 entry repeats a rare word of it: #3" in painted(app)


# --- typing into the wrong place -----------------------------------------------------------------


FACTS = ("api is back", "cycling the pods", "waiting for dns", "retrying", "all good again",
         "quit nothing", "zone a is bad", "vvol fails", "is it up", "error rate 14 %",
         "hello all", "high lag", "lost a host", "jl is down", "llama", "half is back")  # fmt: skip


NAMES = {" ": "space", "%": "percent_sign", "/": "slash"}


def type_slowly(app: Host, text: str, apart: float) -> None:
    """Send keys that were pressed so many seconds apart, however fast they arrive here."""
    for number, letter in enumerate(text):
        key = Key(NAMES.get(letter, letter), letter)
        key.time += 10 + number * apart
        app.post_message(key)


@pytest.mark.slow
@pytest.mark.parametrize(("apart", "first"), [(0.12, 0), (0.25, 3), (0.4, 6)])
async def test_a_fact_typed_into_a_pane_or_the_gate_is_whole_in_the_log_line(
    tmp_path: Path, apart: float, first: int
) -> None:
    """The cursor, the zoom and the screen are as before, and nothing but the fact is recorded."""
    app = room_with(tmp_path, *TRIAGE[:-1])
    async with settled(app, size=(120, 40)) as pilot:
        war_room = room_of(app)
        lists = list(war_room.query(Rows))
        facts = thorough([*FACTS[first:], *FACTS[:first]], one_in=2)
        for number, text in enumerate(facts):
            await pilot.press("ctrl+g" if number % 8 == 7 else f"alt+{number % 8 + 1}")
            await settle(pilot)
            cursors = [rows.row.key if rows.row else "" for rows in lists]
            known = len(war_room.controller.incident.recorded)
            type_slowly(app, text, apart)
            await until(pilot, lambda text=text: log_line(app).draft == text)  # type: ignore[misc]
            assert room_of(app) is app.screen
            assert not war_room._zoomed
            assert [rows.row.key if rows.row else "" for rows in lists] == cursors
            await pilot.press("enter")
            await settle(pilot)
            new = war_room.controller.incident.recorded[known:]
            assert [getattr(entry.event, "text", "") for entry in new] == [text]
        assert stage_of(app).state == "review"


async def test_enter_behind_a_paste_into_a_pane_enters_it(tmp_path: Path) -> None:
    app = room_with(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("alt+1")
        assert app.focused is not None
        app.focused.post_message(Paste("5xx is at 3 %"))
        app.focused.post_message(Key("enter", "\r"))
        await until(pilot, lambda: "5xx is at 3 %" in listed(app))
        assert log_line(app).draft == ""


async def test_a_command_typed_into_a_pane_filters_nothing_away_and_enter_hands_it_on(
    tmp_path: Path,
) -> None:
    """The key of the filter is the sign of commands."""
    app = room_with(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("alt+1", "slash", *"sev SEV2")
        await settle(pilot)
        assert "Enter: as a log line" in painted(app)
        await pilot.press("enter")
        await until(pilot, lambda: "SEV2" in listed(app))
        assert log_line(app).has_line_focus
        assert (log_line(app).draft, "filter:" in painted(app)) == ("", False)


async def test_a_line_typed_over_a_list_waits_for_an_enter_that_is_meant_for_it(
    tmp_path: Path,
) -> None:
    """Beside a line that was begun, and where nobody could take back what it does."""
    app = room_with(tmp_path, "api is slow")
    async with settled(app, size=(80, 24)) as pilot:
        for begun, typed, whole in [
            ("half a line", "sev SEV2", "half a line /sev SEV2"),
            ("", "close false-positive a test alert", "/close false-positive a test alert"),
        ]:
            with row(begun, typed):
                log_line(app).draft = begun
                known = len(room_of(app).controller.incident.recorded)
                await pilot.press("alt+1", "slash")
                app.post_message(Paste(typed))
                await pilot.press("enter")
                await until(pilot, lambda whole=whole: log_line(app).draft == whole)  # type: ignore[misc]
                await settle(pilot)
                assert len(room_of(app).controller.incident.recorded) == known
                assert log_line(app).has_line_focus


async def test_enter_takes_the_marked_completion_of_a_word_that_alone_would_be_refused(
    tmp_path: Path,
) -> None:
    app = room_with(tmp_path, "? the pool is empty")
    async with settled(app, size=(80, 24)) as pilot:
        for half, whole in [
            ("/hat s", "/hat scribe"),
            ("/sev S", "/sev SEV1"),
            ("/hyp 1 re", "/hyp 1 refute"),
            ("/state mi", "/state mitigated"),
            ("/wa", "/waive"),
        ]:
            with row(half):
                await pilot.press(*(NAMES.get(letter, letter) for letter in half))
                await pilot.press("enter")
                await settle(pilot)
                assert log_line(app).draft.strip() == whole
                assert len(room_of(app).controller.incident.recorded) == 2
                log_line(app).draft = ""


async def test_the_key_of_undo_waits_for_a_line_that_is_on_its_way(tmp_path: Path) -> None:
    """It would name an entry, and take back another."""
    app = room_with(tmp_path, "api is slow")
    async with settled(app, size=(80, 24)) as pilot:
        log_line(app).send("db is full")
        room_of(app).action_start("/undo")
        await settle(pilot)
        assert "takes back" not in painted(app)
        assert "✓ #3 fact, saved" in painted(app)


async def test_the_key_of_undo_names_what_it_takes_back_and_leaves_what_is_typed(
    tmp_path: Path,
) -> None:
    app = room_with(tmp_path, "api is slow", "db is full")
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press(*"half a")
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "? Enter takes back #3 fact db is full" in painted(app))
        await pilot.press(*" line")
        await settle(pilot)
        assert log_line(app).draft == "half a line"
        assert "takes back" not in painted(app)
        await pilot.press("ctrl+z", "enter")
        await until(pilot, lambda: "(retracted)" in painted(app))
        assert log_line(app).draft == "half a line"
        incident = room_of(app).controller.incident
        assert [incident.number(target) for target in incident.retracted] == [3]


async def test_the_key_of_undo_takes_back_a_paste_of_30_lines_as_one(tmp_path: Path) -> None:
    app = room_with(tmp_path, "api is slow")
    async with settled(app, size=(80, 24)) as pilot:
        for keys, pasted, undone in [
            (["ctrl+z"], (3, 32), (33, 62)),
            (["alt+1", "u"], (63, 92), (93, 122)),
        ]:
            with row(keys):
                log_line(app).focus()
                await pilot.pause()
                assert app.focused is not None
                app.focused.post_message(Paste("\n".join(f"line {n}" for n in range(30))))
                await until(pilot, lambda: isinstance(app.screen, BackfillScreen))
                await pilot.press("enter")
                await until(pilot, lambda: app.screen is room_of(app))
                await pilot.press(*keys)
                paste = "takes back a paste of 30 lines, #{}-{}".format(*pasted)
                question = f"? Enter {paste}: line 0 … line 29"
                await until(pilot, lambda question=question: question in painted(app))  # type: ignore[misc]
                await pilot.press("enter")
                answer = "✓ #{}-{} ".format(*undone) + paste
                await until(pilot, lambda answer=answer: answer in painted(app))  # type: ignore[misc]
                incident = room_of(app).controller.incident
                retracted = {incident.number(target) for target in incident.retracted}
                assert {n for n in retracted if n >= pasted[0]} == {*range(pasted[0], undone[0])}


async def test_a_closed_incident_names_the_way_back_where_one_types(tmp_path: Path) -> None:
    app = room_with(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        await enter(pilot, app, "/close not-an-incident a test that somebody ran")
        await until(pilot, lambda: "closed · is it back? /reopen STAGE" in painted(app))
        await enter(pilot, app, "it broke again")
        answer = "fact, saved · the incident is closed; is it back? /reopen STAGE WHY"
        await until(pilot, lambda: answer in painted(app))


async def test_a_line_that_is_proposed_stands_there_to_be_changed_and_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = room_with(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        line = "/summary The pool was empty."

        async def propose(*texts: str, **given: object) -> Proposed:
            return Proposed("look at it", [("what the record says", line)])

        monkeypatch.setattr(room_of(app).controller, "enter", propose)
        await enter(pilot, app, "/summary")
        await until(pilot, lambda: log_line(app).draft == line)
