"""Who is typing: as told, else as configured, else as git or the system knows them."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from incident_tui.domain.values.text import clean_line

Read = Callable[[], str]
"""Reads a name from somewhere; empty where there is none."""


def stated_name(flag: str | None, env: Mapping[str, str], *configured: Read) -> str:
    """The name that somebody said: with --as, in the environment, in a setting; else empty."""
    first = clean_line(flag or env.get("INCIDENT_TUI_ME") or "")
    return first or next((name for each in configured if (name := clean_line(each()))), "")


def supposed(env: Mapping[str, str], where: Path, login: Read) -> str:
    """The name of whoever types, as git in that folder or the system has it; never empty."""
    return (
        clean_line(env.get("GIT_AUTHOR_NAME") or "")
        or clean_line(_known_to_git(env, where))
        or clean_line(env.get("LOGNAME") or env.get("USER") or "")
        or clean_line(login())
        or "someone"
    )


def _known_to_git(env: Mapping[str, str], where: Path) -> str:
    """What `git config user.name` says; empty where it says nothing or there is no git.

    Started by hand: the module subprocess alone takes as long to load as recording a line does.
    """
    read_end, write_end = os.pipe()
    actions = [
        (os.POSIX_SPAWN_DUP2, write_end, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    words = ["git", "-C", str(where), "config", "user.name"]
    started = None
    for folder in os.get_exec_path(env):
        try:
            started = os.posix_spawn(f"{folder}/git", words, env, file_actions=actions)
            break
        except OSError:
            continue
    os.close(write_end)
    with open(read_end, "rb") as answer:
        name = answer.read()
    if started is None or os.waitpid(started, 0)[1] != 0:
        return ""
    return name.decode("utf-8", errors="replace")
