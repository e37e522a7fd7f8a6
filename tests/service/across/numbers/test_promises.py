"""Promises of many incidents: a postmortem by its day, late, or still to come."""

from datetime import UTC, datetime

import msgspec
import pytest

from incident_tui.domain.impact.updates.kept_promises import KeptUpdates
from incident_tui.domain.outline import outline
from incident_tui.service.across.numbers.promises import (
    UNCLASSED,
    Kept,
    by_class,
    kept_postmortems,
    kept_updates,
)
from tests.support.incidents import Story

NOW = datetime(2026, 12, 1, tzinfo=UTC)
BEFORE, AFTER = NOW.timestamp() - 60, NOW.timestamp() + 60


@pytest.mark.parametrize(
    ("on_time", "late", "owed_at", "counted"),
    [
        (0, 0, None, Kept(0, 0, 0)),
        (2, 1, None, Kept(2, 1, 0)),
        (2, 1, BEFORE, Kept(2, 2, 0)),
        (2, 1, AFTER, Kept(2, 1, 1)),
    ],
)
def test_an_update_is_kept_in_time_broken_when_late_or_owed_and_else_to_come(
    on_time: int, late: int, owed_at: float | None, counted: Kept
) -> None:
    updates = KeptUpdates(on_time, late, owed_at)
    known = msgspec.structs.replace(outline(Story().incident), updates=updates)
    assert kept_updates([known], NOW) == counted
    twice = kept_updates([known, known], NOW)
    assert msgspec.structs.astuple(twice) == tuple(2 * n for n in msgspec.structs.astuple(counted))


@pytest.mark.parametrize(
    ("due", "done", "counted"),
    [
        (None, None, Kept(0, 0, 0)),
        (None, BEFORE, Kept(0, 0, 0)),
        (AFTER, None, Kept(0, 0, 1)),
        (BEFORE, None, Kept(0, 1, 0)),
        (BEFORE, BEFORE, Kept(1, 0, 0)),
        (BEFORE, BEFORE + 1, Kept(0, 1, 0)),
        (AFTER, BEFORE, Kept(1, 0, 0)),
    ],
)
def test_a_postmortem_is_kept_by_its_day_broken_after_it_and_else_to_come(
    due: float | None, done: float | None, counted: Kept
) -> None:
    known = msgspec.structs.replace(
        outline(Story().incident), postmortem_due=due, postmortem_done=done
    )
    assert kept_postmortems([known], NOW) == counted
    twice = kept_postmortems([known, known], NOW)
    assert (twice.kept, twice.broken) == (2 * counted.kept, 2 * counted.broken)


def test_the_class_with_most_action_items_is_first_and_what_has_none_is_last() -> None:
    lines = [f"+ {name}" for name in ("a", "b", "c", "d class:detect", "e class:prevent")]
    story = Story().tell([*lines, "+ f class:prevent"])
    classes = by_class(outline(story.incident).actions, NOW)
    assert [(name, each.total) for name, each in classes.items()] == [
        ("prevent", 2), ("detect", 1), (UNCLASSED, 3),
    ]  # fmt: skip
