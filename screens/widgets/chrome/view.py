"""What every screen of the console has in common: drafts, answers, and the mark of the example.

What the screens over one incident share beside it is incident_screen.py's.
"""

from collections.abc import Mapping
from typing import ClassVar, Protocol, runtime_checkable

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Mount, Resize, Unmount
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from incident_tui.screens.painted_text import cut, line, plain
from incident_tui.screens.session.outcome_text import not_recorded
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.terminal.textual_internals import PaintedWhereSeen
from incident_tui.screens.terminal.typed_ahead import HoldsTypedText
from incident_tui.screens.widgets.chrome.keyed_row import KeyedRow, press
from incident_tui.screens.widgets.chrome.question import Question
from incident_tui.store.console.drafts import Drafts

DRAFT_SECONDS = 0.5
"""How old the draft of a text gets at most before it is kept again."""


@runtime_checkable
class Exemplary(Protocol):
    """An app that can show a worked example in the place of the user's own incidents."""

    @property
    def in_demo(self) -> bool:
        """Whether it does now."""


@runtime_checkable
class WithLogLine(Protocol):
    """A screen with the log line, below those that have none."""

    def take_text(self, burst: Burst, *, apart: bool = False) -> None:
        """Text that was typed elsewhere and meant for the log line."""

    def tell_done(self, note: str) -> None:
        """Say below the log line what was done elsewhere."""


class DemoMark(Widget):
    """The first row of each screen of the worked example, in words and not by colour alone."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self) -> Content:
        return cut(line((" DEMO ", "bold reverse"), f"  {self._text}"), self.size.width)


class Answer(Static):
    """What came of what was done last; it takes no space while there is nothing to say."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self.display = False

    def tell(self, text: str) -> None:
        """Say this; an empty text takes the answer away."""
        self.display = bool(text)
        self.update(plain(text, lines=True))


class View(PaintedWhereSeen[ScreenResultType]):
    """A screen. In the worked example it carries the mark, with these words beside it."""

    # A screen over others hides the keys of the app, so that each carries this one itself.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "app.help", "help", False, id="screen.help",
                tooltip="Every key of this screen, and every line"),
        Binding("question_mark", "app.help", "help", False, id="screen.help_too",
                tooltip="The same, where letters are no text"),
        Binding("alt+j", "app.jump", "jump", False, priority=True, id="screen.jump",
                tooltip="Letters on every pane, row and button in sight: pressed, they lead there"),
    ]  # fmt: skip
    KEY_WORDS: ClassVar[dict[str, str]] = {
        "screen.help": "keys manual commands shortcuts",
        "screen.jump": "go to easymotion hints mouse",
    }

    mark = "a worked example · {incidents}: your own incidents"
    """What stands beside the mark of the example; ``{incidents}`` is the key of their list."""
    takes_text: ClassVar[str] = "this part takes no text."
    """What helps whoever typed where nothing can be written."""
    drafts: Drafts | None = None
    """Where the typed texts are kept, on screens that ask for some."""
    question: Question | None = None
    """What asks before a key does what is final, on screens that have such keys."""
    busy = False
    """Whether what was typed is being sent: until that is over, its draft stays as it was."""

    def typed_texts(self) -> Mapping[str, str]:
        """What is typed here and not sent, by the place of its draft; empty on screens to read."""
        return {}

    def keep_draft(self) -> None:
        """Keep what is typed here and not sent; asked for before the controller is left, too."""
        if self.drafts is not None and not self.busy:
            for place, text in self.typed_texts().items():
                self.drafts.keep(place, text)

    def key_of(self, action: str) -> str:
        """The key that leads to an action now, as texts name it."""
        return key_text(self, action)

    def answer(self, text: str) -> None:
        """Say what came of what was done, in the `Answer` of the screen or over it.

        What was asked there is asked no more.
        """
        if self.question is not None:
            self.question.drop()
        places = self.query(Answer)
        for place in places:
            place.tell(text)
        if text and not places:
            self.notify(text, markup=False)

    def hold_keys(self) -> None:
        """Hold what is typed from here on for the screen that this one leads to."""
        if isinstance(self.app, HoldsTypedText):
            self.app.ahead.hold()

    def release_keys(self) -> None:
        """It leads nowhere: what was held is typed here."""
        if isinstance(self.app, HoldsTypedText):
            self.app.ahead.release()

    def typed(self, text: str) -> None:
        """Take text that was typed into a list."""
        if isinstance(self.app, HoldsTypedText) and self.app.ahead.take(text):
            return  # a key before it leads to the screen that it is meant for
        self.take_stray(text)

    def take_stray(self, text: str) -> None:
        """Text that was typed where no place takes it: it is lost, but never without a word."""
        self.notify(f"{text!r} went nowhere: {self.takes_text}", markup=False)

    def failed(self, worker: Worker[object]) -> None:
        """Say that work of this screen ended in an error, which is the worker's."""
        self.answer(not_recorded(worker.error))

    def action_leave(self) -> None:
        self.keep_draft()
        self.dismiss()

    def on_burst(self, event: Burst) -> None:
        event.stop()
        self.typed(event.text)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self.failed(event.worker)

    def on_mouse_down(self) -> None:
        """Whoever points somewhere gives no answer: Enter means what it says there."""
        self.drop_question()

    def on_screen_suspend(self) -> None:
        """What is asked under another screen is not answered there, nor by the key behind it."""
        self.drop_question()

    def on_keyed_row_pressed(self, event: KeyedRow.Pressed) -> None:
        event.stop()
        press(self, event.action)

    def drop_question(self) -> None:
        """Ask no more, where something was asked."""
        if self.question is not None and self.question.stands:
            self.answer("")

    @on(Mount)
    async def _mount_mark(self) -> None:
        if isinstance(self.app, Exemplary) and self.app.in_demo:
            key = self.key_of("app.incidents")
            await self.mount(DemoMark(self.mark.replace("{incidents}", key)))

    @on(Mount)
    def _keep_drafts(self) -> None:
        if self.typed_texts():
            self.set_interval(DRAFT_SECONDS, self.keep_draft)

    @on(Resize)
    def _show_focused(self) -> None:
        """Whoever writes sees the field, whatever the terminal shrank to."""
        if self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    @on(Unmount)
    def _keep_last_draft(self) -> None:
        self.keep_draft()


class Dialog(ModalScreen[ScreenResultType], View[ScreenResultType]):
    """A screen over another one, which shows through.

    The modal screen comes first: style sheets follow the first base alone.
    """

    TELLS_KEYS: ClassVar[bool] = True
    """Whether the last row of the screen below tells the keys of this one, while it is there."""


class ReadingView(View[ScreenResultType]):
    """A screen to read in: what is typed there is meant for the log line, where one lies below."""

    _handed_on = False
    """Whether the beginning of a text went to the log line: the rest of it belongs to that."""

    def on_burst(self, event: Burst) -> None:
        """Text typed here was meant for the log line: it goes there at once, before later keys."""
        event.stop().prevent_default()
        shown = self.is_current
        below = self.app.screen_stack[-2 if shown else -1]
        if not isinstance(below, WithLogLine):
            self.typed(event.text)
            return
        if shown and not self._handed_on:
            self.dismiss()
        below.take_text(event, apart=shown and not self._handed_on)
        self._handed_on = True


class LineChoice(ReadingView[str | None]):
    """A screen that gives back a line for the log line, or nothing."""

    def typed(self, text: str) -> None:
        """Text typed here was meant for the log line."""
        self.dismiss(text)
