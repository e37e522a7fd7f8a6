"""What a public function says of itself: what it gives, in which unit, and what it raises."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.raised import OF_ALL, Errors, File
from tests.house.sources import nodes, one_process, tree_of
from tests.support.paths import ROOT

pytestmark = one_process

PRODUCT = ("incident_tui", "screens")


def trees() -> dict[Path, ast.Module]:
    """The files of the product."""
    sources = sorted(path for hall in PRODUCT for path in (ROOT / hall).rglob("*.py"))
    return {path.relative_to(ROOT): tree_of(path) for path in sources}


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


def without_its_error(tree: ast.Module, errors: Errors) -> Iterator[str]:
    """Functions whose docstring is silent about something that they raise.

    The docstring of a command is its help: what it raises, users see as its message.
    """
    if not any(isinstance(node, ast.Raise) for node in nodes(tree)):
        return
    file = File(tree, errors)
    for function, owner in file.public():
        docstring = ast.get_docstring(function) or ""
        if any(COMMAND.match(ast.unparse(each)) for each in function.decorator_list):
            continue
        named = set(re.findall(r"\w+", docstring))
        for name in sorted(file.raised_by(function, owner)):
            if not (errors.bases(name) - OF_ALL) & named and not DEFERS.search(docstring):
                yield f"{function.name}: {name}"


COMMAND = re.compile(r"(command|\w+\.command)\(\s*'\w+'|click\.")
DEFERS = re.compile(r"(?i)\brais(es|ing)\b[^.]*\b(what|as\s+(`[\w.]+`|it|they))\s|\bfor\s+errors\b")
"""Words by which a docstring leaves it to that of another function."""


def test_a_docstring_names_what_its_function_raises() -> None:
    """By itself, or by the private functions of its file: of those nobody else reads."""
    errors = Errors(trees().values())
    assert [
        f"{path}: {fault}"
        for path, tree in trees().items()
        for fault in without_its_error(tree, errors)
    ] == []


@pytest.mark.parametrize(
    ("docstring", "body", "silent"),
    [
        ("Says nothing.", 'raise Gone("it is gone")', ["look: Gone"]),
        ("Raises `Gone` when it is.", 'raise Gone("it is gone")', []),
        ("Raises `Lost` when it is gone.", 'raise Gone("it is gone")', []),
        ("Raises Exception.", 'raise Gone("it is gone")', ["look: Gone"]),
        ("Raises as `read` does.", 'raise Gone("it is gone")', []),
        ("Says nothing.", "_find()", ["look: Gone"]),
        ("Says nothing.", "raise gone()", ["look: Gone"]),
        ("Says nothing.", "with suppress(Lost): _find()", []),
        ("Says nothing.", "try: _find()\n    except Lost: pass", []),
        ("Says nothing.", "try: pass\n    except Gone: _find()", ["look: Gone"]),
        ("Says nothing.", "try: _find()\n    except OSError: pass", ["look: Gone"]),
    ],
)
def test_a_docstring_that_is_silent_is_noticed(
    docstring: str, body: str, silent: list[str]
) -> None:
    code = f"""
class Lost(Exception): ...
class Gone(Lost): ...
def gone() -> Gone: return Gone()
def _find(): raise Gone
def look():
    \'\'\'{docstring}\'\'\'
    {body}
"""
    tree = ast.parse(code)
    assert list(without_its_error(tree, Errors([tree]))) == silent


def test_what_a_method_of_its_class_raises_is_noticed() -> None:
    code = """
class Box:
    def look(self):
        return self._find()
    def _find(self): raise KeyError
"""
    tree = ast.parse(code)
    assert list(without_its_error(tree, Errors([tree]))) == ["look: KeyError"]


UNITS = re.compile(
    r"(?i)\b(nanoseconds?|milliseconds?|seconds?|minutes?|hours?|days?|epoch|year|bytes?|mebibytes?"
    r"|characters?|letters?|digits?|words?|lines?|rows?|columns?|cells?|units?|offset|index|positions?"
    r"|share|ratio|per ?cent|how many|how often|at least|more than|count|counts|counted|numbers?"
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
    "descriptor": "of the system",
    "fileno": "of the system",
    "port": "of the system",
    "step": "of a move: to which side, or that way so often",
}
"""Numbers that name something or put it in order, and measure nothing."""


CONTAINERS = {
    "list", "tuple", "set", "frozenset", "Iterable", "Iterator", "Sequence", "Collection",
}  # fmt: skip


def is_number(annotation: ast.expr | None) -> bool:
    kinds = set(re.findall(r"\w+", ast.unparse(annotation))) if annotation else set()
    return bool(kinds & {"int", "float"}) and kinds <= {"int", "float", "None", *CONTAINERS}


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


def test_a_number_says_what_it_is_of() -> None:
    """By its name (`timeout_seconds`), or in the docstring that tells of it."""
    assert [
        f"{path}: {name}" for path, tree in trees().items() for name in without_unit(tree)
    ] == []


@pytest.mark.parametrize(
    ("code", "silent"),
    [
        ('def wait(limit: float):\n    """Wait."""', ["limit"]),
        ('def wait(limit: float):\n    """Wait for `limit` seconds."""', []),
        ('def wait(limit_seconds: float | None):\n    """Wait."""', []),
        ('def ages() -> list[int]:\n    """How old they are."""', ["ages"]),
        ('def age() -> int:\n    """How old it is."""', ["age"]),
        ('class Row:\n    """A row of two."""\n    height: int', []),
        ('class Bar:\n    """A bar."""\n    height: int', ["height"]),
        ('class Bar:\n    """A bar."""\n    height: int\n    """In cells."""', []),
        ('def give(name: str) -> None:\n    """Give it."""', []),
    ],
)
def test_a_number_without_a_unit_is_noticed(code: str, silent: list[str]) -> None:
    assert without_unit(ast.parse(code)) == silent
