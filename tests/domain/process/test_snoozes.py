"""Putting a red flag to sleep."""

import pytest

from incident_tui.domain.core.commands import Refused, choices_for
from incident_tui.domain.core.rules import every_flag
from tests.support.incidents import Story
from tests.support.playbooks.processes import flags_up, process


def test_a_snoozed_flag_is_down_and_comes_back() -> None:
    story = Story(process(severity__missing=0))
    assert [flag.id for flag in flags_up(story)] == ["severity.missing"]
    story.say("/snooze-flag severity.missing 15m the dashboard is loading")
    assert flags_up(story, minutes=14) == []
    assert [flag.id for flag in flags_up(story, minutes=15)] == ["severity.missing"]


def test_other_flags_stay_up() -> None:
    story = Story(process(severity__missing=0, impact__missing=0))
    story.say("/snooze-flag severity.missing 15m the dashboard is loading")
    assert [flag.id for flag in flags_up(story)] == ["impact.missing"]


def test_the_reason_stands_in_the_timeline() -> None:
    story = Story(process(severity__missing=0))
    entry = story.say("/snooze-flag severity.missing 15m the dashboard is loading")[0]
    sentence = entry.event.tell(entry, story.incident)
    assert sentence == "severity.missing: the dashboard is loading"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/snooze-flag severity.mising 15m why", "did you mean severity.missing"),
        ("/snooze-flag severity.missing soon why", "the delay 'soon'"),
    ],
)
def test_what_cannot_be_snoozed_is_refused(line: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        Story(process(severity__missing=0)).say(line)


def test_completion_offers_the_flags_of_the_playbook_with_what_each_is_for() -> None:
    incident = Story(process(severity__missing=0)).incident
    [(flag, why)] = choices_for("FLAG", incident)
    assert (flag, why) == ("severity.missing", every_flag()["severity.missing"].why)


def test_an_update_is_still_put_off_by_its_own_command() -> None:
    story = Story(process(updates__overdue=0)).tell(
        ["/sev SEV1 down", "/snooze 40m on the phone with the provider"]
    )
    assert flags_up(story, minutes=39) == []
    assert [flag.id for flag in flags_up(story, minutes=41)] == ["updates.overdue"]
