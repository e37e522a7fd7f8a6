"""The next word is promised within bounds, and is due at the earliest of them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.handover.update_drafts import compose, draft
from incident_tui.domain.impact.updates import Updates, UpdateSnoozed
from incident_tui.domain.values.playbook import Playbook
from tests.support.incidents import DECLARED_AT, Story, playbook
from tests.support.playbooks.engine import baking


def minute(story: Story) -> float | None:
    """The minute after the declaration at which the next update is due."""
    due = story.incident.of(Updates).next_due
    return None if due is None else (due - DECLARED_AT) / timedelta(minutes=1)


def refused(story: Story, line: str) -> Refused:
    with pytest.raises(Refused) as caught:
        story.say(line)
    return caught.value


WAR_ROOM = playbook()


def limits(under: Playbook) -> dict[str, str]:
    return {level.id: level.update_every for level in under.severities}


def test_a_raise_of_the_severity_shortens_a_promise_that_stands() -> None:
    story = Story(WAR_ROOM).tell(["/sev SEV3 a", "/update u next:+4h", "/sev SEV1 b"])
    every = limits(WAR_ROOM)["SEV1"]
    assert every.endswith("m")
    assert minute(story) == 3 + int(every[:-1])


def test_a_lower_severity_does_not_lengthen_a_promise() -> None:
    story = Story(WAR_ROOM).tell(["/sev SEV1 a", "/update u next:+15m", "/sev SEV3 b"])
    assert minute(story) == 17


def test_what_was_agreed_holds_against_a_later_promise_and_an_earlier_one() -> None:
    story = Story(WAR_ROOM).tell(["/sev SEV2 a", "/update u next:+1h", "/cadence 25m"])
    assert minute(story) == 27
    problem = refused(story, "/update v next:+1h")
    assert "an update every 25m was agreed" in problem.message
    assert problem.reasons[0][1] == "/update v next:+25m"


def test_a_promise_beyond_what_the_severity_allows_is_refused_with_the_bound() -> None:
    story = Story(playbook("command")).tell(["/sev highest other tenants can be read"])
    problem = refused(story, "/update we work on it next:+8h")
    assert "highest allows 30m at most, so by 14:37" in problem.message
    lines = [line for _, line in problem.reasons]
    assert lines == [
        "/update we work on it next:+30m",
        '/update we work on it next:+8h why:"…"',
    ]
    story.say(lines[0])


def test_a_longer_promise_is_taken_with_a_reason_which_stays_visible() -> None:
    story = Story(playbook("command")).tell(["/sev highest x"])
    (entry,) = story.say('/update we work on it next:+8h why:"the provider answers in the morning"')
    assert "the provider answers in the morning" in entry.event.tell(entry, story.incident)
    assert minute(story) == 2 + 8 * 60
    story.tell(["/sev high y", "/sev highest z"])
    assert minute(story) == 4 + 30  # raised again: what was excused is not any more


def test_a_reason_where_none_is_needed_is_not_kept() -> None:
    story = Story(playbook("command")).tell(["/sev highest x"])
    (entry,) = story.say('/update soon next:+10m why:"no reason"')
    assert "no reason" not in entry.event.tell(entry, story.incident)


def test_a_longer_cadence_than_the_severity_allows_is_refused_with_the_bound() -> None:
    story = Story(playbook("command")).tell(["/sev highest x"])
    problem = refused(story, "/cadence 4h")
    assert "highest allows 30m at most" in problem.message
    assert [line for _, line in problem.reasons] == ["/cadence 30m", '/cadence 4h why:"…"']
    (entry,) = story.say('/cadence 4h why:"only the night shift is affected"')
    assert "only the night shift" in entry.event.tell(entry, story.incident)
    assert minute(story) == 4 * 60


def test_an_agreement_made_at_a_lower_severity_does_not_outlive_a_raise() -> None:
    story = Story(playbook("command")).tell(["/sev low odd", "/cadence 4h"])
    assert minute(story) == 240
    story.say("/sev highest other tenants can be read")
    assert minute(story) == 3 + 30


def test_a_snooze_never_pulls_the_update_forward_and_tells_its_length() -> None:
    story = baking("/update u next:+45m")
    (entry,) = story.say("/snooze 10m waiting for the provider")
    due = minute(story)
    assert due is not None
    assert due >= 46
    assert (
        entry.event.tell(entry, story.incident) == "for 10m, due at 14:51: waiting for the provider"
    )


def test_a_snooze_of_a_version_before_tells_its_length_by_its_end() -> None:
    story = baking("/sev HIGH")
    (entry,) = story.say("/snooze 10m waiting for the provider")
    assert isinstance(entry.event, UpdateSnoozed)
    before = UpdateSnoozed(entry.event.until, entry.event.text)
    assert before.tell(entry, story.incident).startswith("for 28m, ")


def test_a_snooze_pulls_nobody_forward_who_was_promised_a_later_word() -> None:
    story = Story(WAR_ROOM).tell(["/sev SEV2 a", "/update u next:+50m audience:users"])
    assert minute(story) == 52
    story.tell(["/update v next:+3m audience:staff", "/snooze 4m on the phone"])
    assert minute(story) == 8
    story.say("/update w next:+55m audience:staff")
    assert minute(story) == 52


def test_a_snooze_of_an_overdue_update_counts_from_now() -> None:
    story = baking("/update u next:+5m")
    story.say("/snooze 10m on the phone", at=DECLARED_AT + timedelta(minutes=30))
    assert minute(story) == 40


def test_the_next_word_of_an_update_that_is_logged_late_counts_from_the_update() -> None:
    story = Story(started_at=DECLARED_AT - timedelta(hours=6))
    (entry,) = story.say("@-4h50m /update One next:+30m")
    assert getattr(entry.event, "next_at", None) == entry.at + timedelta(minutes=30)


def test_a_promise_of_the_past_can_be_recorded_as_what_it_was() -> None:
    story = Story(started_at=datetime(2025, 9, 29, 17, tzinfo=UTC))
    (entry,) = story.say("@2025-09-29T17:30Z /update Mail is late. next:2025-09-29T18:00Z")
    assert getattr(entry.event, "next_at", None) == datetime(2025, 9, 29, 18, tzinfo=UTC)
    (later,) = story.say("@2025-09-29T18:10Z /update Still late. next:+4h")
    assert getattr(later.event, "next_at", None) == datetime(2025, 9, 29, 22, 10, tzinfo=UTC)


def test_a_promise_of_the_past_is_typed_as_any_past_time_is() -> None:
    story = Story(started_at=DECLARED_AT - timedelta(hours=6))
    (entry,) = story.say("@-50m /update Mail is late. next:@-20m")
    assert getattr(entry.event, "next_at", None) == entry.at + timedelta(minutes=30)
    early = refused(story, "/update Still late. next:@-20m")
    assert "before the update itself" in early.message


def test_an_update_that_is_recorded_late_does_not_undo_a_later_promise() -> None:
    story = baking("/update now next:+20m")
    story.say("@14:05 /update the first next:+5m")
    assert minute(story) == 21


@pytest.mark.parametrize(
    ("text", "next", "agree"),
    [
        ("Checkout fails. Next update: within 15m.", "+25m", False),
        ("Checkout fails. Next update: within 25m.", "+25m", True),
        ("Checkout fails. Next update at 14:30", "14:30", True),
        ("Checkout fails. Next update at 14:30", "14:20", False),
        ("Checkout fails; next word in 10 min", "+20m", False),
        ("We will be back with another update in 20 minutes.", "+20m", True),
        ("The next update of v42 brings the fix", "+20m", True),
        ("We install the next update 3 of the driver", "+20m", True),
        ("Nothing new", "+20m", True),
    ],
)
def test_the_text_of_a_message_and_its_time_cannot_disagree(
    text: str, next: str, agree: bool
) -> None:
    story = baking("/sev HIGH")
    if agree:
        story.say(f"/update {text} next:{next}")
        return
    problem = refused(story, f"/update {text} next:{next}")
    assert "two times" in problem.message
    story.say(problem.reasons[0][1])


def test_an_update_without_a_time_is_offered_the_one_that_its_text_names() -> None:
    problem = refused(baking(), "/update It burns. Next update in 20 minutes.")
    assert problem.reasons[0][1].endswith("next:+20m")


@pytest.mark.parametrize(
    "name", ["command", "gated", "lifecycle", "mitigate-first", "studio", "war-room"]
)
def test_no_message_names_a_time_of_its_own(name: str) -> None:
    story = Story(playbook(name))
    for text in (compose(story.incident), draft(story.incident)):
        assert "within" not in text
        assert "{every}" not in text
        assert "as agreed" not in text
    story.say("/update It burns. next:+5m")
    assert "within" not in compose(story.incident)


LINES = st.lists(
    st.sampled_from(
        ["/sev HIGH", "/sev LOW", "/cadence 20m", "/cadence 3h", "/update x next:+25m",
         "/update x next:+2h", '/update x next:+2h why:"y"', '/cadence 3h why:"y"',
         "/snooze 10m y", "@-3m /update x next:+5m"]
    ),
    max_size=8,
)  # fmt: skip


@given(lines=LINES)
def test_nothing_said_makes_the_next_update_due_later_than_allowed_without_a_reason(
    lines: list[str],
) -> None:
    story = baking()
    for line in lines:
        try:
            story.say(line)
        except Refused:
            continue
    updates = story.incident.of(Updates)
    due, excused = updates.next_due, any("why:" in line or "snooze" in line for line in lines)
    if due is not None and updates.allowed is not None and not excused:
        assert due <= story.now + updates.allowed


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("We will write again at 15:30.", "+30m", "15:30"),
        ("Again in an hour.", "+30m", "+1h"),
        ("We'll be back in 2h with more", "+30m", "+2h"),
        ("Next update tomorrow", "+30m", "tomorrow 09:00"),
        ("Next update tomorrow at 09:00", "tomorrow 10:00", "tomorrow 09:00"),
        ("You will hear from us within half an hour", "+1h", "+30m"),
        ("News in a quarter of an hour", "+1h", "+15m"),
        ("next update in an hour and a half", "+1h", "+90m"),
        ("I'll let you know in two hours", "+30m", "+2h"),
        ("Still down, we write again in two hours", "+30m", "+2h"),
    ],
)
def test_a_text_and_its_time_promise_one_thing(text: str, wrong: str, right: str) -> None:
    story = Story(WAR_ROOM).tell(["/sev SEV3 a"])
    line = '/update {} next:"{}"'
    assert "people would be told two times" in refused(story, line.format(text, wrong)).message
    story.say(line.format(text, right))


@pytest.mark.parametrize(
    "text",
    [
        "It took 2 hours to find",
        "It failed again at 14:20",
        "Writes fail; we post again to the queue every 10 minutes",
        "We will report the loss of 12 orders",
        "Checkout will be back in 10 minutes",
        "We will be back up in 10 minutes",
    ],
)
def test_times_of_something_else_promise_no_word(text: str) -> None:
    Story(WAR_ROOM).tell(["/sev SEV3 a", f"/update {text} next:+30m"])


OVER = '/state resolved why:"seen at the till"'


def test_a_promise_or_snooze_from_before_it_was_over_is_not_owed_when_it_comes_back() -> None:
    before = ["/sev SEV3 a", "/update u next:+30m", "/snooze 3h on the phone", OVER]
    story = Story(WAR_ROOM).tell(before)
    story.say("/state active it is back", at=story.now + timedelta(hours=1))
    assert minute(story) is None
    story.say("/sev SEV2 worse")
    assert minute(story) == 65 + 60


def test_a_promise_holds_on_when_impact_is_back_before_it_was_over() -> None:
    story = Story(WAR_ROOM).tell(["/sev SEV3 a", "/update u next:+30m"])
    story.tell(['/state mitigated why:"seen"', "/state active it is back"])
    assert minute(story) == 32
