"""All incidents together: searched, and told in numbers, at three sizes."""

from collections.abc import Callable

import pytest

from tests.flows.conftest import Console, keys

Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize(
    "size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"]
)


def a_year(console: Console) -> None:
    """Five incidents that are over, of two services, with what helped and what is owed."""
    stories = [
        ("Checkout returns 5xx", "SEV1", "checkout", 25, "detection nobody watched the pool"),
        ("Checkout is slow", "SEV2", "checkout", 50, "control v42 went to every region at once"),
        ("Search is slow", "SEV3", "search", 90, "detection the queue has no alert"),
        ("Search finds nothing", "SEV2", "search", 40, "detection the index is not watched"),
        ("Checkout loops", "SEV2", "checkout", 15, "control the flag had no owner"),
    ]
    for title, severity, service, minutes, factor in stories:
        session = console.service.open(console.declare(title))
        lines = [
            "/role all ana",
            "= 5xx 0.2 % -> 12 % src:pager",
            f"/sev {severity}",
            f"/impact services {service}",
            "/tag retries",
            "? the connection pool is exhausted",
            '/mitigate rollback back to the version before undo:"deploy again"',
        ]
        for text in lines:
            session.enter(text)
        console.clock.forward(minutes=minutes)
        for text in (
            "= 5xx 12 % -> 0.2 %",
            "/verify 1 the error rate is back",
            f"/factor {factor}",
            "+ alert on pool usage owner:ben due:2w class:detect",
            "/state resolved",
        ):
            session.enter(text)
        console.clock.forward(days=45)


@SIZES
def test_the_search_over_all_incidents(
    console: Console, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """`s` in the list; the marked entry is told whole below."""
    a_year(console)
    run = keys("s", *"pool", "space", *"alert")
    assert snap_compare(console.app(), run_before=run, terminal_size=size)


@SIZES
def test_the_numbers_over_all_incidents(
    console: Console, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """`#` in the list: how long, how much impact, what was promised and kept."""
    a_year(console)
    assert snap_compare(console.app(), run_before=keys("number_sign"), terminal_size=size)


def test_what_was_seen_before_is_one_key_away(console: Console, snap_compare: Compare) -> None:
    """alt+s in the war room, before a word is typed."""
    a_year(console)
    incident = console.declare("Checkout returns 5xx again")
    run = keys("alt+s")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=(120, 40))
