"""Pasted lines: nothing is recorded unseen, and nothing that was pasted is lost."""

import shutil
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from incident_tui.screens.forms.backfill import BackfillScreen
from incident_tui.screens.forms.pasted_lines import CHANGES, DRAFT
from incident_tui.screens.session.paste_draft import PASTE_OPEN
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Service
from tests.support.console import (
    EVIL,
    Host,
    declare,
    listed,
    make_service,
    painted,
    rows_in,
    settle,
    settled,
    stray_letters,
    until,
)
from tests.support.state import copy_consoles, kept_texts
from tests.support.thorough import row

GOOD = ("5xx rises", "? pool exhausted", "! roll back")


@pytest.fixture
def service(tmp_path: Path) -> Service:
    made = make_service(tmp_path)
    declare(made)
    return made


def host_of(service: Service, *lines: str) -> Host:
    return Host.of(BackfillScreen, service, lines)


def draft(service: Service) -> str:
    return kept(service, DRAFT)


def kept(service: Service, place: str) -> str:
    return kept_texts(service.home, service.active()[0]).get(place, "")


@pytest.fixture
def app(service: Service) -> Host:
    """The preview of three good lines."""
    return host_of(service, *GOOD)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_each_line_says_how_it_is_understood_or_what_is_wrong(
    service: Service, size: tuple[int, int]
) -> None:
    app = host_of(service, "@14:00 5xx rises", "@99:99 nothing", "", EVIL)
    async with settled(app, size=size):
        shown = painted(app)
        assert "✓ @14:00 5xx rises" in shown
        assert "a fact, at 14:00" in shown
        assert "✗ @99:99 nothing" in shown
        assert "3 lines to record · 1 refused as things stand" in shown
        assert "\x1b" not in shown


async def test_the_whole_reason_stands_below_for_the_line_under_the_cursor(
    service: Service,
) -> None:
    app = host_of(service, "/sev SEV9", "ok")
    async with settled(app, size=(80, 24)):
        assert "try: /sev SEV1|SEV2|SEV3|SEV4" in " ".join(painted(app).split())


async def test_enter_records_all_good_lines_together(app: Host, service: Service) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        assert rows_in(service) == []
        await pilot.press("enter")
        await until(pilot, lambda: app.given == [None])
        assert rows_in(service) == ["5xx rises", "1 pool exhausted", "roll back"]
        assert draft(service) == ""


async def test_a_line_may_build_on_an_earlier_one_of_the_same_paste(service: Service) -> None:
    app = host_of(service, "? pool exhausted", "/hyp 1 test connections per pod")
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.given == [None])
        assert len(rows_in(service)) == 2


async def test_wrong_lines_stay_with_their_reason_and_can_be_mended(service: Service) -> None:
    app = host_of(service, "5xx rises", "/sev SEV9")
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "1 line was refused and stay" in painted(app))
        assert "5xx rises" not in listed(app)
        assert draft(service) == "/sev SEV9"
        await pilot.press("e")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "backfill-line")
        await pilot.press("backspace", "2", "enter")
        await until(pilot, lambda: "✓ /sev SEV2" in listed(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.given == [None])
        assert rows_in(service) == ["5xx rises", "SEV2"]


async def test_a_line_can_be_left_out(app: Host, service: Service) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: "5xx rises  left out" in listed(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.given == [None])
        assert rows_in(service) == ["1 pool exhausted", "roll back"]


async def test_with_every_line_left_out_enter_records_nothing(app: Host, service: Service) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: listed(app).count("left out") == 3)
        await pilot.press("enter")
        await settle(pilot)
        assert (app.given, rows_in(service)) == ([], [])
        await pilot.press("a")
        await until(pilot, lambda: "left out" not in listed(app))


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_records_nothing_and_the_next_paste_offers_the_lines_again(
    service: Service, key: str
) -> None:
    app = host_of(service, *GOOD)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: app.given == [None])
        assert rows_in(service) == []
        assert any("3 lines kept" in each.text for each in app.controllers[0].notices.newest_first)
    app = host_of(service, "next", "paste")
    async with settled(app, size=(80, 24)) as pilot:
        assert "3 lines of an earlier paste were not recorded: o adds them." in painted(app)
        assert draft(service).split("\n") == [*GOOD, "next", "paste"]
        await pilot.press("o")
        await until(pilot, lambda: "roll back" in listed(app))
        assert "5 lines to record" in painted(app)


