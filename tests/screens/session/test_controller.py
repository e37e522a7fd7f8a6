"""The controller between screens and file: leaving never hangs, and what is kept is told."""

import asyncio
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.ui_thread import HandOver
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.support.console import Host, declare, make_service, painted, settle, until


def host_of(base: Path) -> tuple[Host, list[IncidentController]]:
    """A war room over a home, and its controller once it is open."""
    service = make_service(base)
    declare(service)
    controllers: list[IncidentController] = []

    def first(host: Host) -> Screen[Any]:
        controllers.append(host.controller(service))
        return WarRoom(controllers[0])

    return Host(first), controllers


async def test_a_line_that_is_kept_aside_is_shown_and_the_strip_says_so(tmp_path: Path) -> None:
    host, controllers = host_of(tmp_path)
    async with host.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        folder = controllers[0].session.folder
        folder.rename(tmp_path / "away")
        line = host.screen.query_one(LogLine)
        line.draft = "only eu-west"
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        await until(pilot, lambda: "kept aside" in painted(host))
        assert "only eu-west" in painted(host)
        assert line.draft == ""
        assert "NOT saved" not in painted(host)
        (tmp_path / "away").rename(folder)
        await until(pilot, lambda: "kept aside" not in painted(host))
    assert "only eu-west" in (folder / "incident.json").read_text()


async def test_a_line_that_can_be_kept_nowhere_stays_with_the_reason_in_sight(
    tmp_path: Path,
) -> None:
    """At 80 columns, wherever the home is: the path comes after all that matters more."""
    deep = tmp_path / "a-home-that-lies-deep-down-below-many-folders-with-long-names"
    host, controllers = host_of(deep)
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        controllers[0].session.folder.rename(tmp_path / "away")
        shutil.rmtree(deep / "state", ignore_errors=True)
        (deep / "state").write_text("a file in the way")
        line = host.screen.query_one(LogLine)
        line.draft = "only eu-west"
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        await until(pilot, lambda: "✗ not recorded: incident.json is not there" in painted(host))
        assert line.draft == "only eu-west"


async def test_a_line_means_the_stage_that_was_current_when_it_was_begun(tmp_path: Path) -> None:
    """Somebody else has advanced meanwhile: the line is refused once, and told why."""
    host, controllers = host_of(tmp_path)
    async with host.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        seen: list[str] = []
        entered = controllers[0].enter

        async def enter(text: str, *, seen_stage: str = "") -> Any:
            seen.append(seen_stage)
            return await entered(text, seen_stage=seen_stage)

        controllers[0].enter = enter  # type: ignore[method-assign]
        host.screen.query_one(LogLine).draft = "/advance"
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        assert seen == ["triage"]


async def test_leaving_does_not_wait_for_a_change_that_waits_for_the_screens() -> None:
    hand_over = HandOver()
    made: list[str] = []
    writer = threading.Thread(target=hand_over, args=(lambda: made.append("change"),))
    writer.start()
    hand_over.close()
    # As `close` of a controller does, this blocks the screens' own thread.
    writer.join(timeout=5)
    assert not writer.is_alive()
    assert made == ["change"]
    await asyncio.sleep(0)
    assert made == ["change"], "a change is made once"


async def test_a_change_is_made_on_the_screens_thread_and_its_error_is_the_writers() -> None:
    hand_over = HandOver()
    where: list[int] = []
    await asyncio.to_thread(hand_over, lambda: where.append(threading.get_ident()))
    assert where == [threading.get_ident()]

    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await asyncio.to_thread(hand_over, fails)
