"""What every screen of the console has in common: it says so where nothing on it is real."""

from typing import Protocol, runtime_checkable

from textual import on
from textual.content import Content
from textual.events import Mount
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widget import Widget

from incident_tui.screens.text import cut, line


@runtime_checkable
class Exemplary(Protocol):
    """An app that can show a worked example in the place of the user's own incidents."""

    @property
    def in_demo(self) -> bool:
        """Whether it does now."""


class DemoMark(Widget):
    """The first row of each screen of the worked example, in words and not by colour alone."""

    def __init__(self, told: str) -> None:
        super().__init__()
        self._told = told

    def render(self) -> Content:
        return cut(line((" DEMO ", "bold reverse"), f"  {self._told}"), self.size.width)


class View(Screen[ScreenResultType]):
    """A screen. In the worked example it carries the mark, with these words beside it."""

    mark = "a worked example · F10: your own incidents"

    def _compositor_refresh(self) -> None:
        # Textual paints the whole of the top screen anew for whatever changes in one below it,
        # several times a second over a clock and a caret, though nothing of that one shows through.
        # Once it is on top again, all of it is painted.
        if self.app.screen is not self and self.app.screen.styles.background.a == 1:
            self._dirty_widgets.clear()
            self._compositor._dirty_regions.clear()
            return
        super()._compositor_refresh()

    def keep_draft(self) -> None:
        """Keep what is typed here and not sent; asked for before the controller is left."""

    @on(Mount)
    async def _mount_mark(self) -> None:
        if isinstance(self.app, Exemplary) and self.app.in_demo:
            await self.mount(DemoMark(self.mark))


class Dialog(ModalScreen[ScreenResultType], View[ScreenResultType]):
    """A screen over another one, which shows through.

    The modal screen comes first: style sheets follow the first base alone.
    """
