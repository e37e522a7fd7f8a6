"""Updates in time and late ones, looking back: what was owed when it was posted."""

from datetime import timedelta

import pytest

from incident_tui.domain.impact.updates.kept_promises import kept_updates
from tests.support.incidents import DECLARED_AT, Story

SEV1 = "/sev SEV1 nobody can pay"  # an update every half hour at most
RESOLVED = '/state resolved why:"the provider says so"'


@pytest.mark.parametrize(
    ("lines", "on_time", "late", "owed"),
    [
        ([], 0, 0, False),
        ([(5, "/update a next:+20m")], 0, 0, True),
        ([(0, SEV1)], 0, 0, True),
        ([(0, SEV1), (20, "/update a next:+20m")], 1, 0, True),
        ([(0, SEV1), (50, "/update a next:+20m")], 0, 1, True),
        ([(0, SEV1), (20, "/update a next:+20m"), (39, "/update b next:+20m")], 2, 0, True),
        ([(0, SEV1), (20, "/update a next:+20m"), (45, "/update b next:+20m")], 1, 1, True),
        # In time, with the tolerance of people who write minutes.
        ([(20, "/update a next:+20m"), (41, "/update b next:+20m")], 1, 0, True),
        # Over before anything was owed; and over in silence.
        ([(20, "/update a next:+20m"), (30, RESOLVED)], 0, 0, False),
        ([(20, "/update a next:+20m"), (90, RESOLVED)], 0, 1, False),
        ([(20, "/update a next:+20m"), (90, RESOLVED), (95, "/update it is over")], 0, 1, False),
        ([(20, "/update a next:+20m"), (30, RESOLVED), (95, "/update it is over")], 0, 0, False),
        ([(20, "/update a next:+20m"), (40, RESOLVED), (95, "/update it is over")], 0, 0, False),
        ([(20, "/update a next:+20m"), (35, "/snooze 30m calling"), (60, "/update b next:+20m")],
         1, 0, True),
    ],
)  # fmt: skip
def test_each_update_that_was_owed_counts_once(
    lines: list[tuple[int, str]], on_time: int, late: int, owed: bool
) -> None:
    story = Story()
    for minute, text in lines:
        story.say(text, at=DECLARED_AT + timedelta(minutes=minute))
    kept = kept_updates(story.incident)
    assert (kept.on_time, kept.late, kept.owed_at is not None) == (on_time, late, owed)
