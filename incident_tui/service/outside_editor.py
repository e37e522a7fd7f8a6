"""A text opened in the user's own editor, on a temporary file that is taken away again.

Whoever calls gives the terminal away before and takes it back afterwards.
"""

import os
import shlex
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from incident_tui.domain.text import clean
from incident_tui.store.private import make_private

Run = Callable[[Sequence[str], Mapping[str, str]], int]
"""Runs a program in the terminal until it ends; gives its exit status. Raises `OSError`."""


class Edited(msgspec.Struct, frozen=True):
    """What the editor left. Where there is a `problem`, the text is what it was before."""

    text: str
    problem: str = ""


def editor_of(env: Mapping[str, str]) -> str:
    """The editor that the environment names; empty where it names none."""
    return env.get("VISUAL", "").strip() or env.get("EDITOR", "").strip()


def edit_outside(text: str, env: Mapping[str, str], folder: Path, run: Run | None = None) -> Edited:
    """The text after the user's editor was opened on it, in a file of its own below `folder`.

    Nothing is raised: an editor that is missing or fails costs nothing, and says so.
    """
    editor = editor_of(env)
    if not editor:
        return Edited(text, "neither VISUAL nor EDITOR is set: name your editor in one of them")
    try:
        command = shlex.split(editor)
    except ValueError:
        return Edited(text, f"{editor!r} cannot be read as a command: look at its quotes")
    try:
        make_private(folder)
        handle, name = tempfile.mkstemp(prefix="field-", suffix=".txt", dir=folder)
    except OSError as error:
        return Edited(text, f"no file can be made in {folder}: {error.strerror}")
    file = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as written:
            written.write(text + "\n")
        status = (run or _run)([*command, str(file)], env)
        if status:
            return Edited(text, f"{command[0]} ended with status {status}: nothing was taken over")
        return Edited(clean(file.read_text(encoding="utf-8", errors="replace")))
    except FileNotFoundError:
        return Edited(text, f"{command[0]} is not to be found: is it installed, and in PATH?")
    except OSError as error:
        return Edited(text, f"{command[0]} cannot be used: {error.strerror}")
    finally:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def _run(command: Sequence[str], env: Mapping[str, str]) -> int:
    # ctrl+c in the editor reaches us too, and is the editor's business alone. A handler, unlike an
    # ignored signal, is not inherited by it.
    if threading.current_thread() is not threading.main_thread():
        return subprocess.run(command, env=dict(env), check=False).returncode
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        return subprocess.run(command, env=dict(env), check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)
