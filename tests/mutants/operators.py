"""What can be changed in a source text, one small change at a time: the mutants of a file.

Texts stay as they are, since no rule depends on their wording: strings, docstrings, annotations,
and what only feeds a log. Which tests then run is decided elsewhere.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_ASSERTED = "strict"  # of zip: that both are as long, as an assert would say it
_LOGGERS = ("log", "logger", "logging", "warnings")


@dataclass(frozen=True)
class Mutant:
    """One change of a file: `new` in the place of the bytes from `start` to `end`.

    `lines` are those of the statement around it, for which tests are looked up; `change` says what
    was changed, in one line.
    """

    path: str
    line: int
    lines: range
    start: int
    end: int
    new: str
    change: str

    def apply(self, source: bytes) -> bytes:
        """The file with the change in it."""
        return source[: self.start] + self.new.encode() + source[self.end :]


def mutants_of(path: str, source: bytes) -> list[Mutant]:
    """Every mutant of a file that is still Python, in the order of its lines."""
    mutants = _Finder(path, source).all_of(ast.parse(source))
    return sorted(mutants, key=lambda mutant: (mutant.start, mutant.end, mutant.new))


class _Finder:
    def __init__(self, path: str, source: bytes) -> None:
        self._path = path
        self._source = source
        lengths = [len(line) for line in source.splitlines(keepends=True)]
        self._starts = [sum(lengths[:number]) for number in range(len(lengths))]

    def all_of(self, tree: ast.Module) -> Iterator[Mutant]:
        for statement in ast.walk(tree):
            if not isinstance(statement, ast.stmt) or _is_text(statement):
                continue
            for node, new in chain(_of_statement(statement), *map(_of_node, _parts(statement))):
                yield self._mutant(statement, node, new)

    def _mutant(self, statement: ast.stmt, node: ast.AST, new: str) -> Mutant:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        old = " ".join(self._source[start:end].decode().split())
        change = f"{old} → {new}"
        return Mutant(self._path, node.lineno, _lines(statement), start, end, new, change)


def _lines(statement: ast.stmt) -> range:
    """The lines of a statement; of one that holds others, those of its head."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return range(statement.lineno, max(statement.lineno, last) + 1)


def _is_text(statement: ast.stmt) -> bool:
    """Whether it says something to people or checkers, and decides nothing."""
    if isinstance(statement, ast.Expr):
        called = statement.value.func if isinstance(statement.value, ast.Call) else None
        return called is None or ast.unparse(called).split(".")[0].lstrip("_") in _LOGGERS
    if isinstance(statement, ast.Assign):
        return any(ast.unparse(target) == "__all__" for target in statement.targets)
    return isinstance(statement, ast.Import | ast.ImportFrom | ast.Assert | ast.Pass)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """The expressions of a statement, without texts, annotations, and statements in it."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params") or isinstance(node, ast.ClassDef):
            continue  # how a class is made (frozen, its tag) says what it is, and decides nothing
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.keyword) and part.arg == _ASSERTED:
                continue
            if isinstance(part, ast.AST) and not isinstance(part, ast.stmt | ast.JoinedStr):
                yield part
                yield from _parts(part)


Change = tuple[ast.AST, str]


def _of_statement(statement: ast.stmt) -> Iterator[Change]:
    match statement:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            pass
        case ast.If(test=test) | ast.While(test=test):
            yield test, _negated(test)
        case ast.Return(value=None | ast.Constant(value=None | False | "")):
            pass  # nobody who asks whether there is anything could tell them apart
        case ast.Return():
            yield statement, "return None"
        case ast.Expr() | ast.Raise() | ast.Delete():
            yield statement, "pass"
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield statement, "pass"
        case ast.AugAssign(target=target, op=op, value=value):
            yield statement, "pass"
            yield statement, f"{ast.unparse(target)} = {ast.unparse(value)}"
            if other := _COMPUTED.get(type(op)):
                yield statement, ast.unparse(ast.AugAssign(target, other(), value))
        case ast.Continue():
            yield statement, "break"
        case ast.Break():
            yield statement, "continue"


def _of_node(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=values):
            for at, op in enumerate(ops):
                swapped = [*ops[:at], _COMPARED[type(op)](), *ops[at + 1 :]]
                yield node, ast.unparse(ast.Compare(left, swapped, values))
        case ast.BoolOp(op=boolean, values=values):
            other = ast.Or() if isinstance(boolean, ast.And) else ast.And()
            yield node, f"({ast.unparse(ast.BoolOp(other, values))})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield node, f"({ast.unparse(operand)})"
        case ast.IfExp(test=test) if not _texts(node.body, node.orelse):
            yield test, _negated(test)
        case ast.comprehension(ifs=ifs):
            yield from ((test, _negated(test)) for test in ifs)
        case ast.Constant(value=bool() as truth):
            yield node, str(not truth)
        case ast.Constant(value=int() | float() as number):
            yield from ((node, repr(number + by)) for by in (1, -1))
        case ast.BinOp(left=left, op=op, right=right) if not _texts(left, right):
            if arithmetic := _COMPUTED.get(type(op)):
                yield node, f"({ast.unparse(ast.BinOp(left, arithmetic(), right))})"
        case ast.Call(func=func, args=args, keywords=keywords):
            if isinstance(func, ast.Name) and func.id in _CALLED:
                yield node, ast.unparse(ast.Call(ast.Name(_CALLED[func.id]), args, keywords))
            if len(args) > 1 and not _texts(args[-1]):
                yield node, ast.unparse(ast.Call(func, args[:-1], keywords))
            for keyword in keywords:
                if keyword.arg != _ASSERTED and not _texts(keyword.value):
                    rest = [other for other in keywords if other is not keyword]
                    yield node, ast.unparse(ast.Call(func, args, rest))


def _negated(test: ast.expr) -> str:
    return f"(not ({ast.unparse(test)}))"


def _texts(*nodes: ast.expr) -> bool:
    """Whether one of them is a text, or several, such as the words that people try."""
    return any(
        isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.Constant) and isinstance(node.value, str))
        or (isinstance(node, ast.BinOp) and _texts(node.left, node.right))
        or (isinstance(node, ast.Tuple) and all(map(_texts, node.elts)) and node.elts != [])
        for node in nodes
    )
