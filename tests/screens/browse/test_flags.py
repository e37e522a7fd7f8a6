"""The red flags: each says what is wrong, why it matters, since when, and which line helps."""

from pathlib import Path

import pytest

from incident_tui.screens.browse.flags import FlagsScreen
from tests.support.console import (
    Host,
    declare,
    forward,
    listed,
    make_service,
    painted,
    settle,
    stray_typing,
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
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        shown = listed(app)
        assert "! The severity is not set yet." in shown
        assert "since 14:07, 25m ago" in shown
        assert "Without a severity nobody knows who must be woken." in shown
        assert "→ /sev SEV1|SEV2|SEV3|SEV4" in shown
        assert "the worst first" in painted(app)


async def test_enter_gives_the_line_that_helps(tmp_path: Path) -> None:
    app = host_of(tmp_path, 30)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, FlagsScreen)
        screen._rows.select("severity.missing")
        await pilot.press("enter")
        assert app.given == ["/sev "]


async def test_without_a_flag_it_says_so(tmp_path: Path) -> None:
    app = host_of(tmp_path, 0, *TRIAGE)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "No red flag is up." in painted(app)


async def test_a_flag_that_was_mended_elsewhere_goes(tmp_path: Path) -> None:
    app = host_of(tmp_path, 30)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, FlagsScreen)
        await screen.controller.enter("/sev SEV2")
        await until(pilot, lambda: "The severity is not set yet." not in listed(app))


async def test_text_typed_over_the_flags_goes_to_the_log_line(tmp_path: Path) -> None:
    app = host_of(tmp_path, 30)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await stray_typing(pilot, "5xx is back")
        assert app.given == ["5xx is back"]


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_gives_no_line(tmp_path: Path, key: str) -> None:
    app = host_of(tmp_path, 30)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await until(pilot, lambda: app.given == [None])
