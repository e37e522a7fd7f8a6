"""Updates as they are typed and drafted: what they hold, and which promise they want."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from incident_tui.domain.handover.update_drafts import draft
from incident_tui.domain.impact.updates import UpdatePosted
from tests.support.concept_lines import NOW, ConceptLines, RecordedRow, RefusedRow
from tests.support.incidents import Story


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        (
            "",
            "/update soon next:+30m",
            [UpdatePosted(text="soon", form="initial", next_at=NOW + timedelta(minutes=30))],
        ),
        (
            "/update soon next:+30m",
            "/update sooner next:tomorrow 09:00",
            [UpdatePosted(text="sooner", next_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC))],
        ),
        (
            "/state resolved",
            "/update it is over",
            [UpdatePosted(text="it is over", form="resolution")],
        ),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/update soon", "leaves people waiting", ["/update soon next:+30m"]),
        ([], "/update soon next:yesterday", "the time of the next update 'yesterday'", []),
    ]


@pytest.mark.parametrize(
    ("lines", "unknown"),
    [
        ((), "the cause"),
        (("/question which regions",), "the cause; which regions"),
        (("? the pool",), "the cause (suspected: the pool)"),
        (("? the pool", "/hyp 1 confirm seen", "/question which regions"), "which regions"),
    ],
)
def test_what_is_not_known_is_the_cause_until_one_is_confirmed_and_what_was_asked(
    lines: Sequence[str], unknown: str
) -> None:
    assert draft(Story().tell(lines).incident).endswith(f"\nNot known yet: {unknown}")
