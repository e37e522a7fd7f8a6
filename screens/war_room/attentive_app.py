"""What an app does for somebody who looks elsewhere, or looks only later.

When there is something to say is decided in `attention`; which terminal understands what, in
`terminal.notifications`.
"""

from textual.app import App
from textual.notifications import SeverityLevel

from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.notifications import AUTO, Titled, has_title, notification
from incident_tui.screens.terminal.textual_internals import driver_of
from incident_tui.screens.war_room.attention import Attention
from incident_tui.service import Service


class AttentiveApp(App[None]):
    """An app that speaks to its terminal, and remembers what it said over a screen."""

    service: Service
    controller: IncidentController | None = None
    calls_by = AUTO
    """How the terminal calls for somebody: one of `notifications.WAYS`."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something over the screen for `timeout` seconds, else as long as Textual does.

        It can be read again in the war room.
        """
        if self.controller is not None:
            self.controller.note(message)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def retitle(self, text: str) -> None:
        """Have the terminal show this title, where it has one."""
        driver: object = driver_of(self)
        if isinstance(driver, Titled) and has_title(self.service.world.env):
            driver.show_title(text)

    def on_attention_titled(self, event: Attention.Titled) -> None:
        """The title of the terminal is this from now on."""
        self.retitle(event.text)

    def on_attention_called(self, event: Attention.Called) -> None:
        """Ring, and have the terminal call for somebody, where it is known to do that."""
        self.bell()
        driver = driver_of(self)
        sequence = notification(self.service.world.env, event.text, self.calls_by)
        if driver is not None and sequence:
            driver.write(sequence)
