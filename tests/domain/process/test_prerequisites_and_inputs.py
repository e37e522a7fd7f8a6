"""What a playbook lists and asks for: prerequisites, inputs, levers, hand-offs.

Each is answered by a line, and once answered it is never asked again.
"""

import pytest

from incident_tui.domain.core.commands import Refused, choices_for
from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, holds, mend, process

ASKED = [
    ("prerequisites.answered", "/prerequisite one yes", "/prerequisite two no-because it is down"),
    ("inputs.linked", "/input one docs/a.md", "/input two none"),
    ("levers.known", "/lever one yes", "/lever two no nobody built it"),
]


@pytest.mark.parametrize(("check", "first", "second"), ASKED)
def test_every_item_of_the_list_wants_an_answer(check: str, first: str, second: str) -> None:
    """A no counts as an answer, and one answer is not enough for two questions."""
    story = Story(process())
    assert not holds(story, check)
    story.say(first)
    assert not holds(story, check)
    story.say(second)
    assert holds(story, check)


@pytest.mark.parametrize("check", [check for check, _, _ in ASKED] + ["handoffs.made"])
def test_the_line_that_a_failing_check_proposes_can_be_typed(check: str) -> None:
    story = Story(process())
    line = mend(story, check).replace("one|two", "one").replace("yes|no-because", "no-because")
    story.say(line.replace("yes|no", "no").replace("…", "OPS-4"))
    assert len(story.entries) == 2


@pytest.mark.parametrize(
    ("line", "source", "shows"),
    [
        (
            "/prerequisite one no-because it is down",
            "prerequisites.all",
            "the first: no, it is down",
        ),
        ("/prerequisite ONE yes", "prerequisites.all", "the first: yes"),
        ("/input two https://ci.example.org", "inputs.all", "the second: https://ci.example.org"),
        ("/lever one yes v41 is there", "levers.all", "the first: yes, v41 is there"),
        ("/hand-off two OPS-4, the alert", "handoffs.all", "the second: OPS-4, the alert"),
    ],
)
def test_answers_fill_the_fields_of_documents(line: str, source: str, shows: str) -> None:
    story = Story(process())
    assert filled(story, source) == ""
    story.say(line)
    assert filled(story, source) == shows


@pytest.mark.parametrize(
    "line", ["/prerequisite three yes", "/input three none", "/lever three no", "/hand-off three x"]
)
def test_an_unlisted_word_is_refused_with_the_words_that_are_listed(line: str) -> None:
    with pytest.raises(Refused) as refused:
        Story(process()).say(line)
    assert [why for why, _ in refused.value.reasons] == ["the first", "the second"]


@pytest.mark.parametrize(
    "line", ["/prerequisite one yes", "/input one none", "/lever one no", "/contain close x"]
)
def test_a_process_that_lists_nothing_says_so(line: str) -> None:
    with pytest.raises(Refused, match="lists no"):
        Story().say(line)


def test_the_last_answer_counts() -> None:
    story = Story(process()).tell(["/lever one yes", "/lever one no it was removed"])
    assert filled(story, "levers.all") == "the first: no, it was removed"


@pytest.mark.parametrize("lead", ["/prerequisite", "/input", "/lever", "/hand-off"])
def test_completion_offers_what_the_playbook_lists(lead: str) -> None:
    story = Story(process())
    offered = choices_for(f"{lead} NAME", story.incident)
    assert offered == [("one", "the first"), ("two", "the second")]
