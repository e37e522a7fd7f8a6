"""The load on people over several incidents."""

from datetime import timedelta

from incident_tui.domain.outline import outline
from incident_tui.service.across.numbers.people import load_on_people
from tests.support.incidents import DECLARED_AT, Story

HOUR = timedelta(hours=1)


def of(hat: str, person: str, hours: int) -> Story:
    story = Story()
    story.say(f"/role {hat} {person}", at=DECLARED_AT)
    story.say('/state resolved why:"seen"', at=DECLARED_AT + hours * HOUR)
    return story


def test_hours_under_each_hat_add_up_over_incidents_and_the_longest_is_first() -> None:
    stories = [of("scribe", "ben", 1), of("commander", "ana", 2), of("commander", "ana", 3)]
    loads = load_on_people(outline(story.incident) for story in stories)
    assert list(loads) == ["ana", "ben"]
    ana = loads["ana"]
    assert (ana.incidents, ana.seconds, ana.hats) == (2, 5 * 3600.0, {"commander": 5 * 3600.0})
    assert loads["ben"].hats == {"scribe": 3600.0}
