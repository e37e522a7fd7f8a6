"""Copying through tmux, which drops what programs ask the terminal to copy unless it is told to."""

from pathlib import Path

from incident_tui.domain.core.commands import Refused
from incident_tui.service.runtime.command_runner import run_command
from incident_tui.service.runtime.world import World

_SECONDS = 2.0
_WORDS = ("tmux", "load-buffer", "-w", "-")
"""Into a buffer of tmux, and from there to the clipboards of the terminals that allow it."""


def copied_by_tmux(world: World, text: str) -> bool:
    """Whether tmux took the text; false outside of it. Waits for it, two seconds at most."""
    if not world.env.get("TMUX"):
        return False
    typed = text.encode("utf-8", "replace")
    try:
        ran = run_command(_WORDS, cwd=Path("/"), env=world.env, seconds=_SECONDS, stdin=typed)
    except Refused:
        return False
    return ran.exit_code == 0
