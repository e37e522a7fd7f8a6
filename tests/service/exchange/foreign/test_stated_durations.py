"""Durations that authors state, beside those that their rows give."""

from incident_tui.service.exchange.foreign.stated_durations import compared
from incident_tui.service.exchange.foreign.timeline_import import plan_import
from tests.service.conftest import Bench

TEXT = """\
# Builds fail

- Fault occurs: 2026-11-10 10:00
- Repaired: 2026-11-10 10:40
- Resolved: 2026-11-10 11:30

- Time to repair: 40m
- Time to resolve: 1h 10m
"""


def test_each_agrees_or_shows_the_rows_it_differs_from(bench: Bench) -> None:
    repair, resolve = compared(plan_import(bench.service, TEXT, "b.md"))
    assert (repair.agrees, repair.first, repair.last) == (True, 3, 4)
    assert (resolve.agrees, resolve.first, resolve.last) == (False, 3, 5)


def test_without_labels_two_rows_that_give_it_are_named(bench: Bench) -> None:
    text = "- 2026-11-10 10:00 a\n- 2026-11-10 10:21 b\n\nTime to detection: 21 minutes\n"
    (one,) = compared(plan_import(bench.service, text, "b.md"))
    assert (one.agrees, one.first, one.last) == (True, 1, 2)
    (other,) = compared(plan_import(bench.service, text.replace("21 minutes", "5 days"), "b.md"))
    assert (other.agrees, other.computed, other.first, other.last) == (None, None, 0, 0)


def test_a_row_that_knows_only_its_day_measures_nothing(bench: Bench) -> None:
    text = TEXT.replace("- Repaired: 2026-11-10 10:40", "- Repaired: 2026-11-10")
    repair, _ = compared(plan_import(bench.service, text, "b.md"))
    assert (repair.agrees, repair.first, repair.last) == (False, 3, 5)
