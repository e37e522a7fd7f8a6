"""The grammar of log lines: signs, escapes, quotes, attributes, and errors with their column."""

import re

import pytest

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Command, LineError
from incident_tui.domain.core.line_grammar import Line, format_line, parse
from tests.support.playbooks.engine import baking

baking()  # the verbs are declared once the rooms are loaded


@pytest.mark.parametrize(
    ("typed", "lead", "at", "values"),
    [
        ("error rate 14 %", "", "", {"text": "error rate 14 %"}),
        ("  several   blanks  ", "", "", {"text": "several   blanks"}),
        ("two\nlines", "", "", {"text": "two lines"}),
        ("!now", "!", "", {"text": "now"}),
        ("@14:02 ! now", "!", "14:02", {"text": "now"}),
        ("@-5m smoke", "", "-5m", {"text": "smoke"}),
        ("@5m ago smoke", "", "5m ago", {"text": "smoke"}),
        ("@yesterday 23:10 smoke", "", "yesterday 23:10", {"text": "smoke"}),
        ('@"14:02" PM is wrong', "", "14:02", {"text": "PM is wrong"}),
        ("@14:02, smoke", "", "14:02", {"text": "smoke"}),
        (r"\! not a decision", "", "", {"text": "! not a decision"}),
        (r"\? \! only the first", "", "", {"text": r"? \! only the first"}),
        (r"\/var/log is full", "", "", {"text": "/var/log is full"}),
        (r"\@home", "", "", {"text": "@home"}),
        (r"\\server\share", "", "", {"text": r"\server\share"}),
        (r"\no escape", "", "", {"text": r"\no escape"}),
        (r"\src:this is text", "", "", {"text": "src:this is text"}),
        ("smoke src:the dashboard", "", "", {"text": "smoke", "src": "the dashboard"}),
        (r"smoke \src:of what?", "", "", {"text": "smoke src:of what?"}),
        ("smoke src: nothing", "", "", {"text": "smoke src: nothing"}),
        ("http://x?src:y", "", "", {"text": "http://x?src:y"}),
        ('+ a "second" oven', "+", "", {"text": 'a "second" oven'}),
        ('+ a owner:"Ana B"', "+", "", {"text": "a", "owner": "Ana B"}),
        (r'+ a verify:"says \"hot\""', "+", "", {"text": "a", "verify": 'says "hot"'}),
        ('+ a verify:"b owner:c"', "+", "", {"text": "a", "verify": "b owner:c"}),
        (r"+ a \owner: b owner:c", "+", "", {"text": r"a \owner: b", "owner": "c"}),
        (r"+ a \owner:b owner:c", "+", "", {"text": "a owner:b", "owner": "c"}),
        ('> a:"b undo:c', ">", "", {"text": 'a:"b', "undo": "c"}),
        ("/update x next:tomorrow 09:00", "/update", "", {"text": "x", "next": "tomorrow 09:00"}),
        ("/update next:+30m", "/update", "", {"next": "+30m"}),
        ('= "oven heat" 1 -> 2', "=", "", {"reading": '"oven heat" 1 -> 2'}),
        ("/act #12 done", "/act", "", {"n": "12"}),
        ("/hyp 007 for x", "/hyp", "", {"n": "7", "text": "x"}),
        ("/role all ana", "/role", "", {"person": "ana"}),
        ("/role all-round ana", "/role", "", {"hat": "all-round", "person": "ana"}),
        ("/role scribe -", "/role", "", {"hat": "scribe"}),
        ("/update two\nlines", "/update", "", {"text": "two\nlines"}),
        ("/update\ntwo\n\nlines\nnext:+30m", "/update", "",
         {"text": "two\n\nlines", "next": "+30m"}),
        ("/update a\n\\next:b next:tomorrow\n09:00", "/update", "",
         {"text": "a\nnext:b", "next": "tomorrow 09:00"}),
        ("@14:02\n/set risk one\n  two", "/set", "14:02", {"field": "risk", "value": "one\n  two"}),
        ('/checkpoint "Ana decide:c" d', "/checkpoint", "", {"name": '"Ana', "decide": 'c" d'}),
        ('/checkpoint "Ana\nB" a\nb decide:c\nd', "/checkpoint", "",
         {"name": "Ana B", "text": "a\nb", "decide": "c d"}),
        ("! two\nlines", "!", "", {"text": "two lines"}),
        ("/hyp 1 test one\n  two", "/hyp", "", {"n": "1", "text": "one two"}),
        ('+ a verify:"b\n c"', "+", "", {"text": "a", "verify": "b c"}),
    ],
)  # fmt: skip
def test_a_line_is_split(typed: str, lead: str, at: str, values: dict[str, str]) -> None:
    line = parse(typed)
    assert (line.command.lead, line.at, line.values) == (lead, at, values)
    assert parse(format_line(line)) == line


