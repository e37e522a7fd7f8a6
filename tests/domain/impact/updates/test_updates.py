"""What people are told, and when they hear again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from incident_tui.domain.handover.update_drafts import compose, draft, form_of_next, nothing_new
from incident_tui.domain.impact.updates import CadenceSet, Updates, UpdateSnoozed, usual_next
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.incidents import DECLARED_AT, Story
from tests.support.playbooks.engine import baking, mends, refusal

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
            (["/sev HIGH", "/update x next:+20m"], 22),
            (["/update x next:+45m", "/sev HIGH"], 31),  # no later than the severity allows
            (["/sev HIGH", '/update x next:+45m why:"the oven is cold till then"'], 47),
            (["/sev HIGH", "/snooze 10m busy"], 30),  # no earlier than it was
            (["/sev HIGH", "/snooze 40m busy"], 42),  # from now on
            (["/sev HIGH", "/update x next:+5m", "/snooze 10m busy"], 13),
            (["/sev HIGH", "/snooze 10m busy", "/update x next:+5m"], 8),
            (["/sev HIGH", "/state mitigated"], 30),  # it goes on until it is resolved
            (["/sev HIGH", "/state resolved"], None),
            (["/sev HIGH", "/update x next:+25m", "/state resolved"], None),
            (
                ["/sev HIGH", "/state resolved", "/update over", "/state active"],
                34,
            ),  # since it is back
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
        assert compose(baking().incident).endswith("not yet rated: unknown.")

    def test_a_later_one_says_what_is_done_and_what_is_proven_only(self) -> None:
        story = baking("/update x next:+5m", "/mitigate rebake again", "? gas")
        assert form_of_next(story.incident) == "update"
        now = "active; again (rebake); not known yet; unknown; {unknown-name}"
        assert compose(story.incident) == now
        assert "the cause (suspected: gas)" in draft(story.incident)
        story.say("/hyp 1 confirm it smells")
        assert compose(story.incident) == "active; again (rebake); gas; unknown; {unknown-name}"

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


class TestDraft:
    """What the playbook's message leaves unsaid is added, a line each."""

    def test_a_message_that_says_little_is_completed(self) -> None:
        story = baking(
            "= heat 200 -> 80 src:dial",
            "? gas",
            "? flour",
            "/hyp 1 confirm the meter stands still",
            "/hyp 2 refute burns",
            "/question who has the key?",
            "> lit it again",
        )
        assert draft(story.incident).split("\n")[1:] == [
            "Known: gas; heat 200 -> 80",
            "Not known yet: who has the key?",
            "Being done: lit it again",
            "Ruled out: flour",
        ]

    def test_until_it_is_known_the_cause_is_not_known(self) -> None:
        assert "Not known yet: the cause" in draft(baking("? gas").incident)

    def test_what_the_message_says_is_not_said_twice(self) -> None:
        """It names the cause and what is being done."""
        story = baking("/update x next:+5m", "? gas", "/hyp 1 confirm the meter", "> lit it")
        assert draft(story.incident).split("\n")[1:] == ["Affected: unknown"]

    def test_that_it_is_over_is_said_as_the_playbook_says_it(self) -> None:
        story = baking("/question who?", "/state resolved")
        assert draft(story.incident) == compose(story.incident)


class TestNothingNew:
    def test_it_says_since_when_and_that_it_goes_on(self) -> None:
        story = baking("/impact users the street", "/update x next:+5m", "> lit the oven again")
        assert nothing_new(story.incident, UTC) == (
            "Nothing new since 14:07. Checkout returns 5xx in eu-west: still active. "
            "Affected: the street. Being done: lit the oven again."
        )

    def test_before_the_first_word_it_admits_that_nothing_is_known(self) -> None:
        assert nothing_new(baking().incident, UTC).startswith("Nothing is known yet beyond this: ")


@pytest.mark.parametrize(
    ("lines", "typed"),
    [
        ([], "+30m"),
        (["/cadence 20m"], "+20m"),
        (["/sev LOW"], "+30m"),
        (["/cadence 20m", "/state resolved"], ""),
    ],
)
def test_the_next_time_follows_from_the_cadence(lines: list[str], typed: str) -> None:
    assert usual_next(baking(*lines).incident) == typed


def test_an_update_of_several_lines_keeps_them() -> None:
    story = baking("/update one\n\n- two\n- three\nnext:+30m")
    assert story.incident.of(Updates).items[0].text == "one\n\n- two\n- three"


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/cadence 20m", [CadenceSet(seconds=1200)]),
        (
            "/sev HIGH",
            "/snooze 10m on the phone",
            [
                UpdateSnoozed(
                    until=DECLARED_AT + timedelta(minutes=30), text="on the phone", seconds=600
                )
            ],
        ),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/cadence soon", "the interval 'soon'", []),
        (["/sev HIGH"], "/snooze soon x", "the delay 'soon'", []),
        ([], "/snooze 5m x", "no update is owed", []),
    ]
