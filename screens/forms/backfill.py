"""Lines that were pasted together: how each is understood, before any of them is recorded."""

from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.values.text import counted
from incident_tui.screens.painted_text import cut, line, plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.outcome_text import not_recorded
from incident_tui.screens.session.paste_draft import PASTE_OPEN
from incident_tui.screens.widgets.chrome.incident_screen import IncidentScreen
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import Answer
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.rows.rows import Row, Rows
from incident_tui.service import Receipt, Understanding
from incident_tui.service.session.line_preview import understand

DRAFT, CHANGES = "backfill", "backfill changes"
"""Where the lines are kept, and what was typed to change each of them."""
AT_A_TIME = 50
"""Lines that are understood between two keys, so that a long paste never holds the console up."""
TEXT_WIDTH = 40
MOST_TIMED = 1000
"""Lines whose own times are read at most when they are pasted: more would hold the console up."""


@dataclass(eq=False)
class Pasted:
    """One pasted line: its text, whether it is to be recorded, what is known of it."""

    number: int
    text: str
    change: str = ""
    """What was typed to change it and not taken over."""
    wanted: bool = True
    understood: Understanding | None = None
    row: Row | None = None


def _kept(controller: IncidentController) -> list[Pasted]:
    """The lines that were pasted before and not recorded."""
    texts = [text for text in controller.drafts.get(DRAFT).split("\n") if text.strip()]
    changes = controller.drafts.get(CHANGES).split("\n")
    return [
        Pasted(number, text, change)
        for number, (text, change) in enumerate(
            zip_longest(texts, changes[: len(texts)], fillvalue=""), 1
        )
    ]


def timed(controller: IncidentController, lines: list[str]) -> list[str]:
    """The lines with the times they begin with, as log lines have them; long pastes stay as is."""
    if len(lines) < 2 or len(lines) > MOST_TIMED:
        return lines
    from incident_tui.service.exchange.timed_lines import timed_lines

    return [text for _, text in timed_lines(controller.session, lines)]


class PastedRows(Rows):
    """The pasted lines; Enter records them together."""

    BINDINGS = [
        Binding("enter", "choose", "record all", id="rows.choose",
                tooltip="Record all lines that are not left out, together"),
    ]  # fmt: skip


