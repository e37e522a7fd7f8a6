"""Who is typing: the people of the incident, one to be chosen, or somebody else."""

from incident_tui.domain.people.hats import people_of
from incident_tui.screens.browse.menu import Menu
from incident_tui.screens.painted_text import line
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.burst_guard import Burst

_NEW = "/me "


class PeopleScreen(Menu):
    """Gives back the line that says who types from then on, to be entered; or its beginning."""

    def __init__(self, controller: IncidentController) -> None:
        people, me = people_of(controller.incident), controller.session.identity.actor
        lines = [
            line((name, "bold"), f"  {hats}" if hats else "", "  types now" if name == me else "")
            for name, hats in people.items()
        ]
        lines.append(line("somebody else: say the name behind /me"))
        super().__init__(
            "Who is typing?",
            lines,
            does="says who types from now on",
            none=line("Nobody here is called that. Enter: the line that says so, /me"),
        )
        self._lines = [*(f"{_NEW}{name}" for name in people), _NEW]

    def on_burst(self, event: Burst) -> None:
        """A name that nobody here has is somebody else's."""
        if event.entered:
            event.stop().prevent_default()
            self.dismiss(f"{_NEW}{event.text} ")
        else:
            super().on_burst(event)

    def choose(self, place: int) -> None:
        self.dismiss(self._lines[place])
