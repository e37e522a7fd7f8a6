"""Which editor opens a text: the one that git would open."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from incident_tui.service.exchange.outside_editor import Edited, edit_outside, editor_of

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


@pytest.mark.parametrize(
    ("editor", "text", "problem"),
    [
        ("sh -c 'echo more >>\"$1\"' -", "as it was\nmore", ""),
        ('sh -c \'echo "$MINE" >"$1"\' -', "from the environment", ""),
        ("false", "as it was", "false ended with status 1: nothing was taken over"),
        ("no-such-editor", "as it was", "no-such-editor is not to be found"),
        ("'unclosed", "as it was", "cannot be read as a command"),
        ("/", "as it was", "/ cannot be used"),
    ],
)
@pytest.mark.parametrize("aside", [False, True])
def test_an_editor_gives_what_it_saved_and_one_that_fails_costs_nothing(
    tmp_path: Path, editor: str, text: str, problem: str, aside: bool
) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_EDITOR": editor,
           "MINE": "from the environment"}  # fmt: skip

    def edited() -> Edited:
        return edit_outside("as it was", env, lambda: tmp_path / "text.md")

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(edited).result() if aside else edited()
    assert answer.text.strip() == text
    assert problem in answer.problem
    assert bool(answer.problem) == bool(problem)
