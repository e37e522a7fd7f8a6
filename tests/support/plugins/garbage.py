"""A pytest plugin: when garbage is looked for."""

import gc
import os

import pytest

from tests.support.thorough import EVERYTHING


def pytest_configure(config: pytest.Config) -> None:
    """Look for none until all tests are collected: nearly all that is made stays."""
    gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for garbage rarely: at a gigabyte where there is room, and in CI as the program does.

    Consoles are full of circles: to find theirs was a tenth of what the tests took. What lies in
    them and should have been closed is an error of the test during which it is found: so CI looks.
    """
    gc.collect()
    gc.freeze()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    elsewhere = 8_000_000 if memory > 12 * 1024**3 else 2_000_000
    gc.set_threshold(50_000 if EVERYTHING else elsewhere, 10, 10)
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Look for it once in CI; pytest looks five times behind it."""
    if EVERYTHING:
        gc.collect()
    gc.freeze()
