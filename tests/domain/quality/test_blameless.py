"""No blame in the record, and no lone cause."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.doubts import DoubtOverruled
from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.line_plan import planned, sure
from incident_tui.domain.people.identity import Identity
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.values.wording import QUESTION
from tests.support.incidents import Story
from tests.support.playbooks.engine import refusal
from tests.support.playbooks.processes import flags_up, holds, mend, process


@pytest.mark.parametrize(
    "line",
    [
        "it was human error",
        "! tell the careless one",
        "? a sloppy deploy",
        "> repaired what ben was to blame for",
        "/update Human error, sorry. next:+30m",
        "who broke it?",
    ],
)
def test_what_was_seen_or_done_is_recorded_as_it_was_said_and_flagged(line: str) -> None:
    story = Story(process(blameless__wording=0)).tell([line])
    assert mend(story, "blameless.wording") == "/amend 2 …"
    assert [flag.id for flag in flags_up(story)] == ["blameless.wording"]
    story.say("/amend 2 the deploy page hides the zone")
    assert holds(story, "blameless.wording")
    assert flags_up(story) == []


CONCLUSIONS = [
    ("/cause {}", "/cause …"),
    ("/cause root cause: {}", "/cause …"),
    ("/factor trigger {}", "/factor trigger …"),
    ("/why {}", "/why …"),
    ("+ alert: {} owner:ana", "+ …"),
    ("/set severity {}", "/set severity …"),
    ("/hyp 1 confirm {}", "/hyp 1 confirm …"),
    ("/amend 3 {}", "/amend 3 …"),
]


@pytest.mark.parametrize(("line", "again"), CONCLUSIONS)
@pytest.mark.parametrize("blame", ["human error", "ben forgot the limit", "ana should have asked"])
def test_a_conclusion_that_blames_is_asked_for_in_other_words(
    line: str, again: str, blame: str
) -> None:
    story = Story(process()).tell(["? the pool", "/factor trigger no limit", "/role scribe ben"])
    refused = refusal(story, line.format(blame))
    assert "says who" in refused.message
    first, (_, answered) = refused.reasons
    assert first == (QUESTION, again)
    assert blame in answered
    assert answered.endswith(' why:"…"')


@pytest.mark.parametrize("line", [line for line, _ in CONCLUSIONS])
def test_a_conclusion_that_was_caught_wrongly_is_answered_once_and_then_left_alone(
    line: str,
) -> None:
    story = Story(process(blameless__wording=0))
    story.tell(["? the pool", "/factor trigger no limit", "/role scribe ben"])
    story.say(f'{line.format("human error")} why:"it quotes the label human error of the form"')
    answer = story.entries[-1].event
    assert isinstance(answer, DoubtOverruled)
    assert (answer.rule, answer.text) == (
        "blameless.wording",
        "it quotes the label human error of the form",
    )
    assert holds(story, "blameless.wording")
    assert flags_up(story) == []


def test_to_be_sure_is_no_answer_to_a_conclusion_that_blames() -> None:
    story = Story(process())
    with pytest.raises(Refused, match="says who"):
        planned(
            sure(parse("/cause human error")),
            story.incident,
            Identity("ana"),
            now=story.now,
            zone=story.zone,
        )


@pytest.mark.parametrize("line", [line for line, _ in CONCLUSIONS])
def test_a_conclusion_about_what_a_thing_did_is_recorded(line: str) -> None:
    story = Story(process()).tell(["? the pool", "/factor trigger no limit", "/role scribe ben"])
    story.say(line.format("the breaker forgot the limit that ben had set"))
    assert holds(story, "blameless.wording")


def test_a_field_of_an_older_log_is_mended_by_writing_it_again() -> None:
    story = Story(process())
    story.record([FieldSet(stage="triage", field="severity", text="human error")])
    assert mend(story, "blameless.wording") == "/set severity …"
    assert holds(story.tell(["/set severity high"]), "blameless.wording")


def test_somebody_who_comes_later_is_blamed_by_what_was_said_before() -> None:
    story = Story(process()).tell(["the flag that Marlow broke"])
    assert holds(story, "blameless.wording")
    story.say("/role scribe Marlow")
    assert not holds(story, "blameless.wording")


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
