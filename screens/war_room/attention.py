"""What the war room does for somebody who looks elsewhere: title, bell, a word to the terminal.

What asks for attention is the domain's; how a terminal shows it is `terminal.notifications`'.
"""

from dataclasses import dataclass
from datetime import datetime

from textual.message import Message
from textual.widget import Widget

from incident_tui.domain.handover.attention import Awaited, missed_updates, waiting_for
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.time_grammar import format_duration
from incident_tui.screens.session.controller import IncidentController

_MINUTE = 60


class Attention(Widget):
    """Shows nothing; posts what the terminal should show or say to whoever looks elsewhere."""

    DEFAULT_CSS = "Attention { display: none; }"

    @dataclass
    class Titled(Message):
        """The title of the terminal is this from now on."""

        text: str

    @dataclass
    class Called(Message):
        """Somebody is called for, once, with this word."""

        text: str

    def __init__(self, controller: IncidentController) -> None:
        super().__init__()
        self._controller = controller
        self._title = ""
        self._due: datetime | None = None
        self._missed = 0
        # What waits already when the console opens is in sight, and news to nobody.
        self._known = {one.id for one in self._awaited()}

    def refresh_state(self) -> None:
        """Look at what there is now, in turn: a message of its own reaches all that stand above."""
        self.call_later(self._look)

    def _look(self) -> None:
        """Whatever was told before is not told again."""
        controller = self._controller
        now = controller.now()
        title = console_title(controller, now)
        if title != self._title:
            self._title = title
            self.post_message(self.Titled(title))
        words = [*self._overdue(now), *self._new()]
        if words and controller.quiet_until is None:
            self.post_message(self.Called(" · ".join(words)))

    def _overdue(self, now: datetime) -> list[str]:
        """That an update is overdue, once for each that was missed."""
        incident = self._controller.incident
        due, missed = incident.of(Updates).next_due, missed_updates(incident, now)
        news = missed > (self._missed if due == self._due else 0)
        self._due, self._missed = due, missed
        if not news or due is None:
            return []
        return [f"update overdue {format_duration(now - due)}: {_name(self._controller)}"]

    def _new(self) -> list[str]:
        """What has begun to wait for whoever types."""
        awaited = self._awaited()
        new = [f"{one.text}: {_name(self._controller)}" for one in awaited
               if one.id not in self._known]  # fmt: skip
        self._known |= {one.id for one in awaited}
        return new

    def _awaited(self) -> list[Awaited]:
        controller = self._controller
        return waiting_for(controller.incident, controller.session.identity.actor)


def console_title(controller: IncidentController, now: datetime) -> str:
    """How bad it is, when the next update is due, and what it is about."""
    incident = controller.incident
    severity = incident.of(SeverityState).severity
    due = incident.of(Updates).next_due
    parts = [severity.id if severity else "no severity"]
    if incident.of(Lifecycle).closed:
        parts.append("closed")
    elif due is not None and now >= due:
        parts.append(f"! update overdue {format_duration(now - due)}")
    elif due is not None:
        # To the minute: a title that moves each second would be redrawn in every list of windows.
        minutes = -(-int((due - now).total_seconds()) // _MINUTE)
        parts.append(f"update in {minutes}m")
    return " · ".join([*parts, _name(controller)])


def _name(controller: IncidentController) -> str:
    declared = controller.incident.of(Lifecycle).declared
    return declared.title if declared else controller.session.id
