"""A test file is named after what it tests: by its name, a concept finds its tests."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import nodes, one_process, tree_of
from tests.support.paths import ROOT

pytestmark = one_process

DOMAIN = ROOT / "incident_tui" / "domain"
FLOORS = (
    "impact", "findings", "people", "mitigation", "learning", "confidential", "quality", "handover",
)  # fmt: skip


def concepts() -> list[Path]:
    """The file or package of each concept, below the domain."""
    files = [path for floor in FLOORS for path in (DOMAIN / floor).rglob("*.py")]
    own = [path.parent if path.name == "__init__.py" else path for path in files]
    return sorted(path.relative_to(DOMAIN) for path in own if path.parent != DOMAIN)


def test_there_are_concepts_on_every_floor() -> None:
    assert {path.parts[0] for path in concepts()} == set(FLOORS)


@pytest.mark.parametrize("concept", concepts(), ids=str)
def test_a_concept_has_tests_of_its_own_name(concept: Path) -> None:
    folder = concept if (DOMAIN / concept).is_dir() else concept.parent
    expected = ROOT / "tests" / "domain" / folder / f"test_{concept.stem}.py"
    assert expected.is_file(), f"{concept} has no {expected.relative_to(ROOT)}"


def names_in(tree: ast.AST) -> Iterator[str]:
    """What is named in a file: its functions, classes, arguments, variables and fields."""
    for node in nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


@cache
def words_of(name: str) -> list[str]:
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_")


def is_about_a_room(name: str) -> bool:
    """Whether one of its words is `room`, but for the one room there is."""
    words = "_".join(words_of(name)).replace("war_room", "").split("_")
    return bool({"room", "rooms"} & set(words))


PRODUCT = ("incident_tui", "screens")
AROUND_IT = ("tests", "benchmarks", "docs")


def trees(*folders: str) -> dict[Path, ast.Module]:
    """The files of these folders."""
    sources = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return {path.relative_to(ROOT): tree_of(path) for path in sources}


def test_a_room_is_the_war_room_and_nothing_else() -> None:
    """Neither an open incident nor the free cells of a row are called so."""
    assert [
        f"{path}: {name}"
        for path, tree in trees(*PRODUCT).items()
        if path.parent.as_posix() != "screens/war_room"
        for name in names_in(tree)
        if is_about_a_room(name)
    ] == []


SAYS_NOTHING = {"told", "found", "said"}
"""How something was come by, where a name says what it is."""

A_TEST = re.compile(r"test_|Test[A-Z]")
"""The name of a test is a sentence, in which all words may stand."""


def named_in(folder: str) -> list[tuple[Path, str]]:
    """All that is named in the files of a folder, and the files, but for tests."""
    names = [
        (path, name)
        for path, tree in trees(folder).items()
        for name in dict.fromkeys((path.stem, *names_in(tree)))
    ]
    return [(path, name) for path, name in names if not A_TEST.match(name)]


@pytest.mark.parametrize("folder", [*PRODUCT, *AROUND_IT])
def test_no_name_says_only_that_its_value_was_told_found_or_said(folder: str) -> None:
    assert [
        f"{path}: {name}" for path, name in named_in(folder) if SAYS_NOTHING & set(words_of(name))
    ] == []


@pytest.mark.parametrize(
    "code",
    ["def told(): ...", "def tell(found): ...", "class Found: ...", "class A:\n    said: str",
     "class A:\n    def b(self):\n        self._told = 1", "TOLD = 1",
     "def a():\n    def found(): ...", "def a():\n    told = 1", "def a():\n    if said := 1: ...",
     "a = [found for found in b]", "a = lambda said: 1"],
)  # fmt: skip
def test_such_a_name_would_be_noticed(code: str) -> None:
    assert SAYS_NOTHING & {word for name in names_in(ast.parse(code)) for word in words_of(name)}


def test_a_test_may_be_called_so() -> None:
    assert A_TEST.match("test_what_was_told")
    assert A_TEST.match("TestFound")
    assert not A_TEST.match("found")


NOUNS = {
    "baking": "what the bakery of the tests was at when its incident began",
    "beginning": "where a period begins",
    "binding": "Textual's word for a key and what it does",
    "closing": "the gate at the end, as playbooks name it",
    "docstring": "Python's word for what stands below a definition",
    "during": "the time of something",
    "encoding": "of characters",
    "ending": "of a word, or of a period",
    "evening": "no action",
    "finding": "what an examination states",
    "heading": "of a section, or of a column",
    "keep_going": "the option of `log`, as make has it",
    "learning": "the folder of what follows from an incident, by the name of the practice",
    "listing": "what `list` prints",
    "mapping": "YAML's word for names with values",
    "meaning": "of a word",
    "missing": "what is not there",
    "morning": "no action",
    "pending": "what is still to come: event sourcing says pending event",
    "plumbing": "git's word for its low commands",
    "ranking": "an order by likelihood",
    "reading": "a signal at a time, as an instrument shows it",
    "routing": "networks' word for what goes where",
    "setting": "one that users choose",
    "spring": "no action",
    "standing": "how two histories lie to each other",
    "string": "of characters",
    "warning": "the state between a note and an error",
    "wording": "how something is put",
}
"""Words that end like an action and are none: each is the usual noun for what it names."""


def is_an_action(name: str) -> bool:
    """Whether it says what is done, in place of what there is; questions (`is_…`) do neither."""
    words = words_of(name.strip("_"))
    first, last = words[0], words[-1]
    known = last in NOUNS or last.endswith("thing") or "_".join(words[-2:]) in NOUNS
    return len(last) > 4 and last.endswith("ing") and first not in {"is", "has"} and not known


@pytest.mark.parametrize("folder", [*PRODUCT, *AROUND_IT])
def test_no_name_is_an_action_where_it_could_say_what_there_is(folder: str) -> None:
    """Not `planning` but `line_plan`, not `sending` but `dispatch`."""
    names = named_in(folder)
    places = {(path, part) for path, _ in names for part in path.parent.parts}
    assert [f"{path}: {name}" for path, name in (*names, *places) if is_an_action(name)] == []


@pytest.mark.parametrize(
    ("name", "action"),
    [("planning", True), ("Sending", True), ("_hold_typing", True), ("WAITING", True),
     ("ReadingView", False), ("readings", False), ("first_heading", False), ("ping", False),
     ("is_holding", False), ("PendingEvent", False)],
)  # fmt: skip
def test_an_action_for_a_name_would_be_noticed(name: str, action: bool) -> None:
    assert is_an_action(name) is action


@pytest.mark.parametrize(
    ("name", "other"),
    [("room", True), ("_free_room", True), ("RoomPane", True), ("WarRoom", False),
     ("on_war_room_seen", False), ("headroom", False)],
)  # fmt: skip
def test_another_room_would_be_noticed(name: str, other: bool) -> None:
    assert is_about_a_room(name) is other
