"""Hand-offs: work that goes on elsewhere, at a place that the playbook lists."""

from incident_tui.domain.core.commands import choices_for
from incident_tui.domain.handover.handoffs import HandOffs
from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, holds, mend, process


def made(story: Story) -> list[tuple[str, str]]:
    return [(item.to, item.text) for item in story.incident.of(HandOffs).items]


def test_each_is_kept_with_its_place_in_the_order_made() -> None:
    story = Story(process()).tell(["/hand-off two OPS-4, the alert", "/hand-off ONE DOC-1"])
    assert made(story) == [("two", "OPS-4, the alert"), ("one", "DOC-1")]
    assert filled(story, "handoffs.all") == "the second: OPS-4, the alert\nthe first: DOC-1"


def test_one_that_was_retracted_counts_no_more() -> None:
    story = Story(process()).tell(["/hand-off two OPS-4", "/retract 2 it stays with us"])
    assert made(story) == []
    assert not holds(story, "handoffs.made")


def test_as_many_as_the_gate_asks_for_are_wanted() -> None:
    story = Story(process())
    assert mend(story, "handoffs.made") == "/hand-off one|two …"
    story.say("/hand-off one DOC-1")
    assert holds(story, "handoffs.made")
    assert not holds(story, "handoffs.made", minimum=2)


def test_only_the_places_that_the_check_names_do_for_it() -> None:
    story = Story(process()).tell(["/hand-off one nothing, the log was read"])
    assert not holds(story, "handoffs.made", names="two")
    assert mend(story, "handoffs.made", names="two") == "/hand-off two …"
    story.say("/hand-off two OPS-4")
    assert holds(story, "handoffs.made", names="two")


def test_it_is_told_with_its_place() -> None:
    story = Story(process())
    (entry,) = story.say("/hand-off two OPS-4")
    assert entry.event.tell(entry, story.incident) == "two: OPS-4"
    assert entry.event.sentence(entry, story.incident) == "the second: OPS-4"


def test_completion_offers_the_places_of_the_playbook() -> None:
    story = Story(process())
    offered = [word for word, _ in choices_for("/hand-off NAME", story.incident)]
    assert offered == [place.id for place in story.playbook.hand_offs]
    assert offered != []
