"""What was promised is followed up: across incidents, and when the next one like it comes."""

from collections.abc import Callable

import pytest

from tests.flows.conftest import Console, keys

Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


def promised(console: Console) -> None:
    """Two earlier incidents: items overdue, open, done and verified."""
    console.told(
        "/factor detection no alert on pool usage",
        "+ alert on pool usage owner:ana due:1w class:detect prio:P1 "
        'verify:"it pages in staging" term:short factor:1',
        "+ payment traffic in the canary owner:ben due:4w class:prevent prio:P2",
        "/close duplicate of another one",
    )
    search = console.service.open(console.declare("Search is slow"))
    for text in (
        "+ cache [/] the index owner:ben due:5w",
        "/act 1 done merged in #812",
        "+ a graph of the queue owner:ana due:1d",
        "/act 2 verify it shows the backlog",
    ):
        search.enter(text)
    console.clock.forward(days=10)


@SIZES
def test_the_action_items_of_all_incidents_the_overdue_first(
    console: Console, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """`f` in the list; the item under the cursor tells by which sign it will be seen done."""
    promised(console)
    assert snap_compare(console.app(), run_before=keys("f"), terminal_size=size)


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
