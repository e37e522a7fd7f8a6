"""The update composer: what people are told next, made of the log, changed by hand, posted once.

What an update starts from is the domain's, and how it is pasted elsewhere is paper's.
"""

import asyncio

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.line_grammar import Line, format_line
from incident_tui.domain.handover.update_drafts import draft, form_of_next, nothing_new
from incident_tui.domain.impact.updates import Updates, usual_next
from incident_tui.domain.values.text import clean, clean_line
from incident_tui.domain.values.time_grammar import (
    WhenError,
    format_duration,
    format_when,
    parse_ahead,
)
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.text import line, plain
from incident_tui.screens.widgets.chrome.document_rows import Pasteable, pasteable
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.service import Receipt
from incident_tui.service.git.commit_message import write_documents

TEXT, NEXT = "composer", "composer next"
"""Where the drafts are kept."""


class ComposerScreen(View[None]):
    """Asks for the text and the time of the next update. What is typed is kept until it is out."""

    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/forms/composer.tcss"]
    BINDINGS = [
        Binding("f8", "post", "post", id="composer.post", tooltip="Post the update"),
        Binding("f2", "nothing_new", "nothing new", id="composer.nothing_new",
                tooltip="Say that there is no news, and go to the time: Enter there posts it"),
        Binding("f3", "from_log", "from the log", id="composer.from_log",
                tooltip="Begin anew with what the log says now; ctrl+z brings the text back"),
        Binding("tab", "app.focus_next", "next field", False, id="composer.next",
                tooltip="From the text to the time of the next update, and back"),
        Binding("escape,f12", "leave", "back", id="composer.leave",
                tooltip="Back; what was typed is kept"),
    ]  # fmt: skip

    def __init__(self, controller: IncidentController) -> None:
        super().__init__()
        self.controller = controller
        self._text = LinesInput(id="composer-text")
        self._next = LineInput(id="composer-next", entered=self._enter)
        self._made = ""
        """The text as it was made of the log."""
        self._made_from = 0
        self._posting = False
        self._posted = len(controller.incident.of(Updates).items)
        self._overtaken = ""
        """What others posted meanwhile, until whoever writes here was told."""

    def compose(self) -> ComposeResult:
        yield Static(id="composer-head", markup=False)
        with Vertical(id="composer-frame"):
            yield self._text
        with Horizontal(id="composer-time"):
            yield Static(plain("Next update"), id="composer-time-title")
            yield self._next
            yield Static(id="composer-understood", markup=False)
        yield Static(id="composer-answer", markup=False)
        yield KeyBar(self.controller)

    def on_mount(self) -> None:
        self.query_one("#composer-frame").border_title = Content("Text")
        self._make()
        kept, at = self.controller.drafts.get(TEXT), self.controller.drafts.get(NEXT)
        self._text.write(kept or self._made)
        self._next.write(at or usual_next(self.controller.incident))
        self._answer("This is your draft from before. F3 begins anew from the log." if kept else "")
        self._show()
        self._text.focus()
        self.controller.listen(self._state_changed)
        self.set_interval(0.5, self.keep_draft)
        self.set_interval(5, self._show)

    def on_unmount(self) -> None:
        self.controller.unlisten(self._state_changed)
        self.keep_draft()

    # --- what is shown -------------------------------------------------------------------------

    def _make(self) -> None:
        self._made = draft(self.controller.incident)
        self._made_from = len(self.controller.incident.recorded)

    def _show(self) -> None:
        incident, now = self.controller.incident, self.controller.now()
        updates, zone = incident.of(Updates), self.controller.session.zone
        told = [("Status update " + str(len(updates.items) + 1), "bold")]
        head = line(*told, f" · {form_of_next(incident)}")
        if updates.items:
            last = updates.items[-1].entry.at
            at, ago = format_when(last, zone, reference=now), format_duration(now - last)
            head += line(f" · the last one was at {at}, {ago} ago")
        newer = len(incident.recorded) - self._made_from
        made = "Made of what the log says; change what is not true. Tab: the time. F8: post."
        if newer:
            made = f"The log has gone on by {newer} since this was made. F3 makes it anew."
        self.query_one("#composer-head", Static).update(head + "\n" + line((made, "dim")))
        self.query_one("#composer-understood", Static).update(self._understood())

    def _understood(self) -> Content:
        text, now, zone = (
            self._next.value.strip(),
            self.controller.now(),
            self.controller.session.zone,
        )
        if not text:
            owed = usual_next(self.controller.incident)
            none = "✗ when do people hear from you again?" if owed else "none: it is over"
            return line((none, "bold" if owed else "dim"))
        try:
            moment = parse_ahead(text, now=now, zone=zone)
        except WhenError as problem:
            return line((f"✗ {problem.reason}", "bold"))
        shown = format_when(moment, zone, reference=now)
        return plain(f"✓ at {shown}, in {format_duration(moment - now)}")

    def _state_changed(self) -> None:
        """What others recorded meanwhile is said; what is typed here stays."""
        items = self.controller.incident.of(Updates).items
        if len(items) > self._posted and not self._posting:
            last = items[-1]
            told = f"{last.entry.actor} posted meanwhile: {clean_line(last.text)}"
            self._overtaken = f"{told} · F8 posts yours all the same."
            self._answer(self._overtaken)
        self._posted = len(items)
        self._show()

    def on_input_changed(self, event: LineInput.Changed) -> None:
        event.stop()
        self._show()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self._answer(f"✗ It was not posted: {event.worker.error}")

    def _answer(self, text: str) -> None:
        answer = self.query_one("#composer-answer", Static)
        answer.display = bool(text)
        answer.update(plain(text))

    # --- what is done --------------------------------------------------------------------------

    def action_nothing_new(self) -> None:
        """The text that stood there comes back with ctrl+z."""
        self._replace(nothing_new(self.controller.incident, self.controller.session.zone))
        self._next.write(usual_next(self.controller.incident))
        self.set_focus(self._next)  # at once: the next key belongs there

    def action_from_log(self) -> None:
        self._make()
        self._replace(self._made)
        self._answer("")
        self._show()

    def _replace(self, text: str) -> None:
        area = self._text
        area.replace(text, area.document.start, area.document.end, maintain_selection_offset=False)

    def on_line_input_pasted_lines(self, event: LineInput.PastedLines) -> None:
        event.stop()
        self._next.insert_text_at_cursor(" ".join(text.strip() for text in event.lines))

    def _enter(self, text: str) -> None:
        self.action_post()

    def action_post(self) -> None:
        if self._overtaken:
            # A hasty key must not tell people twice.
            self._answer(f"Not posted yet. {self._overtaken}")
            self._overtaken = ""
        elif not clean(self._text.text):
            self._answer("✗ There is nothing to post: write what people should know.")
            self._text.focus()
        elif not self._posting:
            self._posting = True
            self._post(self._line())

    def _line(self) -> str:
        values = {"text": clean(self._text.text), "next": clean_line(self._next.value)}
        given = {name: value for name, value in values.items() if value}
        return format_line(Line(commands.forms("/update")[0], given))

    @work(exit_on_error=False)
    async def _post(self, text: str) -> None:
        try:
            outcome = await self.controller.enter(text)
            if isinstance(outcome, Receipt):
                await self._hand_out(outcome)
                return
        finally:
            self._posting = False
        if isinstance(outcome, (Refused, LineError)):
            self._answer(f"✗ Not posted: {outcome.message}.")
        else:
            self._answer(f"✗ Not posted: {outcome}")

    async def _hand_out(self, receipt: Receipt) -> None:
        """Drop the draft, and put the text where it can be pasted from."""
        self.controller.drafts.clear(TEXT)
        self.controller.drafts.clear(NEXT)
        self._made = self._text.text
        self._next.write(usual_next(self.controller.incident))
        made = pasteable(self.controller.incident, receipt.entries[0].id)
        if made is not None:
            self.app.copy_to_clipboard(made.text)
            self.notify(
                f"The plain text is copied, where the terminal lets it. {await self._where(made)}",
                title=f"Update {made.number} is posted",
                markup=False,
                timeout=12,
            )
        if self.is_current:
            self.dismiss()

    async def _where(self, made: Pasteable) -> str:
        """Where its texts stand; the log has it already, so trouble there is only told."""
        session = self.controller.session
        try:
            await asyncio.to_thread(write_documents, session)
        except OSError as problem:
            return f"Its files follow with the next commit: {problem.strerror or problem}."
        return f"It stands in {session.folder / made.path}, for chats in {made.chat_path}."

    def action_leave(self) -> None:
        self.keep_draft()
        self.dismiss()

    def keep_draft(self) -> None:
        """Keep what was typed; a text that only the log made is made anew the next time."""
        text = self._text.text
        changed = clean(text) != clean(self._made)
        at = self._next.value if self._next.value != usual_next(self.controller.incident) else ""
        for place, typed in ((TEXT, text if changed else ""), (NEXT, at)):
            if not self._posting:
                self.controller.drafts.keep(place, typed)
