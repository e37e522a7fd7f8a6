"""The checkpoint: what the next commander is handed, and what they say back."""

from functools import partial
from pathlib import Path

import pytest

from incident_tui.domain.handover.checkpoints import Checkpoint, Checkpoints
from incident_tui.screens.forms.checkpoint import CheckpointScreen
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.service import Service
from tests.support.console import (
    EVIL,
    Host,
    listed,
    make_service,
    now_in,
    painted,
    service_with,
    settle,
    settled,
    stray_letters,
    until,
)
from tests.support.world import Clock

UNDER_WAY = (
    "/role commander ana",
    "/impact users 12 % of checkouts",
    "? the pool is exhausted",
    '/mitigate rollback to v41 undo:"again"',
    "! fail over at three",
    "/cadence 20m",
)
HANDED_OVER = (*UNDER_WAY, "/checkpoint ben call me at four")


host_of = partial(Host.of, CheckpointScreen)


@pytest.fixture
def under_way(tmp_path: Path) -> Service:
    return service_with(tmp_path, *UNDER_WAY)


@pytest.fixture
def app(under_way: Service) -> Host:
    """The screen over an incident that is under way."""
    return host_of(under_way)


def made(service: Service) -> list[Checkpoint]:
    return now_in(service).of(Checkpoints).items


def field(app: Host, name: str) -> LineInput:
    return app.screen.query_one(f"#checkpoint-{name}", LineInput)


def remarks(app: Host) -> LinesInput:
    return app.screen.query_one(LinesInput)


# --- whoever hands over --------------------------------------------------------------------------


async def test_whoever_took_over_already_is_proposed_and_gives_way_to_what_is_typed(
    tmp_path: Path,
) -> None:
    """Whoever was told that ben has no packet yet types that name, and not behind itself."""
    app = host_of(service_with(tmp_path, *UNDER_WAY, "/role commander ben"))
    async with settled(app, size=(80, 24)) as pilot:
        assert (field(app, "name").value, app.focused) == ("ben", field(app, "name"))
        await pilot.press(*"carl")
        assert field(app, "name").value == "carl"
        await pilot.press("space", "ctrl+y")
        assert field(app, "name").value == "carl ben"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_packet_is_shown_as_it_will_be_handed_over(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = host_of(service_with(tmp_path, *UNDER_WAY))
    async with settled(app, size=size):
        shown = painted(app)
        for words in (
            "active, Triage",
            "the pool is exhausted (open)",
            "12 % of checkouts",
            "change 1: to v41",
            "every 20m",
            "fail over at three",
        ):
            assert words in shown
        assert "Checkpoint 1 · ana hands over" in shown
        assert "Remarks" in shown


async def test_what_is_typed_goes_into_the_packet(
    tmp_path: Path, under_way: Service, app: Host
) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        field(app, "name").write("ben")
        field(app, "decide").write("at four, with the provider")
        field(app, "users").write("pay by card?")
        remarks(app).write("one\ntwo users:three")
        await pilot.pause()
        assert "at four, with the provider" in listed(app)
        assert "pay by card?" in listed(app)
        await pilot.press("f8", "enter")
        await until(pilot, lambda: len(made(under_way)) == 1)
        packet = made(under_way)[0].packet
        assert (packet.to, packet.next_decision, packet.users_decide, packet.text) == (
            "ben", "at four, with the provider", "pay by card?", "one\ntwo users:three",
        )  # fmt: skip


async def test_what_is_left_empty_stays_what_the_log_says(
    tmp_path: Path, under_way: Service, app: Host
) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press(*"ben", "f8", "enter")
        await until(pilot, lambda: len(made(under_way)) == 1)
        packet = made(under_way)[0].packet
        assert (packet.to, packet.next_decision, packet.text) == ("ben", "fail over at three", "")
        await settle(pilot)
        assert "It waits to be read back: F3 if ben is here." in painted(app)
        assert "The hat is still ana's: /role commander ben" in painted(app)


@pytest.mark.parametrize("place", ["name", "remarks"])
async def test_the_key_asks_before_it_hands_over_and_takes_enter_alone(
    tmp_path: Path, under_way: Service, app: Host, place: str
) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        field(app, "name").write("ben")
        (remarks(app) if place == "remarks" else field(app, "name")).focus()
        await pilot.press("f8")
        await settle(pilot)
        assert "? Enter hands over to ben · any other key: not now" in painted(app)
        await pilot.press("y", "enter", "f8", "f8")
        await settle(pilot)
        assert made(under_way) == [], "neither a letter, nor Enter behind it, nor the key again"
        assert "hands over to ben" in painted(app)
        await pilot.press("enter")
        await until(pilot, lambda: len(made(under_way)) == 1)


async def test_a_packet_is_for_somebody(tmp_path: Path, under_way: Service, app: Host) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("f8")
        await settle(pilot)
        assert "Who takes over?" in painted(app)
        assert app.focused is field(app, "name")
        assert made(under_way) == []
        notices = [each.text for each in app.controllers[0].notices.newest_first]
        assert notices == ["✗ Who takes over? A checkpoint is for somebody."]


async def test_the_packet_follows_the_log_while_it_is_shown(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *UNDER_WAY))
    async with settled(app, size=(80, 24)) as pilot:
        await app.controllers[0].enter("/impact users everybody")
        await pilot.pause()
        assert "everybody" in listed(app)


