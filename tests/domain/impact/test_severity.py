"""The severity: one of the playbook's levels, told with what it was before."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.impact.severity import SeverityChanged, level_named
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.incidents import Story, playbook


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/sev high no bread", [SeverityChanged(level="HIGH", why="no bread")]),
        ("/sev HIGH", "/sev LOW", [SeverityChanged(level="LOW", before="HIGH")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/sev AWFUL", "'AWFUL' is not a severity", ["/sev HIGH|LOW"]),
        (["/sev HIGH"], "/sev HIGH", "the severity is HIGH already", []),
    ]


@pytest.mark.parametrize("typed", ["2", "sev2", "SEV2", "Sev2", "s2", "sev-2", "p2", "P2"])
def test_a_severity_is_named_by_its_number_or_in_any_case(typed: str) -> None:
    assert level_named(playbook(), typed) == "SEV2"


@pytest.mark.parametrize("typed", ["9", "SEV9", "SEV", "22", "", "p0", "s22", "v2", "-2", "p2x"])
def test_no_severity_is_guessed(typed: str) -> None:
    """At night the one that is proposed would be taken."""
    with pytest.raises(Refused) as refused:
        level_named(playbook(), typed, line="/sev {}")
    assert "did you mean" not in refused.value.message
    assert [mend for _, mend in refused.value.reasons] == ["/sev SEV1|SEV2|SEV3|SEV4"]


@pytest.mark.parametrize(
    ("typed", "level"), [("P1", "P1"), ("p0", "P0"), ("prio 1", "P1"), ("1", "P1")]
)
def test_levels_counted_from_nought_are_named_by_their_own_word(typed: str, level: str) -> None:
    assert level_named(playbook("mitigate-first"), typed) == level


@pytest.mark.parametrize("typed", ["SEV1", "sev 1", "s0", "severity-2"])
def test_the_worst_of_another_scale_is_not_taken_for_the_second_of_this_one(typed: str) -> None:
    """Where everything is down that is SEV1, and here P0: P1 would call nobody."""
    with pytest.raises(Refused) as refused:
        level_named(playbook("mitigate-first"), typed, line="/sev {}")
    assert [mend for _, mend in refused.value.reasons] == ["/sev P0|P1|P2|P3"]


@pytest.mark.parametrize(
    ("line", "why"),
    [("/sev sev 2", ""), ("/sev SEV 2 all down", "all down"), ("/sev severity 2  a b", "a b")],
)
def test_the_number_may_stand_apart_from_the_word(line: str, why: str) -> None:
    assert Story().say(line)[0].event == SeverityChanged(level="SEV2", why=why)


@pytest.mark.parametrize("line", ["/sev sev 22", "/sev all 2", "/sev sev 2nd region", "/sev sev"])
def test_a_number_that_stands_elsewhere_is_none_of_a_level(line: str) -> None:
    with pytest.raises(Refused, match="is not a severity"):
        Story().say(line)
