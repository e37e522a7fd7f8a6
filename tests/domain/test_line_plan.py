"""What a line would record, without recording it: events, their time, source and author."""

from datetime import timedelta

import pytest

from incident_tui.domain.core import commands, line_grammar
from incident_tui.domain.core.commands import LineError, PendingEvent, Refused
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.line_plan import entry_of
from incident_tui.domain.people.identity import Identity
from incident_tui.domain.quality.unverified_entries import UnverifiedChoice
from tests.support.incidents import DECLARED_AT, Story, playbook
from tests.support.playbooks.engine import baking, mends, refusal


def test_a_line_is_planned_with_its_time_its_source_and_who_typed_it() -> None:
    plan = baking("/role lead ben").plan("@-2m smoke src:nose", actor="ben")
    (pending,) = plan.events
    assert pending == PendingEvent(FactRecorded(text="smoke"), source="nose")
    assert plan.context.moment == plan.context.now - timedelta(minutes=2)
    assert (plan.context.actor, plan.context.hat) == ("ben", "lead")


@pytest.mark.parametrize("line", ["/role lead {}", "/role all {}", "+ call the supplier owner:{}"])
@pytest.mark.parametrize("word", ["me", "Me"])
def test_me_is_whoever_types(line: str, word: str) -> None:
    by_word, by_name = (
        baking().plan(line.format(person), actor="ben").events for person in (word, "ben")
    )
    assert by_word == by_name


def test_planning_changes_nothing() -> None:
    story = baking("a")
    before = list(story.incident.recorded)
    story.plan("/role all ana")
    assert story.incident.recorded == before


def test_whoever_is_introduced_records_nothing() -> None:
    plan = baking().plan("/me ben")
    assert (plan.events, plan.answer, plan.unverified_choice) == ((), Identity("ben"), None)


@pytest.mark.parametrize(("word", "record"), [("record", True), ("leave", False)])
def test_what_becomes_of_entries_found_beside_the_log_is_handed_on(word: str, record: bool) -> None:
    plan = baking().plan(f"/found {word}")
    assert (plan.events, plan.answer) == ((), UnverifiedChoice(record))


def test_a_time_that_is_none_is_told_at_its_column() -> None:
    with pytest.raises(LineError) as error:
        baking().plan("@25:00 smoke")
    assert error.value.column == 1


def test_a_time_of_day_ahead_is_yesterdays_only_within_the_incident() -> None:
    story = baking("@2026-11-19T20:00 /milestone started")
    assert story.plan("@23:00 smoke").context.moment.day == 19
    with pytest.raises(LineError, match="lies ahead"):
        story.plan("@18:00 smoke")


def test_what_a_rule_forbids_is_refused() -> None:
    with pytest.raises(Refused):
        baking().plan("/lift 1 x")


def test_an_entry_happened_when_its_event_says_else_when_the_line_does_else_now() -> None:
    story = baking()
    plain, dated = story.plan("smoke"), story.plan("@-2m smoke")
    own = PendingEvent(FactRecorded(text="smoke"), at=DECLARED_AT - timedelta(hours=1))
    times = [
        entry_of(pending, plan.context, entry_id="x", order=2).at
        for plan, pending in ((plain, plain.events[0]), (dated, dated.events[0]), (dated, own))
    ]
    assert times == [story.now, story.now - timedelta(minutes=2), own.at]


def test_only_what_waits_for_files_or_commands_is_begun_before_others_are_kept_from_writing() -> (
    None
):
    baking()
    assert {form.lead for form in commands.every_command() if form.slow} == {"/evidence", "/run"}
    assert not line_grammar.parse("we said /run and /evidence in the call").command.slow


@pytest.mark.parametrize(
    "line",
    [
        "/hyp 1 for the oven was off",
        "/hyp 1 against the oven was on",
        "/hyp 1 refute the oven was on",
        "/hyp 1 confirm the oven was off",
        "/fail 1 no effect",
        "/undone 1 it is back",
        "/verify 1 it rises",
        "/answer 1 two",
        "/impact users all of them",
        "/why nobody knew",
        "/cause no yeast",
        "/tested the small loaf",
    ],
)
def test_whatever_rests_on_something_seen_names_where_it_was_seen(line: str) -> None:
    story = baking("? no heat", "> more heat", "= heat 12 % -> 80 %", "/question how many?")
    plan = story.plan(f'{line} src:"the log"')
    assert plan.events[0].source == "the log"
    assert not any("src:" in value for value in plan.line.values.values())


CLOSED = ("/sev HIGH", "/close duplicate of another")
DONE = (
    "> rolled back",
    "/sev HIGH the other shop too",
    "/cadence 5m",
    "/update all fine next:+10m",
)


@pytest.mark.parametrize("line", DONE)
def test_what_is_done_in_a_closed_incident_is_answered_with_the_line_that_opens_it(
    line: str,
) -> None:
    refused = refusal(baking(*CLOSED), line)
    assert refused.message == "the incident is closed"
    assert mends(refused)[0] == "/reopen STAGE WHY"


@pytest.mark.parametrize(
    "line",
    [
        *(f"@-2m {done}" for done in DONE),
        "smoke again",
        "! look at it on monday",
        "= smoke 3 -> 0",
        "+ a new oven",
        "/update the postmortem can be read",
    ],
)
def test_what_was_before_a_close_and_what_follows_from_it_is_recorded(line: str) -> None:
    story = baking(*CLOSED)
    story.say(line)
    assert len(story.entries) == len(CLOSED) + 2


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("> rolled back src:deploys", ["@… > rolled back src:\"deploys\"",
                                       "rolled back src:\"deploys\""]),
        ("@-0s > rolled back", ["@… > rolled back", "@-0s rolled back"]),
        ("/mitigate rollback to v41 undo:v42",
         ["@… /mitigate rollback to v41 undo:\"v42\"", "rollback to v41"]),
    ],
)  # fmt: skip
def test_what_was_done_after_a_close_is_offered_with_its_time_and_its_source(
    line: str, offered: list[str]
) -> None:
    assert mends(refusal(Story(playbook()).tell(["/close duplicate of it"]), line))[1:] == offered


@pytest.mark.parametrize("at", ["-5m", '"yesterday 14:02"'])
def test_a_line_that_mends_one_of_an_earlier_time_is_of_that_time(at: str) -> None:
    refused = refusal(baking(), f"@{at} /update all are told")
    assert mends(refused) == [f"@{at} /update all are told next:+30m"]
