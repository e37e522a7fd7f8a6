"""A test file is named after what it tests: by its name, a concept finds its tests."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

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
    expected = ROOT / "tests" / "domain" / concept.parent / f"test_{concept.stem}.py"
    assert expected.is_file(), f"{concept} has no {expected.relative_to(ROOT)}"


def names_in(tree: ast.AST) -> Iterator[str]:
    """What is named in a file: its functions, classes, arguments and variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def is_about_a_room(name: str) -> bool:
    """Whether one of its words is `room`, but for the one room there is."""
    words = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().replace("war_room", "").split("_")
    return bool({"room", "rooms"} & set(words))


def test_a_room_is_the_war_room_and_nothing_else() -> None:
    """Neither an open incident nor the free cells of a row are called so."""
    sources = [
        *(ROOT / "incident_tui").rglob("*.py"),
        *(path for path in (ROOT / "screens").rglob("*.py") if path.parent.name != "war_room"),
    ]
    assert [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources
        for name in names_in(ast.parse(path.read_text("utf-8")))
        if is_about_a_room(name)
    ] == []


@pytest.mark.parametrize(
    ("name", "other"),
    [("room", True), ("_free_room", True), ("RoomPane", True), ("WarRoom", False),
     ("on_war_room_seen", False), ("headroom", False)],
)  # fmt: skip
def test_another_room_would_be_noticed(name: str, other: bool) -> None:
    assert is_about_a_room(name) is other
