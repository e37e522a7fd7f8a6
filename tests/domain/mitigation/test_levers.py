"""Levers: it is known which ways to stop the impact exist now, and the last answer counts."""

import pytest

from incident_tui.domain.mitigation.levers import Levers
from tests.support.incidents import Story
from tests.support.playbooks.processes import process


@pytest.mark.parametrize(
    ("lines", "present", "answers"),
    [
        ([], set(), {}),
        (["/lever one yes"], {"one"}, {"one": "yes"}),
        (["/lever ONE yes v41 is there"], {"one"}, {"one": "yes, v41 is there"}),
        (["/lever one no nobody built it"], set(), {"one": "no, nobody built it"}),
        (["/lever one yes", "/lever one no it was removed"], set(), {"one": "no, it was removed"}),
        (["/lever one no", "/lever one yes"], {"one"}, {"one": "yes"}),
        (["/lever one yes", "/retract 2 it does not"], set(), {}),
    ],
)
def test_what_is_known_of_each(
    lines: list[str], present: set[str], answers: dict[str, str]
) -> None:
    levers = Story(process()).tell(lines).incident.of(Levers)
    assert (levers.present, levers.answers) == (present, answers)


def test_an_answer_is_told_with_the_lever() -> None:
    story = Story(process())
    (entry,) = story.say("/lever two no nobody built it")
    assert entry.event.tell(entry, story.incident) == "two: no, nobody built it"
