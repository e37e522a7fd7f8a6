"""The screens that open over the war room, each loaded when it is first asked for.

A console that starts needs none of them, and together they take as long to load as the room.
"""

from collections.abc import Sequence

from textual.screen import Screen

from incident_tui.domain.values.playbook import Stage
from incident_tui.screens.panes.pane import Offer
from incident_tui.screens.session.controller import IncidentController


def backfill(controller: IncidentController, lines: tuple[str, ...]) -> Screen[None]:
    """Several pasted lines, before any of them is recorded."""
    from incident_tui.screens.forms.backfill import BackfillScreen

    return BackfillScreen(controller, lines)


def checkpoint(controller: IncidentController) -> Screen[None]:
    """The packet for whoever takes over."""
    from incident_tui.screens.forms.checkpoint import CheckpointScreen

    return CheckpointScreen(controller)


def composer(controller: IncidentController) -> Screen[None]:
    """The next status update."""
    from incident_tui.screens.forms.composer import ComposerScreen

    return ComposerScreen(controller)


def field(controller: IncidentController, stage: Stage, field_id: str) -> Screen[None]:
    """The form of a field of a stage's document."""
    from incident_tui.screens.forms.field import FieldScreen

    return FieldScreen(controller, stage, field_id)


def flags(controller: IncidentController) -> Screen[str | None]:
    """The red flags, explained."""
    from incident_tui.screens.browse.flags import FlagsScreen

    return FlagsScreen(controller)


def gate(controller: IncidentController) -> Screen[str | None]:
    """The gate of the current stage."""
    from incident_tui.screens.browse.gate import GateScreen

    return GateScreen(controller)


def help_screen() -> Screen[str | None]:
    """Every key and command."""
    from incident_tui.screens.browse.help import HelpScreen

    return HelpScreen()


def item(title: str, offers: Sequence[Offer]) -> Screen[str]:
    """What can be done with an item of a pane."""
    from incident_tui.screens.browse.item import ItemScreen

    return ItemScreen(title, offers)


def postmortem(controller: IncidentController) -> Screen[str | None]:
    """The postmortem, beside its document."""
    from incident_tui.screens.browse.postmortem import PostmortemScreen

    return PostmortemScreen(controller)


def reader(controller: IncidentController) -> Screen[str | None]:
    """The documents of the incident."""
    from incident_tui.screens.browse.reader import ReaderScreen

    return ReaderScreen(controller)
