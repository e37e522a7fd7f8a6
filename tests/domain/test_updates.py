"""What people are told, and when they hear again."""

from datetime import datetime, timedelta

import pytest

from incident_tui.domain.composing import compose, form_of_next
from incident_tui.domain.updates import Updates
from tests.support.engine import baking, mends, refusal
from tests.support.incidents import DECLARED_AT, Story

MINUTE = timedelta(minutes=1)


def due(story: Story) -> datetime | None:
    return story.incident.of(Updates).next_due


class TestNextUpdate:
    """Each line is typed a minute after the last; the incident was declared at minute 0."""

    @pytest.mark.parametrize(
        ("lines", "minutes"),
        [
            ([], None),  # nobody said how bad it is
            (["/sev LOW"], None),  # as agreed, and nothing was agreed
            (["/sev HIGH"], 30),  # from the declaration
            (["/sev LOW", "/cadence 20m"], 20),
            (["/sev HIGH", "/cadence 20m"], 20),
            (["/update x next:+45m"], 46),  # as promised
            (["/sev HIGH", "/update x next:+45m"], 47),
            (["/sev HIGH", "/snooze 10m busy"], 12),  # from now on
            (["/sev HIGH", "/update x next:+5m", "/snooze 10m busy"], 13),
            (["/sev HIGH", "/snooze 10m busy", "/update x next:+5m"], 8),
            (["/sev HIGH", "/state mitigated"], 30),  # it goes on until it is resolved
            (["/sev HIGH", "/state resolved"], None),
            (["/sev HIGH", "/update x next:+45m", "/state resolved"], None),
            (["/sev HIGH", "/state resolved", "/update over", "/state active"], 33),
            (["/sev HIGH", "/close merged elsewhere"], None),
        ],
    )
    def test_is_due_as_promised_else_as_the_severity_demands(
        self, lines: list[str], minutes: int | None
    ) -> None:
        expected = None if minutes is None else DECLARED_AT + minutes * MINUTE
        assert due(baking(*lines)) == expected


class TestComposing:
    def test_the_first_update_says_what_the_log_says(self) -> None:
        story = baking("/sev HIGH", "/impact users the whole street")
        assert form_of_next(story.incident) == "initial"
        assert compose(story.incident) == (
            "Checkout returns 5xx in eu-west, HIGH (no bread): the whole street."
        )

    def test_what_is_not_known_is_said_to_be_unknown(self) -> None:
        assert compose(baking().incident).endswith("severity not set yet: unknown.")

    def test_a_later_one_says_what_is_done_and_suspected(self) -> None:
        story = baking("/update x next:+5m", "/mitigate rebake again", "? gas")
        assert form_of_next(story.incident) == "update"
        assert compose(story.incident) == "active; again; gas (open); unknown; {unknown-name}"

    def test_what_failed_or_was_ruled_out_is_not_told(self) -> None:
        story = baking(
            "/update x next:+5m", "> flour", "/fail 1 flat", "? gas", "/hyp 1 refute burns"
        )
        assert compose(story.incident).startswith(
            "active; looking for the fastest safe way to stop the impact; not known yet;"
        )

    def test_once_resolved_it_is_a_resolution(self) -> None:
        story = baking("/impact services bread", "/state resolved")
        assert form_of_next(story.incident) == "resolution"
        assert compose(story.incident) == "Over: bread."

    def test_a_placeholder_that_somebody_typed_stays_text(self) -> None:
        story = baking("/impact users {title} {severity}")
        assert compose(story.incident).endswith(": {title} {severity}.")


@pytest.mark.parametrize(("before", "minutes"), [([], 30), (["/cadence 20m"], 20)])
def test_an_update_without_text_is_refused_with_one_to_start_from(
    before: list[str], minutes: int
) -> None:
    story = baking(*before)
    (mend,) = mends(refusal(story, "/update"))
    assert mend == f"/update {compose(story.incident)} next:+{minutes}m"
    story.say(mend)
    assert len(story.incident.of(Updates).items) == 1


def test_updates_are_numbered_and_keep_what_they_promised() -> None:
    story = baking("/update one next:+5m", "/update two next:+10m")
    items = story.incident.of(Updates).items
    assert [(item.number, item.form, item.text) for item in items] == [
        (1, "initial", "one"), (2, "update", "two"),
    ]  # fmt: skip
    assert items[1].next_at == story.now + 10 * MINUTE