# --- whoever receives ----------------------------------------------------------------------------


async def test_the_receiver_sees_the_packet_as_it_was_and_reads_a_fact_back(
    tmp_path: Path,
) -> None:
    under_way = service_with(tmp_path, *HANDED_OVER, "/impact users nobody any more")
    ben = make_service(tmp_path, Clock(under_way.world.clock()), actor="ben")
    app = host_of(ben)
    async with settled(app, size=(80, 24)) as pilot:
        assert "Checkpoint 1 · from ana for ben" in painted(app)
        assert "call me at four" in listed(app)
        assert "12 % of checkouts" in listed(app)
        await pilot.press(*"ok", "enter")
        await until(pilot, lambda: "that is no fact of the packet" in painted(app))
        assert made(under_way)[0].acknowledged is None
        field(app, "read").write("the pool, it seems")
        await pilot.press("f8")
        await until(pilot, lambda: app.given == [None])
        read = made(under_way)[0].acknowledged
        assert read is not None
        assert (read.actor, getattr(read.event, "text", "")) == ("ben", "the pool, it seems")


async def test_at_one_keyboard_the_receiver_sits_down_with_a_key(tmp_path: Path) -> None:
    under_way = service_with(tmp_path, *HANDED_OVER)
    app = host_of(under_way)
    async with settled(app, size=(80, 24)) as pilot:
        assert "Checkpoint 1 waits for ben: F3" in painted(app)
        await pilot.press("f3")
        await until(pilot, lambda: app.focused is field(app, "read"))
        assert app.controllers[0].session.identity.actor == "ben"
        await pilot.press("f8")
        await settle(pilot)
        assert "Say one fact of the packet" in painted(app)
        await pilot.press(*"four", "enter")
        await until(pilot, lambda: app.given == [None])
        assert made(under_way)[0].acknowledged is not None


async def test_a_packet_that_was_read_elsewhere_waits_no_longer(
    tmp_path: Path, under_way: Service, app: Host
) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press(*"ben", "f8", "enter")
        await until(pilot, lambda: "It waits to be read back" in painted(app))
        ben = make_service(tmp_path, Clock(under_way.world.clock()), actor="ben")
        ben.open(ben.active()[0]).enter("/ack v41 it is")
        await app.controllers[0].poll()
        await pilot.pause()
        assert "Checkpoint 1 was read back by ben" in painted(app)
        assert not field(app, "name").display or not field(app, "name").has_focus
        await pilot.press("enter")
        await until(pilot, lambda: app.given == [None])


async def test_enter_in_a_field_hands_nothing_over(
    tmp_path: Path, under_way: Service, app: Host
) -> None:
    """A fact that was meant for the log line is no name of a receiver."""
    async with settled(app, size=(80, 24)) as pilot:
        for text in ("api is back", "all good again"):
            await pilot.press(*("space" if letter == " " else letter for letter in text), "enter")
        await settle(pilot)
        assert made(under_way) == []
        assert field(app, "name").value == "api is back"


async def test_the_receiver_can_hand_over_in_turn_and_f3_reads_what_waits_for_them(
    tmp_path: Path,
) -> None:
    """While they make the next packet, the head says that one waits, and the key shows it."""
    under_way = service_with(tmp_path, *HANDED_OVER)
    app = host_of(make_service(tmp_path, Clock(under_way.world.clock()), actor="ben"))
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert "Checkpoint 2 · ben hands over" in painted(app)
        assert app.focused is field(app, "name")
        assert "Checkpoint 1 from ana waits for you: F3 reads it" in painted(app)
        await pilot.press("f3")
        await settle(pilot)
        assert app.focused is field(app, "read")


# --- drafts and stray keys -----------------------------------------------------------------------


async def test_what_was_typed_is_there_again(tmp_path: Path, under_way: Service, app: Host) -> None:
    async with settled(app, size=(80, 24)) as pilot:
        field(app, "name").write("ben")
        remarks(app).write("one\ntwo")
        await pilot.press("escape")
    again = host_of(under_way)
    async with settled(again, size=(80, 24)) as pilot:
        assert (field(again, "name").value, remarks(again).text) == ("ben", "one\ntwo")
        await pilot.press("f8", "enter")
        await until(pilot, lambda: len(made(under_way)) == 1)
    last = host_of(under_way)
    async with settled(last, size=(80, 24)) as pilot:
        assert (field(last, "name").value, remarks(last).text) == ("", "")


async def test_a_resize_keeps_what_was_typed(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *UNDER_WAY))
    async with settled(app, size=(120, 40)) as pilot:
        await pilot.press(*"ben")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert field(app, "name").value == "ben"
        assert app.focused is field(app, "name")


async def test_text_typed_into_the_packet_is_the_name_and_then_a_remark(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *UNDER_WAY))
    async with settled(app, size=(80, 24)) as pilot:
        app.screen.query_one("#checkpoint-packet Rows").focus()
        await stray_letters(pilot, "ben")
        assert field(app, "name").value == "ben"
        app.screen.query_one("#checkpoint-packet Rows").focus()
        await stray_letters(pilot, "ask the provider")
        assert remarks(app).text == "ask the provider"


async def test_text_of_users_stays_text(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *UNDER_WAY, f"/impact users {EVIL}"))
    async with settled(app, size=(80, 24)):
        assert "[/var/log] [b]x[/b]" in painted(app)
        assert "\x1b" not in painted(app)