@pytest.mark.parametrize(
    ("typed", "column", "says"),
    [
        ("", 0, "an empty line"),
        ("   ", 3, "an empty line"),
        ("@", 1, "a time is expected after @"),
        ("@ smoke", 1, "a time is expected after @"),
        ("@14:02", 6, "what happened then?"),
        ('@"yesterday 23:10 smoke', 1, "the quotes around the time are not closed"),
        ('@"x /link y src:z', 1, "the quotes around the time are not closed"),
        ("/svr HIGH", 0, "did you mean /sev"),
        ("@14:02 /svr HIGH", 7, "did you mean /sev"),
        ("//", 0, "there is no command //"),
        ("/", 1, "a command: /ack, "),
        ("!", 1, "TEXT is missing; the form is: ! TEXT [src:TEXT]"),
        ("/sev", 4, "LEVEL is missing"),
        ("  /sev", 6, "LEVEL is missing"),
        ("/hyp one test x", 5, "a number is expected, not 'one'"),
        ("/hyp 99999999 test x", 5, "a number is expected"),
        ("/hyp 1 tset x", 7, "'tset' does not fit here: did you mean test?"),
        ("/hyp 1", 6, "a word is missing: one of: for, against, "),
        ("/hyp 1 test", 11, "TEXT is missing"),
        ('/hyp 1 test ""', 12, "TEXT is empty"),
        ("/set seen ''", 10, "VALUE is empty"),
        ("/act 1 owner:a owner:b", 7, "owner: is given twice"),
        ("/cadence 20m please", 13, "nothing is expected here"),
        ("/undo 3", 6, "nothing is expected here"),
        ("/cadence 20m\nplease", 13, "nothing is expected here"),
        ("=", 1, "READING is missing"),
    ],
)
def test_what_does_not_fit_is_told_at_its_column(typed: str, column: int, says: str) -> None:
    with pytest.raises(LineError, match=re.escape(says)) as caught:
        parse(typed)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("form", "name"),
    [(form, name) for form in commands.every_command() for name in sorted(form.keys)],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_part_that_was_named_and_left_empty_is_asked_for(form: Command, name: str) -> None:
    """It is neither text nor nothing: whoever named it meant to say it."""
    given = parse(form.example).values
    needed = {part: given[part] for part in given if part not in form.attributes | {"why:"}}
    line = format_line(Line(form, needed))
    quoted = (f'{name}:""', f'{name}:" "')
    for empty in (f"{name}:", *quoted) if form.lead else quoted:
        for rest in ("", *(f' {other}:"x"' for other in {*form.keys} - {name})):
            with pytest.raises(LineError, match=f"^{name}: is empty") as caught:
                parse(f"{line} {empty}{rest}")
            assert caught.value.column == len(f"{line} {name}:")
    if any(part.kind == "rest" and part.name in needed for part in form.parts):
        word = parse(f"{line} \\{name}:")
        assert [*word.values] == [*needed]
        assert format_line(word) == f"{line} \\{name}:"


@pytest.mark.parametrize("text", ["see src:", "ana: it is in src: "])
def test_a_fact_is_not_refused_for_a_word_that_names_a_part(text: str) -> None:
    assert parse(text).values == {"text": text.strip()}


@pytest.mark.parametrize(
    ("typed", "says"),
    [('/hand-off "" more', "NAME is empty"), ('/role scribe ""', "PERSON is empty")],
)
def test_an_empty_word_is_asked_for(typed: str, says: str) -> None:
    with pytest.raises(LineError, match=f"^{says}"):
        parse(typed)


@pytest.mark.parametrize(
    ("typed", "columns"),
    [
        ("@14:02 smoke src:pager", {"at": 1, "text": 7, "src": 17}),
        ('  @"5m ago" smoke', {"at": 4, "text": 12}),
        ("/hyp 1 test sniff", {"n": 5, "text": 12}),
    ],
)
def test_each_value_knows_where_it_stands_in_what_was_typed(
    typed: str, columns: dict[str, int]
) -> None:
    assert parse(typed).columns == columns


@pytest.mark.parametrize(
    ("at", "text"),
    [("-5m", "10m of errors"), ("14:02", "PM outage"), ("5m ago", "smoke"), ("14:02", "smoke")],
)
def test_a_time_never_takes_words_of_the_text_along(at: str, text: str) -> None:
    line = Line(parse("x").command, {"text": text}, at)
    assert parse(format_line(line)) == line


def test_a_text_of_several_lines_keeps_its_time() -> None:
    line = Line(parse("/update x").command, {"text": "one\ntwo"}, "-5m")
    assert parse(format_line(line)) == line


def test_an_unknown_command_names_the_near_ones() -> None:
    with pytest.raises(LineError, match=r"did you mean .*/update"):
        parse("/updat x")
    with pytest.raises(LineError, match="F1 finds a command by what it does"):
        parse("/xyzzy")
