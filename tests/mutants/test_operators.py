"""What a mutant changes, and what none ever touches: anything that is only read by people."""

import ast
from textwrap import dedent

import pytest

from tests.mutants.__main__ import HALLS, ROOT
from tests.mutants.operators import mutants_of


def changed(source: str) -> set[str]:
    """The source after each of its changes."""
    code = dedent(source).encode()
    return {mutant.apply(code).decode() for mutant in mutants_of("a.py", code)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b", {"x = a <= b"}),
        ("x = a not in b", {"x = a in b"}),
        ("x = a is None", {"x = a is not None"}),
        ("x = a < b <= c", {"x = a <= b <= c", "x = a < b < c"}),
        ("x = a and b", {"x = (a or b)"}),
        ("x = not a", {"x = (a)"}),
        ("x = 7", {"x = 8", "x = 6"}),
        ("x = True", {"x = False"}),
        ("x = a + b", {"x = (a - b)"}),
        ("x = f(a, b)", {"x = f(a)"}),
        ("x = f(a, key=b)", {"x = f(a)"}),
        ("x = any(a)", {"x = all(a)"}),
        ("x = [a for a in b if a]", {"x = [a for a in b if (not (a))]"}),
        ("x = a if b else c", {"x = a if (not (b)) else c"}),
        ("f(a)", {"pass"}),
        ("a.b = c", {"pass"}),
        ("a |= b", {"pass", "a = b", "a &= b"}),
        ("raise a", {"pass"}),
        ("if a:\n    f()", {"if (not (a)):\n    f()", "if a:\n    pass"}),
        ("def f():\n    return a", {"def f():\n    return None"}),
        ("def f():\n    return False", {"def f():\n    return True"}),
        ("for a in b:\n    continue", {"for a in b:\n    break"}),
        ("x = 'ü' + y; z = 1", {"x = 'ü' + y; z = 2", "x = 'ü' + y; z = 0"}),
    ],
)
def test_each_rule_of_a_text_is_broken_in_each_way(source: str, expected: set[str]) -> None:
    assert changed(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""A file of 3 lines."""',
        "x = 'there are 7 of them'",
        "x = f'{a + 1} of {b and c}'",
        "x = a + ' of them'",
        "x = 'one' if a else 'none'",
        "x: Literal[3]",
        "def f(a: Annotated[int, 3]) -> Literal[3]: ...",
        "class A(frozen=True): ...",
        "@dataclass(frozen=True)\nclass A: ...",
        "logger.warning(a, b)",
        "if TYPE_CHECKING:\n    import a",
        "__all__ = [a]",
        "assert a == 1",
        "def f(): return None",
        "def f() -> str: return ''",
        "x = f(help='what it is for')",
        "x = zip(a, strict=True)",
        "x = f(words=('open', 'switch'))",
    ],
)
def test_what_only_people_or_checkers_read_stays(source: str) -> None:
    assert changed(source) == set()


def test_the_message_of_an_error_stays_and_the_error_does_not() -> None:
    assert changed("raise Refused(f'no change {n + 1}', [('make one', '/mitigate')])") == {
        "pass",
        "raise Refused(f'no change {n + 1}')",
    }


def test_every_mutant_of_the_product_is_python_and_changes_something() -> None:
    paths = sorted(path for hall in HALLS for path in (ROOT / hall).rglob("*.py"))
    for path in paths[::23]:
        source = path.read_bytes()
        same = ast.dump(ast.parse(source))
        for mutant in mutants_of(path.name, source):
            assert ast.dump(ast.parse(mutant.apply(source))) != same, mutant


def test_the_lines_of_a_statement_that_holds_others_are_those_of_its_head() -> None:
    source = b"if (\n    a\n    < b\n):\n    x = (\n        1\n    )\n"
    lines = {mutant.change: list(mutant.lines) for mutant in mutants_of("a.py", source)}
    assert lines["a < b → a <= b"] == [1, 2, 3, 4]
    assert lines["1 → 2"] == [5, 6, 7]
