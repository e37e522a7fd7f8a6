"""A screen that is one list: read by a worker, titled above, the marked row told in full below.

What is read, how a row says it and what its keys do is the screen's own.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import ScreenResultType
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from incident_tui.screens.painted_text import Part, columns, line, plain
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.question import Question
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.rows.rows import Rows

MANY = 200
"""Logs that are read without a word."""
_STEP = 25
LOW, FEW = 18, 3
"""Below so many lines of a terminal the marked row is told in a few, so that the list is seen."""
READING = "reading"
"""The name of the worker that reads what is in the list."""

Listed = TypeVar("Listed")


class Stopped(Exception):
    """Nobody waits for what is read any more; what was read is kept."""


@dataclass
class ListProgress(Message):
    """How far the reading is."""

    text: str


@dataclass
class ListRead(Message, Generic[Listed]):
    """What is in the list was read, or the beginning of it."""

    listed: Listed


def progress_of(screen: Widget) -> Callable[[str], None]:
    """For the worker that asks for it: tells `screen` how far it is, unless the text is empty.

    Each call raises `Stopped` once nobody waits for that worker any more.
    """
    worker = get_current_worker()

    def tell(text: str) -> None:
        if worker.is_cancelled:
            raise Stopped
        if text:
            screen.post_message(ListProgress(text))

    return tell


def progress_to(screen: Widget) -> Callable[[int, int], None]:
    """The same for logs: called with how many were read, and of how many that have to be."""
    tell = progress_of(screen)

    def progress(done: int, total: int) -> None:
        tell(f"{done} of {total} logs read…" if total >= MANY and done % _STEP == 0 else "")

    return progress


class ListFrame(View[ScreenResultType]):
    """A list with its title, its columns and the details of the marked row."""

    HEAD: ClassVar[str]
    """What the title begins with."""
    LIST: ClassVar[type[Rows]]
    HEADINGS: ClassVar[Sequence[str]] = ()
    """What stands over the columns; without any, nothing does."""
    WIDTHS: ClassVar[Sequence[int]] = ()
    """Cells of the columns; the last one takes what is left."""
    PLACEHOLDER: ClassVar[str] = "Reading the incidents…"
    """Stands in the list until there is something to show."""
    SHOWS: ClassVar[frozenset[str] | None] = None
    """Letters that ask, or change what is shown; None where no log line can lie below."""

    def __init__(self) -> None:
        super().__init__()
        self.question: Question = Question(self.answer)
        self.rows = self.LIST(
            empty=plain(self.PLACEHOLDER), shows=self.SHOWS, answered=self.question.answered
        )

    def compose(self) -> ComposeResult:
        yield Static(id="list-title", markup=False)
        yield from self.above()
        if self.HEADINGS:
            yield Static(plain(columns("", self.HEADINGS, self.WIDTHS)), id="list-columns")
        yield self.rows
        yield Static(id="list-detail", markup=False)
        yield from self.below()

    def above(self) -> Iterable[Widget]:
        """What stands between title and list."""
        return ()

    def below(self) -> Iterable[Widget]:
        """What stands below the details of the marked row."""
        yield KeyBar()

    def on_mount(self) -> None:
        self.tell_detail()

    def on_resize(self) -> None:
        """Tell of the marked row as much as there is room for."""
        self.tell_detail()

    def title_end(self) -> Part:
        """What stands at the end of the title, whatever it says."""
        return ""

    def tell_title(self, text: str) -> None:
        """Say this behind the name of the list."""
        title = line((self.HEAD, "bold"), f" · {text}", self.title_end())
        self.query_one("#list-title", Static).update(title)

    def detail(self) -> Sequence[Content]:
        """What else is known of the marked row, line by line."""
        return ()

    def tell_detail(self) -> None:
        """Say below the list what is known of the marked row; nothing takes no space."""
        lines = list(self.detail())
        low = self.app.size.height < LOW
        if low and len(lines) > FEW:
            lines = [*lines[: FEW - 1], line(lines[FEW - 1], (" …", "dim"))]
        shown = self.query_one("#list-detail", Static)
        shown.set_class(low, "-low")
        shown.display = bool(lines)
        shown.update(Content("\n").join(lines))

    def take_stray(self, text: str) -> None:
        """Text that is typed here filters the list; several lines are no words to look for."""
        if self.rows.rows and len(text.splitlines()) == 1:
            self.rows.filter_on(text)
        else:
            super().take_stray(text)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        event.stop()
        if self.question.stands:  # it was about another row
            self.answer("")
        self.tell_detail()

    def on_list_progress(self, event: ListProgress) -> None:
        event.stop()
        self.tell_title(event.text)


class ListScreen(ListFrame[ScreenResultType], Generic[ScreenResultType, Listed]):
    """A list that a worker reads: each thing that `read` gives is handed to `show`."""

    UNREADABLE: ClassVar[str] = "The incidents cannot be read"

    def on_mount(self) -> None:
        self.tell_title("reading…")
        self.rows.focus()
        self.begin()

    def begin(self) -> None:
        """Begin to read, once everything is in its place."""
        self.action_again()

    def read(self) -> Iterator[Listed]:
        """Read what is in the list, on a thread of its own; `progress_of` says how far that is."""
        raise NotImplementedError

    def show(self, listed: Listed) -> None:
        """Show what was read."""
        raise NotImplementedError

    def action_again(self) -> None:
        """Read it, or read it anew."""
        self._read()

    @work(thread=True, exclusive=True, exit_on_error=False, group=READING, name=READING)
    def _read(self) -> None:
        worker = get_current_worker()
        with suppress(Stopped):
            for listed in self.read():
                if not worker.is_cancelled:
                    self.post_message(ListRead(listed))

    def on_list_read(self, event: ListRead[Listed]) -> None:
        event.stop()
        self.show(event.listed)

    def failed(self, worker: Worker[object]) -> None:
        """Say in the list why it cannot be read."""
        if worker.name != READING:
            super().failed(worker)
            return
        self.rows.set_empty(plain(f"{self.UNREADABLE}: {worker.error}"))
        self.tell_title("not read")
