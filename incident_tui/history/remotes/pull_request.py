"""Pull requests by way of GitHub's own program `gh`, where it is on the PATH.

It is asked for nothing that it would have to ask a person for. `env` is an `outlet`'s, so that the
git that it runs knows the remote and nothing else.
"""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import msgspec

from incident_tui.domain.values.text import clean_line
from incident_tui.history.remotes.remote import without_password

_SECONDS = 60.0
_QUIET = {
    "GH_PROMPT_DISABLED": "1",
    "GH_NO_UPDATE_NOTIFIER": "1",
    "GH_SPINNER_DISABLED": "1",
    "NO_COLOR": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "false",
    "SSH_ASKPASS": "false",
}
_ADDRESS = re.compile(r"https?://\S+")


class Opened(msgspec.Struct, frozen=True):
    """A pull request at `url`; or `trouble`, a part of a sentence, where there is none."""

    url: str = ""
    trouble: str = ""


class Account(msgspec.Struct, frozen=True):
    """Somebody as the host knows them."""

    login: str = ""
    name: str = ""


class PullRequest(msgspec.Struct, frozen=True, rename="camel"):
    """What the host says of a pull request."""

    url: str
    state: str
    author: Account | None = None
    merged_by: Account | None = None


def gh_on(env: Mapping[str, str]) -> bool:
    """Whether there is a `gh` on the PATH of that environment."""
    return shutil.which("gh", path=env.get("PATH", "")) is not None


def open_pull_request(
    env: Mapping[str, str], *, branch: str, base: str, title: str, body: Path
) -> Opened:
    """Open a pull request, or give the one that is open the new text. Never raises."""
    words = ("--base", base, "--title", title, "--body-file", str(body))
    made = _gh(env, "pr", "create", "--head", branch, *words)
    if isinstance(made, str):
        return Opened(trouble=made)
    if made.returncode != 0 and "already exists" in made.stderr:
        edited = _gh(env, "pr", "edit", branch, "--title", title, "--body-file", str(body))
        if isinstance(edited, str):
            return Opened(trouble=edited)
        if edited.returncode != 0:
            return Opened(trouble=_complaint(edited))
        address = _ADDRESS.search(edited.stdout) or _ADDRESS.search(made.stderr)
        return Opened(url=clean_line(address[0])) if address else Opened()
    if made.returncode != 0:
        return Opened(trouble=_complaint(made))
    address = _ADDRESS.search(made.stdout)
    return Opened(url=clean_line(address[0]) if address else "")


def pull_request_of(env: Mapping[str, str], branch: str) -> PullRequest | None:
    """The newest pull request of a branch; None when gh knows of none or cannot tell."""
    done = _gh(env, "pr", "view", branch, "--json", "url,state,author,mergedBy")
    if isinstance(done, str) or done.returncode != 0:
        return None
    try:
        return msgspec.json.decode(done.stdout, type=PullRequest)
    except msgspec.DecodeError:
        return None


def _gh(env: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str] | str:
    """How gh ended; or why it did not, as a part of a sentence."""
    try:
        return subprocess.run(
            ["gh", *arguments],
            # Not in the user's files, whose attributes and monitors the git that gh runs would ask.
            cwd=env.get("GIT_DIR"),
            env={**env, **_QUIET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it did not answer within {_SECONDS:g} s"
    except OSError as error:
        return f"it cannot be started ({error.strerror or error})"


def _complaint(done: subprocess.CompletedProcess[str]) -> str:
    lines = [clean_line(line) for line in done.stderr.splitlines() if line.strip()]
    return without_password(lines[0])[:200] if lines else f"it ended with {done.returncode}"
