"""What the screens that show documents share: they are made off the screens' thread, as rows."""

from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.worker import Worker, get_current_worker

from incident_tui.screens.painted_text import plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.copying import copy
from incident_tui.screens.widgets.chrome.document_rows import documents, paper_rows
from incident_tui.screens.widgets.chrome.incident_screen import IncidentScreen
from incident_tui.screens.widgets.chrome.view import LineChoice
from incident_tui.screens.widgets.rows.rows import Rows

WORKERS = "documents"


class DocumentScreen(LineChoice, IncidentScreen[str | None]):
    """Shows a document on `paper`. Gives back a line for the log line, or nothing."""

    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (100, "-wide"),
    ]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "copy", False, id="document.copy",
                tooltip="Copy the document that is shown; its file is told as well"),
    ]  # fmt: skip

    @dataclass
    class Rendered(Message):
        """The documents as of the first `upto` entries, by path."""

        pages: dict[str, str]
        upto: int

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller)
        self._shown_text, self._shown_path = "", ""
        self.paper = Rows(wrap=True, shows=frozenset(), empty=plain("Reading the document…"))

    def make_documents(self, upto: int | None = None, *, exclusive: bool = True) -> None:
        """Make the documents of all entries, or the first ones; `Rendered` brings them.

        What was asked for before is given up where this is `exclusive`.
        """
        entries, playbook = tuple(self.incident.recorded[:upto]), self.incident.playbook

        def make() -> None:
            pages = documents(entries, playbook)
            if not get_current_worker().is_cancelled:
                self.post_message(self.Rendered(pages, len(entries)))

        self.run_worker(make, group=WORKERS, exclusive=exclusive, exit_on_error=False, thread=True)

    def show_paper(self, text: str, *, nothing: str, path: str = "") -> None:
        """Show a document; `nothing` says why there is none where the text is empty.

        `path` is the file of the incident that holds it; one of an older revision has none.
        """
        self._shown_text, self._shown_path = text, path
        self.paper.set_empty(plain(nothing))
        self.paper.set_rows(paper_rows(text) if text else [])

    @work(exit_on_error=False)
    async def action_copy(self) -> None:
        """Copy the document that is shown."""
        if self._shown_text:
            text, path = self._shown_text, self._shown_path
            self.answer(await copy(self.app, self.controller, text, path))
        else:
            self.answer("There is no document here to copy.")

    def failed(self, worker: Worker[object]) -> None:
        if worker.group == WORKERS:
            self.show_paper("", nothing=f"It cannot be shown: {worker.error}")
        else:
            super().failed(worker)
