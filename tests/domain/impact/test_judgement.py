"""Where the process says so, the severity is radius times urgency, said in one line."""

import pytest

from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.values.playbook import PlaybookError
from tests.support.incidents import Story, playbook
from tests.support.playbooks.engine import bakery, mends, refusal
from tests.support.playbooks.processes import holds, mend


def test_one_line_says_both_and_sets_the_level() -> None:
    story = Story(playbook("command"))
    assert mend(story, "judgement.made") == ("/judge widespread|bounded|internal now|soon|later")
    story.say("/judge bounded now one payment method fails")
    assert story.incident.of(SeverityState).level == "high"
    assert holds(story, "judgement.made")
    assert len(story.say("/judge internal soon")) == 2
    assert len(story.say("/judge internal later")) == 1, "the level stays"


def test_another_level_than_the_one_that_follows_is_asked_about() -> None:
    story = Story(playbook("command")).tell(["/judge widespread now", "/sev low it is nothing"])
    assert mend(story, "judgement.made") == "/sev highest WHY"


def test_a_process_without_the_table_names_its_own_way() -> None:
    assert mends(refusal(Story(), "/judge all now")) == ["/sev SEV1|SEV2|SEV3|SEV4 WHY"]
    assert holds(Story(), "judgement.made")


def test_words_that_the_table_does_not_know_are_refused_with_those_that_it_does() -> None:
    story = Story(playbook("command"))
    assert "bounded" in refusal(story, "/judge many now").message
    assert "soon" in refusal(story, "/judge bounded whenever").message


@pytest.mark.parametrize(
    ("levels", "problem"), [([["HIGH"]], "a row for each"), ([["HIGH", "ODD"]], "'ODD'")]
)
def test_a_table_that_does_not_fit_is_a_problem_of_the_playbook(
    levels: list[list[str]], problem: str
) -> None:
    words = [{"id": "now", "title": "now"}, {"id": "later", "title": "later"}]
    with pytest.raises(PlaybookError, match=problem):
        bakery(judgement={"radius": words[:1], "urgency": words, "levels": levels})
