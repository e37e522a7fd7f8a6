"""What the clock changes on the frame of a screen: painted anew where it says something else."""

from textual.content import Content
from textual.widget import Widget


class ClockWidget(Widget):
    """A widget whose content depends on the time; a terminal gets it again only as it changes."""

    _painted: Content | None = None

    def make_content(self) -> Content:
        """What is to be seen now."""
        raise NotImplementedError

    def render(self) -> Content:
        self._painted = self.make_content()
        return self._painted

    def tick(self) -> None:
        """Paint it anew, unless it says the same as before."""
        if self._painted is None or not self.make_content().is_same(self._painted):
            self.refresh()
