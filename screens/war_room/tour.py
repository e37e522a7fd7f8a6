"""What helps somebody begin: a word in the empty log line, and the tour of the worked example.

The tour is five lines to try, one after the other, above the log line.
"""

from dataclasses import dataclass

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from incident_tui.domain.core.events import Incident
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.screens.painted_text import cut, line
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.widgets.chrome.view import Exemplary


@dataclass(frozen=True, slots=True)
class Step:
    """Something to try. It is done once an entry of its `kind` is there, or its screen was open."""

    what: str
    try_this: str
    kind: str = ""
    screen: str = ""


STEPS = (
    Step("what you see, as it is", "support has 60 tickets now", kind="fact"),
    Step("a number, before and after", "= p95 640ms -> 310ms", kind="reading"),
    Step("what could be the cause", "? retries fill the pool again", kind="hypothesis"),
    Step("who will do what, until when", "+ cap the retries owner:ana due:1w", kind="action"),
    Step("what the stage still asks for", "/gate", screen="gate"),
)
BARELY = 2
"""Entries that a declaration makes: itself, and the severity where it was known at once."""
END = "That is all it takes. {} leads to your own incidents, {} there declares one.  {} ends this"


def invitation(screen: Screen[None], incident: Incident) -> str:
    """What stands in the log line while next to nothing is on record, and behind the close."""
    if incident.of(Lifecycle).closed:
        return "closed · is it back? /reopen STAGE WHY · /deliver"
    if len(incident.recorded) > BARELY:
        return ""
    return f"what do you see? Enter records it · {key_text(screen, 'screen.help')} helps"


class Tour(Widget):
    """One row in the worked example, until it is hidden; elsewhere it is from the start."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(id="tour")
        self.display = isinstance(self.app, Exemplary) and self.app.in_demo
        self._before = len(incident.recorded)
        self._place = 0

    @property
    def step(self) -> Step | None:
        """What to try next; None at the end."""
        return STEPS[self._place] if self._place < len(STEPS) else None

    def recorded(self, incident: Incident) -> None:
        """Go on where what was recorded since is what the step asks for."""
        new = incident.recorded[self._before :]
        self._before = len(incident.recorded)
        for entry in new:
            if self.step and entry.event.kind == self.step.kind:
                self._go_on()

    def opened(self, screen: str) -> None:
        """Go on where this screen is what the step asks for."""
        if self.step and self.step.screen == screen:
            self._go_on()

    def _go_on(self) -> None:
        self._place += 1
        self.refresh()

    def render(self) -> Content:
        if self.step is None:
            actions = ("app.incidents", "incidents.declare", "room.end_tour")
            keys = [key_text(self, action) for action in actions]
            content = line((" TOUR ", "bold reverse"), f" {END.format(*keys)}")
        else:
            content = line(
                (f" TOUR {self._place + 1}/{len(STEPS)} ", "bold reverse"),
                " type  ", (self.step.try_this, "bold"), f"  Enter · {self.step.what}",
            )  # fmt: skip
        return cut(content, self.size.width)
