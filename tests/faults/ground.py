"""A home of one's own for each fault, and the program as users start it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "incident_tui")


class Ground:
    """A folder with a home in it, and an environment that holds nothing of the tester's."""

    def __init__(self, base: Path, *, git: bool = True, **more: str) -> None:
        base.mkdir(parents=True, exist_ok=True)
        self.base = base
        self.home = base / "home"
        settings = base / "gitconfig"
        settings.write_text(
            "[user]\n\tname = Ana Ops\n\temail = ana@example.org\n[init]\n\tdefaultBranch = main\n"
        )
        self.env = {
            "PATH": os.environ["PATH"] if git else str(base / "nowhere"),
            "HOME": str(base),
            "TZ": "UTC",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT),
            "GIT_CONFIG_GLOBAL": str(settings),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": str(base),
            "INCIDENT_TUI_HOME": str(self.home),
            "INCIDENT_TUI_ME": "ana",
            **more,
        }

    def acting_as(self, actor: str) -> Self:
        """The same home on the same account, with somebody else who types."""
        other = copy(self)
        other.env = self.env | {"INCIDENT_TUI_ME": actor}
        return other

    @property
    def state_folders(self) -> tuple[Path, ...]:
        """Where the program keeps what is of one person on one machine, and where it once did."""
        root = Path(self.env.get("XDG_STATE_HOME") or self.base / ".local" / "state")
        return (root / "incident-tui", self.home / ".incident-tui")

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command; its input and output are pipes."""
        return subprocess.Popen(
            [*PROGRAM, *words],
            cwd=self.base,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(
        self, *words: str, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*PROGRAM, *words],
            cwd=self.base,
            env=self.env | (env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def declare(self, title: str = "Checkout returns 5xx") -> str:
        """A new incident; gives its id."""
        done = self.run("declare", title)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def git(self, *words: str, cwd: Path | None = None, ok: Sequence[int] = (0,)) -> str:
        """What the user's own git prints."""
        done = subprocess.run(
            ["git", *words],
            cwd=cwd or self.home,
            env=self.env | {"GIT_EDITOR": "true"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in ok:
            raise RuntimeError(f"git {' '.join(words)}: {done.stderr or done.stdout}")
        return done.stdout
