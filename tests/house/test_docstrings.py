"""What a public function says of itself: what it gives, and what it raises instead."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support.paths import ROOT

HALLS = ("domain", "store", "history", "documents", "intake", "service")
SOURCES = sorted(path for hall in HALLS for path in (ROOT / "incident_tui" / hall).rglob("*.py"))
ABSTRACT = {"NotImplementedError"}


def public_functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Those of the module and of its public classes; what stands inside of another is nobody's."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            yield from public_functions(node)
        else:
            yield node


def raised_by(function: ast.AST) -> set[str]:
    """The classes of what a function raises by itself, and does not catch again."""
    raised: set[str] = set()
    caught: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            raised.add(ast.unparse(node.exc.func).rpartition(".")[2])
        elif isinstance(node, ast.ExceptHandler) and node.type is not None:
            caught |= set(re.findall(r"\w+", ast.unparse(node.type)))
    return {name for name in raised - caught if name[0].isupper()} - ABSTRACT


def unnamed(tree: ast.AST) -> Iterator[str]:
    """Functions whose docstring is silent about something that they raise."""
    for function in public_functions(tree):
        docstring = ast.get_docstring(function) or ""
        for name in sorted(raised_by(function)):
            if name not in re.findall(r"\w+", docstring):
                yield f"{function.name}: {name}"


@pytest.mark.parametrize("hall", HALLS)
def test_a_docstring_names_what_its_function_raises(hall: str) -> None:
    sources = [path for path in SOURCES if hall in path.relative_to(ROOT).parts[1:2]]
    assert sources
    assert [
        f"{path.relative_to(ROOT)}: {found}"
        for path in sources
        for found in unnamed(ast.parse(path.read_text("utf-8")))
    ] == []


@pytest.mark.parametrize(
    ("docstring", "silent"),
    [("Says nothing.", ["look: Gone"]), ("Raises `Gone` when it is.", [])],
)
def test_a_docstring_that_is_silent_is_noticed(docstring: str, silent: list[str]) -> None:
    code = f'def look():\n    """{docstring}"""\n    raise Gone("it is gone")\n'
    assert list(unnamed(ast.parse(code))) == silent
