"""Telling people where things stand: the composer, from the first message to the last."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from incident_tui.app import IncidentApp
from tests.flows.conftest import MINUTE, Console, Keys, keys

Compare = Callable[..., bool]
BothSizes = Callable[[IncidentApp, Keys], Awaitable[None]]
MEDIUM = (120, 40)
KNOWN = (
    *MINUTE,
    "? a certificate expired",
    "/hyp 2 refute it is valid until March",
    "/question were webhooks lost?",
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
)


async def test_f5_opens_an_update_made_of_the_log(
    console: Console, at_both_sizes: BothSizes
) -> None:
    """What is known, not known, felt, done and ruled out stands there to be changed."""
    incident = console.incident_with(*KNOWN)
    await at_both_sizes(console.app(incident), keys("f5"))


def test_update_without_text_opens_the_composer_too(
    console: Console, snap_compare: Compare
) -> None:
    """The first message is made of severity, impact and what is being done."""
    incident = console.incident_with(*MINUTE[:-1])
    run = keys(lines=["/update"])
    assert snap_compare(console.app(incident), run_before=run, terminal_size=MEDIUM)


async def test_nothing_new_is_one_key(console: Console, at_both_sizes: BothSizes) -> None:
    """An honest short text; the cursor is in the time, where Enter posts."""
    incident = console.incident_with(*KNOWN)
    console.clock.forward(minutes=20)
    await at_both_sizes(console.app(incident), keys("f5", "ctrl+n"))


def test_an_update_without_a_time_is_refused_and_stays(
    console: Console, snap_compare: Compare
) -> None:
    """The reason stands below; nothing of the text is gone."""
    incident = console.incident_with(*KNOWN)
    run = keys("f5", "tab", "ctrl+u", "f8")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=MEDIUM)


def test_once_it_is_over_the_message_says_so(console: Console, snap_compare: Compare) -> None:
    """No further update is promised."""
    incident = console.incident_with(*KNOWN, "/state resolved")
    assert snap_compare(console.app(incident), run_before=keys("f5"), terminal_size=MEDIUM)


@pytest.mark.usefixtures("with_documents")
def test_a_posted_update_counts_down_and_can_be_pasted(
    console: Console, snap_compare: Compare
) -> None:
    """The room shows it with every line; the texts to paste stand in the folder."""
    incident = console.incident_with(*KNOWN)
    app = console.app(incident)
    run = keys("f5", "f8", "escape")

    async def posted(pilot: Pilot[None]) -> None:
        await run(pilot)
        # The path of the folder in the message is another one in every run.
        pilot.app.clear_notifications()
        await pilot.pause()

    assert snap_compare(app, run_before=posted, terminal_size=MEDIUM)
    folder = Path(console.service.home.path) / incident / "updates"
    plain = (folder / "2-update.txt").read_text()
    assert plain.startswith("Status update: Checkout returns 5xx in eu-west\n\n")
    assert "\n• *Ruled out:* a certificate expired\n" in (folder / "2-update.chat.txt").read_text()
