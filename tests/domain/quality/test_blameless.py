"""No blame in the record, and no lone cause."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.learning.factors import Factors
from tests.support.incidents import Story
from tests.support.processes import flags_up, holds, mend, process


@pytest.mark.parametrize(
    "line",
    [
        "it was human error",
        "! tell the careless one",
        "? a sloppy deploy",
        "> repaired what ben was to blame for",
        "/update Human error, sorry. next:+30m",
        "+ talk to whoever is at fault owner:ana",
    ],
)
def test_words_of_blame_are_found_wherever_they_stand(line: str) -> None:
    story = Story(process(blameless__wording=0)).tell([line])
    assert mend(story, "blameless.wording") == "/amend 2 …"
    assert [flag.id for flag in flags_up(story)] == ["blameless.wording"]
    story.say("/amend 2 the deploy page hides the zone")
    assert holds(story, "blameless.wording")
    assert flags_up(story) == []


def test_a_field_is_mended_by_writing_it_again() -> None:
    story = Story(process()).tell(["/set severity human error"])
    assert mend(story, "blameless.wording") == "/set severity …"
    assert holds(story.tell(["/set severity high"]), "blameless.wording")


@pytest.mark.parametrize("line", ["/cause human error", "/cause root cause: human error"])
def test_human_error_is_no_cause(line: str) -> None:
    with pytest.raises(Refused, match="human error"):
        Story(process()).say(line)


@pytest.mark.parametrize(
    "typed",
    ["v42 has no limit", "root cause: v42 has no limit", "The root cause was v42 has no limit"],
)
def test_a_root_cause_is_one_technical_trigger(typed: str) -> None:
    """It becomes a factor on the first layer, and the other layers are still asked for."""
    story = Story(process()).tell([f"/cause {typed}"])
    [factor] = story.incident.of(Factors).items
    assert (factor.layer, factor.text) == (story.playbook.layers[0].id, "v42 has no limit")
    assert not holds(story, "factors.enough", factors=3, layers=2)


def test_a_root_cause_without_words_is_refused() -> None:
    with pytest.raises(Refused, match="no text"):
        Story(process()).say("/cause root cause:")


def test_the_cause_is_told_apart_from_what_contributed() -> None:
    """A confirmed cause alone is not enough, and neither is a factor on its own layer."""
    first, second = (layer.id for layer in process().layers[:2])
    story = Story(process())
    assert not holds(story, "factors.apart")
    story.tell(["? the pool", "/hyp 1 confirm so", f"/factor {first} no limit"])
    assert mend(story, "factors.apart") == f"/factor {second} …"
    assert holds(story.tell([f"/factor {second} no alert"]), "factors.apart")


def test_a_single_cause_is_flagged_once_it_is_over() -> None:
    layers = process().layers
    story = Story(process(blameless__single_cause=2)).tell(["? the pool", "/hyp 1 confirm so"])
    assert flags_up(story) == []
    story.say("/state resolved")
    assert [flag.id for flag in flags_up(story)] == ["blameless.single-cause"]
    story.tell([f"/factor {layers[0].id} no limit", f"/factor {layers[1].id} no alert"])
    assert flags_up(story) == []
