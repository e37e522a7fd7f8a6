"""The log line: the row that is always there to write into, and never loses what was written.

It holds no rules. What a text means, which completions there are, and when an entry is durable is
told to it; it keeps the text until it is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import ClassVar, Self

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from incident_tui.screens.painted_text import visible
from incident_tui.screens.session.suggested_line import caret_of
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.widgets.line.completion_list import Choices, Completion
from incident_tui.screens.widgets.line.history_search import Answer, HistorySearch
from incident_tui.screens.widgets.line.line_history import History
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.line_keys import LINE_BINDINGS, LINE_WORDS
from incident_tui.screens.widgets.line.line_note import (
    ASKS,
    DONE,
    ENTERS,
    SEARCHES,
    LineNote,
    Understood,
    cell_of,
)

__all__ = ["Completion", "LogLine", "Understood"]


class LogLine(Widget):
    """Prompt, field, a note on how the text is understood, completions, and the history of lines.

    `interpret` and `complete` (of the text and the cursor's column) are asked at most once per key.
    What the note says of a line is given to `said`, for it goes with the next key.
    An entered text waits, beside a field that is free again, until the host calls `accept`,
    `refuse` or `reject`: once for each text, in the order in which they were entered. What was
    entered is in the history from then on, whatever came of it.

    A question stands in the note. It takes Enter for a yes, as the very next key and alone; any
    other key means what it always means, and the question is gone.
    """

    BINDING_GROUP_TITLE = "Log line"
    BINDINGS = LINE_BINDINGS
    KEY_WORDS: ClassVar[dict[str, str]] = LINE_WORDS

    prompt: reactive[Content] = reactive(Content("›"), init=False)
    """Who is writing, before the field."""

    @dataclass
    class Submitted(Message):
        """A line was entered; it waits for `accept` or `reject`."""

        log_line: "LogLine"
        text: str
        changed: Callable[[], str] | None = None  # why it would do other than was asked about

        @property
        def control(self) -> "LogLine":
            return self.log_line

    @dataclass
    class Pasted(Message):
        """Several lines were pasted; none of them is in the field."""

        log_line: "LogLine"
        lines: tuple[str, ...]

        @property
        def control(self) -> "LogLine":
            return self.log_line

    def __init__(
        self,
        interpret: Callable[[str], Understood],
        complete: Callable[[str, int], Sequence[Completion]],
        *,
        history: Iterable[str] = (),
        say: Callable[[str], None] = lambda text: None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._interpret = interpret
        self._complete = complete
        self._say = say
        self.again = ""
        """The key that shows once more what the note said."""
        self._history = History(history)
        self._pending: list[str] = []
        self._read = ""  # the text that was interpreted last
        self._recalled: str | None = None
        self._noted: str | None = None  # the text whose note came from the host: it stays so long
        self._proposed = ""  # the line that a yes to the question sends; empty without a question
        self._changed: Callable[[], str] = str
        self._search = HistorySearch(self._history.lines_with)
        self._choices = Choices()
        self._prompt = Static(id="log-line-prompt", markup=False)
        self._input = LineInput(entered=self._enter, before=self._catch_up,
                                answered=self._answered, pasted=self._hand_over)  # fmt: skip
        self._note = LineNote()

    def compose(self) -> ComposeResult:
        yield self._choices
        with Container(id="log-line-row"):
            yield self._prompt
            yield self._input
        yield self._note

    def on_mount(self) -> None:
        self._prompt.update(self.prompt)
        self.watch(self._input, "scroll_x", self._place_caret, init=False)
        self.reread()

    def on_resize(self) -> None:
        self._place_caret()

    def watch_prompt(self, prompt: Content) -> None:
        if self.is_mounted:  # else mounting shows it
            self._prompt.update(prompt)
        self.call_after_refresh(self._place_caret)

    # --- what the host says and asks ---------------------------------------------------------

    @property
    def draft(self) -> str:
        """The text that was not entered yet; set it to put another one there."""
        return self._input.value

    @draft.setter
    def draft(self, text: str) -> None:
        self._input.write(text)

    @property
    def invitation(self) -> str:
        """What stands in the field while nothing is typed."""
        return self._input.placeholder

    @invitation.setter
    def invitation(self, text: str) -> None:
        self._input.placeholder = text

    @property
    def pending(self) -> tuple[str, ...]:
        """The texts that were entered and are neither accepted nor rejected yet, oldest first."""
        return tuple(self._pending)

    @property
    def busy(self) -> bool:
        """Whether another line was begun or entered, which a question would come between."""
        return bool(self.draft or self._pending)

    @property
    def has_line_focus(self) -> bool:
        """Whether keys go into the field."""
        return self._input.has_focus

    def focus(self, scroll_visible: bool = True) -> Self:
        self._input.focus(scroll_visible)
        return self

    def take(
        self, text: str, key: events.Key | None = None, *,
        at: float = inf, since: float = inf, apart: bool = False,
    ) -> None:  # fmt: skip
        """Text that was meant for this line and arrived elsewhere: add it, and take the focus.

        It was typed from `since` until `at`: what was typed here later stands behind it. `key` was
        pressed behind it, and acts here. It stands apart from what is there where that is asked
        for, or the line had not the focus, unless it goes on with a word that was begun here.
        """
        draft = self.draft
        # Not `has_focus`, which follows only once the field has heard of it.
        apart = apart or self.screen.focused is not self._input
        if apart and draft and not self._input.goes_on(since) and not draft.endswith(" "):
            self._input.insert(" ", len(draft))
        if later := self._input.typed_after(at):
            self._input.insert(visible(text), len(self.draft) - later)
            self._input.cursor_position = len(self.draft)
        else:
            self._input.cursor_position = len(self.draft)
            self._input.paste(text)
            self._input.count_as_typed(text, at)
        self._end_search()
        # At once, not from the application's queue as `focus` would: a key that is there already
        # would go to whatever had the focus before.
        self.screen.set_focus(self._input)
        if key is not None:
            self._input.post_message(key)

    def tell_done(self, note: str) -> None:
        """Say what was done, until the next key."""
        self._say(f"{DONE} {note}")
        if not (self.draft or self._proposed):
            self._noted = self.draft
            self._tell(Understood(True, note, mark=DONE, again=self.again))

    def remind(self, of: str) -> None:
        """Say something beside the note until the next Enter; it takes no key."""
        self._note.reminder = of

    def start(self, text: str) -> None:
        """Begin another line with this text; what was begun before is kept in the history."""
        if self.draft.strip() and self.draft != text:
            self._history.add(self.draft)
        self._input.write(text, caret_of(text))
        self.focus()

    def start_edited(self, text: str) -> None:
        """Begin another line with a text of one line or several from elsewhere."""
        self.start("")
        self._input.rewrite(text)

    def accept(self, note: str = "") -> None:
        """The oldest entered text is durable: it becomes history.

        `note` stands until the next key.
        """
        if (text := self._next_pending()) is not None:
            self._history.add(text)
        if note:
            self.tell_done(note)

    def refuse(self, note: str) -> None:
        """The oldest entered text was refused, for this reason: it is the newest of the history.

        The field is free for the next line, and what was begun there stays.
        """
        if (text := self._next_pending()) is not None:
            self._history.add(text)
            if self.draft or self._pending:
                note = f"{note} · kept in the history, press up: {text}"
        self._say_no(note)

    def refuse_key(self, note: str) -> None:
        """A key was refused, for this reason; no line is concerned."""
        self._say_no(note)

    def reject(self, note: str) -> None:
        """The oldest entered text could not be recorded, through no fault of its own.

        It comes back into the field; into the history, if another text was begun or entered
        meanwhile.
        """
        if self.draft or len(self._pending) > 1:
            self.refuse(note)
            return
        if (text := self._next_pending()) is not None:
            self._input.write(text)
        self._say_no(note)

    def send(self, text: str, changed: Callable[[], str] | None = None) -> None:
        """Enter a text that is not in the field; what stands there stays."""
        self._note.reminder = ""
        self._pending.append(text)
        self._note.unsaved = self._pending[0]
        self.post_message(self.Submitted(self, text, changed))

    def ask(self, question: str, text: str, changed: Callable[[], str] = str) -> None:
        """Ask whether `text` shall be entered, until `changed` says why that is none."""
        self.action_close()
        self._read = self._noted = self.draft
        self._proposed, self._changed = text, changed
        self._say(f"{ASKS} {question}")
        note = f"{question} · any other key: not now"
        self._tell(Understood(True, note, mark=ASKS, again=self.again))
        self.focus()

    def reread(self) -> None:
        """Interpret the text again, since something else changed what it means."""
        if self._proposed and (why := self._changed()):
            self._say_no(why)
        elif self._noted != self.draft:
            self._noted = None
            self._proposed = ""
            self._tell(self._interpret(self.draft))

    # --- keys --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("complete", "close"):
            return self._choices.display
        return super().check_action(action, parameters)

    def action_older(self) -> None:
        self._step(-1, self._history.back)

    def action_newer(self) -> None:
        self._step(1, self._history.forward)

    def action_search(self) -> None:
        """Look for an earlier line; while one is looked for, show the match before."""
        self.action_close()
        self._search.begin()
        self._tell_search()

    def _tell_search(self) -> None:
        self._read = self._noted = self.draft
        prompt = self._search.prompt_text(key_text(self, "line.search"))
        self._tell(Understood(True, prompt, mark=SEARCHES))

    def _end_search(self) -> None:
        if self._search.end():
            self._read_anew()

    def _searched(self, event: events.Key) -> bool:
        """Whether this key was one for the search; any other ends it."""
        active = self.screen.active_bindings.get(event.key)
        if not self._search.goes_on or (active and active.binding.id == "line.search"):
            return False
        answer = self._search.answer(event)
        if answer is Answer.GOES_ON:
            self._tell_search()
            return True
        self._read_anew()
        if answer is Answer.TAKEN:
            self._recalled = self._search.match
            self.start(self._search.match)
        return answer is not Answer.NOT_OURS

    def action_complete(self) -> None:
        if self._choices.marked is not None:
            self._insert(self._choices.marked)

    def action_close(self) -> None:
        self._choices.show((), 0)

    def _enter(self, text: str) -> None:
        self._note.reminder = ""
        marked = self._choices.marked if self._choices.display else None
        if marked is not None and (self._ends_in(marked) or self._choices.moved):
            self._insert(marked)
        elif text.strip():
            self._input.value = ""
            self.send(text)

    def _ends_in(self, marked: Completion) -> bool:
        """Whether the text is no whole line yet, and has no fault before what would complete it."""
        known = self._note.understood
        return known.mark != ENTERS and (known.column is None or known.column >= marked.start)

    def _answered(self, event: events.Key) -> bool:
        """Whether this key was the search's, or the yes to a question, which hears one key."""
        if self._searched(event):
            return True
        proposed = self._proposed if event.key == "enter" else ""
        self.drop_question()
        if proposed:
            self.send(proposed, self._changed)
        return bool(proposed)

    def _say_no(self, why: str) -> None:
        self._proposed, self._noted = "", self.draft
        self._say(f"✗ {why}")
        self._tell(Understood(False, why, again=self.again))

    def drop_question(self) -> None:
        """Ask no more: what comes next is no answer."""
        if self._proposed:
            self._proposed = ""
            self._read_anew()

    def _read_anew(self) -> None:
        self._noted = None
        self.reread()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self.draft:  # else a later change is on its way
            self._catch_up()

    def _catch_up(self) -> None:
        """Interpret the text as it stands now, before its message comes or a key acts on it."""
        if self._read != self.draft:
            self._read = self.draft
            self.reread()
            self._offer()

    def on_input_blurred(self, event: Input.Blurred) -> None:
        event.stop()
        self.action_close()
        self._note.whole.display = False
        self.drop_question()
        self._end_search()

    def _hand_over(self, lines: tuple[str, ...]) -> None:
        self.drop_question()  # nobody answers it behind what opens now
        self.post_message(self.Pasted(self, lines))

    def on_choices_picked(self, event: Choices.Picked) -> None:
        event.stop()
        self._insert(event.completion)
        self.focus()

    def _step(self, way: int, walk: Callable[[str], str | None]) -> None:
        if self._choices.display:
            self._choices.move(way)
        elif (text := walk(self.draft)) is not None:
            self._recalled = text
            self._input.write(text)

    def _offer(self) -> None:
        """Open the completions for the text before the cursor, unless it was only recalled."""
        text, cursor = self.draft, self._input.cursor_position
        offers: Sequence[Completion] = ()
        if text and text != self._recalled:
            offers = self._complete(text, cursor)
        news = [offer for offer in offers if offer.insert != text[offer.start : cursor]]
        self._choices.show(news, self._cell(news[0].start) if news else 0)

    def _insert(self, completion: Completion) -> None:
        self._input.replace(completion.insert, completion.start, self._input.cursor_position)

    def _tell(self, understood: Understood) -> None:
        self._note.understood = understood
        self._place_caret()

    def _place_caret(self) -> None:
        column = self._note.understood.column
        self._note.caret = None if column is None else self._cell(column)

    def _next_pending(self) -> str | None:
        text = self._pending.pop(0) if self._pending else None
        self._note.unsaved = self._pending[0] if self._pending else ""
        return text

    def _cell(self, column: int) -> int:
        """The cell of this line under which the character stands."""
        before = self._input.region.x - self.region.x - self._input.scroll_offset.x
        return before + cell_of(self.draft, column)
