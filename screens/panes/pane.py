"""What all panes share: a framed list of rows, and what can be done with the chosen one."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from incident_tui.domain.core.events import Entry, Incident
from incident_tui.screens.painted_text import plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.textual_internals import set_title
from incident_tui.screens.widgets.chrome.keyed_row import press
from incident_tui.screens.widgets.rows.row_search import RowSearch, by_words
from incident_tui.screens.widgets.rows.rows import Row, Rows

SHOWS = frozenset({"room.zoom"})
"""Letters of the war room that change what is seen and nothing else."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A line that can be entered about an item, and what it does."""

    line: str
    does: str


Column = Literal["main", "middle", "side"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pane stands on the board: in which column, and below which lower row numbers."""

    column: Column
    row: int


class Pane(Vertical):
    """A framed list. `title` stands on the frame; `empty` says what fills the pane.

    A pane without a `place` stands on no board: its key shows it alone on the whole screen.
    """

    title: ClassVar[str] = ""
    tab: ClassVar[str] = ""
    """What its tab says, where that is not the first word of the title."""
    place: ClassVar[Place | None] = None
    empty: ClassVar[str] = ""
    follow: ClassVar[bool] = False
    wrap: ClassVar[bool] = False
    timed: ClassVar[bool] = False
    """Whether what is shown changes with the clock alone."""
    adds: ClassVar[str] = ""
    """The line that adds an item; empty where nothing can be added."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "correct", "correct", id="pane.correct",
                tooltip="Begin the line that corrects this entry, with its text in it"),
        Binding("y", "copy", "copy", id="pane.copy",
                tooltip="Copy this entry, or the update that it posted; its file is told as well"),
    ]  # fmt: skip

    @dataclass
    class CorrectionAsked(Message):
        """The text of an entry is to be corrected."""

        entry: Entry

    @dataclass
    class CopyAsked(Message):
        """An entry is to be copied."""

        entry: Entry

    @dataclass
    class Opened(Message):
        """An item was chosen: what it is, and the lines that work it."""

        pane: "Pane"
        title: str
        offers: Sequence[Offer]

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(name=self.key(), id=f"pane-{self.key()}")
        self.BINDING_GROUP_TITLE = self.title
        self.controller = controller
        self._made_rows: dict[str, tuple[Hashable, Row]] = {}
        self.rows = Rows(
            follow=self.follow,
            wrap=self.wrap,
            empty=plain(self.empty),
            shows=SHOWS,
            find=self.find,
        )

    @classmethod
    def key(cls) -> str:
        """The name of the pane where the user arranges the board: the first word of its title."""
        return cls.title.split()[0].lower()

    def compose(self) -> ComposeResult:
        yield self.rows

    @property
    def incident(self) -> Incident:
        """The present state."""
        return self.controller.incident

    def refresh_state(self) -> None:
        """Show the present state."""
        rows = self.make_rows()
        self.rows.set_rows(rows)
        set_title(self, Content(self.heading(rows)))

    def on_show(self) -> None:
        """Catch up with the clock, which a pane that was not in sight does not follow."""
        self.tick()

    def tick(self) -> None:
        """Show what the clock alone has changed; where that is nothing, nothing is painted."""
        if self.timed and self.display:
            shown, rows = self.rows.rows, self.make_rows()
            if len(shown) != len(rows) or any(map(_says_another, shown, rows)):
                self.refresh_state()

    def heading(self, rows: Sequence[Row]) -> str:
        """What stands on the frame."""
        count = sum(row.selectable for row in rows)
        return f"{self.title} · {count}" if count else self.title

    def find(self, text: str) -> RowSearch:
        """What is looked for among the items by this text."""
        return by_words(text)

    def make_rows(self) -> list[Row]:
        """The items as rows."""
        raise NotImplementedError

    def made(self, key: str, of: Hashable, make: Callable[[], Content]) -> Row:
        """The row of an item: the same again unless what it is made `of` is another.

        A long incident has thousands of items, of which one changes at a time.
        """
        known = self._made_rows.get(key)
        if known is None or known[0] != of:
            known = self._made_rows[key] = of, self.make_row(key, make())
        return known[1]

    def make_row(self, key: str, content: Content) -> Row:
        """An item as a row."""
        return Row(key, content)

    def offers(self, key: str) -> tuple[str, list[Offer]]:
        """What the item is, and the lines that work it."""
        raise NotImplementedError

    def entry(self, key: str) -> Entry | None:
        """The entry that an item was recorded by, where its text is the item's."""
        return None

    @property
    def chosen(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entry(self.rows.row.key) if self.rows.row is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("correct", "copy"):
            return self.chosen is not None
        return super().check_action(action, parameters)

    def action_correct(self) -> None:
        if (entry := self.chosen) is not None:
            self.post_message(self.CorrectionAsked(entry))

    def action_copy(self) -> None:
        if (entry := self.chosen) is not None:
            self.post_message(self.CopyAsked(entry))

    def day(self, moment: datetime) -> str:
        """The day of a deadline in the incident's zone: ``27 Nov``."""
        local = moment.astimezone(self.controller.session.zone)
        return f"{local.day} {local:%b}"

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        title, offers = self.offers(event.row.key)
        if offers:
            self.post_message(self.Opened(self, title, offers))

    def on_click(self, event: events.Click) -> None:
        """A click on the frame leads to the pane, as its key does; two zoom it."""
        if event.get_content_offset(self) is None:
            self.rows.focus()
            if event.chain == 2:
                press(self, "room.zoom")

    def on_mount(self) -> None:
        self.watch(self.rows, "new_below", self._tell_new)

    def _tell_new(self, count: int) -> None:
        self.border_subtitle = Content(f"{count} new ↓ End" if count else "")


def _says_another(shown: Row, row: Row) -> bool:
    return shown is not row and shown.build().plain != row.build().plain
