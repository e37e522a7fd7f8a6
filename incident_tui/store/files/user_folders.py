"""Where a user's own files of this program lie: what they set, what it keeps, what it caches.

The answers of platformdirs, whose import takes as long as recording a line and which reads the
environment of the process instead of the one it is given.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

_NAME = "incident-tui"


def state_root(env: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """Where this program keeps state; None where the environment names no folder for it."""
    return _folder(env, platform, "XDG_STATE_HOME", ".local/state")


def config_root(env: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """Where a user's settings lie; None where the environment names no folder for them."""
    return _folder(env, platform, "XDG_CONFIG_HOME", ".config")


def cache_root(env: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """Where this program caches; None where the environment names no folder for it."""
    folder = _folder(env, platform, "XDG_CACHE_HOME", ".cache")
    if platform == "darwin" and folder is not None:
        return folder.parents[1] / "Caches" / _NAME
    return folder


def _folder(env: Mapping[str, str], platform: str, variable: str, below_own: str) -> Path | None:
    own = env.get("HOME", "")
    if platform == "darwin":
        return Path(own, "Library/Application Support", _NAME) if own else None
    # The XDG Base Directory Specification: a relative path is invalid, and is ignored.
    named = env.get(variable, "")
    if named.startswith("/"):
        return Path(named, _NAME)
    return Path(own, below_own, _NAME) if own.startswith("/") else None