class BackfillScreen(IncidentScreen[None]):
    """A preview. Nothing is recorded before Enter, and nothing that was pasted is lost."""

    BINDING_GROUP_TITLE = "Pasted lines"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/forms/backfill.tcss"]
    BINDINGS = [
        Binding("e", "edit", "edit", id="backfill.edit", tooltip="Change the line"),
        Binding("d", "leave_out", "leave out", id="backfill.leave_out",
                tooltip="Leave the line out, or take it in again"),
        Binding("a", "all", "all or none", id="backfill.all",
                tooltip="Leave every line out, or take all in again"),
        Binding("o", "older", "add kept lines", id="backfill.older",
                tooltip="Add the lines of an earlier paste that were not recorded"),
        Binding("escape,q", "leave", "not now", id="backfill.leave",
                tooltip="Record nothing; the text is kept and offered with the next paste"),
    ]  # fmt: skip

    def __init__(self, controller: IncidentController, lines: tuple[str, ...]) -> None:
        super().__init__(controller)
        kept = _kept(controller)
        texts = timed(controller, [text for text in lines if text.strip()])
        self._resumed = not texts
        known = self._resumed or texts == [pasted.text for pasted in kept]
        self._earlier = [] if known else kept
        self._lines = kept if known else [Pasted(n, text) for n, text in enumerate(texts, 1)]
        self._rows = PastedRows(empty=plain("No lines. Paste several lines into the log line."))
        self._edit = LineInput(id="backfill-line", entered=self._take_over)
        self._edited: Pasted | None = None
        self._unread = 0

    def compose(self) -> ComposeResult:
        yield Static(id="backfill-title", markup=False)
        yield self._rows
        yield Static(id="backfill-detail", markup=False)
        yield Answer(id="backfill-told")
        with Vertical(id="backfill-edit"):
            yield Static(plain("Enter takes the change over, Esc does not; e shows it again."))
            yield self._edit
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#backfill-edit").display = False
        changing = self.controller.drafts.get(PASTE_OPEN) if self._resumed else ""
        told = ""
        if self._resumed and self._lines:
            told = "These lines were pasted before, and none of them is recorded yet."
        elif self._earlier:
            lines = counted(len(self._earlier), "line")
            told = f"{lines} of an earlier paste were not recorded: o adds them."
        self._tell(told)
        self._understand_some()
        self._rows.focus()
        if changing.isdigit() and int(changing) < len(self._lines):
            self._begin_edit(self._lines[int(changing)])
        self._keep()
        self.set_interval(0.05, self._understand_some)

    # --- what is shown -------------------------------------------------------------------------

    def _understand_some(self) -> None:
        """Understand a few more lines; those in sight are understood when they are painted."""
        if self._unread < len(self._lines):
            for pasted in self._lines[self._unread : self._unread + AT_A_TIME]:
                self._understanding(pasted)
            self._unread += AT_A_TIME
            self._count()

    def _understanding(self, pasted: Pasted) -> Understanding:
        if pasted.understood is None:
            pasted.understood = understand(self.controller.session, pasted.text)
        return pasted.understood

    def _show(self) -> None:
        """Show the lines; a row is made anew only where its line changed."""
        for pasted in self._lines:
            if pasted.row is None:
                content = partial(self._told, pasted)
                pasted.row = Row(str(pasted.number), content, search=pasted.text)
        self._rows.set_rows([pasted.row for pasted in self._lines if pasted.row is not None])
        self._count()
        self._tell_detail()

    def _told(self, pasted: Pasted) -> Content:
        if not pasted.wanted:
            return line((f"- {pasted.text}", "dim strike"), ("  left out", "dim"))
        understood = self._understanding(pasted)
        text = cut(plain(pasted.text), TEXT_WIDTH)
        text = line(text, " " * (TEXT_WIDTH - text.cell_length))
        if understood.ok:
            return line("✓ ", text, (f"  {understood.note}", "dim"))
        return line(("✗ ", "bold"), text, (f"  {understood.note}", "bold"))

    def _count(self) -> None:
        wanted = [pasted for pasted in self._lines if pasted.wanted]
        wrong = sum(1 for p in wanted if p.understood is not None and not p.understood.ok)
        told = f"{counted(len(wanted), 'line')} to record"
        if left_out := len(self._lines) - len(wanted):
            told += f" · {left_out} left out"
        if wrong:
            told += f" · {wrong} refused as things stand: e changes a line, d leaves it out"
        self.query_one("#backfill-title", Static).update(
            Content("\n").join(
                [
                    line(("Nothing is recorded yet. Enter records all lines together.", "bold")),
                    plain(f"{told}."),
                ]
            )
        )

    def on_rows_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._tell_detail()

    def _tell_detail(self) -> None:
        """The whole line under the cursor, and the whole of what is to be said about it."""
        told = Content()
        if pasted := self._pasted():
            note = self._understanding(pasted).note if pasted.wanted else "left out"
            told = Content("\n").join([plain(pasted.text), line((f"  {note}", "dim"))])
        self.query_one("#backfill-detail", Static).update(told)

    def _tell(self, text: str) -> None:
        self.answer(text)
        self._show()

    # --- what is done --------------------------------------------------------------------------

    def _pasted(self) -> Pasted | None:
        row = self._rows.row
        return next((pasted for pasted in self._lines if pasted.row is row), None)

    def action_leave_out(self) -> None:
        if pasted := self._pasted():
            pasted.wanted, pasted.row = not pasted.wanted, None
            self._show()

    def action_all(self) -> None:
        wanted = not any(pasted.wanted for pasted in self._lines)
        for pasted in self._lines:
            pasted.wanted, pasted.row = wanted, None
        self._show()

    def action_older(self) -> None:
        if not self._earlier:
            self._tell("There are no lines of an earlier paste.")
            return
        first = max((pasted.number for pasted in self._lines), default=0) + 1
        for number, pasted in enumerate(self._earlier, first):
            pasted.number = number
        self._lines += self._earlier
        self._earlier = []
        self._tell("")

    def action_edit(self) -> None:
        if pasted := self._pasted():
            self._begin_edit(pasted)

    def _begin_edit(self, pasted: Pasted) -> None:
        self._edited = pasted
        self._rows.select(str(pasted.number))
        self.query_one("#backfill-edit").display = True
        self._edit.write(pasted.change or pasted.text)
        self._edit.focus()

    def _take_over(self, text: str) -> None:
        if self._edited is not None and text.strip():
            self._edited.text, self._edited.wanted = text, True
            self._edited.understood = self._edited.row = None
            self._edited.change = ""
        self._end_edit()

    def _end_edit(self) -> None:
        self._edited = None
        self._keep()
        self.query_one("#backfill-edit").display = False
        self.set_focus(self._rows)
        self._show()

    def action_leave(self) -> None:
        if self._edited is not None:
            self.keep_draft()
            self._end_edit()
            return
        self._leave()
        if self._lines:
            kept = counted(len(self._lines), "line")
            self.leave_saying(f"nothing recorded: {kept} kept, the next paste offers them again")
        else:
            self.dismiss()

    def typed_texts(self) -> dict[str, str]:
        """What is not recorded, and the line that is changed: the next console begins there."""
        kept = [*self._earlier, *self._lines]
        changes = [pasted.change for pasted in kept]
        number = str(kept.index(self._edited)) if self._edited in kept else "no line"
        return {
            DRAFT: "\n".join(pasted.text for pasted in kept),
            CHANGES: "\n".join(changes) if any(changes) else "",
            PASTE_OPEN: number if kept else "",
        }

    def _keep(self) -> None:
        for place, text in self.typed_texts().items():
            self.controller.drafts.keep(place, text)

    def keep_draft(self) -> None:
        """Keep what is being typed to change a line."""
        if self._edited is not None:
            typed = self._edit.value
            self._edited.change = "" if typed == self._edited.text else typed
            self._keep()

    def _leave(self) -> None:
        """Keep the lines for the next paste, and do not begin with them."""
        self._keep()
        self.controller.drafts.clear(PASTE_OPEN)

    def typed(self, text: str) -> None:
        """Text typed here is no command: it does nothing, and is said to do nothing."""
        self._tell("Typing does nothing here: e changes a line, Esc goes back to the log line.")

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if not self.busy and any(pasted.wanted for pasted in self._lines):
            self.busy = True
            self._tell("Recording…")
            self._record()

    @work(exit_on_error=False)
    async def _record(self) -> None:
        wanted = [pasted for pasted in self._lines if pasted.wanted]
        try:
            results = await self.controller.enter_all([pasted.text for pasted in wanted])
        finally:
            self.busy = False
        if not isinstance(results, list):
            self._tell(not_recorded(results))
            return
        refused = [
            (pasted, result)
            for pasted, result in zip(wanted, results, strict=False)
            if not isinstance(result, Receipt)
        ]
        recorded = len(results) - len(refused)
        self._settle(refused, f"{counted(recorded, 'line')} recorded")

    def _settle(self, refused: list[tuple[Pasted, LineError | Refused]], done: str) -> None:
        """What was refused stays with its reason; the rest is done with, as `done` says."""
        for pasted, problem in refused:
            pasted.understood, pasted.row = Understanding(False, problem.message), None
        stay = {pasted.number for pasted, _ in refused}
        if refused:
            stay |= {pasted.number for pasted in self._lines if not pasted.wanted}
        self._lines = [pasted for pasted in self._lines if pasted.number in stay]
        self._keep()
        if refused:
            lines = counted(len(refused), "line was", "lines were")
            self._tell(f"{done}, {lines} refused and stay here: e changes one, d leaves it out.")
        elif self.is_current:
            self._leave()
            self.leave_saying(done)

    def failed(self, worker: Worker[object]) -> None:
        self._tell(not_recorded(worker.error))
