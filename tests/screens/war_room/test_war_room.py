"""The war room as a whole: what it says aloud, and how often."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from incident_tui.screens.panes.hats import HatsPane
from incident_tui.screens.panes.pane import Pane
from incident_tui.screens.session.controller import QUIET
from incident_tui.screens.war_room.attention import Attention
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.service.exchange.foreign.recorded_import import import_new
from incident_tui.service.exchange.foreign.timeline_import import plan_import
from tests.support.console import (
    NOW,
    Host,
    declare,
    forward,
    make_service,
    painted,
    service_with,
    settle,
    settled,
    until,
)
from tests.support.thorough import row
from tests.support.world import Clock


class BellHost(Host):
    """Counts how often the bell rings, and keeps what the terminal would be told."""

    def __init__(self, first: Callable[[Host], Screen[Any]]) -> None:
        super().__init__(first)
        self.rung = 0
        self.titles: list[str] = []
        self.called: list[str] = []

    def bell(self) -> None:
        self.rung += 1

    def on_attention_titled(self, event: Attention.Titled) -> None:
        self.titles.append(event.text)

    def on_attention_called(self, event: Attention.Called) -> None:
        self.called.append(event.text)
        self.bell()


@pytest.fixture
def host(tmp_path: Path) -> BellHost:
    """A war room with an update promised in 20 minutes; each interval is 30."""
    service = make_service(tmp_path, Clock(NOW))
    lines = ["/role all ana", "/sev SEV1", "/cadence 30m", "/update We look into it. next:+20m"]
    declare(service, lines)
    return BellHost(lambda host: WarRoom(host.controller(service)))


def room_of(host: BellHost) -> WarRoom:
    assert isinstance(host.screen, WarRoom)
    return host.screen


async def pass_time(pilot: Pilot[None], host: BellHost, minutes: float) -> None:
    """Let time pass, and the room look at it several times."""
    clock = room_of(host).controller.session.world.clock
    assert isinstance(clock, Clock)
    clock.forward(minutes)
    for _ in range(3):  # as each second does
        room_of(host).state_changed()
    await settle(pilot)


async def test_each_update_that_is_missed_rings_once(host: BellHost) -> None:
    async with settled(host, size=(80, 24)) as pilot:
        for minutes, rung in ((1, 0), (20, 1), (10, 1), (20, 2), (28, 2), (1, 3)):
            await pass_time(pilot, host, minutes)
            assert host.rung == rung, minutes
        assert "update overdue" in host.called[-1]
        await room_of(host).controller.enter("/update It is the pool. next:+20m")
        await pass_time(pilot, host, 19)
        assert host.rung == 3
        await pass_time(pilot, host, 2)
        assert host.rung == 4


async def test_it_is_quiet_until_the_header_says_and_not_longer(host: BellHost) -> None:
    async with settled(host, size=(120, 40)) as pilot:
        controller = room_of(host).controller
        before = len(controller.incident.recorded)
        await controller.enter("/quiet 45m")
        until = controller.now() + timedelta(minutes=45)
        await pass_time(pilot, host, 25)
        assert f"quiet until {until:%H:%M}" in painted(host)
        assert host.rung == 0
        await pass_time(pilot, host, 30)
        assert "quiet until" not in painted(host)
        assert host.rung == 1
        await controller.enter("/quiet")
        assert controller.quiet_until is not None
        await controller.enter("/quiet off")
        await pass_time(pilot, host, 30)
        assert host.rung == 2
        assert len(controller.incident.recorded) == before


async def test_a_console_that_begins_anew_is_as_quiet_as_the_one_before(tmp_path: Path) -> None:
    service = service_with(tmp_path, "/role all ana")
    async with settled(Host.of(WarRoom, service), size=(80, 24)) as pilot:
        assert isinstance(pilot.app.screen, WarRoom)
        await pilot.app.screen.controller.enter("/quiet 45m")
    for minutes, quiet in ((20, True), (40, False)):
        forward(service, minutes)
        async with settled(Host.of(WarRoom, service), size=(80, 24)) as pilot:
            assert ("quiet until" in painted(pilot.app)) is quiet
    host = Host.of(WarRoom, service)
    async with settled(host, size=(80, 24)) as pilot:
        assert host.controllers[0].drafts.get(QUIET) == "", "what is over is forgotten"


async def test_no_pane_shows_an_age_that_stands_still(tmp_path: Path) -> None:
    """Whatever a pane would say now, it says, though nothing was recorded since."""
    service = service_with(
        tmp_path, "/role all ana", "/sev SEV1", "? a pool", "+ alert on 5xx owner:ana due:+10m"
    )
    async with settled(Host.of(WarRoom, service), size=(200, 60)) as pilot:
        for minutes, age in ((19, "22m"), (26 * 60, "1d 2h")):
            forward(service, minutes)
            hats = pilot.app.screen.query_one(HatsPane)
            await until(pilot, lambda: any(f"ana {age}" in row for row in rows_of(hats)))  # noqa: B023
            for pane in pilot.app.screen.query(Pane):
                assert rows_of(pane) == [row.build().plain for row in pane.make_rows()], pane


def rows_of(pane: Pane) -> list[str]:
    return [row.build().plain for row in pane.rows.rows]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=str)
async def test_what_others_leave_to_whoever_types_is_in_the_header_and_rings_once(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    service = make_service(tmp_path, Clock(NOW))
    declare(service, ["/role all ana", "/sev SEV1"])
    host = BellHost(lambda host: WarRoom(host.controller(service)))
    async with settled(host, size=size) as pilot:
        other = make_service(tmp_path, Clock(NOW), actor="ben")
        other.open(other.active()[0]).enter("/checkpoint ana")
        await room_of(host).controller.poll()
        await pass_time(pilot, host, 0.1)
        assert "ben's checkpoint waits for you: /ack" in painted(host)
        assert host.called == ["ben's checkpoint waits for you: Checkout returns 5xx"]
        await room_of(host).controller.enter("/ack active and in Triage")
        await pass_time(pilot, host, 0.1)
        assert "waits for you" not in painted(host)
        assert host.rung == 1


async def test_the_title_tells_severity_and_countdown_by_the_minute(host: BellHost) -> None:
    async with settled(host, size=(80, 24)) as pilot:
        for minutes in (0, 2, 0.5, 0.5, 27):
            await pass_time(pilot, host, minutes)
        assert host.titles == [
            "SEV1 · update in 20m · Checkout returns 5xx",
            "SEV1 · update in 18m · Checkout returns 5xx",
            "SEV1 · update in 17m · Checkout returns 5xx",
            "SEV1 · ! update overdue 10m · Checkout returns 5xx",
        ]


async def test_a_change_that_comes_while_the_console_goes_away_is_nobodys_error(
    tmp_path: Path,
) -> None:
    service = make_service(tmp_path)
    declare(service, ["5xx rising"])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        await app.screen.remove_children()
        app.controllers[0].tell()
        app.controllers[0].tell_of_commits()
        await pilot.pause()


async def test_what_comes_next_is_said_where_the_gate_is_not_in_sight(tmp_path: Path) -> None:
    """Also in a terminal half as low as usual: header, rows and log line stay."""
    app = Host.of(WarRoom, service_with(tmp_path, "pool is full", "pods restart"))
    async with settled(app, size=(80, 24)) as pilot:
        for size, pane, shows_next in [
            ((80, 24), 1, True),
            ((80, 24), 3, False),
            ((120, 40), 1, False),
            ((80, 12), 1, True),
        ]:
            with row(size, pane):
                await pilot.resize_terminal(*size)
                await pilot.press(f"alt+{pane}")
                await settle(pilot)
                shown = painted(app)
                assert ("· next: = SIGNAL" in shown) == shows_next
                assert "Checkout" in shown
                assert "ana ›" in shown
                if pane == 1:
                    assert "pods restart" in shown


async def test_history_shows_no_stage_and_no_gate_as_if_it_had_been_in_one(tmp_path: Path) -> None:
    service = make_service(tmp_path, Clock(NOW))
    text = (
        "# No bread\n\n- 2026-02-03 10:00 UTC the oven is cold\n- 2026-02-03 11:00 UTC resolved\n"
    )
    done = import_new(service, plan_import(service, text, "bread.md"), over=True)
    app = Host(lambda host: WarRoom(host.controller(service, done.session.id)))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "no stage was gone through here" in painted(app))
        await until(pilot, lambda: "no gate was passed" in painted(app))
        assert "Mitigate" not in painted(app)
