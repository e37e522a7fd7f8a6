"""How soon the severity wants somebody to act, and that a first change answers it."""

from datetime import timedelta

import pytest

from incident_tui.domain.impact.response import response
from tests.support.incidents import Story, playbook


@pytest.mark.parametrize(
    ("process", "level", "minutes", "hands"),
    [
        ("war-room", "SEV1", 0, True),
        ("war-room", "SEV2", 30, False),
        ("war-room", "SEV3", 240, False),
        ("war-room", "SEV4", None, False),
        ("mitigate-first", "P0", 15, True),
        ("command", "high", 15, False),
    ],
)
def test_the_clock_is_that_of_the_severity(
    process: str, level: str, minutes: int | None, hands: bool
) -> None:
    story = Story(playbook(process)).tell([f"/sev {level} x"])
    asked = response(story.incident)
    assert asked is not None
    assert asked.all_hands is hands
    assert asked.due == (None if minutes is None else story.now + timedelta(minutes=minutes))
    assert asked.answered_at is None


def test_nothing_is_asked_before_a_severity_is_set_or_once_the_impact_has_stopped() -> None:
    story = Story()
    assert response(story.incident) is None
    assert response(story.tell(["/sev SEV2 x", "/state mitigated y"]).incident) is None


def test_the_first_change_since_the_declaration_answers() -> None:
    story = Story().tell(["@13:58 > deployed v42", "/sev SEV2 x"])
    asked = response(story.incident)
    assert asked is not None
    assert asked.answered_at is None
    asked = response(story.tell(["> rolled back", "/sev SEV1 worse", "> scaled"]).incident)
    assert asked is not None
    assert asked.answered_at == story.now - timedelta(minutes=2)
