"""The worked incident of tests/support, rendered at several points of its course."""

from collections.abc import Callable
from functools import lru_cache

import pytest

from incident_tui.documents import render_folder
from tests.support.incidents import story

Documents = dict[str, str]


@lru_cache(maxsize=8)
def _after(chapters: int) -> Documents:
    return render_folder(story(chapters).incident)


@pytest.fixture
def after() -> Callable[[int], Documents]:
    """The documents after that many chapters of the story (0: declared, 6: closed)."""
    return _after


@pytest.fixture
def closed() -> Documents:
    """The documents of the whole story."""
    return _after(6)
