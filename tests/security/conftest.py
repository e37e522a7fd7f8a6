"""A terminal to type hostile things into, as in tests/cli."""

from tests.cli.conftest import terminal

__all__ = ["terminal"]
