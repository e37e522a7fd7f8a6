"""The console in a real tmux, with hands that press one key after the other."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from incident_tui.service import Service
from incident_tui.store.files.user_folders import state_root
from incident_tui.store.home import Home
from tests.support.patience import wait_until
from tests.support.world import Clock, make_world

PROGRAM = (sys.executable, "-m", "incident_tui")
LOOK_AGAIN = 0.1
"""Seconds after which the screen is looked at again: each look starts a process."""


class TmuxConsole:
    """A console on a home below `base`, in a tmux of its own; used with `with`."""

    def __init__(
        self, base: Path, size: tuple[int, int] = (120, 40), socket: str = "tmux", **env: str
    ) -> None:
        self._size = size
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(base),
            "INCIDENT_TUI_HOME": str(base / "home"),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "GIT_CONFIG_SYSTEM": os.devnull,
            **env,
        }
        self._hands: subprocess.Popen[bytes] | None = None
        self._words = ("tmux", "-S", str(base / socket), "-f", os.devnull)
        world = make_world(base, Clock(), self.env)
        home = Home(base / "home", state_root(self.env))
        self.service = Service(home, world, "nobody", version="0")

    def command(self, *words: str) -> None:
        """Run a command of the program beside the console."""
        subprocess.run(
            [*PROGRAM, *words], env=self.env, check=True, stdout=subprocess.DEVNULL, timeout=60
        )

    def __enter__(self) -> Self:
        columns, lines = map(str, self._size)
        size = ("-x", columns, "-y", lines)
        self._tmux("new-session", "-d", "-s", "s", *size, *PROGRAM)
        self._tmux("set-option", "-g", "escape-time", "10")
        self._tmux("set-option", "-g", "window-size", "manual")
        # One process for all keys: to start one for each would take longer than a fast typist.
        self._hands = self._attached()
        return self

    def _attached(self) -> subprocess.Popen[bytes]:
        words = [*self._words, "-C", "attach-session", "-t", "s"]
        return subprocess.Popen(
            words, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )

    @contextmanager
    def another_client(self) -> Iterator[None]:
        """Have somebody else attached to the session meanwhile."""
        client = self._attached()
        try:
            yield
        finally:
            client.communicate(timeout=60)

    def __exit__(self, *exception: object) -> None:
        self._tmux("kill-server")
        assert self._hands is not None
        self._hands.communicate(timeout=60)

    def press(self, *keys: str) -> None:
        """Press keys by the names that tmux has for them."""
        self._send(*keys)

    def type(self, text: str, seconds: float) -> None:
        """Type a text, a letter each so many seconds."""
        for letter in text:
            self._send("-H", *(f"{byte:x}" for byte in letter.encode()))
            time.sleep(seconds)

    def send(self, text: str) -> None:
        """Have another program type a text, all of it at once; Enter is a carriage return."""
        self._tmux("send-keys", "-t", "s", "-H", *(f"{byte:x}" for byte in text.encode()))

    def paste(self, text: str) -> None:
        """Paste a text as a terminal does that marks no pastes."""
        self._tmux("set-buffer", text)
        self._tmux("paste-buffer", "-t", "s")

    def _send(self, *words: str) -> None:
        assert self._hands is not None
        assert self._hands.stdin is not None
        self._hands.stdin.write(f"send-keys -t s {' '.join(words)}\n".encode())
        self._hands.stdin.flush()

    @property
    def screen(self) -> str:
        """What the screen shows."""
        return self._tmux("capture-pane", "-p", "-t", "s")

    def see(self, words: str | re.Pattern[str]) -> None:
        """Wait until the screen shows these words."""
        wanted = re.compile(re.escape(words)) if isinstance(words, str) else words
        try:
            wait_until(lambda: bool(wanted.search(self.screen)), f"{words!r} is shown", LOOK_AGAIN)
        except AssertionError as problem:
            raise AssertionError(f"{problem}:\n{self.screen}") from None

    def recorded(self) -> list[tuple[str, str]]:
        """Kind and text of every entry of the incidents of the home, those of the oldest first."""
        entries = []
        for folder in sorted(self.service.home.folders()):
            incident = self.service.read(folder)
            entries += [
                (entry.event.kind, entry.event.tell(entry, incident)) for entry in incident.recorded
            ]
        return entries

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            [*self._words, *words],
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout


def texts_of(entries: Sequence[tuple[str, str]]) -> list[str]:
    """The texts of entries, those that are no facts with their kind before them."""
    return [text if kind == "fact" else f"{kind}: {text}" for kind, text in entries]
