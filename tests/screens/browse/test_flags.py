"""The red flags: each says what is wrong, why it matters, since when, and which line helps."""

from pathlib import Path

import pytest

from incident_tui.screens.browse.flags import FlagsScreen
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.support.console import (
    Host,
    declare,
    forward,
    listed,
    make_service,
    painted,
    painted_lines,
    settle,
    settled,
    stray_letters,
    until,
)
from tests.support.incidents import TRIAGE


def host_of(base: Path, minutes: float, *lines: str) -> Host:
    service = make_service(base)
    declare(service, lines)
    forward(service, minutes)
    return Host.of(FlagsScreen, service)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_each_flag_says_what_why_since_when_and_what_helps(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = host_of(tmp_path, 30)
    async with settled(app, size=size):
        shown = listed(app)
        assert "! The severity is not set yet." in shown
        assert "since 14:07, 25m ago" in shown
        assert "Without a severity nobody knows who must be woken." in shown
        assert "→ /sev SEV1|SEV2|SEV3|SEV4" in shown
        assert "the worst first" in painted(app)


async def test_enter_gives_the_line_that_helps(tmp_path: Path) -> None:
    app = host_of(tmp_path, 30)
    async with settled(app, size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, FlagsScreen)
        screen._rows.select("severity.missing")
        await pilot.press("enter")
        assert app.given == ["/sev "]


async def test_without_a_flag_it_says_so(tmp_path: Path) -> None:
    app = host_of(tmp_path, 0, *TRIAGE)
    async with settled(app, size=(80, 24)):
        assert "No red flag is up." in painted(app)


async def test_a_flag_that_was_mended_elsewhere_goes(tmp_path: Path) -> None:
    app = host_of(tmp_path, 30)
    async with settled(app, size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, FlagsScreen)
        await screen.controller.enter("/sev SEV2")
        await until(pilot, lambda: "The severity is not set yet." not in listed(app))


async def test_text_typed_over_the_flags_goes_to_the_log_line(tmp_path: Path) -> None:
    app = host_of(tmp_path, 30)
    async with settled(app, size=(80, 24)) as pilot:
        await stray_letters(pilot, "5xx is back")
        assert app.given == ["5xx is back"]


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_gives_no_line(tmp_path: Path, key: str) -> None:
    app = host_of(tmp_path, 30)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: app.given == [None])


async def test_what_was_said_is_read_again_below_the_flags_with_the_file_of_errors(
    tmp_path: Path,
) -> None:
    service = make_service(tmp_path)
    declare(service)
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        for text in ("/role scribe", "fire"):
            app.screen.query_one(LogLine).draft = text
            await pilot.press("enter")
            await settle(pilot)
            if text.startswith("/"):
                assert painted_lines(app)[-2].endswith("…  F6"), "it has no room, and says where"
        app.controllers[0].note_work("the commit is pending: no git")
        await pilot.press("f6")
        await settle(pilot)
        shown = listed(app)
        assert "What was said, the newest first" in shown
        assert "~/state/console.log" in shown
        notices = [line for line in shown.splitlines() if line.startswith("14:")]
        assert [line.partition("  ")[2][:12] for line in notices] == [
            "the commit i",
            "✓ #2 fact, s",
            "✗ PERSON is ",
        ]
