"""Fixtures of the tests that run real git."""

from pathlib import Path

import pytest

from tests.history.foreign import Foreign
from tests.history.sandbox import Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path)


@pytest.fixture
def foreign(sandbox: Sandbox) -> Foreign:
    return Foreign(sandbox)
