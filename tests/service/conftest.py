"""A home of one's own, with a clock that the test moves."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from incident_tui.service import Declaration, IncidentSession, Service
from incident_tui.store.home import home_at
from tests.support.git import git
from tests.support.world import Clock, make_world


@dataclass
class Bench:
    """`service` works on `home`; each reading of the clock is a second after the last."""

    base: Path
    env: dict[str, str] = field(default_factory=dict)
    clock: Clock = field(default_factory=lambda: Clock(step=timedelta(seconds=1)))

    def __post_init__(self) -> None:
        folders = {"XDG_STATE_HOME": "state", "XDG_CACHE_HOME": "cache"}
        self.env = {name: str(self.base / at) for name, at in folders.items()} | self.env
        self.home = home_at(self.base / "home", self.env)
        self.world = make_world(self.base, self.clock, self.env)
        self.service = Service(self.home, self.world, "ana", version="0.1.0")

    def git(self, *words: str, cwd: Path | None = None, ok: tuple[int, ...] = (0,)) -> str:
        """What git prints in the home, or elsewhere."""
        return git(*words, cwd=cwd or self.home.path, env=self.env, ok=ok)

    def declared(self, title: str = "Checkout returns 5xx") -> IncidentSession:
        return self.service.declare(Declaration(title))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path, {"TZ": "UTC", "PATH": str(tmp_path)})


@pytest.fixture
def session(bench: Bench) -> IncidentSession:
    """An incident that was declared there."""
    return bench.declared()


@pytest.fixture
def git_bench(tmp_path: Path, git_identity: Mapping[str, str]) -> Bench:
    """A bench where git works, and knows an author."""
    return Bench(tmp_path, {**os.environ, "TZ": "UTC", "GIT_CEILING_DIRECTORIES": str(tmp_path)})
