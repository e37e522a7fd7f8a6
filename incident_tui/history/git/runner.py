"""Running one git process: its exact environment, its time limit, and a sure end.

Nothing here knows what the commands mean. Whatever writes is run here, and so is what GitPython
starts when it reads (`reader`): its own way adds the whole ambient environment (a ``GIT_DIR`` left
by a hook would aim the commit at another repository) and ends a slow git with SIGKILL, which leaves
its lock files behind.
"""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from incident_tui.history.git import guard

# What git itself lists as belonging to one repository (git rev-parse --local-env-vars) and what
# changes the meaning of paths; the configuration given by environment stays, it is the user's.
_OF_ANOTHER_REPOSITORY = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_DIR",
        "GIT_GLOB_PATHSPECS",
        "GIT_GRAFT_FILE",
        "GIT_ICASE_PATHSPECS",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_LITERAL_PATHSPECS",
        "GIT_NAMESPACE",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_QUARANTINE_PATH",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)
_NO_QUESTIONS = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "false",
    "SSH_ASKPASS": "false",
    "GIT_EDITOR": "true",
    "GIT_SEQUENCE_EDITOR": "true",
    "GIT_PAGER": "cat",
    # Messages are recognised by their English wording.
    "LC_ALL": "C",
    "LANGUAGE": "C",
}
_GRACE_SECONDS = 2.0


class GitUnavailableError(Exception):
    """No git, or no repository that can take commits; ``reason`` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Finished(msgspec.Struct, frozen=True):
    """How a git process ended; ``timed_out`` when it was stopped because it took too long.

    ``data`` is what it printed to the byte, ``out`` the same as text.
    """

    status: int
    data: bytes
    err: str
    timed_out: bool = False

    @property
    def out(self) -> str:
        """What was printed; a byte that is no text becomes a replacement character."""
        return _text(self.data)


class GitRunner:
    """Runs git with one environment, which is given and never read from the process itself.

    ``work_tree`` are the files of the repository, whatever its own configuration says of them.
    """

    def __init__(
        self,
        env: Mapping[str, str],
        *,
        version: guard.Version = (0, 0),
        work_tree: Path | None = None,
    ) -> None:
        kept = {name: value for name, value in env.items() if name not in _OF_ANOTHER_REPOSITORY}
        self._env = kept | _NO_QUESTIONS
        if work_tree is not None:
            self._env["GIT_WORK_TREE"] = str(work_tree)
        self.version = version

    def run(
        self,
        arguments: Sequence[str],
        *,
        cwd: Path,
        timeout_seconds: float,
        stdin: str | bytes | IO[bytes] | None = None,
        extra_env: Mapping[str, str] | None = None,
        hooks: bool = False,
        network: bool = False,
    ) -> Finished:
        """Run ``git ARGUMENTS`` in ``cwd`` and wait for it at most ``timeout_seconds``.

        Nothing that the repository names is run, but for its hooks with ``hooks``; and nothing
        elsewhere is reached without ``network``. An open file as ``stdin`` is read by git itself.
        The process gets a session of its own, so it can neither reach the terminal nor be hit by
        keys pressed there, and everything it started can be ended with it.

        Raises GitUnavailableError when git cannot be started at all.
        """
        process = self._start(
            arguments,
            cwd,
            {**guard.environment(network=network), **(extra_env or {})},
            hooks=hooks,
            stdin=_source(stdin),
            stderr=subprocess.PIPE,
        )
        data = stdin.encode("utf-8") if isinstance(stdin, str) else stdin
        data = data if isinstance(data, bytes) else None
        try:
            out, err = process.communicate(data, timeout=timeout_seconds)
        except subprocess.TimeoutExpired:
            # Git itself may be done and only something that a hook left behind hold the pipes.
            done_in_time = process.poll() is not None
            out, err = _end(process)
            return Finished(process.returncode, out, _text(err), not done_in_time)
        return Finished(process.returncode, out, _text(err))

    def start(self, arguments: Sequence[str], *, cwd: Path) -> subprocess.Popen[bytes]:
        """Start a git that answers what is written to it, until that ends; as `run` otherwise.

        Whoever asks sees to the time. Raises GitUnavailableError when git cannot be started.
        """
        environment = guard.environment(network=False)
        return self._start(
            arguments,
            cwd,
            environment,
            hooks=False,
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _start(
        self,
        arguments: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        *,
        hooks: bool,
        stdin: int | IO[bytes],
        stderr: int,
    ) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                ["git", *guard.settings(self.version, hooks=hooks), *arguments],
                cwd=cwd,
                env={**self._env, **environment},
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=stderr,
                start_new_session=True,
            )
        except OSError as error:
            raise GitUnavailableError(_why_not_started(error, cwd)) from error


def _source(stdin: str | bytes | IO[bytes] | None) -> int | IO[bytes]:
    if stdin is None:
        return subprocess.DEVNULL
    return subprocess.PIPE if isinstance(stdin, (str, bytes)) else stdin


def _why_not_started(error: OSError, cwd: Path) -> str:
    if not cwd.is_dir():
        return f"the folder {cwd} is gone: bring it back"
    if isinstance(error, FileNotFoundError):
        return "git is not installed or not on the PATH: install it"
    return f"git cannot be started ({error.strerror or error}): check the git on the PATH"


def _end(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Stop the process and all it started; gives what it had printed.

    SIGTERM first: git then removes its lock files, which SIGKILL would leave in the way.
    """
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        try:
            return process.communicate(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired as still_open:
            printed = (still_open.output or b"", still_open.stderr or b"")
    # Something left the session and keeps the pipes open: git itself is gone all the same.
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
    return printed


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")
