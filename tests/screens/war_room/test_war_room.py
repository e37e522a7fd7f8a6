"""The war room as a whole: what it says aloud, and how often."""

from pathlib import Path

from incident_tui.screens.war_room.war_room import WarRoom
from tests.support.console import NOW, Host, declare, make_service, painted, settle, until
from tests.support.world import Clock


class Ringing(Host):
    """Counts how often the bell rings."""

    rung = 0

    def bell(self) -> None:
        self.rung += 1


async def test_an_overdue_update_rings_once_and_the_next_one_again(tmp_path: Path) -> None:
    clock = Clock(NOW)
    service = make_service(tmp_path, clock)
    declare(service, ["/role all ana", "/sev SEV1", "/update We look into it. next:+20m"])
    host = Ringing(lambda host: WarRoom(host.controller(service)))
    async with host.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        room = host.screen
        assert isinstance(room, WarRoom)
        assert host.rung == 0
        clock.forward(27)
        for _ in range(3):  # as each second does
            room.state_changed()
        await until(pilot, lambda: "overdue" in painted(host))
        assert host.rung == 1
        await room.controller.enter("/update It is the pool. next:+20m")
        assert host.rung == 1
        clock.forward(27)
        room.state_changed()
        room.state_changed()
        assert host.rung == 2


async def test_a_change_that_comes_while_the_console_goes_away_is_nobodys_error(
    tmp_path: Path,
) -> None:
    service = make_service(tmp_path)
    declare(service, ["5xx rising"])
    app = Host.of(WarRoom, service)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await app.screen.remove_children()
        app.controllers[0].tell()
        app.controllers[0].tell_of_commits()
        await pilot.pause()
