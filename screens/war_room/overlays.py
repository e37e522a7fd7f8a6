"""The screens that open over the war room, each loaded when it is first asked for.

A console that starts needs none of them, and together they take as long to load as the war room.
A new screen is declared here, with its key if it has one; that is the only place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.screen import Screen

from incident_tui.domain.values.playbook import Stage
from incident_tui.screens.panes.pane import Offer
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.plain_keys import LAYOUT_KEY

if TYPE_CHECKING:
    from incident_tui.screens.forms.pasted_lines import Again
    from incident_tui.service.exchange.foreign.timed_lines import TimedLine

Opener = (
    Callable[[IncidentController], Screen[str | None]]
    | Callable[[IncidentController], Screen[None]]
)


@dataclass(frozen=True, slots=True)
class Overlay:
    """A screen that needs no more than the incident; a line it gives back is begun.

    One that `enters` has a line entered at once that ends in no blank, so that nothing is missing.
    """

    name: str
    """What a command says that opens it, and the end of the id of its key."""
    open: Opener
    key: str = ""
    tooltip: str = ""
    enters: bool = False
    words: str = ""
    """Other words that people look for it by, separated by blanks."""

    @property
    def displayed(self) -> str | None:
        """What is shown of two keys of which a terminal sends the other; None for one key."""
        first, comma, _ = self.key.partition(",")
        return first if comma else None


OVERLAYS: dict[str, Overlay] = {}
"""The overlays by name, in the order in which they are declared."""


def overlay(
    name: str, *, key: str = "", tooltip: str = "", enters: bool = False, words: str = ""
) -> Callable[[Opener], Opener]:
    """Declare an overlay. One without a key is opened by a command that names it."""

    def declare(opener: Opener) -> Opener:
        assert name not in OVERLAYS, f"two screens are called {name!r}"
        OVERLAYS[name] = Overlay(name, opener, key, tooltip, enters, words)
        return opener

    return declare


def overlay_bindings() -> list[Binding]:
    """The keys of the overlays, as bindings of the war room."""
    return [
        Binding(one.key, f"open({one.name!r})", one.name, False, key_display=one.displayed,
                # With alt a terminal sends the letter too, which the log line would take as text.
                priority=one.key.startswith("alt+"),
                id=f"room.{one.name}", tooltip=one.tooltip)
        for one in OVERLAYS.values()
        if one.key
    ]  # fmt: skip


def overlay_words() -> dict[str, str]:
    """By which other words the keys of the overlays are looked for, by the id of the binding."""
    return {f"room.{one.name}": one.words for one in OVERLAYS.values() if one.words}


@overlay("flags", key="f6", tooltip="Red flags, explained", words="warnings alerts problems error")
def flags(controller: IncidentController) -> Screen[str | None]:
    """The red flags, explained."""
    from incident_tui.screens.browse.flags import FlagsScreen

    return FlagsScreen(controller)


@overlay("read", key="f7", tooltip="Read the documents", words="copy report print pages markdown")
def reader(controller: IncidentController) -> Screen[str | None]:
    """The documents of the incident."""
    from incident_tui.screens.browse.reader import ReaderScreen

    return ReaderScreen(controller)


@overlay("postmortem", key="ctrl+t", tooltip="Write the postmortem beside its document",
         words="retro rca review blameless lessons")  # fmt: skip
def postmortem(controller: IncidentController) -> Screen[str | None]:
    """The postmortem, beside its document."""
    from incident_tui.screens.browse.postmortem import PostmortemScreen

    return PostmortemScreen(controller)


@overlay("layout", key=f"alt+0,{LAYOUT_KEY}", tooltip="Hide, move and resize the panes")
def layout(controller: IncidentController) -> Screen[str | None]:
    """Where the panes stand on the board."""
    from incident_tui.screens.browse.layout import LayoutScreen

    return LayoutScreen()


@overlay("gate")
def gate(controller: IncidentController) -> Screen[str | None]:
    """The gate of the current stage."""
    from incident_tui.screens.browse.gate import GateScreen

    return GateScreen(controller)


@overlay("changes", key="alt+w", tooltip="What changed before the start")
def changes(controller: IncidentController) -> Screen[str | None]:
    """What changed before the start, the likeliest first."""
    from incident_tui.screens.browse.changes import ChangesScreen

    return ChangesScreen(controller)


@overlay("send")
def send(controller: IncidentController) -> Screen[str | None]:
    """What would be run to send the newest update, and running it."""
    from incident_tui.screens.browse.outbound.send import SendScreen

    return SendScreen(controller)


@overlay("deliver")
def deliver(controller: IncidentController) -> Screen[str | None]:
    """What a delivery would send, sending it, and whether it was merged."""
    from incident_tui.screens.browse.outbound.deliver import DeliverScreen

    return DeliverScreen(controller)


@overlay("people", enters=True)
def people(controller: IncidentController) -> Screen[str | None]:
    """Who is typing."""
    from incident_tui.screens.browse.people import PeopleScreen

    return PeopleScreen(controller)


@overlay("composer")
def composer(controller: IncidentController) -> Screen[None]:
    """The next status update."""
    from incident_tui.screens.forms.composer import ComposerScreen

    return ComposerScreen(controller)


@overlay("checkpoint")
def checkpoint(controller: IncidentController) -> Screen[None]:
    """The packet for whoever takes over."""
    from incident_tui.screens.forms.checkpoint import CheckpointScreen

    return CheckpointScreen(controller)


def backfill(
    controller: IncidentController,
    lines: tuple[str, ...],
    record: Sequence["TimedLine"] = (),
    again: "Again | None" = None,
) -> Screen[None]:
    """Several lines that were pasted, or that a file gives, before any of them is recorded.

    `again` reads the file with another column of times.
    """
    from incident_tui.screens.forms.backfill import BackfillScreen

    return BackfillScreen(controller, lines, record, again)


def field(controller: IncidentController, stage: Stage, field_id: str) -> Screen[None]:
    """The form of a field of a stage's document."""
    from incident_tui.screens.forms.field import FieldScreen

    return FieldScreen(controller, stage, field_id)


@overlay("help")
def help_in_war_room(controller: IncidentController) -> Screen[str | None]:
    """Every key and command, where a line asked for them."""
    return help_screen(controller.log_file)


def help_screen(log_file: str) -> Screen[str | None]:
    """Every key and command, and the file in which errors are written down."""
    from incident_tui.screens.browse.help import HelpScreen

    return HelpScreen(log_file)


def item(title: str, offers: Sequence[Offer]) -> Screen[str | None]:
    """What can be done with an item of a pane."""
    from incident_tui.screens.browse.menu import ItemScreen

    return ItemScreen(title, offers)
