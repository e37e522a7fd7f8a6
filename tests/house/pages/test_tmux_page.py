"""The tmux.conf of docs/tmux.md does what the page says, with two people attached."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT
from tests.support.terminals.shells import Typist, at_terminal

COPIED = base64.b64encode(b"what was copied").decode()


@dataclass
class Tmux:
    """A server of the test's own that has read the page, and the people attached to it."""

    words: list[str]
    env: dict[str, str]
    socket: Path
    people: list[Typist]

    def answer(self, *words: str) -> str:
        return subprocess.run(
            [*self.words, *words], env=self.env, capture_output=True, text=True, check=True
        ).stdout.strip()

    def print_inside(self, text: str) -> None:
        """Have the program in the pane write that to its terminal."""
        self.answer("send-keys", "-l", text)
        self.answer("send-keys", "Enter")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    program = shutil.which("tmux")
    if program is None:
        pytest.skip("there is no tmux here")
    page = (ROOT / "docs" / "tmux.md").read_text("utf-8")
    snippet = re.search(r"```tmux\n(.*?)```", page, re.DOTALL)
    assert snippet
    conf = tmp_path / "tmux.conf"
    conf.write_text(snippet[1])
    socket = tmp_path / "socket"
    env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    env |= {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    words = [program, "-f", str(conf), "-S", str(socket)]
    # It writes each line that it reads, with the escapes in it as a shell's printf has them.
    inside = 'echo there; while read -r line; do printf "$line"; done'
    with ExitStack() as attached:
        people = []
        first = [*words, "new-session", "-s", "incident", f"sh -c '{inside}'"]
        for command, columns in ((first, 120), ([*words, "attach", "-t", "incident"], 90)):
            person = at_terminal(command, env, tmp_path, columns=columns)
            people.append(attached.enter_context(person))
            people[-1].until("there")
        session = Tmux(words, env, socket, people)
        try:
            yield session
        finally:
            session.answer("kill-server")


def test_what_is_copied_reaches_both_terminals_and_a_buffer(tmux: Tmux) -> None:
    tmux.print_inside(rf"\033]52;c;{COPIED}\007")
    for person in tmux.people:
        person.until(f"\x1b]52;c;{COPIED}", f"\x1b]52;;{COPIED}")
    assert tmux.answer("show-buffer") == "what was copied"


def _rings(shown: str) -> bool:
    """Whether a bell is among that; the same byte also ends a title."""
    return "\x07" in re.sub(r"\x1b\][^\x07\x1b]*\x07", "", shown)


def test_a_bell_rings_in_both_terminals(tmux: Tmux) -> None:
    assert not any(_rings(person.shown) for person in tmux.people)
    tmux.print_inside(r"rings\007now")
    for person in tmux.people:
        person.until_shown(_rings, "a bell")


def test_true_colour_reaches_both_terminals(tmux: Tmux) -> None:
    tmux.print_inside(r"\033[38;2;11;22;33mteal")
    for person in tmux.people:
        person.until("38;2;11;22;33", "38:2::11:22:33")


def test_the_smaller_terminal_sees_all(tmux: Tmux) -> None:
    assert tmux.answer("display-message", "-p", "#{window_width}") == "90"


def test_the_doctor_finds_nothing_to_mend_of_the_terminal_inside(tmux: Tmux) -> None:
    term = tmux.answer("show-options", "-gv", "default-terminal")
    done = subprocess.run(
        [sys.executable, "-m", "incident_tui", "doctor", "--json"],
        env=tmux.env | {"TMUX": f"{tmux.socket},1,0", "TERM": term},
        cwd=tmux.env["HOME"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    findings: dict[str, dict[str, Any]] = {
        each["check"]: each for each in json.loads(done.stdout)["findings"]
    }
    for check in ("characters", "colours", "clipboard", "escape key"):
        assert findings[check]["state"] == "well", findings[check]
