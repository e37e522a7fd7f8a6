"""What is kept of a state is what a fresh fold of the same log says, after every line."""

from datetime import timedelta

from incident_tui.domain.core.events import Incident, fold
from incident_tui.domain.core.rules import every_flag
from incident_tui.domain.core.settled import Settled
from incident_tui.domain.findings.milestones import MILESTONES, Milestones
from tests.support.incidents import TRIAGE, Story

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
    return {name: milestones.found(name) for name in MILESTONES} | {
        name: rule.detect(incident, now, 5) for name, rule in every_flag().items()
    }


def test_after_each_line_it_says_what_the_whole_log_says() -> None:
    story = Story()
    for line in LINES:
        story.tell([line])
        incident = story.incident
        assert answers(incident) == answers(fold(incident.recorded, incident.playbook)), line


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
