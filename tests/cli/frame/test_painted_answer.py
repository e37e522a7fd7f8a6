"""Answers on a terminal: painted, and fitted to it. Everywhere else the same plain text."""

import re
import sys
from itertools import product

import pytest
from click.testing import CliRunner
from hypothesis import given, strategies as st
from rich.cells import cell_len

from incident_tui.cli import root
from incident_tui.cli.frame.lines import Share, Tone, Toned, columns
from incident_tui.cli.frame.painted_answer import painted
from tests.cli.conftest import Terminal
from tests.support.paths import ROOT
from tests.support.terminals.shells import at_terminal, written_to_terminal

PROGRAM = [sys.executable, "-m", "incident_tui"]
KNOWN = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
"""A terminal of which something is known."""
COLOUR = re.compile(r"\x1b\[[0-9;]*\b(3[0-7]|4[0-7]|9[0-7])[;m]")
ANY_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(terminal: Terminal, *words: str, **env: str) -> str:
    """What a command writes to a terminal of 80 columns, or of COLUMNS."""
    outside = terminal.outside(**KNOWN | env)
    written = written_to_terminal(
        lambda: root.main([*words], "incident-tui", standalone_mode=False, obj=outside)
    )
    return written.replace("\r\n", "\n")


def piped(terminal: Terminal, *words: str, **env: str) -> str:
    """What it writes elsewhere."""
    outside = terminal.outside(**KNOWN | env)
    return CliRunner().invoke(root, [*words], obj=outside, catch_exceptions=False).stdout


def program_on_terminal(terminal: Terminal, *words: str, **env: str) -> str:
    """What the program writes to a terminal, started as users start it."""
    whole = terminal.env | KNOWN | {"PYTHONPATH": str(ROOT)} | env
    with at_terminal([*PROGRAM, *words], whole, terminal.cwd) as user:
        return user.rest().replace("\r\n", "\n")


HOSTILE = "[red]not red[/red] [@click=app.quit]no link[/] :skull: [/"


@pytest.fixture
def hostile(terminal: Terminal) -> Terminal:
    """A home with an incident of severity 1, whose title is hostile."""
    terminal.declared(HOSTILE, "--severity", "SEV1")
    terminal.ok("log", "+ renew the certificate owner:ana due:2026-11-21 prio:P1")
    return terminal


COMMANDS = [["list"], ["show"], ["gate"], ["actions"], ["verify"], ["playbook", "show", "gated"]]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_an_answer_is_painted_on_a_terminal_and_plain_in_a_pipe_whatever_is_around_it(
    hostile: Terminal, words: list[str]
) -> None:
    assert ANY_STYLE.search(on_terminal(hostile, *words, COLUMNS="200"))
    plain = piped(hostile, *words)
    assert "\x1b" not in plain
    assert piped(hostile, *words, COLUMNS="40", NO_COLOR="1") == plain


@pytest.mark.parametrize(("words", "width"), product(COMMANDS[:4], [40, 76, 140]))
def test_no_line_is_wider_than_the_terminal(
    hostile: Terminal, words: list[str], width: int
) -> None:
    shown = ANY_STYLE.sub("", on_terminal(hostile, *words, COLUMNS=str(width)))
    assert max(map(cell_len, shown.splitlines())) <= width


def test_without_colours_the_weights_remain(hostile: Terminal) -> None:
    assert COLOUR.search(on_terminal(hostile, "show"))
    shown = on_terminal(hostile, "show", NO_COLOR="1")
    assert not COLOUR.search(shown)
    assert "\x1b[1m" in shown


def test_a_terminal_of_which_nothing_is_known_gets_plain_text(hostile: Terminal) -> None:
    assert "\x1b" not in on_terminal(hostile, "list", TERM="dumb")


def test_what_users_wrote_is_no_markup(hostile: Terminal) -> None:
    shown = ANY_STYLE.sub("", on_terminal(hostile, "list", COLUMNS="200"))
    assert HOSTILE in shown


def test_the_head_of_a_table_is_for_people_only(hostile: Terminal) -> None:
    assert on_terminal(hostile, "list", COLUMNS="200").count("severity") == 1
    assert "severity" not in piped(hostile, "list")


def test_a_terminal_without_utf_8_gets_bars_of_letters(hostile: Terminal) -> None:
    shown = program_on_terminal(hostile, "show")
    assert "━" in shown or "─" in shown
    shown = program_on_terminal(hostile, "show", LC_ALL="C")
    gate = next(line for line in shown.splitlines() if "Gate" in line)
    assert "-" in gate
    assert gate.isascii()


def test_the_columns_of_a_table_stay_below_each_other_across_lines_between() -> None:
    rows = columns([("a", "x" * 9, "one"), ("データ", "y", "two")], head=("k", "what", "n"))
    between = Toned("    between", Tone.FAINT)
    shown = painted([rows[0], between, rows[1]], width=60, colours=False, encoding="utf-8")
    lines = ANY_STYLE.sub("", shown).splitlines()
    assert [line.split() for line in lines] == [
        ["k", "what", "n"], ["a", "x" * 9, "one"], ["between"], ["データ", "y", "two"],
    ]  # fmt: skip
    places = [cell_len(line[: line.index(word)]) for line, word in zip(
        (lines[0], lines[1], lines[3]), (" n", " one", " two"), strict=True
    )]  # fmt: skip
    assert len(set(places)) == 1


def test_what_is_wrapped_goes_on_below_where_it_began() -> None:
    lines = [*columns([("a", "word " * 12)]), "    " + "word " * 12]
    shown = painted(lines, width=40, colours=False, encoding="utf-8").splitlines()
    assert [len(line) - len(line.lstrip()) for line in shown] == [0, 3, 4, 4]


CELLS = st.text(max_size=30) | st.builds(Share, st.integers(0, 9), st.integers(0, 9))


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5),
    width=st.integers(20, 90),
    encoding=st.sampled_from(["utf-8", "ascii"]),
)
def test_whatever_is_in_the_cells_every_letter_of_them_is_shown(
    rows: list[list[str]], width: int, encoding: str
) -> None:
    lines = columns(rows)
    shown = painted(lines, width=width, colours=True, encoding=encoding)
    styles = set(ANY_STYLE.findall(shown))
    assert all(re.fullmatch(r"\x1b\[(0|1|2|\d\d|1;\d\d|1;37;41)m", style) for style in styles)
    if encoding == "utf-8":
        shown = "".join(ANY_STYLE.sub("", shown).split())
        letters = "".join("".join(lines).split())
        assert len(letters) <= len(shown)


def test_a_long_cell_leaves_those_beside_the_others_in_sight() -> None:
    short, long = columns([("a", "one"), ("b" * 90, "two")])
    assert short == "a".ljust(60) + "  one"
    assert long == "b" * 90 + "  two"
