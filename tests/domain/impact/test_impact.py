"""Who and what is hit, and how far: fields and rows of the impact as lines fill them."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from incident_tui.domain.impact.impact import (
    ImpactSet,
    ScopeSet,
    asked_fields,
    asks_for_scope,
)
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.incidents import playbook


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/impact users all", [ImpactSet(field="users", text="all")]),
        ("", "/scope dependency unknown", [ScopeSet(row="dependency", text="unknown")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/impact user all", "did you mean users?", ["/impact users …"]),
        ([], "/scope user all", "did you mean users?", ["/scope users …"]),
    ]


@pytest.mark.parametrize(
    ("process", "fields", "scope"),
    [
        ("war-room", ["users", "services", "data"], True),
        ("mitigate-first", ["users", "data", "business"], False),
        ("command", ["users", "services", "data", "status", "business"], True),
    ],
)
def test_what_is_asked_for_is_what_the_gates_of_the_process_want(
    process: str, fields: list[str], scope: bool
) -> None:
    assert asked_fields(playbook(process)) == fields
    assert asks_for_scope(playbook(process)) is scope
