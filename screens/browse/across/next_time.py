"""What an earlier incident says to do the next time, rendered, over the screen that named it."""

from collections.abc import Iterator

from textual.binding import Binding

from incident_tui.documents import next_time_text
from incident_tui.screens.painted_text import plain
from incident_tui.screens.widgets.chrome.document_rows import paper_rows
from incident_tui.screens.widgets.chrome.list_screen import ListScreen
from incident_tui.screens.widgets.chrome.rendered_document import rendered_rows
from incident_tui.screens.widgets.rows.row_paint import GUTTER
from incident_tui.screens.widgets.rows.rows import ReadRows, Row
from incident_tui.service import Service


class NextTimeScreen(ListScreen[None, list[Row]]):
    """The page of one incident, which is that of its folder as the log has it now."""

    BINDING_GROUP_TITLE = "What to do the next time"
    CSS_PATH = [
        "../../../styles/widgets/key_bar.tcss",
        "../../../styles/widgets/list_screen.tcss",
    ]
    HEAD = "What to do the next time"
    LIST = ReadRows
    UNREADABLE = "It cannot be read"
    BINDINGS = [
        Binding("escape,q,f7", "leave", "back", id="next_time.leave",
                tooltip="Back to where you were"),
    ]  # fmt: skip

    def __init__(self, service: Service, incident: str) -> None:
        super().__init__()
        self.service = service
        self._incident = incident
        self.rows = ReadRows(wrap=True, empty=plain("Reading the incident…"))
        self.rows.add_class("-document")

    def read(self) -> Iterator[list[Row]]:
        text = next_time_text(self.service.read(self.service.home.path / self._incident))
        width = self.size.width - self.rows.scrollbar_size_vertical - GUTTER
        yield rendered_rows(text, max(1, width)) or paper_rows(text)

    def show(self, rows: list[Row]) -> None:
        self.tell_title(self._incident)
        self.rows.set_rows(rows)

    def on_resize(self) -> None:
        """Lay the page out for the new width."""
        self.action_again()
