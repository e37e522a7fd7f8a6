"""What was promised is followed up: across incidents, and when the next one like it comes."""

from collections.abc import Callable

import pytest

from tests.flows.conftest import Console, keys
from tests.flows.scenes import promised

Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


def test_enter_opens_the_incident_of_an_item(console: Console, snap_compare: Compare) -> None:
    """The war room of that incident is shown."""
    promised(console)
    run = keys("f", "end", "enter")
    assert snap_compare(console.app(), run_before=run, terminal_size=(120, 40))


@SIZES
def test_declaring_an_incident_like_an_earlier_one_shows_what_that_one_owes(
    console: Console, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """The debts stand below the form, from the first word that is alike."""
    promised(console)
    run = keys("n", *"checkout", "space", *"loops")
    assert snap_compare(console.app(), run_before=run, terminal_size=size)


def test_the_war_room_flags_what_an_earlier_incident_owes(
    console: Console, snap_compare: Compare
) -> None:
    """F6 explains it, and it can be snoozed with a reason."""
    promised(console)
    incident = console.declare("Checkout loops for guests")
    assert snap_compare(console.app(incident), run_before=keys("f6"), terminal_size=(120, 40))
