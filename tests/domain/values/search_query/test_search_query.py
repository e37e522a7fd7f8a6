"""What is typed to search: words, phrases, beginnings and filters, and nothing is a mistake."""

import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.values.search_query import FILTERS, Query, Term, parse_query


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", Query()),
        ("  .* -> ", Query()),
        ("pool", Query((Term("pool"),))),
        ("pool eu-west", Query((Term("pool"), Term("eu-west")))),
        ('"retry storm"', Query((Term("retry storm"),))),
        ('"retry storm', Query((Term("retry storm"),))),
        ("exhaust*", Query((Term("exhaust", prefix=True),))),
        ("severity:SEV1", Query((), {"severity": ("SEV1",)})),
        ("Severity:SEV1 severity:SEV2", Query((), {"severity": ("SEV1", "SEV2")})),
        ('since:"2026-11-01 10:00" x', Query((Term("x"),), {"since": ("2026-11-01 10:00",)})),
        ("sev:SEV1 by:ana", Query((), {"severity": ("SEV1",), "person": ("ana",)})),
        ("kind: by:", Query()),
        ("colour:", Query((Term("colour:"),))),
        ("after:14:00 before:15:00", Query((), {"since": ("14:00",), "until": ("15:00",)})),
        ("colour:red", Query((Term("colour:red"),))),
        ("https://example.org/x", Query((Term("https://example.org/x"),))),
    ],
)
def test_a_query_is_understood(typed: str, query: Query) -> None:
    assert parse_query(typed) == query


@given(st.text())
def test_any_text_is_a_query(typed: str) -> None:
    query = parse_query(typed)
    assert set(query.filters) <= set(FILTERS)
    assert all(term.text for term in query.terms)


def test_where_only_some_filters_are_known_the_others_are_words() -> None:
    query = parse_query("kind:fact severity:SEV1", names=("kind",))
    assert query == Query((Term("severity:SEV1"),), {"kind": ("fact",)})


@pytest.mark.parametrize(
    ("typed", "kinds", "allowed"),
    [
        ("pool", ["fact"], True),
        ("kind:Fact pool", ["fact"], True),
        ("kind:fact kind:decision pool", ["decision"], True),
        ("kind:decision pool", ["fact"], False),
    ],
)
def test_a_query_is_held_against_the_answers_to_its_filters(
    typed: str, kinds: list[str], allowed: bool
) -> None:
    assert parse_query(typed).allows("kind", kinds) is allowed
