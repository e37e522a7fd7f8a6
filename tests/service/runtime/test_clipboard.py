"""Copying through tmux: whole, and outside of it or where it fails not at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_tui.service.runtime.clipboard import copied_by_tmux
from tests.support.world import Clock, make_world

TEXT = "5xx → 12 %\n" * 50_000


@pytest.mark.parametrize(
    ("script", "env", "copied"),
    [
        ('cat > "$HOME/copied"; echo "$@" > "$HOME/words"', {"TMUX": "/t,1,0"}, True),
        ('cat > "$HOME/copied"', {}, False),
        ("exit 1", {"TMUX": "/t,1,0"}, False),
        ("", {"TMUX": "/t,1,0"}, False),
    ],
)
def test_tmux_takes_the_whole_text_or_it_is_said_that_it_did_not(
    tmp_path: Path, script: str, env: dict[str, str], copied: bool
) -> None:
    if script:
        program = tmp_path / "tmux"
        program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
        program.chmod(0o755)
    clock = Clock(datetime(2026, 11, 20, tzinfo=UTC))
    environment = {"PATH": str(tmp_path), "HOME": str(tmp_path), **env}
    world = make_world(tmp_path, clock, environment)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        assert copied_by_tmux(world, TEXT) == copied
    if copied:
        assert (tmp_path / "copied").read_text("utf-8") == TEXT
        assert (tmp_path / "words").read_text() == "load-buffer -w -\n"
