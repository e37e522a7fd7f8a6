"""Weights: a title and a cause tell most of an incident, labels and what was ruled out least."""

from incident_tui.domain.core.events import About
from incident_tui.domain.outline.weights import WEIGHTS, weigher
from tests.support.incidents import Story

LINES: dict[str, About] = {
    "checkout fails for every tenth user": "plain",
    "? the pool is too small": "cause",  # as it turns out
    "? a certificate has expired": "label",
    "? the cache is cold": "plain",
    "/hyp 1 confirm its metric shows it": "cause",
    "/hyp 2 refute it is valid until May": "label",
    "/factor detection nobody watched the pool": "cause",
    "/tag pool": "cause",
    "/milestone mitigated": "label",
}


def test_each_entry_weighs_as_much_as_it_tells_of_what_the_incident_was_about() -> None:
    story = Story()
    declared, before = story.incident.entries[0], len(story.incident.entries)
    incident = story.tell(LINES).incident
    weight = weigher(incident)
    assert weight(declared) == WEIGHTS["title"]
    assert [weight(entry) for entry in incident.entries[before:]] == [
        WEIGHTS[about] for about in LINES.values()
    ]
