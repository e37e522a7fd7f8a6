"""Texts take the keys that they name from one function: users set their own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.screen import Screen

from incident_tui.app import IncidentApp
from incident_tui.domain.core import key_names
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.war_room.key_places import every_action
from tests.house.sources import nodes, one_process, tree_of
from tests.support.console import Host
from tests.support.paths import ROOT

pytestmark = one_process

NAMED = re.compile(r"\b[Ff]([1-9]|1[0-2])\b|\b(ctrl|alt|shift)\+|\bEsc\b")
FIXED = {
    ("screens/widgets/rows/row_search.py", "Enter keeps, Esc leaves"),
    ("screens/widgets/line/history_search.py", " · Enter takes it, Esc leaves"),
    ("screens/widgets/line/history_search.py", "▏ no line has it · Esc leaves"),
    (
        "screens/widgets/line/history_search.py",
        "search the lines entered before: type words of one · Esc leaves",
    ),
    ("screens/terminal/keymap.py", 'keys are written as "f6" or "f6, x"'),
}
"""Keys of a field while it is typed into, which nobody can set; and how keys are written."""


def texts(path: Path) -> Iterator[str]:
    """The strings of several words in a module that are no docstrings."""
    tree = tree_of(path)
    docstrings = {id(node.value) for node in nodes(tree) if isinstance(node, ast.Expr)}
    for node in nodes(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str) and " " in node.value.strip():
            yield node.value


@pytest.mark.parametrize("top", ["screens", "incident_tui"])
def test_no_text_holds_a_key_that_its_user_may_have_set_otherwise(top: str) -> None:
    with_a_key = {
        (str(path.relative_to(ROOT)), text)
        for path in (ROOT / top).rglob("*.py")
        if not path.is_symlink() and "incident_tui/screens" not in str(path)
        for text in texts(path)
        if NAMED.search(text)
    }
    assert with_a_key - FIXED == set()


async def test_the_keys_that_texts_below_the_console_name_are_those_it_comes_with() -> None:
    every_action(IncidentApp)
    app = Host(lambda host: Screen())
    async with app.run_test():
        for action, key in key_names._AS_IT_COMES.items():
            assert key_text(app, action) == key


def test_a_text_has_the_key_of_its_reader() -> None:
    text = "{room.flags} explains {braces} and {room.read}"
    assert key_names.with_keys(text) == "F6 explains {braces} and F7"
    assert key_names.with_keys(text, str.upper) == "ROOM.FLAGS explains {braces} and ROOM.READ"
