"""Handing over the command: the packet, the change of the hat, and the fact that is read back."""

from collections.abc import Awaitable, Callable

from incident_tui.app import IncidentApp
from tests.flows.conftest import MINUTE, Console, Keys, keys

Compare = Callable[..., bool]
BothSizes = Callable[[IncidentApp, Keys], Awaitable[None]]
MEDIUM = (120, 40)
UNDER_WAY = (
    *MINUTE,
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
    "! fail over at three if it is still red",
)
PACKET = '/checkpoint ben the provider calls back at four decide:"fail over if still red"'


async def test_f12_shows_the_packet_to_be_handed_over(
    console: Console, at_both_sizes: BothSizes
) -> None:
    """It is made of the log; to whom, and remarks, are to be said."""
    incident = console.incident_with(*UNDER_WAY)
    await at_both_sizes(console.app(incident), keys("f12"))


def test_a_change_of_command_asks_for_the_packet(console: Console, snap_compare: Compare) -> None:
    """The note says who has none yet, and which key writes it; nothing opens by itself."""
    incident = console.incident_with(*UNDER_WAY)
    run = keys(lines=["/role commander ben"])
    assert snap_compare(console.app(incident), run_before=run, terminal_size=MEDIUM)


def test_a_packet_that_was_handed_over_waits_for_its_receiver(
    console: Console, snap_compare: Compare
) -> None:
    """It says who has to read it, and whose the hat still is."""
    incident = console.incident_with(*UNDER_WAY)
    run = keys("f12", *"ben", "f8", "enter")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=MEDIUM)


async def test_the_receiver_reads_a_fact_back(console: Console, at_both_sizes: BothSizes) -> None:
    """Whoever the packet is for sees it as it was handed over, with a field to answer in."""
    incident = console.incident_with(*UNDER_WAY, PACKET, "/role commander ben")
    run = keys("f12", "f3")
    await at_both_sizes(console.app(incident), run)


def test_a_nod_is_not_enough(console: Console, snap_compare: Compare) -> None:
    """What is read back has to be a fact of the packet."""
    incident = console.incident_with(*UNDER_WAY, PACKET, "/role commander ben")
    run = keys("f12", "f3", *"ok", "enter")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=MEDIUM)


def test_a_handover_that_is_done_is_on_the_timeline(
    console: Console, snap_compare: Compare
) -> None:
    """The packet, the new commander, and what was read back."""
    incident = console.incident_with(*UNDER_WAY, PACKET, "/role commander ben")
    run = keys("f12", "f3", *"v41", "enter")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=MEDIUM)


def test_a_hat_that_is_put_on_tells_its_duty(console: Console, snap_compare: Compare) -> None:
    """Below the log line, until the next key."""
    incident = console.incident_with(*MINUTE)
    run = keys(lines=["/hat scribe"])
    assert snap_compare(console.app(incident), run_before=run, terminal_size=MEDIUM)
