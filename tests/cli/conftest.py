"""A terminal to type commands into: its clock, ids, environment and home are the test's own."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from incident_tui.cli import Outside, root
from incident_tui.service import Service
from incident_tui.store.files.user_folders import state_root
from incident_tui.store.home import Home
from tests.support.git import git
from tests.support.incidents import TRIAGE
from tests.support.world import Clock, make_world


@dataclass
class Terminal:
    """`run("list", "--json")` is what a user types. No git is found unless `env` has a PATH."""

    base: Path
    env: dict[str, str] = field(default_factory=dict)
    clock: Clock = field(default_factory=Clock)
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
            # What it starts counts as covered too, where that is measured.
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
        } | self.env
        self.world = make_world(self.cwd, self.clock, self.env)

    def run(self, *words: str, stdin: str | bytes = "") -> Result:
        """One command; a minute passes before it."""
        self.clock.forward(1)
        return CliRunner().invoke(
            root, list(words), input=stdin, obj=self.outside(), catch_exceptions=False
        )

    def outside(self, **env: str) -> Outside:
        """What a command gets of the world, with these variables beside the terminal's own."""
        world = replace(self.world, env=self.env | env) if env else self.world
        return Outside(world, lambda: self.base / "data", self._open_console)

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
def incident(terminal: Terminal) -> str:
    """The id of an incident that was declared there."""
    return terminal.declared()


@pytest.fixture
def git_terminal(tmp_path: Path, git_identity: Mapping[str, str]) -> Terminal:
    """A terminal where git works, and knows an author."""
    known = {name: value for name, value in os.environ.items() if name != "INCIDENT_TUI_HOME"}
    return Terminal(tmp_path, env={**known, "GIT_CEILING_DIRECTORIES": str(tmp_path)})


@pytest.fixture
def with_git(git_terminal: Terminal) -> Callable[..., str]:
    """What the user's own git prints about the home."""
    return partial(git, cwd=git_terminal.home, env=git_terminal.env)


@pytest.fixture
def minute() -> tuple[str, ...]:
    """A minute in the life of an incident: what is typed from the declaration on."""
    return TRIAGE


def service_of(terminal: Terminal) -> Service:
    """What the commands of that terminal work with."""
    home = Home(terminal.home, state_root(terminal.env))
    return Service(home, terminal.world, "ana", version="0.1.0")