async def test_without_a_paste_the_kept_lines_are_shown(service: Service) -> None:
    before = service.console(service.active()[0])
    before.drafts.keep(DRAFT, "\n".join(GOOD))
    before.close()
    app = host_of(service)
    async with settled(app, size=(80, 24)):
        assert "3 lines to record" in painted(app)


def war_room(service: Service) -> Host:
    return Host(lambda host: WarRoom(host.controller(service)))


def copied(service: Service, base: Path) -> Service:
    """The home as a crash at this moment leaves it."""
    shutil.copytree(service.home.path, base / "home")
    copy = make_service(base)
    copy_consoles(service.home, copy.home)
    return copy


async def test_the_next_start_after_a_crash_shows_the_lines_and_the_one_being_changed(
    app: Host, service: Service, tmp_path: Path
) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("down", "e")
        line = app.screen.query_one("#backfill-line", LineInput)
        await until(pilot, lambda: app.focused is line)
        line.write("? the pool, half chan")
        await until(pilot, lambda: "half chan" in kept(service, CHANGES))
        crashed = copied(service, tmp_path / "crashed")
    again = war_room(crashed)
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(again.screen, BackfillScreen))
        await settle(pilot)
        assert "none of them is recorded yet" in painted(again)
        assert "3 lines to record" in painted(again)
        line = again.screen.query_one("#backfill-line", LineInput)
        assert (line.value, again.focused) == ("? the pool, half chan", line)
        await pilot.press("g", "e", "d", "enter")
        await until(pilot, lambda: "✓ ? the pool, half changed" in listed(again))
        assert rows_in(crashed) == []


async def test_lines_that_were_left_do_not_stand_in_the_way_of_the_next_start(
    app: Host,
    service: Service,
) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("escape")
        await until(pilot, lambda: app.given == [None])
    again = war_room(service)
    async with settled(again, size=(80, 24)) as pilot:
        assert isinstance(again.screen, WarRoom)
    assert draft(service).split("\n") == [*GOOD]


async def test_recorded_lines_are_not_shown_again(app: Host, service: Service) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.given == [None])
    assert [kept(service, place) for place in (DRAFT, CHANGES, PASTE_OPEN)] == ["", "", ""]


async def test_an_edit_that_is_broken_off_changes_nothing(app: Host) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("e")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "backfill-line")
        await pilot.press("x", "escape")
        await pilot.pause()
        assert "✓ 5xx rises " in listed(app)
        assert app.given == []


async def test_a_change_that_was_broken_off_is_there_when_the_line_is_opened_again(
    app: Host,
) -> None:
    async with settled(app, size=(120, 40)) as pilot:
        line = app.screen.query_one("#backfill-line", LineInput)
        await pilot.press("e")
        await until(pilot, lambda: app.focused is line)
        line.write("5xx rises everywhere")
        await pilot.resize_terminal(80, 24)
        await pilot.press("escape")
        await until(pilot, lambda: app.focused is not line)
        await pilot.press("e")
        await until(pilot, lambda: app.focused is line)
        assert line.value == "5xx rises everywhere"


async def test_what_is_typed_becomes_one_more_line_and_nothing_else_happens(
    app: Host, service: Service
) -> None:
    """Letters that are keys here are taken back; Enter behind them records nothing."""
    texts = ("already recorded", "dns is back", "all down", "every pod", "ok")
    async with settled(app, size=(80, 24)) as pilot:
        for number, text in enumerate(texts, 1):
            with row(text):
                await pilot.press(*("space" if letter == " " else letter for letter in text))
                await pilot.press("enter")
                lines = f"{len(GOOD) + number} lines to record"
                await until(pilot, lambda lines=lines: lines in painted(app))  # type: ignore[misc]
                assert f"✓ {text}" in listed(app)
                assert rows_in(service) == []
        await pilot.press("enter")
        await until(pilot, lambda: app.given == [None])
        assert rows_in(service)[len(GOOD) :] == list(texts)


