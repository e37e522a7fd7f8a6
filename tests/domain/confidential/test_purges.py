"""Purges: once somebody says that the history of git is rid of it, nothing warns of it any more."""

from incident_tui.domain.confidential.protection import IncidentProtected
from incident_tui.domain.confidential.purges import HistoryPurged, Purges
from tests.support.playbooks.engine import baking


def test_what_is_said_to_be_gone_is_known_by_its_entry() -> None:
    story = baking("cold")
    assert story.incident.of(Purges).targets == set()
    (entry,) = story.record([HistoryPurged(target="e00002")])
    assert story.incident.of(Purges).targets == {"e00002"}
    assert entry.event.tell(entry, story.incident) == "#2 is gone from the history of git"


def test_a_protection_stops_warning_of_its_earlier_commits() -> None:
    story = baking()
    (protected,) = story.record([IncidentProtected(in_git=True)])
    story.record([HistoryPurged(target=protected.id)])
    assert protected.event.tell(protected, story.incident) == "for those only who need to know"
