"""What the record of others says that no field here has a place for."""

from incident_tui.domain.core.commands import PendingEvent
from incident_tui.domain.learning.quotes import Quotes, RecordQuoted
from tests.support.incidents import Story


def test_quotes_stand_below_their_headings_in_the_order_of_the_original() -> None:
    story = Story()
    for text, heading in (("a", "Moving on"), ("b", ""), ("c", "Moving on")):
        story.record([PendingEvent(RecordQuoted(text=text, heading=heading))])
    quotes = story.incident.of(Quotes).by_heading()
    assert {heading: [event.text for _, event in items] for heading, items in quotes.items()} == {
        "Moving on": ["a", "c"], "": ["b"],
    }  # fmt: skip
    assert [entry.event.tell(entry, story.incident) for entry in story.incident.entries[-2:]] == [
        "b", "Moving on: c",
    ]  # fmt: skip
