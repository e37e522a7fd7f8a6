"""Need to know: an incident is protected for good, an entry until that is taken back."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from incident_tui.domain.confidential.protection import (
    EntryRestricted,
    IncidentProtected,
    Protection,
)
from incident_tui.domain.core.commands import Refused
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.incidents import Story
from tests.support.playbooks.engine import bakery, baking


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/protect", [IncidentProtected()]),
        ("", "/protect names of customers", [IncidentProtected(text="names of customers")]),
        ("cold", "/restrict 2 names one", [EntryRestricted(target="e00002", text="names one")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        (["/protect"], "/protect again", "the incident is protected already", []),
        ([], "/restrict 9 x", "there is no entry 9", []),
        (["cold", "/restrict 2 x"], "/restrict 2 y", "#2 is restricted already", []),
    ]


@pytest.mark.parametrize(("protected", "lines"), [(True, []), (False, ["/protect"])])
def test_it_is_protected_from_the_declaration_on_or_from_a_line_on(
    protected: bool, lines: list[str]
) -> None:
    assert not baking().incident.of(Protection).protected
    story = Story(bakery(), protected=protected).tell(lines)
    assert story.incident.of(Protection).protected


def test_a_protection_is_for_good_and_a_restriction_can_be_taken_back() -> None:
    story = baking("cold", "/restrict 2 names a customer", "/protect")
    with pytest.raises(Refused):
        story.say("/retract 4 not needed")
    story.say("/retract 3 it names nobody")
    protection = story.incident.of(Protection)
    assert (protection.protected, protection.restricted) == (True, {})


def test_a_protection_says_whether_earlier_commits_still_hold_it() -> None:
    story = baking()
    (entry,) = story.record([IncidentProtected(text="names", in_git=True)])
    assert story.incident.of(Protection).in_git == entry
    sentence = entry.event.tell(entry, story.incident)
    assert sentence == "for those only who need to know: names (earlier commits still hold it)"
