"""The reader: the documents as they will be committed, and the artifacts as they once were."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.widgets import Static

from incident_tui.domain.process.lifecycle import (
    Lifecycle,
    Revision,
    SentBack,
    StagePassed,
    StageRecord,
)
from incident_tui.domain.values.time_grammar import format_when
from incident_tui.screens.browse.document_screen import MARKUP, DocumentScreen
from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.widgets.chrome.document_rows import artifact_among
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.rows.rows import Row, Rows

NOW = "now "
PAST = "past "


class ContentsRows(Rows):
    """The documents; Enter goes into the text of one."""

    BINDINGS = [
        Binding("enter", "choose", "read", id="rows.choose",
                tooltip="Go into the text of this document"),
    ]  # fmt: skip


class ReaderScreen(DocumentScreen):
    """Documents at the left, the chosen one at the right. Gives back text typed by mistake."""

    BINDING_GROUP_TITLE = "Documents"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/reader.tcss"]
    BINDINGS = [
        Binding("a", "again", "read again", id="reader.again",
                tooltip="Make the documents anew from the log as it is now"),
        Binding("escape,q", "leave", "back", id="reader.leave",
                tooltip="From the text to the list, from the list to the war room"),
    ]  # fmt: skip

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller)
        self._contents = ContentsRows(empty=plain("Reading…"), shows=frozenset([MARKUP]))
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
                yield self.paper
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#reader-contents").border_title = plain("Documents")
        self._contents.focus()
        self.action_again()

    def state_changed(self) -> None:
        """Say how new it is: what is read stays, until the reader wants it anew."""
        newer = len(self.incident.recorded) - self._upto
        text = "These are the files as they will be committed."
        if newer:
            key = self.key_of("reader.again")
            text = f"! The log has gone on by {newer} since: {key} reads again."
        self.query_one("#reader-title", Static).update(plain(text))

    def action_again(self) -> None:
        """Make the documents anew."""
        self._upto = len(self.incident.recorded)
        self.state_changed()
        self.make_documents(self._upto, exclusive=False)

    def on_document_screen_rendered(self, event: DocumentScreen.Rendered) -> None:
        self._pages[event.upto] = event.pages
        if event.upto == self._upto:
            self._contents.set_rows([*self._present(event.pages), *self._past()])
        self._show()

    def _present(self, pages: dict[str, str]) -> Iterator[Row]:
        yield from (Row(f"{NOW}{path}", line(path)) for path in pages)

    def _past(self) -> Iterator[Row]:
        self._revisions.clear()
        stages = self.incident.of(Lifecycle).stages
        submitted = [(n, record) for n, record in enumerate(stages, 1) if record.revisions]
        if submitted:
            yield Row("past", line(("Revisions", "bold underline")), selectable=False)
        for number, record in submitted:
            for revision in record.revisions:
                key = f"{PAST}{number} {revision.number}"
                self._revisions[key] = (number, revision.upto)
                yield Row(key, line(self._revision_text(record, revision)))

    def _revision_text(self, record: StageRecord, revision: Revision) -> str:
        now, zone = self.controller.now(), self.zone
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
            self.paper.focus()

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
            self.show_paper("", nothing="Reading the document…")
            self.make_documents(upto, exclusive=False)
            return
        artifact = artifact_among(pages, self.incident, number) if number else None
        text = artifact[1] if artifact else pages.get(row.key.removeprefix(NOW), "")
        self._shown = (row.key, upto)
        path = "" if number else row.key.removeprefix(NOW)
        self.show_paper(text, nothing=" ", path=path, top=True)

    def action_leave(self) -> None:
        if self.paper.has_focus:
            self._contents.focus()
        else:
            self.dismiss()
