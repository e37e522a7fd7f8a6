"""What changed before the start, on the screen: one key puts a change on record."""

from pathlib import Path

import pytest

from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.screens.browse.changes import ChangesScreen
from incident_tui.screens.terminal.burst_guard import NEXT
from incident_tui.service import Service
from incident_tui.service.suspects.feeds import feed
from tests.support.console import (
    EVIL,
    Host,
    declare,
    listed,
    make_service,
    now_in,
    painted,
    settle,
    until,
)

DEPLOYS = (
    f"2026-11-20T13:48Z deployed {EVIL}\n2026-11-20T09:10Z flag fast-pool on\n"
    "2026-11-18T13:00Z old deploy\n"
)

AGAIN = f"wait:{int(NEXT * 1000) + 100}"
"""A letter that is pressed sooner behind another one is text."""


@pytest.fixture
def fed(tmp_path: Path) -> Service:
    service = make_service(tmp_path)
    feed(declare(service), DEPLOYS, "deploys.log")
    return service


async def test_the_likeliest_stands_first_and_says_why(fed: Service) -> None:
    app = Host.of(ChangesScreen, fed)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "10m before" in listed(app))
        assert len(listed(app).splitlines()) == 2
        why = "why here: 10m before the start; it reached production"
        await until(pilot, lambda: why in painted(app))
        await pilot.press("w")
        await until(pilot, lambda: "old deploy" in listed(app))


async def test_a_letter_and_enter_record_a_change_or_a_hypothesis_once(fed: Service) -> None:
    app = Host.of(ChangesScreen, fed)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "10m before" in listed(app))
        await pilot.press("s", "enter")
        await until(pilot, lambda: "✓" in listed(app))
        await pilot.press("s")
        await until(pilot, lambda: "on record already" in painted(app))
        await pilot.press(AGAIN, "h", "enter")
        await until(pilot, lambda: len(now_in(fed).of(Hypotheses).items) == 1)
        await settle(pilot)
    incident = now_in(fed)
    [change] = incident.of(Mitigations).items
    assert change.entry.source == "evidence/changes.txt:1"
    assert incident.of(Hypotheses).items[0].test.startswith("take deployed")


async def test_enter_begins_the_line_of_the_change(fed: Service) -> None:
    app = Host.of(ChangesScreen, fed)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "10m before" in listed(app))
        await pilot.press("end", "enter")
        await until(pilot, lambda: bool(app.given))
    assert str(app.given[0]).startswith("@2026-11-20T09:10:00Z > flag in changes.txt")
    assert len(now_in(fed).of(Mitigations).items) == 0


async def test_without_a_repository_it_says_how_to_name_one(tmp_path: Path) -> None:
    service = make_service(tmp_path)
    declare(service)
    app = Host.of(ChangesScreen, service)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "--watch PATH names" in painted(app))
