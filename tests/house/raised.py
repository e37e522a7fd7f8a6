"""What a function raises: by itself, and through the private ones of its file that it calls."""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator

from tests.house.sources import nodes

Function = ast.FunctionDef | ast.AsyncFunctionDef
Bases = dict[str, frozenset[str]]
"""The name of an error, and by which names it can be caught or told of: its own and its bases'."""

OF_ALL = frozenset({"object", "BaseException", "Exception"})
BUILT_IN: Bases = {
    name: frozenset(base.__name__ for base in kind.__mro__)
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
NOBODYS = {"NotImplementedError", "AssertionError"}
"""Errors of whoever wrote the code, which nobody catches."""
ENDS = ("Error", "Exception")
"""How the names of errors end that come from elsewhere."""


def words_in(node: ast.AST | None) -> set[str]:
    """The names in a piece of code."""
    return set(re.findall(r"\w+", ast.unparse(node))) if node is not None else set()


class Errors:
    """The error classes of these files, and the functions that make one to be raised."""

    def __init__(self, trees: Iterable[ast.Module]) -> None:
        every = [node for tree in trees for node in nodes(tree)]
        self._bases = dict(BUILT_IN)
        classes = [node for node in every if isinstance(node, ast.ClassDef)]
        left: dict[str, set[str]] = {}
        for node in classes:
            left.setdefault(node.name, set()).update(*map(words_in, node.bases))
        while new := {
            name: frozenset({name}).union(*(self.bases(base) for base in bases))
            for name, bases in left.items()
            if any(base in self._bases or base.endswith(ENDS) for base in bases)
        }:
            self._bases |= new
            left = {name: bases for name, bases in left.items() if name not in new}
        self._made_by = {
            node.name: ast.unparse(node.returns)
            for node in every
            if isinstance(node, Function)
            and node.returns
            and ast.unparse(node.returns) in self._bases
        }

    def bases(self, name: str) -> frozenset[str]:
        return self._bases.get(name, frozenset({name}))

    def raised(self, node: ast.Raise) -> str:
        """The name of the class; empty where it is an error that was there already."""
        what = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        name = ast.unparse(what).rpartition(".")[2] if what is not None else ""
        if isinstance(node.exc, ast.Call):
            name = self._made_by.get(name, name)
            return name if name[:1].isupper() else ""
        return name if name in self._bases else ""


class File:
    """The functions of one file, as those see each other that call each other."""

    def __init__(self, tree: ast.Module, errors: Errors) -> None:
        self._errors = errors
        self._functions = {node.name: node for node in tree.body if isinstance(node, Function)}
        self._methods = {
            (owner.name, node.name): node
            for owner in tree.body
            if isinstance(owner, ast.ClassDef)
            for node in owner.body
            if isinstance(node, Function)
        }
        self._constants = {
            ast.unparse(target): words_in(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple)
            for target in node.targets
        }

    def public(self) -> Iterator[tuple[Function, str]]:
        """Functions and methods that others may call, each with its class."""
        both = [*((("", name), node) for name, node in self._functions.items())]
        for (owner, name), node in [*both, *self._methods.items()]:
            if not name.startswith("_") and not owner.startswith("_"):
                yield node, owner

    def raised_by(self, function: Function, owner: str) -> set[str]:
        """The classes of what leaves it. Private ones stay inside of a file, and are not meant."""
        out: set[str] = set()
        self._collect(function, owner, frozenset(), {function.name}, out)
        return {name for name in out if not name.startswith("_")} - NOBODYS

    def _collect(
        self, node: ast.AST, owner: str, caught: frozenset[str], seen: set[str], out: set[str]
    ) -> None:
        """Add what leaves a piece of code in which these are `caught`."""
        if isinstance(node, ast.Try):
            inner = caught.union(*(self._catches(each.type) for each in node.handlers))
            for tried in node.body:
                self._collect(tried, owner, inner, seen, out)
            for after in (*node.handlers, *node.orelse, *node.finalbody):
                self._collect(after, owner, caught, seen, out)
            return
        if isinstance(node, ast.With | ast.AsyncWith):
            contexts = [item.context_expr for item in node.items]
            caught = caught.union(*(words_in(each) for each in contexts if suppresses(each)))
        elif isinstance(node, ast.Raise):
            out |= self._uncaught({self._errors.raised(node)} - {""}, caught)
        elif called := self._called(node, owner, seen):
            inside: set[str] = set()
            self._collect(called, owner, frozenset(), seen | {called.name}, inside)
            out |= self._uncaught(inside, caught)
        for below in ast.iter_child_nodes(node):
            self._collect(below, owner, caught, seen, out)

    def _uncaught(self, names: set[str], caught: frozenset[str]) -> set[str]:
        return {name for name in names if not self._errors.bases(name) & caught}

    def _catches(self, kinds: ast.expr | None) -> set[str]:
        if kinds is None:
            return {"BaseException"}
        words = words_in(kinds)
        return words.union(*(self._constants.get(word, set()) for word in words))

    def _called(self, call: ast.AST, owner: str, seen: set[str]) -> ast.FunctionDef | None:
        """The private function of this file, or method of this class, that is called and runs."""
        match call:
            case ast.Call(func=ast.Name(id=name)) if name.startswith("_"):
                called = self._functions.get(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name)):
                called = self._methods.get((owner, name)) if name.startswith("_") else None
            case _:
                return None
        return called if isinstance(called, ast.FunctionDef) and name not in seen else None


def suppresses(context: ast.expr) -> bool:
    return isinstance(context, ast.Call) and ast.unparse(context.func).endswith("suppress")
