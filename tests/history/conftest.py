"""Fixtures of the tests that run real git."""

from pathlib import Path

import pytest

from tests.history.sandbox import Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path)
