"""Weights: a title and a cause tell most of an incident, labels and what was ruled out least."""

from incident_tui.domain.outline.weights import CAUSE, LABEL, PLAIN, TITLE, weighing
from tests.support.incidents import Story

LINES = {
    "checkout fails for every tenth user": PLAIN,
    "? the pool is too small": CAUSE,  # as it turns out
    "? a certificate has expired": LABEL,
    "? the cache is cold": PLAIN,
    "/hyp 1 confirm its metric shows it": CAUSE,
    "/hyp 2 refute it is valid until May": LABEL,
    "/factor detection nobody watched the pool": CAUSE,
    "/tag pool": CAUSE,
    "/milestone mitigated": LABEL,
}


def test_each_entry_weighs_as_much_as_it_tells_of_what_the_incident_was_about() -> None:
    story = Story()
    declared, before = story.incident.entries[0], len(story.incident.entries)
    incident = story.tell(LINES).incident
    weight = weighing(incident)
    assert weight(declared) == TITLE
    assert [weight(entry) for entry in incident.entries[before:]] == list(LINES.values())
