"""A terminal and a console to type hostile things into, as in tests/cli and tests/flows."""

from tests.cli.conftest import terminal
from tests.flows.conftest import console

__all__ = ["console", "terminal"]
