"""What the screens that show documents share: they are made off the screens' thread, as rows."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.worker import Worker, get_current_worker

from incident_tui.screens.painted_text import plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.copied_text import copy
from incident_tui.screens.widgets.chrome.document_rows import documents, paper_rows
from incident_tui.screens.widgets.chrome.incident_screen import IncidentScreen
from incident_tui.screens.widgets.chrome.rendered_document import line_of, rendered_rows
from incident_tui.screens.widgets.chrome.view import LineChoice
from incident_tui.screens.widgets.rows.row_paint import GUTTER
from incident_tui.screens.widgets.rows.rows import Row, Rows

WORKERS = "documents"
LAYOUT = "layout"
MARKUP = "document.markup"


class DocumentScreen(LineChoice, IncidentScreen[str | None]):
    """Shows a document on `paper`. Gives back a line for the log line, or nothing."""

    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (100, "-wide"),
    ]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "copy", False, id="document.copy",
                tooltip="Copy the document that is shown; its file is told as well"),
        Binding("r,v", "markup", "raw", id=MARKUP,
                tooltip="Show the raw text of the document, or how it is meant to be read again"),
    ]  # fmt: skip
    KEY_WORDS: ClassVar[dict[str, str]] = {
        "document.copy": "yank clipboard",
        MARKUP: "markdown source rendered markup",
    }

    @dataclass
    class Rendered(Message):
        """The documents as of the first `upto` entries, by path."""

        pages: dict[str, str]
        upto: int

    @dataclass
    class LaidOut(Message):
        """The rows of the document that was asked for as the `number`th, or of its raw text."""

        rows: list[Row]
        number: int
        rendered: bool

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller)
        self._shown_text, self._shown_path = "", ""
        self._raw, self._renders = False, True
        """Whether the reader wants the raw text, and whether the document has another form."""
        self._asked, self._width = 0, 0
        self._at_top = False
        self.paper = Rows(
            wrap=True, shows=frozenset([MARKUP]), empty=plain("Reading the document…")
        )

    def on_mount(self) -> None:
        self.paper.add_class("-document")

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

    def show_paper(self, text: str, *, nothing: str, path: str = "", top: bool = False) -> None:
        """Show a document; `nothing` says why there is none where the text is empty.

        `path` is the file of the incident that holds it; one of an older revision has none.
        It is laid out in a worker, and read from its `top` or where the reader is.
        """
        self._shown_text, self._shown_path = text, path
        self.paper.set_empty(plain(nothing))
        self._at_top = self._at_top or top
        self._renders = True
        self._lay_out()

    def _lay_out(self) -> None:
        """Have the document made into rows for the present width; `LaidOut` brings them."""
        self._asked += 1
        if not self._shown_text:
            self.paper.set_rows([])
            return
        self._width = self.paper.outer_size.width
        free = max(1, self._width - self.paper.scrollbar_size_vertical - GUTTER)
        text, number = self._shown_text, self._asked
        raw = self._raw or PurePath(self._shown_path).suffix not in ("", ".md")

        def make() -> None:
            rendered = None if raw else rendered_rows(text, free)
            rows = paper_rows(text) if rendered is None else rendered
            self.post_message(self.LaidOut(rows, number, rendered is not None))

        self.run_worker(make, group=LAYOUT, exit_on_error=False, thread=True)

    def on_document_screen_laid_out(self, event: LaidOut) -> None:
        """Show the rows; the reader stays at the line of the raw text that is read."""
        if event.number != self._asked:
            return
        self._renders = event.rendered or self._raw
        self.paper.set_rows(event.rows, instead=_same_line(event.rows))
        if self._at_top:
            self._at_top = False
            self.paper.action_top()

    def on_resize(self) -> None:
        """Lay the document out again once its pane has another width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self._shown_text and self.paper.outer_size.width != self._width:
            self._lay_out()

    def action_markup(self) -> None:
        """Show the raw text of the document, or the rendered one again."""
        if not self._shown_text:
            self.answer("There is no document here to show.")
        elif not self._renders:
            self.answer("This document has no other form than its raw text.")
        else:
            self._raw = not self._raw
            self._lay_out()

    @work(exit_on_error=False)
    async def action_copy(self) -> None:
        """Copy the document that is shown."""
        if self._shown_text:
            text, path = self._shown_text, self._shown_path
            self.answer(await copy(self.app, self.controller, text, path))
        else:
            self.answer("There is no document here to copy.")

    def failed(self, worker: Worker[object]) -> None:
        if worker.group in (WORKERS, LAYOUT):
            self.show_paper("", nothing=f"It cannot be shown: {worker.error}")
        else:
            super().failed(worker)


def _same_line(rows: Sequence[Row]) -> Callable[[str], str]:
    """Which of the rows stands for a row that the document had before: that of its line."""
    begins: dict[int, str] = {}
    for row in rows:
        if row.selectable:
            begins.setdefault(line_of(row.key), row.key)
    lines, same = sorted(begins), {row.key for row in rows if row.selectable}

    def instead(key: str) -> str:
        if key in same:
            return key
        before = bisect_right(lines, line_of(key))
        return begins[lines[max(0, before - 1)]] if lines else key

    return instead
