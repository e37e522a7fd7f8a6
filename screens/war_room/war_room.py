"""The war room: everything about one incident on one screen, and the line to write into."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.message import Message

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Proposed
from incident_tui.domain.core.line_grammar import Line, line_or_none
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.screens.painted_text import line
from incident_tui.screens.panes.arranged_app import ArrangedApp, arrangement_of
from incident_tui.screens.panes.arrangement import Arrangement
from incident_tui.screens.panes.pane import Pane
from incident_tui.screens.panes.registry import PANES
from incident_tui.screens.panes.stage import GatePane, StagePane
from incident_tui.screens.panes.timeline import TimelinePane
from incident_tui.screens.session.controller import Doubtful, IncidentController
from incident_tui.screens.session.outcome_text import file_trouble
from incident_tui.screens.session.paste_draft import paste_was_open
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.terminal.command_keys import verb_bindings
from incident_tui.screens.terminal.textual_internals import TellsPainted, add_bindings
from incident_tui.screens.war_room import entry_acts, overlays
from incident_tui.screens.war_room.attention import Attention
from incident_tui.screens.war_room.board import SINGLE_BELOW, Board
from incident_tui.screens.war_room.deeds import deed
from incident_tui.screens.war_room.line_routing import (
    ask_about,
    ask_who,
    asked_for,
    changed_since,
    completions,
    is_shown,
    place_asked_for,
    recorded,
    understood,
    why_not,
)
from incident_tui.screens.war_room.room_keys import ROOM_BINDINGS, ROOM_WORDS
from incident_tui.screens.war_room.tour import Tour, invitation
from incident_tui.screens.war_room.who_reminder import WhoReminder
from incident_tui.screens.widgets.chrome.clock_widget import ClockWidget
from incident_tui.screens.widgets.chrome.header import FlagStrip, Header, Rail
from incident_tui.screens.widgets.chrome.incident_screen import IncidentScreen
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.pane_tabs import PaneTabs
from incident_tui.screens.widgets.chrome.with_editor import LOG_LINE
from incident_tui.screens.widgets.line.log_line import LogLine, Understood
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Receipt
from incident_tui.service.session.line_preview import final_step
from incident_tui.store.files.errors import StoreError

LOWEST = 18
"""Rows of the terminal below which the rows of a pane have the room of its tabs and the title."""


class WarRoom(IncidentScreen[None], TellsPainted[None]):
    """One incident. It shows the state and sends lines; it holds no rules."""

    BINDING_GROUP_TITLE = "War room"
    CSS_PATH = "../../styles/war_room/war_room.tcss"
    AUTO_FOCUS = "#log-line Input"
    BINDINGS = ROOM_BINDINGS

    KEY_WORDS: ClassVar[dict[str, str]] = ROOM_WORDS

    class Seen(Message):
        """The room was painted for the first time, or something lies over it already."""

    def __init__(self, controller: IncidentController, entry: str = "") -> None:
        super().__init__(controller)
        self._entry = entry
        """Id of the entry that it was opened for; empty where it was opened for none."""
        self._panes = {n: pane(controller) for n, pane in enumerate(PANES, 1)}
        self._shown = 1
        self._zoomed = self._troubled = self._began = self._seen = False
        self._seen_stage = ""
        self._entry_lock = asyncio.Lock()
        self._who, self._attention = WhoReminder(controller), Attention(controller)
        self._tour = Tour(controller.incident)
        self._header, self._rail = Header(controller), Rail(controller)
        self._strip, self._key_bar = FlagStrip(controller), KeyBar(controller)
        self._clock_widgets: tuple[ClockWidget, ...] = (self._header, self._rail, self._key_bar)
        self._log_line = LogLine(
            self._understood, partial(completions, controller), say=controller.note, id="log-line"
        )
        add_bindings(self, verb_bindings())

    def compose(self) -> ComposeResult:
        yield from (self._header, self._rail, self._strip)
        yield PaneTabs([pane.tab or pane.title.split()[0] for pane in PANES])
        yield Board(tuple(self._panes.values()), id="board")
        yield self._tour
        yield self._log_line
        yield self._key_bar
        yield from (self._who, self._attention)

    def on_mount(self) -> None:
        self._log_line.again = self.key_of("room.flags")
        self._restore_drafts()
        self._log_line.focus()
        if isinstance(self.app, ArrangedApp):
            self.watch(self.app, "arrangement", self._arrangement_changed)
        self.controller.commit_listeners.append(self._tick)
        self.state_changed()
        if self._entry:
            self.call_after_refresh(self._go_to_entry)
        self.set_interval(1, self._tick)
        self.controller.watch(self._poll)

    def painted(self) -> None:
        self._tell_seen()

    def on_screen_suspend(self) -> None:
        self._tell_seen()

    def _tell_seen(self) -> None:
        if not self._seen:
            self._seen = True
            self.post_message(self.Seen())

    def on_war_room_seen(self) -> None:
        # What an earlier run left uncommitted can wait until there is something to see.
        self.controller.commit()
        self._read_texts()

    @work(exit_on_error=False, group="reading")
    async def _read_texts(self) -> None:
        await self.controller.read_texts()

    def on_unmount(self) -> None:
        self.controller.commit_listeners.remove(self._tick)

    # --- what is shown -------------------------------------------------------------------------

    def state_changed(self) -> None:
        """Show the present state."""
        for pane in self._panes.values():
            pane.refresh_state()
        self._log_line.prompt = line(f"{self._typist} ›")
        self._log_line.invitation = invitation(self, self.controller.incident)
        self._log_line.reread()
        self._tour.recorded(self.controller.incident)
        self._tell_saved()
        self._tick()

    @property
    def _typist(self) -> str:
        session = self.controller.session
        return f"{session.identity.actor}·{session.hat}".rstrip("·")

    def on_who_reminder_due(self) -> None:
        self._log_line.remind(f"as {self._typist}, {self.key_of('verb.me')} changes")

    def _tell_saved(self) -> None:
        """Take back that a line is kept aside, once it is not."""
        troubled = bool(self.controller.trouble)
        if self._troubled and not troubled:
            self._log_line.tell_done("saved, with all that waited")
        self._troubled = troubled

    def _tick(self) -> None:
        if not self._key_bar.is_attached:
            return  # the room goes away
        self._strip.show(self.controller.flags())
        for part in self._clock_widgets:
            part.tick()
        for pane in self._panes.values():
            pane.tick()
        self._attention.refresh_state()

    def on_resize(self) -> None:
        if self.has_parts:
            self._arrange()

    def _arrange(self) -> None:
        single = self.query_one(Board).show(
            arrangement_of(self.app), self._panes[self._shown], zoomed=self._zoomed
        )
        low = self.size.height < LOWEST
        self._header.set_class(self.size.width < SINGLE_BELOW and not low, "-two-lines")
        self._rail.brief = not any(pane.display for pane in self.query(GatePane))
        tabs = self.query_one(PaneTabs)
        tabs.display = single and not low
        tabs.current = self._shown

    def _arrangement_changed(self, arrangement: Arrangement) -> None:
        numbers = [n for n, pane in self._panes.items() if pane.key() in arrangement.shown]
        if self._shown not in numbers:
            self._shown = min(numbers)
        if self._focused_pane() not in {None, *numbers}:
            self._log_line.focus()
        self._arrange()

    # --- panes -----------------------------------------------------------------------------------

    def action_pane(self, number: int) -> None:
        self._show(number)
        self._panes[number].rows.focus()

    def on_rows_beyond(self, event: Rows.Beyond) -> None:
        """To the pane before or after, where only one is in sight."""
        here, panes, undo = self._focused_pane(), self._panes, partial(self._show, self._shown)
        if here and (pane := self.query_one(Board).beside(panes[here], event.step)):
            self._show(next(n for n, one in panes.items() if one is pane))
            pane.rows.go_on(event.rows, undo)

    def _show(self, number: int) -> None:
        self._shown = number
        self._arrange()

    def action_zoom(self) -> None:
        self._shown = self._focused_pane() or self._shown
        self._turn_zoom()

    def _turn_zoom(self) -> None:
        self._zoomed = not self._zoomed
        self._arrange()

    def _focused_pane(self) -> int | None:
        return next((n for n, pane in self._panes.items() if pane.has_focus_within), None)

    def _go_to_entry(self) -> None:
        if not self.query_one(TimelinePane).rows.go_to(self._entry):
            self._log_line.tell_done("the entry that was found is no longer in this log")
        elif not self._log_line.busy:
            self.action_pane(PANES.index(TimelinePane) + 1)

    def action_write(self) -> None:
        self._log_line.focus()

    def action_add(self) -> None:
        if number := self._focused_pane():
            self.start_line(self._panes[number].adds)

    def on_pane_opened(self, event: Pane.Opened) -> None:
        self.app.push_screen(overlays.item(event.title, event.offers), self._take_line)

    def on_pane_correction_asked(self, event: Pane.CorrectionAsked) -> None:
        entry_acts.correct(self._log_line, self.incident, event.entry)

    @work(exit_on_error=False)
    async def on_pane_copy_asked(self, event: Pane.CopyAsked) -> None:
        await entry_acts.copy_entry(self.app, self.controller, self._log_line, event.entry)

    def on_stage_pane_field_chosen(self, event: StagePane.FieldChosen) -> None:
        self.app.push_screen(overlays.field(self.controller, event.stage, event.field))

    def text_outside(self) -> tuple[str, str, Callable[[str], None]] | None:
        """The log line; from a pane, the line that corrects the entry under the cursor."""
        if (focused := self._focused_pane()) is None:
            return super().text_outside()
        text = entry_acts.correction(self.incident, self._panes[focused].chosen)
        return (text, LOG_LINE, self._log_line.start_edited) if text else None

    def action_outside(self) -> None:
        """Open the text in the editor; where no line corrects an entry, say why."""
        entry = self._panes[focused].chosen if (focused := self._focused_pane()) else None
        if entry is not None and self.text_outside() is None:
            entry_acts.correct(self._log_line, self.incident, entry)
        else:
            super().action_outside()

    def _take_line(self, text: str | None) -> None:
        if text is not None:
            self.start_line(text)

    def _enter_line(self, text: str | None) -> None:
        if text is not None and not text.endswith(" "):
            self._log_line.send(text)
        else:
            self._take_line(text)

    def drop_question(self) -> None:
        self._log_line.drop_question()

    def start_line(self, text: str) -> None:
        """Put a line into the log line; what stood there goes into its history, never away."""
        self._log_line.start(text)

    # --- the log line ----------------------------------------------------------------------------

    def _understood(self, text: str) -> Understood:
        self._who.typed(text)
        if text and not self._began:
            # Whoever advances means the stage that was current when the line was begun.
            self._seen_stage = self._stage
        self._began = bool(text)
        return understood(self.controller, text, self.key_of)

    @property
    def _stage(self) -> str:
        return self.controller.incident.of(Lifecycle).current.stage.id

    def on_burst(self, event: Burst) -> None:
        event.stop().prevent_default()
        if event.done.count("room.zoom") % 2:
            self._turn_zoom()
        self.take_text(event)

    def take_text(self, burst: Burst, *, apart: bool = False) -> None:
        """Text that was typed elsewhere and meant for the log line, and the key behind it.

        The first of it stands apart from what is in the line already. A whole line is sent, unless
        another was begun there or nobody could take back what it does: words that a list is
        searched for may read like one.
        """
        sent = burst.entered and not self._log_line.busy
        if sent and not final_step(self.controller.session, burst.text):
            self._log_line.focus()
            self._do(burst.text)
            return
        self._log_line.take(burst.text, burst.key, at=burst.at, since=burst.since, apart=apart)

    def tell_done(self, note: str) -> None:
        """Say below the log line what was done on a screen that lay over the war room."""
        self._log_line.tell_done(note)

    def on_log_line_pasted(self, event: LogLine.Pasted) -> None:
        self.app.push_screen(overlays.backfill(self.controller, event.lines))

    def on_log_line_submitted(self, event: LogLine.Submitted) -> None:
        self.keep_draft()
        self._enter(event.text, self._seen_stage, event.changed)

    @work(exit_on_error=False)
    async def _enter(
        self, text: str, seen_stage: str, changed: Callable[[], str] | None = None
    ) -> None:
        async with self._entry_lock:  # which lets them through in the order in which they came
            parsed = line_or_none(text)
            await self.controller.begin_entry(answers=changed is not None)
            if changed and (why := changed()):
                self._log_line.refuse(why)
            elif does := deed(parsed):
                self._log_line.accept()
                await does.do(self)
            elif screen := asked_for(self.controller, parsed):
                self._log_line.accept()
                self.action_open(screen)
            elif where := place_asked_for(parsed):
                if entry_acts.go_to(self.query_one(TimelinePane), self._log_line, where, parsed):
                    self.action_pane(PANES.index(TimelinePane) + 1)
            else:
                await self._record(text, parsed, seen_stage)

    async def _record(self, text: str, line: Line | None, seen_stage: str) -> None:
        try:
            outcome = await self.controller.enter(text, line=line, seen_stage=seen_stage)
        except Exception as problem:
            self._log_line.reject(f"not recorded: {problem}")
            raise
        if isinstance(outcome, Receipt):
            self._log_line.accept(done := recorded(self.controller, outcome, self.key_of))
            ask_who(self.controller, self._log_line, outcome, done)
        elif isinstance(outcome, StoreError):
            self._log_line.reject(f"not recorded: {file_trouble(outcome)}")
        elif isinstance(outcome, Proposed) and not self._log_line.draft:
            self._log_line.accept()
            self._log_line.start(outcome.reasons[0][1])
        else:
            self._log_line.refuse(why_not(line, outcome, self.key_of))
            if isinstance(outcome, Doubtful) and not self._log_line.busy:
                self._log_line.ask(outcome.message, text)
        self.keep_draft()

    def typed_texts(self) -> dict[str, str]:
        sent = "\n".join(self._log_line.pending)
        return {"log-line": self._log_line.draft, "log-line sent": sent}

    def _restore_drafts(self) -> None:
        """What was typed and not sent is there again; what was sent and not told, just before."""
        for place in ("log-line sent", "log-line"):
            for text in filter(None, self.controller.drafts.get(place).split("\n")):
                self._log_line.start(text)
        if paste_was_open(self.controller):
            self.app.push_screen(overlays.backfill(self.controller, ()))

    @work(exit_on_error=False, group="poll")
    async def _poll(self) -> None:
        await self.controller.poll()

    # --- screens ---------------------------------------------------------------------------------

    def action_start(self, lead: str) -> None:
        """What the key of a command does: its screen, its deed, or the beginning of its line."""
        if is_shown(form := commands.forms(lead)[0]):
            self.action_open(form.opens)
        elif form.opens:
            self._do(lead)
        elif form.parts:
            self.start_line(f"{lead} ")
        else:
            ask_about(self.controller, self._log_line, lead)

    def _do(self, text: str) -> None:
        """Enter a line for which one key was pressed; what is final is asked about first."""
        self._seen_stage = self._stage
        if step := final_step(self.controller.session, text):
            self._log_line.ask(f"Enter {step}", text, changed_since(self.controller, text))
        else:
            self._log_line.send(text)

    def action_open(self, overlay: str) -> None:
        """Open the screen of this name over the war room, unless another lies there already."""
        if self.is_current:
            opened = overlays.OVERLAYS[overlay]
            take = self._enter_line if opened.enters else self._take_line
            self.app.push_screen(opened.open(self.controller), take)
            self._tour.opened(overlay)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "end_tour":
            return bool(self._tour.display)
        if action == "outside" and (focused := self._focused_pane()):
            return self.drafts is not None and self._panes[focused].chosen is not None
        return super().check_action(action, parameters)

    def action_end_tour(self) -> None:
        self._tour.display = False
        self.refresh_bindings()
