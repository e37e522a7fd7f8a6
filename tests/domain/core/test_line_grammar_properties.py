"""Laws of the log line that hold for whatever is typed."""

from contextlib import suppress

import pytest
from hypothesis import example, given, strategies as st

from incident_tui.domain import discovery
from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Command, LineError, Part, Refused
from incident_tui.domain.core.line_grammar import Line, format_line, parse
from incident_tui.domain.values.text import clean, clean_line
from incident_tui.service.session.incident_session import IncidentSession
from tests.security.fuzz.checks import says_another_form
from tests.support.homes import Kitchen

discovery.load()

# Free text is rarely a line; texts of these pieces nearly are.
PIECES = [
    "@", "14:02", "-5m", "yesterday", " ", " ", " ", '"', "\\", "\n", "src:", "owner:", "undo:",
    "next:", "due:", "by:", "ref:", "-", "->", "1", "#2", "99999999999", "x", "[", "\x1b",
    "\u202e", "\ud800", "fri", "test", "done", "all", "not-needed", "SEV", "HIGH", "é", "…",
    *commands.leads(),
]  # fmt: skip
nearly_lines = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
any_text = nearly_lines | st.text(max_size=60) | st.text(
    st.characters(categories=["Cc", "Cf", "Cs", "Zs", "Po"]), max_size=20
)  # fmt: skip


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> IncidentSession:
    """An incident in which most commands have something to work on."""
    opened = Kitchen(tmp_path_factory.mktemp("home")).open()
    opened.enter_group(["? gas", "> flour", "+ oven", "/question who?", "/guardrail two", "/undo"])
    return opened


@given(any_text)
@example("/milestone started " + "9" * 5000)
def test_whatever_is_typed_is_planned_or_refused(session: IncidentSession, text: str) -> None:
    """No other exception ever reaches whoever types."""
    with suppress(LineError, Refused):
        assert session.plan(text).line.command.name


def _column_of_error(text: str) -> int:
    try:
        parse(text)
    except LineError as error:
        return error.column
    return 0


@given(any_text)
def test_the_column_of_an_error_lies_in_the_text(text: str) -> None:
    assert 0 <= _column_of_error(text) <= len(text)


cleaned = st.text(min_size=1, max_size=25).map(clean_line).filter(bool)
tricky = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join).map(clean_line)
values = cleaned | tricky.filter(bool)
several = st.lists(values, min_size=1, max_size=3).map("\n".join).map(clean)
numbers = st.integers(1, 9_999_999).map(str)
times = st.sampled_from(
    ["", "", "14:02", "14:02Z", "-5m", "5m ago", "yesterday 23:10", "now", "2026-11-20T14:02+01:00"]
)


def _value_of(form: Command, part: Part) -> st.SearchStrategy[str]:
    if part.kind == "number":
        return numbers
    return several if form.lines and part.kind == "rest" else values


def _lines_of(form: Command) -> st.SearchStrategy[Line]:
    """Lines as `parse` makes them: an optional placeholder is given only after those before it."""
    positional = [part for part in form.parts if part.kind not in ("literal", "attribute")]
    needed = [part for part in positional if not part.optional]
    attributes = [part for part in form.parts if part.kind == "attribute"]

    def build(count: int) -> st.SearchStrategy[Line]:
        given_parts = positional[:count]
        return st.builds(
            lambda at, values: Line(form, values, at),
            times,
            st.fixed_dictionaries(
                {part.name: _value_of(form, part) for part in given_parts},
                optional={part.name: values for part in attributes},
            ),
        )

    return st.integers(len(needed), len(positional)).flatmap(build)


@given(st.sampled_from(commands.every_command()).flatmap(_lines_of))
def test_a_line_reads_back_from_what_it_is_formatted_as(line: Line) -> None:
    if not says_another_form(line):
        assert parse(format_line(line)) == line
