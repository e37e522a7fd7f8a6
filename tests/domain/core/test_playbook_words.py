"""A word that a line names: every command that takes one of a few finds it, or offers them all."""

import pytest

from incident_tui.domain.core import line_grammar
from tests.support.playbooks.engine import baking, mends, refusal

# A line with a word that is not known -> what it is not, and the first line that it could have been
UNKNOWN = [
    ("/impact people all", "an impact field", "/impact users …"),
    ("/scope people all", "a row of the scope table", "/scope users …"),
    ("/role baker ben", "a hat of this playbook", "/role lead PERSON"),
    ("/hat baker", "a hat of this playbook", "/hat lead"),
    ("/milestone seen", "a milestone", "/milestone started"),
    ("/mitigate pray x", "a kind of mitigation in this playbook", "/mitigate rebake …"),
    ("/strategy pray x", "a change of strategy", "/strategy other-mitigation …"),
    ("/factor mill x", "a layer of this playbook", "/factor oven …"),
    ("/close bored x", "a reason to close early", "/close false-positive WHY"),
    ("/found burn", "record or leave", "/found record"),
    ("/state burnt", "a state", ""),
    ("/snooze-flag smoke 5m x", "a red flag of this playbook", ""),
    ("+ oven class:mend", "a class of action items", ""),
    ("+ oven prio:P9", "a priority", ""),
    ("+ oven term:never", "a term", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "what", "mend"), UNKNOWN, ids=[line for line, *_ in UNKNOWN])
def test_an_unknown_word_is_refused_in_the_same_words(line: str, what: str, mend: str) -> None:
    refused = refusal(baking(), line)
    assert f" is not {what}: " in refused.message
    assert mends(refused)[:1] == ([mend] if mend else [])


@pytest.mark.parametrize("line", [line for line, *_ in UNKNOWN])
def test_each_word_that_could_be_meant_is_offered_as_a_line(line: str) -> None:
    for offered in mends(refusal(baking(), line)):
        assert line_grammar.parse(offered.replace("…", "x")).command.lead == line.split()[0]


def test_a_close_word_is_asked_about() -> None:
    message = refusal(baking(), "/impact user all").message
    assert message == "'user' is not an impact field: did you mean users?"


@pytest.mark.parametrize(
    ("line", "name", "recorded"),
    [
        ("/impact USERS all", "field", "users"),
        ("/scope Dependency mill", "row", "dependency"),
        ("/milestone Detected smoke", "name", "detected"),
        ("/mitigate Rebake it", "mitigates", "rebake"),
        ("/strategy Ask x", "way", "ask"),
        ("/factor OVEN old", "layer", "oven"),
        ("+ oven prio:p1", "priority", "P1"),
        ("/close Duplicate x", "reason", "duplicate"),
    ],
)
def test_letter_case_does_not_matter_and_the_known_word_is_recorded(
    line: str, name: str, recorded: str
) -> None:
    (entry,) = baking().say(line)
    assert getattr(entry.event, name) == recorded
