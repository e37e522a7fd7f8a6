"""A plugin of pytest: how long each test took that passed, as JSON in ``--durations-file``.

Counted is what the processor worked for it, other processes apart that outlive it: the same on a
machine that is busy. Stands alone, as plugins are loaded before tests/conftest.py makes the
environment neutral.
"""

import json
import resource
from collections.abc import Generator
from pathlib import Path

import pytest


class ProcessorTime:
    """Has a report say the processor time since the one before, in seconds, and no wall time."""

    def __init__(self) -> None:
        self._before = 0.0

    def pytest_runtest_logstart(self) -> None:
        self._before = processor_seconds()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        now = processor_seconds()
        report.duration, self._before = now - self._before, now
        return report


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


def processor_seconds() -> float:
    """Seconds of processor time so far, of this process and of all that it waited for.

    What a run takes of two quiet cores, however many others share them.
    """
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--durations-file", type=Path, help="where to write seconds of each test")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--durations-file")
    if path is None:
        return
    config.pluginmanager.register(ProcessorTime())
    if not hasattr(config, "workerinput"):  # of several processes the first
        config.pluginmanager.register(Durations(path.absolute()))
