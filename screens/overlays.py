"""The screens that open over the war room, each loaded when it is first asked for.

A console that starts needs none of them, and together they take as long to load as the room.
"""

from collections.abc import Sequence

from textual.screen import Screen

from incident_tui.domain.playbook import Stage

from .desk import Desk
from .panes.pane import Offer


def backfill(desk: Desk, lines: tuple[str, ...]) -> Screen[None]:
    """Several pasted lines, before any of them is recorded."""
    from .backfill import BackfillScreen

    return BackfillScreen(desk, lines)


def checkpoint(desk: Desk) -> Screen[None]:
    """The packet for whoever takes over."""
    from .checkpoint import CheckpointScreen

    return CheckpointScreen(desk)


def composer(desk: Desk) -> Screen[None]:
    """The next status update."""
    from .composer import ComposerScreen

    return ComposerScreen(desk)


def field(desk: Desk, stage: Stage, field_id: str) -> Screen[None]:
    """The form of a field of a stage's document."""
    from .field import FieldScreen

    return FieldScreen(desk, stage, field_id)


def flags(desk: Desk) -> Screen[str | None]:
    """The red flags, explained."""
    from .flags import FlagsScreen

    return FlagsScreen(desk)


def gate(desk: Desk) -> Screen[str | None]:
    """The gate of the current stage."""
    from .gate import GateScreen

    return GateScreen(desk)


def help_screen() -> Screen[str | None]:
    """Every key and command."""
    from .help import HelpScreen

    return HelpScreen()


def item(title: str, offers: Sequence[Offer]) -> Screen[str]:
    """What can be done with an item of a pane."""
    from .item import ItemScreen

    return ItemScreen(title, offers)


def postmortem(desk: Desk) -> Screen[str | None]:
    """The postmortem, beside its document."""
    from .postmortem import PostmortemScreen

    return PostmortemScreen(desk)


def reader(desk: Desk) -> Screen[str | None]:
    """The documents of the incident."""
    from .reader import ReaderScreen

    return ReaderScreen(desk)
