"""The decision what happens to an unsafe path."""

import pytest

from incident_tui.domain.core.commands import Refused
from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, flags_up, holds, process


def test_a_decision_with_its_reason_is_asked_for() -> None:
    story = Story(process())
    assert not holds(story, "containment.decided")
    story.say("/contain close orders must not be written twice")
    assert holds(story, "containment.decided")
    expected = "the path is refused: orders must not be written twice"
    assert filled(story, "containment.decision") == expected


def test_the_newest_decision_holds() -> None:
    story = Story(process()).tell(["/contain keep it is harmless", "/contain close it is not"])
    assert filled(story, "containment.decision") == "the path is refused: it is not"


def test_the_same_decision_twice_is_refused() -> None:
    story = Story(process()).tell(["/contain keep it is harmless"])
    with pytest.raises(Refused, match="decided already"):
        story.say("/contain keep it is harmless")


@pytest.mark.parametrize(
    ("lines", "minutes", "up"),
    [
        (["/contain keep it is harmless"], 9, False),
        (["/contain keep it is harmless"], 10, True),
        (["/contain keep it is harmless", "/contain close it is not"], 60, False),
        (["/contain keep it is harmless", "/state mitigated it stopped"], 60, False),
        ([], 60, False),
    ],
)
def test_an_unsafe_path_kept_open_is_flagged(lines: list[str], minutes: int, up: bool) -> None:
    """Only while users suffer, and only after the time that the playbook gives it."""
    story = Story(process(containment__kept_open=10)).tell(lines)
    assert bool(flags_up(story, minutes=minutes)) == up
