"""A terminal to type commands into: its clock, ids, environment and home are the test's own."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from incident_tui.cli import Outside, root
from incident_tui.service import Service, World
from incident_tui.store.console.machine_state import state_root
from incident_tui.store.home import Home

NOON = datetime(2026, 11, 20, 14, 12, tzinfo=UTC)


@dataclass
class Terminal:
    """`run("list", "--json")` is what a user types. No git is found unless `env` has a PATH."""

    base: Path
    env: dict[str, str] = field(default_factory=dict)
    now: datetime = NOON
    opened: list[tuple[Service, str | None]] = field(default_factory=list)
    demos: list[Service] = field(default_factory=list)
    """The worked examples that the console got: at once where it begins with one."""
    asks_for_demo: bool = False
    ends_with: int = 0
    """The exit code of the console."""

    def __post_init__(self) -> None:
        self.cwd = self.base / "work"
        self.cwd.mkdir()
        self.home = self.base / "home"
        self.env = {
            "INCIDENT_TUI_HOME": str(self.home),
            "INCIDENT_TUI_ME": "ana",
            "HOME": str(self.base),
            "PATH": str(self.base),
            "TZ": "UTC",
        } | self.env
        self._ids = count(1)

    @property
    def world(self) -> World:
        return World(lambda: self.now, lambda: f"{next(self._ids):012x}", self.env, self.cwd)

    def run(self, *words: str, stdin: str | bytes = "") -> Result:
        """One command; a minute passes before it."""
        self.now += timedelta(minutes=1)
        outside = Outside(
            self.world,
            lambda: self.base / "data",
            self._open_console,
        )
        return CliRunner().invoke(
            root, list(words), input=stdin, obj=outside, catch_exceptions=False
        )

    def _open_console(
        self,
        service: Service,
        incident: str | None,
        offer_demo: Callable[[], Service],
        begin_with_demo: bool,
    ) -> int:
        self.opened.append((service, incident))
        self.demos.extend(offer_demo() for _ in range(self.asks_for_demo or begin_with_demo))
        return self.ends_with

    def ok(self, *words: str, stdin: str | bytes = "") -> str:
        """What a command prints that has to succeed."""
        done = self.run(*words, stdin=stdin)
        assert done.exit_code == 0, done.output
        return done.stdout

    def json(self, *words: str) -> Any:
        """The answer to a command as data."""
        return json.loads(self.ok(*words, "--json"))

    def declared(self, title: str = "Checkout returns 5xx in eu-west", *words: str) -> str:
        """Declare an incident; returns its id."""
        return self.ok("declare", title, *words).strip()

    def folder(self, incident_id: str) -> Path:
        return self.home / incident_id


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def git_terminal(tmp_path: Path, git_identity: Mapping[str, str]) -> Terminal:
    """A terminal where git works, and knows an author."""
    known = {name: value for name, value in os.environ.items() if name != "INCIDENT_TUI_HOME"}
    return Terminal(tmp_path, env={**known, "GIT_CEILING_DIRECTORIES": str(tmp_path)})


@pytest.fixture
def with_git(git_terminal: Terminal) -> Callable[..., str]:
    """What the user's own git prints about the home."""
    import subprocess

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", *words], cwd=git_terminal.home, env=git_terminal.env,
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    return git


MINUTE = (
    "/role all ana",
    "@14:02 = 5xx 0.2 % -> 12 % src:pager",
    "/sev SEV2 checkout fails for a region",
    "/impact users 12 % of checkouts in eu-west",
    "/impact services checkout, payments",
    "/impact data none",
    "/scope users eu-west",
    "/scope fault-domain eu-west-1",
    "/scope dependency payments provider: green",
    "/scope recent-change deploy v42 at 13:58",
    "? v42 exhausts the connection pool",
    "! roll back to v41",
    "/update Checkout fails for some users in eu-west; rolling back. next:+30m",
    "/advance",
    "/approve",
)
"""A minute in the life of an incident: what is typed from the declaration on."""


@pytest.fixture
def minute() -> tuple[str, ...]:
    return MINUTE


def service_of(terminal: Terminal) -> Service:
    """What the commands of that terminal work with."""
    home = Home(terminal.home, state_root(terminal.env))
    return Service(home, terminal.world, "ana", version="0.1.0")
