"""Every process to its close, back again by a second outage, and to a second close."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from hypothesis import given, settings, strategies as st

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.events import Entry, Incident, fold
from incident_tui.domain.core.stored_entries import decode, encode
from incident_tui.domain.findings.impact_spans import impact_by_level, levels_held, spans
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.gates import CheckResult, closes_next, gate as gate_of, next_gate
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.report import report
from incident_tui.domain.values.playbook import Playbook
from tests.playbooks import driver
from tests.playbooks.scripts.all import NAMES, WALKED
from tests.support.incidents import Story, playbook
from tests.support.playbooks.processes import flags_up

every = pytest.mark.parametrize("name", NAMES)


def closed(name: str) -> Story:
    """The incident at its first close."""
    return driver.story_of(name, WALKED[name], protected=name == "command")


def reopened(name: str) -> Story:
    """The incident after its close, when the impact is back at the stage that had stopped it."""
    story = closed(name)
    stop = next(stage.id for stage in story.playbook.stages if stage.status_after)
    story.say(f"/reopen {stop} the impact is back")
    return story


@every
def test_back_after_its_close_the_incident_is_active_and_the_next_word_is_owed(name: str) -> None:
    story = reopened(name)
    assert story.incident.of(Lifecycle).status == "active"
    owed = [flag.id for flag in flags_up(story, minutes=600) if flag.id.startswith("updates.")]
    assert owed


def test_what_a_signal_was_in_an_earlier_outage_is_not_offered_as_what_it_was_before() -> None:
    story = reopened("war-room")
    compared = next(c for c in next_gate(story.incident).checks if c.id == "readings.compared")
    assert compared.mend.endswith("5xx -> …")
    story.say(compared.mend.replace("-> …", "0.2 % -> 9 %"))
    compared = next(c for c in next_gate(story.incident).checks if c.id == "readings.compared")
    assert compared.mend.endswith(" 9 % -> …")


def remedy(check: CheckResult) -> str:
    """The line that a check proposes, its gaps filled in."""
    value = "0.2 %" if check.mend.startswith("= ") else "seen anew"
    line = (
        check.mend.replace("… -> …", "12 % -> …")
        .replace(" src:…", " src:pager")
        .replace(" inside:…", ' inside:"all idle"')
    )
    line = line.replace("@…", "@14:59").replace("WHY", value).replace("|…", "").replace("…", value)
    return line.replace("undo:seen anew", "undo:none")


def mend_all(story: Story, doubted: Callable[[str], object] = bool) -> list[str]:
    """What the present gate asks for, line by line, until it passes: every line that it took."""
    lines: list[str] = []
    while failed := next_gate(story.incident).failed:
        # What the log fills in by itself is not typed, and what is told by what is done neither.
        filled_in = ("artifact.", "timeline_check")
        first = min(failed, key=lambda check: check.id.startswith(filled_in))
        lines.append(remedy(first))
        assert len(lines) < 20, first
        doubted(lines[-1])
        story.say(lines[-1])
    return lines


def passed(story: Story) -> None:
    """Mend what the present gate asks for, and pass it."""
    mend_all(story)
    current = story.incident.of(Lifecycle).current
    if closes_next(story.incident):
        story.say("/close")
        return
    story.say("/advance")
    if story.incident.of(Lifecycle).current.state == "review":
        outside = current.stage.review == "external"
        story.say("/approve by:zoe ref:mail" if outside else "/approve")


@every
def test_the_gate_does_not_pass_on_what_was_done_against_the_first_outage(name: str) -> None:
    story = reopened(name)
    assert story.incident.of(Lifecycle).status == "active"
    with pytest.raises(Refused):
        story.say("/advance")


BACK = ("/reopen {stop} the impact is back", "/state active it is back")
back = pytest.mark.parametrize("again", BACK, ids=("reopened", "active"))


def impact_is_back(name: str, again: str) -> Story:
    """The incident when the impact is back after it was stopped: before its close, or behind it."""
    story = closed(name) if again.startswith("/reopen") else stopped(name)
    stop = next(stage.id for stage in story.playbook.stages if stage.status_after)
    story.say(again.format(stop=stop))
    return story


def stopped(name: str) -> Story:
    """The incident as soon as its script has stopped the impact."""
    return _stopped(name).copy()


@cache
def _stopped(name: str) -> Story:
    story = Story(playbook(name), protected=name == "command")
    for step in WALKED[name]:
        stage = story.incident.of(Lifecycle).current.stage
        story.say(step.line, actor=step.by)
        if stage.status_after and story.incident.of(Lifecycle).current.stage is not stage:
            return story
    raise AssertionError(name)


@back
@every
def test_the_second_outage_is_stopped_in_at_most_four_lines(name: str, again: str) -> None:
    """Whatever the gate asks for is counted: attestations, sources and states too.

    No line is doubted, which on the command line would take one more; nor is the step itself.
    """
    story = impact_is_back(name, again)

    def undoubted(line: str) -> None:
        assert not story.plan(line).doubts, line

    lines = mend_all(story, undoubted)
    assert len(lines) <= 4, lines
    story.say("/advance")
    undoubted("/approve")


@pytest.mark.parametrize("name", ["communicated", "mitigated"])
def test_a_milestone_of_the_first_outage_is_none_of_the_second(name: str) -> None:
    story = Story(playbook("command")).tell(
        [f"/milestone {name} so it was said", "/state resolved"]
    )
    story.say("/state active it is back")
    stage = story.playbook.stage("stabilise")
    [asked] = [c for c in gate_of(story.incident, stage).checks if c.id == "timeline_check"]
    assert name in asked.why


ASKED_BESIDE = {"lifecycle": ["data-first"]}
"""What a gate asks of a person that none of the four lines says; it asks for less of them."""


@back
@every
def test_change_reading_verification_and_update_are_all_that_it_takes(
    name: str, again: str
) -> None:
    story = impact_is_back(name, again)
    kind = story.playbook.mitigation_kinds[0].id
    story.say(f"/mitigate {kind} once more undo:again src:runbook")
    story.say("= 5xx 12 % -> 0.2 % src:pager")
    number = story.incident.of(Mitigations).items[-1].number
    story.say(f'/verify {number} 5xx is back to normal inside:"the queues are empty"')
    story.say("/update It works again. next:+30m")
    failed = [check.id for check in next_gate(story.incident).failed]
    assert failed == ASKED_BESIDE.get(name, [])


@every
def test_later_stages_are_passed_again_before_the_second_close(name: str) -> None:
    story = reopened(name)
    stop = next(place for place, stage in enumerate(story.playbook.stages) if stage.status_after)
    states = [record.state for record in story.incident.of(Lifecycle).stages]
    assert states[stop + 1 :] == ["stale"] * (len(states) - stop - 1)
    for _ in states:
        if story.incident.of(Lifecycle).closed is None:
            passed(story)
    lifecycle = story.incident.of(Lifecycle)
    assert lifecycle.closed is not None
    assert [record.cycles for record in lifecycle.stages[stop:]] == [2] * (len(states) - stop)
    assert len(spans(story.incident)) == 2


LINES = (
    "/role all ana", "@-20m = 5xx 0.2 % -> 12 % src:pager", "/sev {sev} down",
    "= 5xx 12 % -> 0.3 %", "= 5xx 0.3 % -> 14 % src:pager", "/cadence 20m", "/star 2",
    "/mitigate {kind} to v41 undo:again", "/verify 1 back", "/fail 1 no effect", "/undone 1",
    "/keep 1", "> restarted", "/verify 2 back", "/verify 1 back inside:idle", "/fail 2 no effect",
    "/state mitigated", "/state resolved", "/state monitoring", "/state postmortem-only",
    "/state active it is back", "@-15m /state active before that", "@-9m /state mitigated",
    "/advance", "/approve", "/approve by:zoe ref:mail", "/revise say more",
    "/reopen {first} wrong", "/reopen {stop} back", "/reopen {stop} a typo state:mitigated",
    "/attest {tick} seen", "/waive mitigations.verified gone by itself", "/undo", "/redo",
    "/set residual-risk none", "@-30m /milestone started", "/milestone detected",
    "@-12m /milestone mitigated", "@-50m /milestone resolved", "/milestone 3",
    "/close duplicate of another", "/close", "/update on it next:+30m", "? the pool",
    "/hyp 1 confirm seen", "/fix 1 patched test:t", "/fix 1 deployed", "/role all ben",
    "/retract 3 wrong", "/retract 5 wrong", "/amend 2 @-40m", "/amend 4 @-25m", "/amend 6 @-2m",
    "/amend 1 @-10m", "/redact 3 a name", "/redact 6 a name", "/title Another name",
)  # fmt: skip
TAKES_BACK = ("/undo", "/redo", "/retract")
typed = st.lists(st.sampled_from(LINES), max_size=35)


def filled(line: str, under: Playbook) -> str:
    """The line in the words of a playbook."""
    stop = next(stage for stage in under.stages if stage.status_after)
    ticks = [check.id for check in stop.checks if check.kind == "attestation"]
    return line.format(
        sev=under.severities[0].id,
        kind=under.mitigation_kinds[0].id,
        first=under.stages[0].id,
        stop=stop.id,
        tick=next(iter(ticks), "nothing"),
    )


def spoken(story: Story, line: str) -> bool:
    """Whether a line was taken."""
    try:
        story.say(filled(line, story.playbook))
    except (Refused, LineError):
        return False
    return True


def given_verdicts(incident: Incident) -> int:
    return sum(len(item.verdicts) for item in incident.of(Mitigations).items)


def assert_no_time_is_negative(incident: Incident) -> None:
    """No duration, span, time in a hat or time at a level runs backwards."""
    assert all(d is None or d.total_seconds() >= 0 for d in durations(incident).values())
    assert all(s.end is None or s.end >= s.begin for s in spans(incident))
    assert all(d.total_seconds() >= 0 for d in (impact_by_level(incident) or {}).values())
    assert all(until is None or until >= since for _, since, until in levels_held(incident))
    numbers = report(incident, incident.entries[-1].recorded_at)
    assert all(seconds >= 0 for seconds in numbers_under("seconds", numbers)), numbers


def numbers_under(ending: str, data: object) -> Iterator[float]:
    """Every number of a report whose name ends so, however deep."""
    if isinstance(data, dict):
        for name, value in data.items():
            if isinstance(value, int | float) and str(name).endswith(ending):
                yield value
            elif str(name).startswith("hat_seconds") and isinstance(value, dict):
                yield from (n for n in value.values() if isinstance(n, int | float))
            yield from numbers_under(ending, value)
    elif isinstance(data, list):
        for value in data:
            yield from numbers_under(ending, value)


@every
def test_no_sequence_of_lines_makes_a_negative_duration_or_loses_a_verdict(name: str) -> None:
    @settings(max_examples=15, deadline=None)
    @given(typed)
    def holds(lines: list[str]) -> None:
        story, verdicts = Story(playbook(name)), 0
        for line in lines:
            if not spoken(story, line):
                continue
            given_now = given_verdicts(story.incident)
            assert line.startswith(TAKES_BACK) or given_now >= verdicts, line
            verdicts = given_now
        assert_no_time_is_negative(story.incident)

    holds()


@given(typed, typed, typed)
def test_nor_does_a_merge_of_two_copies(
    common: list[str], ours: list[str], theirs: list[str]
) -> None:
    one, other = Story(), Story()
    for line in common:
        assert spoken(one, line) == spoken(other, line)
    for line in ours:
        spoken(one, line)
    before = len(other.entries)
    for line in theirs:
        spoken(other, line)
    renamed = {entry.id: f"x{entry.id}" for entry in other.entries[before:]}
    apart = [renamed_in(entry, renamed) for entry in other.entries[before:]]
    merged = fold([*one.entries, *apart], one.playbook)
    assert len(merged.entries) == len(one.entries) + len(apart)
    assert_no_time_is_negative(merged)


def renamed_in(entry: Entry, names: dict[str, str]) -> Entry:
    """The entry as another console would have recorded it: its own ids are other ones."""
    stored = encode(entry).decode()
    for name, other in names.items():
        stored = stored.replace(f'"{name}"', f'"{other}"')
    return decode(stored.encode())


@given(typed, st.sampled_from(NAMES))
def test_no_gate_passes_on_an_act_of_an_earlier_episode(lines: list[str], name: str) -> None:
    story = Story(playbook(name))
    back = ("/state mitigated", "/state active back")
    for line in (*lines, "/reopen {first} it is back", *back):
        spoken(story, line)
    if story.incident.of(Lifecycle).status != "active":
        return
    for stage in story.playbook.stages:
        states = {check.id: check.state for check in gate_of(story.incident, stage).checks}
        asked = {check.id for check in stage.checks if check.kind == "attestation"} | set(ACTS)
        assert {states[check] for check in asked & states.keys()} <= {"failing"}, stage.id


ACTS = ("mitigations.tried", "mitigations.verified", "readings.compared", "updates.resolution")
