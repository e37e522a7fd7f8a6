"""Who types, and under which hat."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from incident_tui.domain.people.identity import Identity, hat_of
from tests.support.concept_lines import RefusedLines, RefusedRow
from tests.support.playbooks.engine import baking


class TestLines(RefusedLines):
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/hat baker", "'baker' is not a hat", []),
    ]


class TestTypingAs:
    def test_somebody_else_can_type(self) -> None:
        assert baking().plan('/me "Ana B"').answer == Identity("Ana B")

    def test_a_hat_can_be_chosen(self) -> None:
        assert baking().plan("/hat Taster").answer == Identity("ana", "taster")

    @pytest.mark.parametrize(
        ("lines", "hat"),
        [
            ([], ""),
            (["/role taster ana"], "taster"),
            (["/role taster ana", "/role lead ana"], "lead"),
            (["/role lead ben"], ""),
        ],
    )
    def test_else_the_most_commanding_hat_worn_is_recorded(
        self, lines: list[str], hat: str
    ) -> None:
        incident = baking(*lines).incident
        assert hat_of(incident, Identity("ana")) == hat
        assert hat_of(incident, Identity("ana", "speaker")) == "speaker"
