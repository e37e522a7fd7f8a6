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
        ([], "/me", "who is typing?", ["/me PERSON"]),
        *(
            ([], f"/me {meant}", "a line to be recorded, not a name", [meant])
            for meant in (
                "= p95 4.2s -> 310ms src:dash",
                "p95 4.2s -> 310ms",
                "! fix rolled back",
                "> all clear",
                "? the cache is cold",
                "+ add an alert owner:ben",
                "/sev 2",
                "/SEV 2",
                "14:02 rolled back",
                "timeouts src:dash",
                "we see timeouts in the checkout",
            )
        ),
        ([], '/me "= p95 4.2s"', "a line to be recorded, not a name", ["= p95 4.2s"]),
    ]


class TestTypingAs:
    def test_somebody_else_can_type(self) -> None:
        assert baking().plan('/me "Ana B"').answer == Identity("Ana B")

    @pytest.mark.parametrize(
        "name", ["ben", "@ben", "Ana María de la Cruz", "ben@example.org", "O'Neil", "on-call 2"]
    )
    def test_a_name_is_one_as_people_and_rotas_write_it(self, name: str) -> None:
        assert baking().plan(f"/me {name}").answer == Identity(name)

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
