"""What tests of single screens share."""

from pathlib import Path

import pytest

from incident_tui.service import Service
from tests.support.console import make_service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """A service over an empty home, with a clock that stands still."""
    return make_service(tmp_path)
