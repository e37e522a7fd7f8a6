"""A plugin of pytest: how long each test took that passed, as JSON in ``--durations-file``.

Stands alone, as plugins are loaded before tests/conftest.py makes the environment neutral.
"""

import json
from pathlib import Path

import pytest


class Durations:
    """Sums up the seconds of setting a test up, of its call, and of taking it down."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seconds: dict[str, float] = {}
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._seconds[report.nodeid] = self._seconds.get(report.nodeid, 0.0) + report.duration
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        passed = {
            test: round(took, 4) for test, took in self._seconds.items() if test not in self._failed
        }
        self._path.write_text(json.dumps(passed))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--durations-file", type=Path, help="where to write seconds of each test")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--durations-file")
    if path is not None and not hasattr(config, "workerinput"):  # of several processes the first
        config.pluginmanager.register(Durations(path.absolute()))
