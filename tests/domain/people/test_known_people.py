"""Whoever typed, wears a hat or owns something is known to the incident, as soon as it is said."""

from incident_tui.domain.people.known_people import KnownPeople
from tests.support.incidents import Story


def test_authors_wearers_and_owners_are_known_as_the_log_grows() -> None:
    story = Story().tell(["/role scribe Chen"])
    assert story.incident.of(KnownPeople).names == {"ana", "Chen"}
    story.say("smoke", actor="Tomas")
    story.say('+ an alert owner:"Ben Roe"')
    assert story.incident.of(KnownPeople).names == {"ana", "Chen", "Tomas", "Ben Roe"}
