"""Entries that lie beside the log: a line says what becomes of them, and records nothing itself."""

import pytest

from incident_tui.domain.core.commands import choices_for
from incident_tui.domain.quality.unverified_entries import UnverifiedChoice
from tests.support.playbooks.engine import baking, mends, refusal


@pytest.mark.parametrize(
    ("line", "record"), [("/found record", True), ("/found RECORD", True), ("/found leave", False)]
)
def test_the_choice_is_handed_on(line: str, record: bool) -> None:
    story = baking()
    before = story.entries
    assert story.plan(line).unverified_choice == UnverifiedChoice(record)
    assert story.entries == before


def test_another_word_is_refused_with_both_choices() -> None:
    refused = refusal(baking(), "/found delete")
    assert "'delete' is not record or leave" in refused.message
    assert mends(refused) == ["/found record", "/found leave"]


def test_completion_offers_both_with_what_they_mean() -> None:
    offered = choices_for("/found CHOICE", baking().incident)
    assert [word for word, _ in offered] == ["record", "leave"]
    assert all(meaning for _, meaning in offered)
