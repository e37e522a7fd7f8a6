"""The numbers in the console: one view after the other, kinds apart, readable without colour."""

from incident_tui.screens.browse.across.numbers import NumbersScreen
from incident_tui.service import Declaration, Service
from incident_tui.service.across.numbers.tables import VIEWS
from tests.support.console import Host, declare, forward, listed, painted, settle, until

RESOLVED = '/state resolved why:"seen"'


def numbers(service: Service, asked: list[str] | None = None) -> Host:
    queries = asked if asked is not None else []
    return Host(lambda host: NumbersScreen(service, queries.append))


async def test_views_follow_each_other_and_each_has_its_table(service: Service) -> None:
    declare(service, ["/sev SEV2", "/role all ana"], title="Checkout returns 5xx")
    app = numbers(service)
    async with app.run_test(size=(160, 50)) as pilot:
        await until(pilot, lambda: "promises kept" in listed(app))
        assert "Durations alone mislead" in painted(app)
        seen = set()
        for _ in VIEWS:
            seen.add(listed(app).splitlines()[0])
            await pilot.press("right")
            await settle(pilot)
        assert len(seen) == len(VIEWS)
        assert "how long" in listed(app)  # and round again


async def test_bars_and_unknown_numbers_are_read_without_colour(service: Service) -> None:
    for severity in ("SEV1", "SEV2", "SEV2"):
        declare(service, [f"/sev {severity}"], title="Checkout")
    app = numbers(service)
    async with app.run_test(size=(160, 50)) as pilot:
        await until(pilot, lambda: "how long" in listed(app))
        await pilot.press("right", "right", "right")
        await settle(pilot)
        rows = {row.split()[0]: row for row in listed(app).splitlines() if "SEV" in row}
        assert rows["SEV2"].count("█") == 12
        assert 0 < rows["SEV1"].count("█") < 12
        assert rows["SEV1"].split()[-3:] == ["-", "-", "-"]


async def test_enter_searches_the_entries_of_a_group(service: Service) -> None:
    declare(service, ["/sev SEV2", "/impact services gift cards"], title="Checkout")
    asked: list[str] = []
    app = numbers(service, asked)
    async with app.run_test(size=(160, 50)) as pilot:
        await until(pilot, lambda: "how long" in listed(app))
        for _ in range(4):
            await pilot.press("enter", "right")  # the overview, month, quarter and severity
            await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert asked == ["since:2026-11 until:2026-11", "severity:SEV2", 'service:"gift cards"']


async def test_drills_stand_apart(service: Service) -> None:
    declare(service, [], title="Real")
    service.declare(Declaration("We practise", drill=True))
    forward(service, 10)
    app = numbers(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "apart: 1 drill\n" in painted(app))
        await pilot.press("o", "o")
        await until(pilot, lambda: "drills: 1 incident" in painted(app))


async def test_an_empty_home_says_so(service: Service) -> None:
    app = numbers(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "There is no incident yet." in painted(app))
