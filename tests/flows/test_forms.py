"""The fields of an artifact, filled in by their type; and the postmortem, written in its screen."""

from collections.abc import Awaitable, Callable

import pytest

from incident_tui.app import IncidentApp
from tests.flows.conftest import MINUTE, Console, Keys, keys
from tests.flows.scenes import resolved

Compare = Callable[..., bool]
BothSizes = Callable[[IncidentApp, Keys], Awaitable[None]]
MITIGATION = (
    *MINUTE,
    "/advance",
    "/approve",
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
    "= 5xx 12 % -> 0.4 % src:pager",
    "= p95 4.2s -> 310ms",
)


async def test_enter_on_a_field_opens_its_form(console: Console, at_both_sizes: BothSizes) -> None:
    """What the log says is shown as such; a table shows how its rows are understood."""
    incident = console.incident_with(*MITIGATION)
    run = keys("alt+2", "down", "down", "enter")
    await at_both_sizes(console.app(incident), run)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_a_text_is_written_and_saved(
    console: Console, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """F8 saves; the pane shows what was written."""
    incident = console.incident_with(*MITIGATION)
    run = keys("alt+2", "end", "up", "e", *"one zone", "enter", *"no spare", "f8")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=size)


def test_a_draft_waits_for_its_author(console: Console, snap_compare: Compare) -> None:
    """Esc keeps what was typed; the next time it is there again."""
    incident = console.incident_with(*MITIGATION)
    run = keys("alt+2", "end", "up", "enter", *"not ready", "escape", "enter")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=(120, 40))


def test_a_field_can_be_filled_in_with_a_line_too(console: Console, snap_compare: Compare) -> None:
    """`l` offers the lines that `/set` takes."""
    incident = console.incident_with(*MITIGATION)
    run = keys("alt+2", "down", "down", "l")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=(120, 40))


async def test_the_postmortem_is_written_beside_its_document(
    console: Console, at_both_sizes: BothSizes
) -> None:
    """ctrl+t: the document, what is still to be written, and by when it is due."""
    incident = resolved(console)
    await at_both_sizes(console.app(incident), keys("ctrl+t"))


def test_a_part_of_the_postmortem_opens_its_form(console: Console, snap_compare: Compare) -> None:
    """Enter on a field; what is saved is in the document at once."""
    incident = resolved(console)
    run = keys("ctrl+t", "down", "enter", *"quick rollback", "f8")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=(120, 40))
