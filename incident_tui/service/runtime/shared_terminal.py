"""How many people look at the terminal that this runs in, as tmux knows."""

from pathlib import Path

from incident_tui.domain.core.commands import Refused
from incident_tui.service.runtime.command_runner import run_command
from incident_tui.service.runtime.world import World

_SECONDS = 2.0


def can_be_shared(world: World) -> bool:
    """Whether this runs in tmux, which several terminals can be attached to."""
    return bool(world.env.get("TMUX") and world.env.get("TMUX_PANE"))


def attached_clients(world: World) -> int:
    """How many terminals are attached to this session of tmux; 0 where that cannot be told.

    Waits for tmux, for two seconds at most.
    """
    words = ["tmux", "list-clients", "-t", world.env.get("TMUX_PANE", ""), "-F", "one"]
    try:
        ran = run_command(words, cwd=Path("/"), env=world.env, seconds=_SECONDS)
    except Refused:
        return 0
    return ran.output.count(b"one\n") if ran.exit_code == 0 else 0
