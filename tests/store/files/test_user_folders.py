"""Where a user's own files lie, as the environment names it and the platform has it."""

import os
from pathlib import Path

import platformdirs
import pytest

from incident_tui.store.files.user_folders import cache_root, config_root, state_root


@pytest.mark.parametrize(
    ("env", "platform", "root"),
    [
        ({"HOME": "/home/ana"}, "linux", "/home/ana/.local/state/incident-tui"),
        ({"HOME": "/home/ana", "XDG_STATE_HOME": "/s"}, "linux", "/s/incident-tui"),
        ({"HOME": "/h", "XDG_STATE_HOME": "s"}, "linux", "/h/.local/state/incident-tui"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Application Support/incident-tui"),
        ({"XDG_STATE_HOME": ""}, "linux", None),
        ({"HOME": "h"}, "linux", None),
        ({}, "darwin", None),
    ],
)
def test_the_state_folder_is_named_by_the_environment(
    env: dict[str, str], platform: str, root: str | None
) -> None:
    assert state_root(env, platform) == (Path(root) if root else None)


def test_state_is_where_the_platform_has_it() -> None:
    assert state_root(os.environ) == platformdirs.user_state_path("incident-tui", appauthor=False)


@pytest.mark.parametrize(
    ("env", "platform", "root"),
    [
        ({"HOME": "/home/ana"}, "linux", "/home/ana/.config/incident-tui"),
        ({"HOME": "/home/ana", "XDG_CONFIG_HOME": "/c"}, "linux", "/c/incident-tui"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Application Support/incident-tui"),
        ({}, "linux", None),
    ],
)
def test_the_folder_of_settings_is_named_by_the_environment(
    env: dict[str, str], platform: str, root: str | None
) -> None:
    assert config_root(env, platform) == (Path(root) if root else None)


def test_settings_are_where_the_platform_has_them() -> None:
    assert config_root(os.environ) == platformdirs.user_config_path("incident-tui", appauthor=False)


@pytest.mark.parametrize(
    ("env", "platform", "root"),
    [
        ({"HOME": "/home/ana"}, "linux", "/home/ana/.cache/incident-tui"),
        ({"HOME": "/home/ana", "XDG_CACHE_HOME": "/c"}, "linux", "/c/incident-tui"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Caches/incident-tui"),
        ({}, "linux", None),
        ({}, "darwin", None),
    ],
)
def test_the_folder_of_caches_is_named_by_the_environment(
    env: dict[str, str], platform: str, root: str | None
) -> None:
    assert cache_root(env, platform) == (Path(root) if root else None)


def test_caches_are_where_the_platform_has_them() -> None:
    assert cache_root(os.environ) == platformdirs.user_cache_path("incident-tui", appauthor=False)
