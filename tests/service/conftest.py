"""A home of one's own, with a clock that the test moves."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from incident_tui.service import Declaration, IncidentSession, Service, World
from incident_tui.store.console.machine_state import state_root
from incident_tui.store.home import Home


@dataclass
class Bench:
    """`service` works on `home`; each reading of the clock is a second after the last."""

    base: Path
    env: dict[str, str] = field(default_factory=dict)
    now: datetime = datetime(2026, 11, 20, 14, 12, tzinfo=UTC)

    def __post_init__(self) -> None:
        ids = count(1)
        self.env = {"XDG_STATE_HOME": str(self.base / "state"), **self.env}
        self.home = Home(self.base / "home", state_root(self.env))
        self.world = World(self._tick, lambda: f"{next(ids):012x}", self.env, self.base)
        self.service = Service(self.home, self.world, "ana", version="0.1.0")

    def _tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def declared(self, title: str = "Checkout returns 5xx") -> IncidentSession:
        return self.service.declare(Declaration(title))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path, {"TZ": "UTC", "PATH": str(tmp_path)})


@pytest.fixture
def git_bench(tmp_path: Path, git_identity: Mapping[str, str]) -> Bench:
    """A bench where git works, and knows an author."""
    return Bench(tmp_path, {**os.environ, "TZ": "UTC", "GIT_CEILING_DIRECTORIES": str(tmp_path)})
