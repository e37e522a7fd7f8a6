"""Which editor opens a text: the one that git would open."""

import os
from pathlib import Path

import pytest

from incident_tui.service.exchange.outside_editor import editor_of

CONFIGURED = "[core]\n\teditor = from core\n"


@pytest.mark.parametrize(
    ("config", "named", "editor"),
    [
        (CONFIGURED, {"GIT_EDITOR": "from git", "VISUAL": "v", "EDITOR": "e"}, "from git"),
        (CONFIGURED, {"VISUAL": "v", "EDITOR": "e"}, "from core"),
        ("", {"VISUAL": "v", "EDITOR": "e"}, "v"),
        ("", {"EDITOR": "e"}, "e"),
        ("", {"PATH": "/nowhere"}, ""),
        ("", {"PATH": "/nowhere", "EDITOR": "e"}, "e"),
        ("", {"TERM": "dumb", "EDITOR": " e "}, "e"),
    ],
)
def test_the_editor_is_the_one_that_git_would_open(
    tmp_path: Path, config: str, named: dict[str, str], editor: str
) -> None:
    settings = tmp_path / "config"
    settings.write_text(config)
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TERM": "xterm",
        "GIT_CONFIG_GLOBAL": str(settings),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    assert editor_of({**env, **named}).strip() == editor


def test_what_a_repository_names_is_not_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have come from anybody."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text(CONFIGURED)
    monkeypatch.chdir(tmp_path)
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "EDITOR": "e"}
    assert editor_of({**env, "GIT_DIR": str(tmp_path / ".git")}) == "e"
