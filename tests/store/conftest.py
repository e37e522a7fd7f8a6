"""What the tests of the store share: entries, and an incident file in a folder of its own."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from incident_tui.domain import discovery
from incident_tui.domain.core.events import Entry
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.store.files.atomic import SYSTEM, System
from incident_tui.store.log.incident_file import LAYOUT, IncidentFile
from incident_tui.store.log.schema import SCHEMA, Layout, Meta
from tests.support.paths import ROOT

START = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)

UNSYNCED = replace(SYSTEM, fsync=lambda descriptor: None)

MakeEntry = Callable[..., Entry]
OpenFile = Callable[..., IncidentFile]
RunCode = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="session")
def entry() -> MakeEntry:
    """`entry(7)` is the seventh fact of a log."""
    discovery.load()

    def make(order: int, text: str = "error rate 14 %", entry_id: str = "") -> Entry:
        at = START + timedelta(minutes=order)
        return Entry(entry_id or f"id-{order}", order, at, at, "ana", FactRecorded(text=text))

    return make


@pytest.fixture(scope="session")
def open_file() -> OpenFile:
    """`open_file(folder)`: its incident file, made on the first call.

    `quick` leaves out fsync, where a property is tried on many files.
    """

    def make(
        folder: Path,
        *,
        system: System = SYSTEM,
        layout: Layout = LAYOUT,
        wait: float = 5.0,
        quick: bool = False,
    ) -> IncidentFile:
        path = folder / "incident.json"
        lock = folder / ".incident-tui" / "locks" / "x.lock"
        system = UNSYNCED if quick else system
        if not path.exists():
            new = IncidentFile(path, lock=lock, system=UNSYNCED)
            new.create(Meta(SCHEMA, "2026-11-20-x", "0.1.0"))
        return IncidentFile(path, lock=lock, wait=wait, system=system, layout=layout)

    return make


@pytest.fixture(scope="session")
def run_code() -> RunCode:
    """Start Python code in a process of its own."""

    def run(code: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return run
