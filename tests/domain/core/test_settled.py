"""What is kept of a state is what a fresh fold of the same log says, after every line."""

from datetime import timedelta

import pytest

from incident_tui.domain.core.events import Entry, Incident, fold
from incident_tui.domain.core.rules import every_flag
from incident_tui.domain.core.settled import FirstEntry, Settled
from incident_tui.domain.findings.milestones import MILESTONES, Milestones
from incident_tui.domain.findings.timeline import FactRecorded
from tests.support.incidents import DECLARED_AT, TRIAGE, Story

LINES = (
    *TRIAGE,
    "@-50m pages failed before anybody looked src:pager",
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
    "= 5xx 12 % -> 0.4 % src:panel",
    "/milestone mitigated",
    "/amend 3 @-55m",
    "/retract 4 the wrong panel",
    "/milestone started",
)


def answers(incident: Incident) -> dict[str, object]:
    """Whatever of a state is kept: milestones, and the red flags that time does not change."""
    now = incident.recorded[-1].recorded_at + timedelta(minutes=1)
    milestones = incident.of(Milestones)
    return {name: milestones.milestone(name) for name in MILESTONES} | {
        name: rule.detect(incident, now, 5) for name, rule in every_flag().items()
    }


def test_after_each_line_it_says_what_the_whole_log_says() -> None:
    story = Story()
    for line in LINES:
        story.tell([line])
        incident = story.incident
        assert answers(incident) == answers(fold(incident.recorded, incident.playbook)), line


@pytest.mark.parametrize(
    "minutes",
    [(1, 30, 2, 3), (2, 1, 90, 91), (1, 60 * 24 * 400, 5), (60, 61, 1, 2, -10), (3, 3, 3)],
)
def test_after_each_entry_it_says_so_however_the_clocks_went(minutes: tuple[int, ...]) -> None:
    story = Story()
    for after in minutes:
        story.now = DECLARED_AT + timedelta(minutes=after)
        at = story.now + timedelta(days=365 if after == 2 else 0, minutes=10 * (after == 90))
        story.record([FactRecorded(text=f"after {after}")], at=at)
        incident = story.incident
        assert answers(incident) == answers(fold(incident.recorded, incident.playbook)), after


def test_each_entry_is_looked_at_once_for_a_question_until_that_is_about_another_thing() -> None:
    story = Story()
    looked: list[str] = []

    def fits(entry: Entry) -> bool:
        looked.append(entry.id)
        return False

    for line in TRIAGE:
        story.tell([line])
        assert story.incident.of(FirstEntry).find("odd", 5, fits) is None
    ids = [entry.id for entry in story.incident.entries]
    assert looked == ids
    story.incident.of(FirstEntry).find("odd", 6, fits)
    assert looked == ids * 2


def test_a_question_is_asked_once_until_something_is_recorded() -> None:
    story = Story()
    asked: list[str] = []
    settled = story.incident.of(Settled)

    def ask(name: str) -> None:
        settled.answer(name, lambda: asked.append(name))

    for name in ("a", "a", "b", "a"):
        ask(name)
    assert asked == ["a", "b"]
    story.incident.entries.append(story.incident.entries[0])  # as while an entry is taken in
    ask("a")
    ask("a")
    assert asked == ["a", "b", "a", "a"]
