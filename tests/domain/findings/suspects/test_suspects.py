"""Changes from before the start: how each is put on record, whatever words it has."""

import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.suspects import hypothesis_line, on_record, suspect_line
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.values.text import clean_line
from tests.domain.findings.suspects.candidates import change
from tests.support.incidents import Story

ANY_TEXT = st.text(max_size=60)
SHA = "3f2a9cd1b00b" + "0" * 28


@pytest.fixture
def story() -> Story:
    return Story()


@given(text=ANY_TEXT, who=ANY_TEXT, where=ANY_TEXT, sha=st.sampled_from(["", SHA]))
def test_a_change_of_any_words_is_one_line_that_says_them_and_its_source(
    text: str, who: str, where: str, sha: str
) -> None:
    story = Story()
    source = clean_line(f"{where}@{sha or 'x'}")
    suspect = change(story, text=text, who=who, where=where, sha=sha, source=source)
    for typed in (suspect_line(suspect), hypothesis_line(suspect, story.incident)):
        assert len(typed.splitlines()) == 1
        line = parse(typed)
        assert line.values["text"].startswith(suspect.line_text())
        assert line.values["src"] == source


def test_a_suspect_is_a_change_from_before_the_start_and_known_by_its_commit(
    story: Story,
) -> None:
    suspect = change(story, minutes=12, sha=SHA, source=f"shop@{SHA}", text='"q" src:x @-5m /undo')
    assert on_record(suspect, story.incident) is None
    story.say(suspect_line(suspect))
    entry = on_record(suspect, story.incident)
    assert entry is not None
    assert entry.at == suspect.at
    assert story.incident.of(Mitigations).items[0].text == suspect.line_text()
    assert story.incident.of(Mitigations).during() == []


def test_a_hypothesis_names_the_signal_that_showed_it_as_its_test(story: Story) -> None:
    story.say("= 5xx 0.3 % -> 12 %")
    story.say(hypothesis_line(change(story, sha=SHA), story.incident))
    [item] = story.incident.of(Hypotheses).items
    assert item.status == "testing"
    assert item.test == "revert 3f2a9cd1b0 on one instance and read 5xx there and beside it"
