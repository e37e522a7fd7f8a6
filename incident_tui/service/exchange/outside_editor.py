"""A text opened in the user's own editor, on a temporary file that is taken away again.

Which editor that is, git says: what it opens a commit message with.

Whoever calls gives the terminal away before and takes it back afterwards.
"""

import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.values.text import clean
from incident_tui.service.runtime.command_runner import run_command
from incident_tui.store.files.atomic import replace_file

Run = Callable[[Sequence[str], Mapping[str, str]], int]
"""Runs a program in the terminal until it ends; gives its exit status. Raises `OSError`."""


class Edited(msgspec.Struct, frozen=True):
    """What the editor left. Where there is a `problem`, the text is what it was before."""

    text: str
    problem: str = ""


NAMED_IN = ("GIT_EDITOR", "VISUAL", "EDITOR")
USUAL = ("editor", "nano", "vi")
"""Editors that are looked for where there is no git to say one; the first is Debian's choice."""
_SECONDS = 5.0


def editor_of(env: Mapping[str, str]) -> str:
    """The editor of git: GIT_EDITOR, its `core.editor`, VISUAL, EDITOR, else vi (see git-var(1)).

    What the configuration of a single repository names is not asked: it may be anybody's.
    """
    apart = {name: value for name, value in env.items() if name not in ("GIT_DIR", "GIT_CONFIG")}
    command = ["git", "var", "GIT_EDITOR"]
    try:
        ran = run_command(command, cwd=Path("/"), env=apart, seconds=_SECONDS)
    except Refused:  # there is no git
        text = ""
    else:
        text = ran.output.decode(errors="replace").strip() if ran.exit_code == 0 else ""
    named = (env.get(name, "").strip() for name in NAMED_IN)
    usual = (name for name in USUAL if shutil.which(name, path=env.get("PATH", "")))
    return text or next(filter(None, (*named, *usual)), "")


def edit_outside(
    text: str, env: Mapping[str, str], make_file: Callable[[], Path], run: Run | None = None
) -> Edited:
    """The text after the user's editor was opened on it, in the file that `make_file` names.

    Nothing is raised: an editor that is missing or fails costs nothing, and says so.
    """
    editor = editor_of(env)
    if not editor:
        return Edited(text, "no editor is found: name yours in VISUAL or EDITOR")
    try:
        command = shlex.split(editor)
    except ValueError:
        return Edited(text, f"{editor!r} cannot be read as a command: look at its quotes")
    try:
        file = make_file()
        replace_file(file, f"{text}\n".encode(), mode=0o600)
    except OSError as error:
        return Edited(text, f"no file can be made for it: {error.strerror or error}")
    try:
        status = (run or _run)([*command, str(file)], env)
        if status:
            return Edited(text, f"{command[0]} ended with status {status}: nothing was taken over")
        return Edited(clean(file.read_text(encoding="utf-8", errors="replace")))
    except FileNotFoundError:
        words = f"{command[0]} is not to be found: name an editor that is installed in EDITOR"
        return Edited(text, words)
    except OSError as error:
        return Edited(text, f"{command[0]} cannot be used: {error.strerror}")


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
