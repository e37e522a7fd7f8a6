"""Which terminals show the one that this runs in, as tmux knows."""

from pathlib import Path

from incident_tui.domain.core.commands import Refused
from incident_tui.service.runtime.command_runner import run_command
from incident_tui.service.runtime.world import World

_SECONDS = 2.0


def can_be_shared(world: World) -> bool:
    """Whether this runs in tmux, which several terminals can be attached to."""
    return bool(world.env.get("TMUX") and world.env.get("TMUX_PANE"))


def attached_clients(world: World) -> frozenset[str] | None:
    """The terminals attached to this session of tmux, each by its own name for as long as it is.

    Those that only look are left out: nobody types there. None where that cannot be told. Waits
    for tmux, for two seconds at most.
    """
    columns = "#{client_readonly} #{client_pid} #{client_created}"
    words = ["tmux", "list-clients", "-t", world.env.get("TMUX_PANE", ""), "-F", columns]
    try:
        ran = run_command(words, cwd=Path("/"), env=world.env, seconds=_SECONDS)
    except Refused:
        return None
    if ran.exit_code != 0:
        return None
    clients = (one.split(" ", 1) for one in ran.output.decode("ascii", "replace").splitlines())
    return frozenset(name for only_looks, name in clients if only_looks == "0")
