"""The sources of the product as trees: what looks at all of them shares them, in one process."""

import ast
from functools import cache
from pathlib import Path

import pytest

one_process = pytest.mark.xdist_group("sources")
"""For what looks at every file: to read them takes a second, in each process that does."""


def tree_of(path: Path) -> ast.Module:
    """The tree of a file, whichever link leads to it."""
    return _tree(path.resolve())


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Every node below one, which many rules look through."""
    return tuple(ast.walk(tree))
