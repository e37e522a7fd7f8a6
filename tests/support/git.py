"""Git as a user runs it beside the product: an environment of its own, and what it prints."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

REAL_GIT = shutil.which("git") or "git"
IDENTITY = "[user]\n\tname = Ana Ops\n\temail = ana@example.org\n"


def environment(base: Path) -> dict[str, str]:
    """All that git gets: nothing of the tester's, Ana as author (in `base`/gitconfig)."""
    settings = base / "gitconfig"
    settings.write_text(f"{IDENTITY}[init]\n\tdefaultBranch = main\n")
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(base),
        "TZ": "UTC",
        "GIT_CONFIG_GLOBAL": str(settings),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(base),
    }


def git(*words: str, cwd: Path, env: Mapping[str, str], ok: tuple[int, ...] = (0,)) -> str:
    """What git prints; an exit code that is not among `ok` fails the test."""
    done = subprocess.run(
        [REAL_GIT, *words],
        cwd=cwd,
        env={"GIT_EDITOR": "true", **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode in ok, (done.stdout + done.stderr).decode(errors="replace")
    return done.stdout.decode()


def start(top: Path, *, bare: bool = False) -> None:
    """A repository in a folder, as `git init` makes it, without a process for each."""
    made = _made(bare)
    shutil.copytree(made, top if bare else top / ".git", dirs_exist_ok=True)


@cache
def _made(bare: bool) -> Path:
    base = Path.home() / ("bare" if bare else "started")  # of the test run, and taken away with it
    base.mkdir()
    words = ("init", "--quiet", "--initial-branch=main", "--template=", *(["--bare"] * bare))
    git(*words, cwd=base, env={"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1"})
    made = base if bare else base / ".git"
    for folder in ("hooks", "info"):
        (made / folder).mkdir()
    return made
