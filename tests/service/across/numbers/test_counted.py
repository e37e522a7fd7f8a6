"""Numbers over some incidents leave out what is not known, and say of how many."""

from datetime import UTC, datetime

from msgspec.structs import replace

from incident_tui.domain.outline import outline
from incident_tui.service.across.numbers.counted import Counted, ImpactTime
from tests.support.incidents import Story

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def test_incidents_whose_impact_is_not_known_are_counted_beside_those_of_which_it_is() -> None:
    known = replace(outline(Story().incident), impact={"SEV2": 60.0})
    counted = Counted([known, known, replace(known, impact=None)], NOW, UTC)
    assert counted.impact == {"SEV2": ImpactTime(120.0, 2)}
    assert counted.impact_unknown == 1
