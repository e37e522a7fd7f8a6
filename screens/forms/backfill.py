"""Lines that were pasted together: how each is understood, before any of them is recorded."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.key_names import with_keys
from incident_tui.domain.values.text import counted
from incident_tui.screens.forms.pasted_lines import Again, Pasted, PastedLines
from incident_tui.screens.forms.pasted_rows import PastedRows
from incident_tui.screens.painted_text import cells, cut, line, plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.outcome_text import kept, not_recorded
from incident_tui.screens.session.paste_draft import PASTE_OPEN
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.terminal.line_guard import Restore
from incident_tui.screens.widgets.chrome.incident_screen import IncidentScreen
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import Answer
from incident_tui.screens.widgets.line.line_input import LineInput, lines_of
from incident_tui.screens.widgets.rows.rows import Row, Rows
from incident_tui.service import LinePreview, Receipt
from incident_tui.service.exchange.foreign.corrected_lines import COLUMN, LINE_FORMS, words_of
from incident_tui.service.exchange.foreign.corrections_of_rows import CorrectionError
from incident_tui.service.session.line_preview import understand

if TYPE_CHECKING:
    from incident_tui.service.exchange.foreign.timed_lines import TimedLine

AT_A_TIME = 50
"""Lines that are understood between two keys, so that a long paste never holds the console up."""
LEAST, NOTE = 24, 44
"""Cells that the words of a line have at least, and those left for what it would record."""
CHANGE = "Enter takes the change over, {backfill.leave} does not; {backfill.edit} shows it again."
CORRECT = (
    f'{LINE_FORMS}; "all" before it for every line. Enter corrects, {{backfill.leave}} does not.'
)
ONE_MORE = "One more line: Enter adds it to the others, {backfill.leave} leaves it out."
REFUSED = "{backfill.edit} changes it, {backfill.leave_out} leaves it out"


class BackfillScreen(IncidentScreen[None]):
    """A preview. Nothing is recorded before Enter, and nothing that was pasted is lost.

    What is typed or pasted here becomes further lines: the rest of a slow paste, or what somebody
    goes on typing under whose hands the preview opened.
    """

    BINDING_GROUP_TITLE = "Pasted lines"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/forms/backfill.tcss"]
    BINDINGS = [
        Binding("e", "edit", "edit", id="backfill.edit", tooltip="Change the line"),
        Binding("c", "correct", "correct", id="backfill.correct",
                tooltip="Give the line another day, zone or kind, or all of them"),
        Binding("d", "leave_out", "leave out", id="backfill.leave_out",
                tooltip="Leave the line out, or take it in again"),
        Binding("a", "all", "all or none", id="backfill.all",
                tooltip="Leave every line out, or take all in again"),
        Binding("o", "older", "add kept lines", id="backfill.older",
                tooltip="Add the lines of an earlier paste that were not recorded"),
        Binding("escape,q", "leave", "not now", id="backfill.leave",
                tooltip="Record nothing; the text is kept and offered with the next paste"),
    ]  # fmt: skip

    def __init__(
        self,
        controller: IncidentController,
        lines: Sequence[str],
        read: Sequence["TimedLine"] = (),
        again: Again | None = None,
    ) -> None:
        super().__init__(controller)
        self._lines = PastedLines(controller, lines, read, again)
        self._rows = PastedRows(self._choice)
        self._edit = LineInput(id="backfill-line", entered=self._take_over, pasted=self._add)
        self._hint = Static(markup=False)
        self._longest = 0
        """Cells of the longest of the lines."""
        self._edited: Pasted | None = None
        self._corrects = False
        """Whether what is being typed corrects the line, and is not its words."""

    def compose(self) -> ComposeResult:
        yield Static(id="backfill-title", markup=False)
        yield self._rows
        yield Static(id="backfill-detail", markup=False)
        yield Answer(id="backfill-told")
        with Vertical(id="backfill-edit"):
            yield self._hint
            yield self._edit
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#backfill-edit").display = False
        edited = self.controller.drafts.get(PASTE_OPEN) if self._lines.resumed else ""
        self._tell(self._lines.summary(self.key_of))
        self._understand_some()
        self.set_focus(self._rows)
        if edited.isdigit() and int(edited) < len(self._lines):
            self._begin_edit(self._lines[int(edited)])
        self._keep()
        self.set_interval(0.05, self._understand_some)

    # --- what is shown -------------------------------------------------------------------------

    def _understand_some(self) -> None:
        """Understand a few more lines; those in sight are understood when they are painted."""
        unread = [pasted for pasted in self._lines if pasted.understood is None][:AT_A_TIME]
        for pasted in unread:
            self._preview_of(pasted)
        if unread:
            self._count()

    def _preview_of(self, pasted: Pasted) -> LinePreview:
        if pasted.understood is None:
            pasted.understood = understand(self.controller.session, pasted.text)
        return pasted.understood

    def _show(self) -> None:
        """Show the lines; a row is made anew only where its line changed."""
        self._longest = max((cells(words_of(pasted.text)) for pasted in self._lines), default=0)
        for pasted in self._lines:
            if pasted.row is None:
                content = partial(self._line_text, pasted)
                pasted.row = Row(str(pasted.number), content, search=pasted.text)
        self._rows.set_rows([pasted.row for pasted in self._lines if pasted.row is not None])
        self._count()
        self._tell_detail()

    def _line_text(self, pasted: Pasted) -> Content:
        if not pasted.wanted:
            style = "dim" if pasted.unasked else "dim strike"
            return line((f"- {words_of(pasted.text)}", style), (f"  {pasted.left_out}", "dim"))
        understood = self._preview_of(pasted)
        width = min(self._longest, max(LEAST, self._rows.size.width - NOTE))
        text = cut(plain(words_of(pasted.text)), width)
        text = line(text, " " * (width - text.cell_length))
        if understood.ok:
            doubt = f"  {pasted.doubt} ·" if pasted.doubt else " "
            return line("✓ ", text, (doubt, "bold"), (f" {understood.note}", "dim"))
        return line(("✗ ", "bold"), text, (f"  {understood.note}", "bold"))

    def _count(self) -> None:
        wanted = self._lines.wanted
        wrong = sum(1 for p in wanted if p.understood is not None and not p.understood.ok)
        summary = f"{counted(len(wanted), 'line')} to record"
        if left_out := len(self._lines) - len(wanted):
            summary += f" · {left_out} left out"
        if wrong:
            summary += f" · {wrong} refused as things stand: {with_keys(REFUSED, self.key_of)}"
        head = line(("Nothing is recorded yet. Enter records all lines together.", "bold"))
        self.query_one("#backfill-title", Static).update(head + "\n" + plain(f"{summary}."))

    def on_rows_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._tell_detail()

    def _tell_detail(self) -> None:
        """The whole line under the cursor, and the whole of what is to be said about it."""
        content = Content()
        if pasted := self._pasted():
            note = self._preview_of(pasted).note if pasted.wanted else pasted.left_out
            note = f"  {pasted.doubt} · {note}" if pasted.doubt else f"  {note}"
            content = Content("\n").join([plain(pasted.text), line((note, "dim"))])
        self.query_one("#backfill-detail", Static).update(content)

    def _tell(self, text: str) -> None:
        self.answer(text)
        self._show()

    # --- what is done --------------------------------------------------------------------------

    def _pasted(self) -> Pasted | None:
        row = self._rows.row
        return next((pasted for pasted in self._lines if pasted.row is row), None)

    def _choice(self) -> Restore:
        """How what is left out is put back to what it is now."""
        choice = self._lines.choice()

        def back() -> None:
            choice()
            self._show()

        return back

    def action_leave_out(self) -> None:
        if pasted := self._pasted():
            pasted.want(not pasted.wanted)
            self._show()

    def action_all(self) -> None:
        wanted = not self._lines.wanted
        for pasted in self._lines:
            pasted.want(wanted)
        self._show()

    def action_older(self) -> None:
        if not self._lines.earlier:
            self._tell("There are no lines of an earlier paste.")
            return
        self._lines.add_earlier()
        self._tell("")

    def action_edit(self) -> None:
        if pasted := self._pasted():
            self._begin_edit(pasted)

    def action_correct(self) -> None:
        if pasted := self._pasted():
            self._corrects = True
            self._begin_edit(pasted)

    def _correct(self, pasted: Pasted, what: str) -> None:
        if what.startswith(f"{COLUMN} "):
            self.busy = True
            self._tell("Reading…")
            self._take_column(what.removeprefix(COLUMN).strip())
            return
        try:
            corrected = self._lines.correct(pasted, what)
        except CorrectionError as error:
            self._tell(f"{error}. Nothing was corrected.")
        else:
            self._tell(f"{counted(corrected, 'line')} corrected: {what}.")

    @work(exit_on_error=False)
    async def _take_column(self, title: str) -> None:
        try:
            self._tell(await self._lines.take_column(title))
        finally:
            self.busy = False
        self._keep()

    def _begin_edit(self, pasted: Pasted) -> None:
        self._edited = pasted
        self._rows.select(str(pasted.number))
        hint = CORRECT if self._corrects else CHANGE if pasted in self._lines else ONE_MORE
        self._hint.update(plain(with_keys(hint, self.key_of)))
        self.query_one("#backfill-edit").display = True
        self._edit.write("" if self._corrects else pasted.change or pasted.text)
        # At once: what is typed behind belongs to this line.
        self.set_focus(self._edit)

    def _take_over(self, text: str) -> None:
        if self._corrects and self._edited is not None:
            edited = self._edited
            self._end_edit()
            self._correct(edited, text.strip())
            return
        if self._edited is not None and text.strip():
            self._edited.replace(text)
            self._lines.take_in(self._edited)
        self._end_edit()

    def _end_edit(self) -> None:
        self._edited, self._corrects = None, False
        self._keep()
        self.query_one("#backfill-edit").display = False
        self.set_focus(self._rows)
        self._show()

    def on_burst(self, event: Burst) -> None:
        """Take what was typed or pasted into the list for further lines, with the key behind it."""
        event.stop().prevent_default()
        lines = lines_of(event.text)
        if sum(bool(text.strip()) for text in lines) > 1:
            self._add(lines)
            return
        if self._edited is None:
            self._begin_edit(Pasted(self._lines.next_number, ""))
        self._edit.paste(event.text)
        if event.key is not None:
            self._edit.post_message(event.key)

    def _add(self, lines: tuple[str, ...]) -> None:
        """Take in lines that were pasted while the preview was open."""
        added = self._lines.add(lines)
        self._keep()
        self._tell(f"{counted(added, 'line')} added.")

    def action_leave(self) -> None:
        if self._edited is not None:
            self.keep_draft()
            if self._edited.text and self._edited not in self._lines:
                self._edited.want(False)
                self._lines.take_in(self._edited)
            self._end_edit()
            return
        self._leave()
        if self._lines:
            lines = counted(len(self._lines), "line")
            self.leave_with(f"nothing recorded: {lines} kept, the next paste offers them again")
        else:
            self.dismiss()

    def typed_texts(self) -> dict[str, str]:
        """What is not recorded, and the line that is changed: the next console begins there."""
        return self._lines.drafts(self._edited)

    def _keep(self) -> None:
        for place, text in self.typed_texts().items():
            self.controller.drafts.keep(place, text)

    def keep_draft(self) -> None:
        """Keep what is being typed to change a line."""
        if self._edited is not None and not self._corrects:
            typed = self._edit.value
            if self._edited not in self._lines:
                self._edited.text = typed
            self._edited.change = "" if typed == self._edited.text else typed
            self._keep()

    def _leave(self) -> None:
        """Keep the lines for the next paste, and do not begin with them."""
        self._keep()
        self.controller.drafts.clear(PASTE_OPEN)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if not self.busy and self._lines.wanted:
            self.busy = True
            self._tell("Recording…")
            self._record()
        elif not self.busy and self._lines.all_known:
            known = counted(len(self._lines), "line")
            self._settle(f"nothing new: {known} recorded already", set(), {})

    @work(exit_on_error=False)
    async def _record(self) -> None:
        wanted = self._lines.wanted
        try:
            results = await self.controller.enter_all([pasted.text for pasted in wanted])
        finally:
            self.busy = False
        if not isinstance(results, list):
            self._tell(not_recorded(results))
            return
        refused = {
            pasted.number: result
            for pasted, result in zip(wanted, results, strict=False)
            if not isinstance(result, Receipt)
        }
        recorded = {pasted.number for pasted in wanted} - refused.keys()
        receipts = [result for result in results if isinstance(result, Receipt)]
        self._settle(kept(counted(len(recorded), "line"), receipts), recorded, refused)

    def _settle(
        self, done: str, recorded: set[int], refused: dict[int, LineError | Refused]
    ) -> None:
        """What was refused stays with its reason, and what came meanwhile; the rest is done with.

        Lines that were left out go with the last of those that were not.
        """
        stay = [pasted for pasted in self._lines if pasted.number not in recorded]
        for pasted in stay:
            if pasted.number in refused:
                problem = refused[pasted.number]
                pasted.understood, pasted.row = LinePreview(False, problem.message), None
        ends = self._edited is None and not any(pasted.wanted for pasted in stay)
        self._lines[:] = [] if ends else stay
        self._keep()
        if refused:
            kept = "line was refused and stays", "lines were refused and stay"
            refusals = counted(len(refused), *kept)
            self._tell(f"{done}, {refusals} here: {with_keys(REFUSED, self.key_of)}.")
        elif not ends:
            self._tell(f"{done}; what came meanwhile is not recorded yet.")
        elif self.is_current:
            self._leave()
            self.leave_with(done)

    def failed(self, worker: Worker[object]) -> None:
        self._tell(not_recorded(worker.error))
