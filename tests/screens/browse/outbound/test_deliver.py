"""A delivery on the screen: nothing leaves before Enter says so, and a merge is asked for."""

from pathlib import Path

import pytest

from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.screens.browse.across.follow_up import FollowUpScreen
from incident_tui.screens.browse.outbound.deliver import DeliverScreen
from incident_tui.screens.terminal.burst_guard import NEXT
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.service import Service
from incident_tui.service.git.delivery import deliver
from tests.support.console import Host, listed, now_in, painted, until
from tests.support.playbooks.deliveries import REVIEW, Bakery


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    """An incident that waits for reviewers, with `gh` nowhere."""
    made = Bakery(tmp_path)
    made.say(*REVIEW)
    made.gh("exit 1")
    return made


def service_of(bakery: Bakery) -> Service:
    return Service(bakery.home, bakery.world, "ana", version="0")


def branches(bakery: Bakery) -> list[str]:
    return bakery.there("for-each-ref", "--format=%(refname:short)", "refs/heads").split()


def words(app: Host) -> str:
    """What is on the screen, wherever its lines are broken."""
    return " ".join(painted(app).split())


async def test_it_shows_what_would_leave_and_sends_it_only_after_enter(bakery: Bakery) -> None:
    app = Host.of(DeliverScreen, service_of(bakery))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: f"branch {bakery.branch} to origin" in painted(app))
        await until(pilot, lambda: "Merging this approves" in listed(app))
        await pilot.press("f8")
        await until(pilot, lambda: "? Enter pushes" in painted(app))
        await pilot.press("j")  # any other key: not now
        assert branches(bakery) == ["main"]
        await pilot.press("f8", "enter")
        await until(pilot, lambda: "✓ Pushed" in painted(app))
        assert bakery.branch in branches(bakery)
        await until(pilot, lambda: "Open a pull request from" in words(app))
        await until(pilot, lambda: "not merged yet" in painted(app))


AGAIN = f"wait:{int(NEXT * 1000) + 100}"
"""A key that is pressed again sooner is one that is held down."""


async def test_a_merge_is_the_approval_and_another_answer_is_told(bakery: Bakery) -> None:
    service = service_of(bakery)
    app = Host.of(DeliverScreen, service)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "to origin" in painted(app))
        await pilot.press("m", "enter")
        await until(pilot, lambda: "was not delivered to origin yet" in painted(app))
        deliver(service.open(bakery.session.id), bakery.home)
        await pilot.press(AGAIN, "m", "enter")
        await until(pilot, lambda: "is not merged into origin/main yet" in painted(app))
        bakery.merge()
        await pilot.press(AGAIN, "m", "enter")
        await until(pilot, lambda: "is approved by Ben" in words(app))
    record = now_in(service).of(Lifecycle).record("learn")
    assert record is not None
    assert record.passed is not None


async def test_what_hinders_a_delivery_is_told_with_what_to_do(bakery: Bakery) -> None:
    bakery.git("remote", "remove", "origin")
    app = Host.of(DeliverScreen, service_of(bakery))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "git remote add origin URL" in painted(app))
        await pilot.press("f8")
        await until(pilot, lambda: "✗ Not delivered:" in painted(app))


async def test_a_remote_that_is_gone_is_told_and_nothing_is_lost(bakery: Bakery) -> None:
    app = Host.of(DeliverScreen, service_of(bakery))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "to origin" in painted(app))
        bakery.bare.rename(bakery.base / "elsewhere")
        await pilot.press("f8", "enter")
        await until(pilot, lambda: "✗ Not done: there is no repository" in painted(app))


async def test_a_protected_incident_names_the_line_that_sends_it_all_the_same(
    tmp_path: Path,
) -> None:
    bakery = Bakery(tmp_path, protected=True)
    app = Host.of(DeliverScreen, service_of(bakery))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "--protected-too" in painted(app))


async def test_the_room_says_what_became_of_a_delivery_that_was_left(bakery: Bakery) -> None:
    """The hook of the server holds the push until the user is back in the room."""
    gate = bakery.base / "let-it-go"
    hook = bakery.bare / "hooks" / "pre-receive"
    hook.write_text(f'#!/bin/sh\nwhile [ ! -e "{gate}" ]; do sleep 0.05; done\n')
    hook.chmod(0o755)
    app = Host.of(WarRoom, service_of(bakery))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"/deliver", "enter")
        await until(pilot, lambda: "to origin" in painted(app))
        await pilot.press("f8", "enter")
        await until(pilot, lambda: "pushing to origin" in painted(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WarRoom))
        gate.touch()
        await until(pilot, lambda: "✓ Pushed" in painted(app))
        await until(pilot, lambda: "not merged yet" in listed(app))
        await until(pilot, lambda: "to be merged" in painted(app))


async def test_follow_up_asks_whether_what_was_delivered_is_merged(bakery: Bakery) -> None:
    service = service_of(bakery)
    deliver(service.open(bakery.session.id), bakery.home)
    opened: list[str] = []
    app = Host(lambda host: FollowUpScreen(service, opened.append))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "to be merged" in listed(app))
        await until(pilot, lambda: "1 delivered, not merged" in painted(app))
        await pilot.press("m", "enter")
        await until(pilot, lambda: "is not merged into origin/main yet" in painted(app))
        bakery.merge()
        await pilot.press("m", "enter")
        await until(pilot, lambda: "is approved by Ben" in words(app))
        await until(pilot, lambda: "to be merged" not in listed(app))
        assert not opened
