"""What a public function says of itself: what it gives, in which unit, and what it raises."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.sources import nodes, one_process, tree_of
from tests.support.paths import ROOT

pytestmark = one_process

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
        f"{path.relative_to(ROOT)}: {fault}" for path in sources for fault in unnamed(tree_of(path))
    ] == []


@pytest.mark.parametrize(
    ("docstring", "silent"),
    [("Says nothing.", ["look: Gone"]), ("Raises `Gone` when it is.", [])],
)
def test_a_docstring_that_is_silent_is_noticed(docstring: str, silent: list[str]) -> None:
    code = f'def look():\n    """{docstring}"""\n    raise Gone("it is gone")\n'
    assert list(unnamed(ast.parse(code))) == silent


UNITS = re.compile(
    r"(?i)\b(nanoseconds?|milliseconds?|seconds?|minutes?|hours?|days?|epoch|year|bytes?|mebibytes?"
    r"|characters?|letters?|digits?|words?|lines?|rows?|columns?|cells?|units?|offset|index|position"
    r"|share|per ?cent|how many|how often|at least|more than|count|counts|counted|number|a number"
    r"|times|entries|incidents?|commits?|files?|logs?|checks?|layers|factors|exit code)\b"
)
"""What a number may be of. Things that are counted are their own unit."""

NO_MEASURES = {
    "at": "where in a text",
    "start": "where in a text",
    "end": "where in a text",
    "place": "where in a list",
    "order": "where in the log",
    "next_order": "where in the log",
    "n": "of an entry or item, as it is shown",
    "episode": "the first, the second …",
    "cycle": "the first, the second …",
    "revision": "the first, the second …",
    "schema": "a version",
    "worst": "orders flags, as `flag` says",
    "weight": "orders suspects",
    "threshold": "of a flag that needs none, as `flag` says",
    "flags": "of a pattern, as `re` has them",
    "mode": "permission bits",
    "device": "of the system",
    "inode": "of the system",
    "pid": "of the system",
}
"""Numbers that name something or put it in order, and measure nothing."""


def is_number(annotation: ast.expr | None) -> bool:
    kinds = set(ast.unparse(annotation).split(" | ")) if annotation else set()
    return bool(kinds & {"int", "float"}) and kinds <= {"int", "float", "None"}


def text_behind(body: list[ast.stmt], index: int) -> str:
    """The string below a field, which says what it is."""
    below = body[index + 1] if index + 1 < len(body) else None
    return ast.unparse(below) if isinstance(below, ast.Expr) else ""


def numbers_in(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Public fields, arguments and results that are numbers, each with all that is said of it."""
    for function in public_functions(tree):
        docstring = ast.get_docstring(function)
        if docstring is None:
            continue
        if is_number(function.returns):
            yield function.name, docstring
        for argument in (*function.args.args, *function.args.kwonlyargs):
            if is_number(argument.annotation):
                yield argument.arg, docstring
    for owner in nodes(tree):
        if isinstance(owner, ast.ClassDef) and not owner.name.startswith("_"):
            for index, field in enumerate(owner.body):
                if isinstance(field, ast.AnnAssign) and is_number(field.annotation):
                    text = f"{ast.get_docstring(owner)} {text_behind(owner.body, index)}"
                    yield ast.unparse(field.target), text


def without_unit(tree: ast.AST) -> list[str]:
    return [
        name
        for name, docstring in numbers_in(tree)
        if not name.startswith("_")
        and name not in NO_MEASURES
        and not UNITS.search(f"{name.replace('_', ' ')} {docstring}")
    ]


@pytest.mark.parametrize("hall", HALLS)
def test_a_number_says_what_it_is_of(hall: str) -> None:
    """By its name (`timeout_seconds`), or in the docstring that tells of it."""
    assert [
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        if hall in path.relative_to(ROOT).parts[1:2]
        for name in without_unit(tree_of(path))
    ] == []


@pytest.mark.parametrize(
    ("code", "silent"),
    [
        ('def wait(limit: float):\n    """Wait."""', ["limit"]),
        ('def wait(limit: float):\n    """Wait for `limit` seconds."""', []),
        ('def wait(limit_seconds: float | None):\n    """Wait."""', []),
        ('def age() -> int:\n    """How old it is."""', ["age"]),
        ('class Row:\n    """A row of two."""\n    height: int', []),
        ('class Bar:\n    """A bar."""\n    height: int', ["height"]),
        ('class Bar:\n    """A bar."""\n    height: int\n    """In cells."""', []),
        ('def give(name: str) -> None:\n    """Give it."""', []),
    ],
)
def test_a_number_without_a_unit_is_noticed(code: str, silent: list[str]) -> None:
    assert without_unit(ast.parse(code)) == silent
