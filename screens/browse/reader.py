"""The reader: the documents as they will be committed, and the artifacts as they once were."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from incident_tui.domain.process.lifecycle import (
    Lifecycle,
    Revision,
    SentBack,
    StagePassed,
    StageRecord,
)
from incident_tui.domain.values.time_grammar import format_when
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.text import line, plain
from incident_tui.screens.widgets.chrome.document_rows import artifact_among, documents, paper_rows
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.rows.rows import Row, Rows

NOW = "now "
PAST = "past "


class ContentsRows(Rows):
    """The documents; Enter goes into the text of one."""

    BINDINGS = [
        Binding("enter", "choose", "read", id="rows.choose",
                tooltip="Go into the text of this document"),
    ]  # fmt: skip


class ReaderScreen(View[str | None]):
    """Documents at the left, the chosen one at the right. Gives back text typed by mistake."""

    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/reader.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS = [
        Binding("r", "again", "read again", id="reader.again",
                tooltip="Make the documents anew from the log as it is now"),
        Binding("escape,q", "leave", "back", id="reader.leave",
                tooltip="From the text to the list, from the list to the war room"),
    ]  # fmt: skip

    @dataclass
    class Rendered(Message):
        """The documents as of the first `upto` entries."""

        pages: dict[str, str]
        upto: int

    def __init__(self, controller: IncidentController) -> None:
        super().__init__()
        self.controller = controller
        self._contents = ContentsRows(empty=plain("Reading…"))
        self._text = Rows(wrap=True, empty=plain("Reading…"))
        self._pages: dict[int, dict[str, str]] = {}
        self._upto = 0
        self._revisions: dict[str, tuple[int, int]] = {}
        """Key of a row -> number of the stage, and how many entries the revision was made from."""
        self._shown = ("", 0)

    def compose(self) -> ComposeResult:
        yield Static(id="reader-title", markup=False)
        with Container(id="reader-parts"):
            with Vertical(id="reader-contents"):
                yield self._contents
            with Vertical(id="reader-text"):
                yield self._text
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#reader-contents").border_title = plain("Documents")
        self._contents.focus()
        self.controller.listen(self._say_how_new)
        self.action_again()

    def on_unmount(self) -> None:
        self.controller.unlisten(self._say_how_new)

    def _say_how_new(self) -> None:
        """What is read stays as it is, until the reader wants it anew."""
        newer = len(self.controller.incident.recorded) - self._upto
        told = "These are the files as they will be committed."
        if newer:
            told = f"! The log has gone on by {newer} since: r reads again."
        self.query_one("#reader-title", Static).update(plain(told))

    def action_again(self) -> None:
        """Make the documents anew."""
        self._upto = len(self.controller.incident.recorded)
        self._say_how_new()
        self._render_upto(self._upto)

    @work(thread=True, exit_on_error=False, group="documents")
    def _render_upto(self, upto: int) -> None:
        incident = self.controller.incident
        pages = documents(tuple(incident.recorded[:upto]), incident.playbook)
        if not get_current_worker().is_cancelled:
            self.post_message(self.Rendered(pages, upto))

    def on_reader_screen_rendered(self, event: Rendered) -> None:
        self._pages[event.upto] = event.pages
        if event.upto == self._upto:
            self._contents.set_rows([*self._present(event.pages), *self._past()])
        self._show()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self._text.set_rows([])
            self._text.set_empty(plain(f"It cannot be shown: {event.worker.error}"))

    def _present(self, pages: dict[str, str]) -> Iterator[Row]:
        for path in pages:
            yield Row(f"{NOW}{path}", line(path))

    def _past(self) -> Iterator[Row]:
        self._revisions.clear()
        stages = self.controller.incident.of(Lifecycle).stages
        submitted = [(n, record) for n, record in enumerate(stages, 1) if record.revisions]
        if submitted:
            yield Row("past", line(("Revisions", "bold underline")), selectable=False)
        for number, record in submitted:
            for revision in record.revisions:
                key = f"{PAST}{number} {revision.number}"
                self._revisions[key] = (number, revision.upto)
                yield Row(key, line(self._told(record, revision)))

    def _told(self, record: StageRecord, revision: Revision) -> str:
        now, zone = self.controller.now(), self.controller.session.zone
        verdict = "waits for approval"
        if revision.answer is not None:
            event = revision.answer.event
            verdict = "sent back" if isinstance(event, SentBack) else "approved"
            words = event.text if isinstance(event, (SentBack, StagePassed)) else ""
            verdict += f": {words}" if words else ""
        at = format_when(revision.entry.at, zone, reference=now)
        return f"{record.stage.title} {revision.number}, {at} {verdict}"

    def on_rows_moved(self, event: Rows.Moved) -> None:
        event.stop()
        if event.rows is self._contents:
            self._show()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.rows is self._contents:
            self._text.focus()

    def _show(self) -> None:
        """Show what the cursor stands on; a revision that was never read is made first."""
        row = self._contents.row
        if row is None:
            return
        number, upto = self._revisions.get(row.key, (0, self._upto))
        self.query_one("#reader-text").border_title = plain(row.build().plain)
        if (row.key, upto) == self._shown and upto in self._pages:
            return
        pages = self._pages.get(upto)
        if pages is None:
            self._shown = ("", 0)
            self._text.set_empty(plain("Reading…"))
            self._text.set_rows([])
            self._render_upto(upto)
            return
        found = artifact_among(pages, number) if number else None
        text = found[1] if found else pages.get(row.key.removeprefix(NOW), "")
        self._shown = (row.key, upto)
        self._text.set_rows(paper_rows(text))
        self._text.action_top()

    def on_burst(self, event: Burst) -> None:
        """Text typed here was meant for the log line."""
        event.stop()
        self.dismiss(event.text)

    def action_leave(self) -> None:
        if self._text.has_focus:
            self._contents.focus()
        else:
            self.dismiss()
