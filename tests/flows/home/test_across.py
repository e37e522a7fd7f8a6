"""All incidents together: what was seen before, where a new one begins."""

from collections.abc import Callable

from tests.flows.conftest import Console, keys
from tests.flows.scenes import a_year

Compare = Callable[..., bool]


def test_what_was_seen_before_is_one_key_away(console: Console, snap_compare: Compare) -> None:
    """alt+s in the war room, before a word is typed."""
    a_year(console)
    incident = console.declare("Checkout returns 5xx again")
    run = keys("alt+s")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=(120, 40))
