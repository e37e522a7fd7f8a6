"""Private names of Textual are used in one file, where each has its reason; nowhere by accident."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual._compositor import Compositor
from textual.dom import DOMNode
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from incident_tui import screens
from tests.house.sources import nodes, one_process, tree_of
from tests.support.paths import ROOT

pytestmark = one_process

INTERNALS = ROOT / "screens" / "terminal" / "textual_internals.py"
SOURCES = sorted(
    path for top in ("incident_tui", "screens") for path in (ROOT / top).rglob("*.py")
)  # fmt: skip


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def written_in(trees: Iterable[ast.AST]) -> set[str]:
    """The names that code gives to something of its own."""
    names = set()
    for tree in trees:
        for node in nodes(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                names.add(node.attr)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


def foreign_private_names(tree: ast.AST, own: set[str]) -> Iterator[str]:
    """Private names in code that are not its own: `what, line`."""
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in own:
            yield f"{ast.unparse(node)}, line {node.lineno}"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual."):
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from (f"{name}, line {node.lineno}" for name in names if is_private(name))


def test_no_other_file_touches_a_private_name_of_textual() -> None:
    trees = {path: tree_of(path) for path in SOURCES if path != INTERNALS}
    own = written_in(trees.values()) | {"_exit"}  # which `os` calls its public function
    trees = {path: tree for path, tree in trees.items() if "textual" in path.read_text("utf-8")}
    assert [
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in trees.items()
        for name in foreign_private_names(tree, own)
    ] == []


@cache
def private_names(base: type) -> set[str]:
    """Those of a class, and those that its methods use."""
    used = re.findall(r"self\.(_\w+)\b", inspect.getsource(base))
    return {name for name in vars(base) if is_private(name)}.union(used)


def hidden_by(known: type) -> set[str]:
    """Private names of Textual that a class of ours writes over, in its body or its methods."""
    theirs: set[str] = set()
    for base in known.__mro__:
        if base.__module__.startswith("textual."):
            theirs |= private_names(base)
    tree = ast.parse(textwrap.dedent(inspect.getsource(known)))
    return {name for name in written_in([tree]) & theirs if is_private(name)}


def our_classes() -> Iterator[type]:
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    import_module("incident_tui.app")
    bases: list[type] = [DOMNode, Driver]
    while bases:
        below: list[type] = bases.pop().__subclasses__()
        bases += below
        for known in below:
            if known.__module__.startswith("incident_tui."):
                yield known


def test_no_name_of_ours_hides_a_private_one_of_textual() -> None:
    """A `self._id` of a screen would be its id for Textual, whatever it was meant to be."""
    classes = set(our_classes())
    assert len(classes) > 40
    assert {
        f"{known.__module__}.{known.__name__}: {name}"
        for known in classes
        if not known.__module__.endswith(".textual_internals")
        for name in hidden_by(known)
    } == set()


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("node._bindings.copy()", ["node._bindings, line 1"]),
        ("from textual._ansi_sequences import X", ["_ansi_sequences, line 1"]),
        ("from textual.dom import _inner", ["_inner, line 1"]),
        ("class A:\n    def f(self):\n        self._mine = 1\n        return self._mine", []),
        ("x.__class__", []),
    ],
)
def test_a_private_name_of_somebody_else_is_noticed(code: str, names: list[str]) -> None:
    tree = ast.parse(code)
    assert list(foreign_private_names(tree, written_in([tree]))) == names


def test_a_hidden_name_is_noticed() -> None:
    class Hider(DOMNode):
        def __init__(self) -> None:
            self._id = "mine"
            self._nobody_elses = 1

    assert hidden_by(Hider) == {"_id"}


def test_each_internal_is_used() -> None:
    """What Textual has made public since, or nobody needs any more, does not stay."""
    tree = ast.parse(INTERNALS.read_text("utf-8"))
    offered = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not is_private(node.name)
    ]
    theirs = {*dir(Compositor), *dir(LinuxDriver)}  # which Textual asks for itself
    used = "".join(path.read_text("utf-8") for path in SOURCES if path != INTERNALS)
    assert offered
    unused = [name for name in offered if not re.search(rf"\b{name}\b", used)]
    assert set(unused) <= theirs


def test_the_internals_are_those_of_the_version_that_is_supported() -> None:
    """A new major version of Textual is let in by somebody who has read that file again."""
    pyproject = Path(ROOT / "pyproject.toml").read_text("utf-8")
    assert '"textual>=8.2.8,<9"' in pyproject
    assert "Textual 8.2.8" in INTERNALS.read_text("utf-8")