async def test_a_further_line_that_is_broken_off_is_kept_and_left_out(app: Host) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await stray_letters(pilot, "half a")
        await pilot.press("escape")
        await until(pilot, lambda: "half a  left out" in listed(app))
        assert "3 lines to record · 1 left out" in painted(app)


async def test_lines_that_come_while_the_others_are_recorded_stay(service: Service) -> None:
    app = host_of(service, *GOOD)
    async with settled(app, size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, BackfillScreen)
        screen.post_message(Burst("one more\nand another", at=0))
        app.screen.query_one(Rows).action_choose()
        screen.post_message(Burst("while they are written", at=0))
        await until(pilot, lambda: len(rows_in(service)) >= 3)
        await until(pilot, lambda: "saved; what came meanwhile" in painted(app))
        assert screen.query_one("#backfill-line", LineInput).value == "while they are written"
        assert app.given == []


async def test_five_thousand_lines_are_on_the_screen_at_once(service: Service) -> None:
    """Only what is in sight is understood before the screen answers; the rest follows."""
    lines = tuple(f"pod {number} restarted" for number in range(5000))
    app = host_of(service, *lines)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, BackfillScreen)
        assert "✓ pod 3 restarted" in painted(app)
        assert sum(pasted.understood is not None for pasted in screen._lines) < 1000
        await pilot.press("end")
        await until(pilot, lambda: "✓ pod 4999 restarted" in painted(app))


CHAT = ("Ana Lima", "  9:12 AM", "errors on checkout", "Ben Ott", "  9:20 AM", "rolling back")


async def correct(pilot: Pilot[None], what: str) -> None:
    await pilot.press("c")
    await settle(pilot)
    await pilot.press(*("space" if sign == " " else sign for sign in what), "enter")
    await settle(pilot)


async def test_a_row_gets_another_day_zone_or_kind_before_it_is_recorded(service: Service) -> None:
    app = host_of(service, *CHAT)
    async with settled(app, size=(80, 24)) as pilot:
        assert "2 lines to record" in painted(app)
        await correct(pilot, "detected")
        await correct(pilot, "all -1d")
        assert "2 lines corrected" in painted(app)
        await correct(pilot, "tomorrow")
        assert "is no correction" in painted(app)
        await pilot.press("enter")
        await until(pilot, lambda: len(rows_in(service)) == 2)
    first, second = service.open(service.active()[0]).incident.recorded[-2:]
    assert (first.event.kind, second.event.kind) == ("milestone", "fact")
    assert (first.recorded_at - first.at).days >= 1
    assert (second.at - first.at).total_seconds() == 8 * 60


TWO_COLUMNS = (
    "Opened,Closed,What",
    "2026-03-01T09:00Z,2026-03-01T10:00Z,queue grows",
    "2026-03-01T09:30Z,2026-03-01T11:00Z,restarted",
)


@pytest.mark.parametrize("from_a_file", [False, True])
async def test_all_lines_take_their_times_from_another_column(
    service: Service, tmp_path: Path, from_a_file: bool
) -> None:
    path = tmp_path / "alerts.csv"
    path.write_text("\n".join(TWO_COLUMNS), encoding="utf-8")
    app = war_room(service) if from_a_file else host_of(service, *TWO_COLUMNS)
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        if from_a_file:
            await read_file(pilot, str(path))
        await until(pilot, lambda: "Closed holds times, too" in painted(app))
        assert "2 lines to record" in painted(app)  # the titles are no line
        assert "at 1 Mar 09:30" in painted(app)
        await correct(pilot, "column nowhere")
        await until(pilot, lambda: "in a column 'nowhere'. Nothing was corrected" in painted(app))
        await correct(pilot, "column closed")
        await until(pilot, lambda: "with the times of closed" in painted(app))
        assert "at 1 Mar 11:00" in painted(app)
        await pilot.press("enter")
        await until(pilot, lambda: len(rows_in(service)) == 2)
    entries = service.open(service.active()[0]).incident.recorded[-2:]
    assert [f"{entry.at:%H:%M}" for entry in entries] == ["10:00", "11:00"]


async def test_what_is_recorded_already_is_left_out_and_said_to_be(service: Service) -> None:
    first = host_of(service, *CHAT)
    async with settled(first, size=(120, 40)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: len(rows_in(service)) == 2)
    app = host_of(service, *CHAT)
    async with settled(app, size=(80, 24)) as pilot:
        assert "0 lines to record · 2 left out" in painted(app)
        assert "recorded already" in painted(app)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, BackfillScreen))
    assert len(rows_in(service)) == 2


async def test_what_stands_below_headings_is_proposed_for_fields_and_not_wanted(
    service: Service,
) -> None:
    app = host_of(
        service, "## Timeline", "- 09:12 errors", "- 09:20 fine", "## Impact", "No logins."
    )
    async with settled(app, size=(80, 24)):
        assert "/impact users No logins.  " in painted(app)
        assert "proposed for impact" in painted(app)
        assert "2 lines to record · 3 left out" in painted(app)


def record(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(
        "## Timeline\n- 2026-03-01 09:00: queue grows\n- 2026-03-01 09:xx: paged\n"
        "- 2025-03-01 09:20: restarted\n- 2026-03-01 09:40: **Detected:** by a user\n",
        encoding="utf-8",
    )
    return path


async def read_file(pilot: Pilot[None], path: str) -> None:
    pilot.app.screen.post_message(events.Paste(f"/import {path}"))
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)


async def test_a_record_is_read_from_a_file_and_each_row_can_be_mended_before_it_is_recorded(
    service: Service, tmp_path: Path
) -> None:
    app = war_room(service)
    async with settled(app, size=(80, 24)) as pilot:
        await read_file(pilot, str(record(tmp_path)))
        await until(pilot, lambda: isinstance(app.screen, BackfillScreen))
        shown = " ".join(painted(app).split())
        assert "year looks wrong" in shown
        assert "not read, " in shown
        assert "Nobody named a zone" in shown
        assert "3 lines to record · 1 left out" in shown
        app.screen.query_one(Rows).select("3")
        await pilot.press("d")
        await correct(pilot, "all +1d")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WarRoom))
    first, second = service.open(service.active()[0]).incident.recorded[-2:]
    assert (first.event.kind, second.event.kind) == ("fact", "milestone")
    assert (first.source, first.at.day, second.at.day) == ("notes.md:2", 2, 2)


async def test_a_file_that_is_no_record_is_named_and_opens_nothing(
    service: Service, tmp_path: Path
) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "prose.md").write_text("Nothing happened here.", encoding="utf-8")
    app = war_room(service)
    async with settled(app, size=(80, 24)) as pilot:
        for name, why in (
            ("missing.md", "cannot be read"),
            ("empty.md", "is empty"),
            ("picture.png", "is a binary file"),
            ("prose.md", "has no row with a time"),
        ):
            await read_file(pilot, str(tmp_path / name))
            assert why in " ".join(painted(app).split())
            assert isinstance(app.screen, WarRoom)


async def test_pasted_chat_and_log_lines_keep_their_own_times_and_who_wrote_them(
    service: Service,
) -> None:
    lines = ("13:53 ana: errors rise", "[13:55] ben: rolled back", "2026-11-20T13:56:11Z green")
    app = host_of(service, *lines)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.given == [None])
    incident = service.open(service.active()[0]).incident
    facts = [entry for entry in incident.entries if entry.event.kind == "fact"]
    assert [(f"{e.at:%H:%M:%S}", e.event.tell(e, incident)) for e in facts] == [
        ("13:53:00", "ana: errors rise"),
        ("13:55:00", "ben: rolled back"),
        ("13:56:11", "green"),
    ]
