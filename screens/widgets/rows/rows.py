"""A list of rows as its reader meets it: keys, mouse, filter, and the guard against stray typing.

What the rows say, and what choosing one does, is told by the host; row_list.py keeps them in place.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import clamp
from textual.message import Message

from incident_tui.screens.painted_text import visible
from incident_tui.screens.terminal.burst_guard import LetterGuard
from incident_tui.screens.terminal.line_guard import LineGuard
from incident_tui.screens.terminal.typed_ahead import act, is_gone, taken_back
from incident_tui.screens.widgets.rows.beside import beside
from incident_tui.screens.widgets.rows.row_list import AROUND, RowList
from incident_tui.screens.widgets.rows.row_search import Find, by_words
from incident_tui.screens.widgets.rows.row_view import Row

__all__ = ["Row", "Rows"]

_MOTIONS = frozenset(
    f"rows.{name}"
    for name in ("up", "down", "left", "right", "top", "bottom", "next_hit", "last_hit", "jump")
)
_SHOWS = frozenset({"rows.filter", "rows.go_to"})


class Rows(RowList, can_focus=True):
    """A list with a cursor, a filter, and (with `follow`) a tail that stays in sight.

    Rows take one line each, cut at the width; with `wrap` they take as many as they need, which
    measures every row and is for short lists only. `empty` stands where there are no rows, `none`
    where the filter finds nothing. `clock` gives seconds that never run backwards.

    A list beside the log line gives `shows`, the ids of the host's bindings that change what is
    seen and nothing else: see `LineGuard`. `answered` sees each key first, and says whether it was
    an answer, which goes no further.
    """

    BINDINGS = [
        Binding("up,k", "cursor(-1)", "Up", False, id="rows.up", tooltip="The row above"),
        Binding("down,j", "cursor(1)", "Down", False, id="rows.down", tooltip="The row below"),
        Binding("pageup", "page(-1)", "Page up", False, id="rows.page_up", tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", False, id="rows.page_down",
                tooltip="A page down"),
        Binding("ctrl+u", "page(-1, 2)", "Half up", False, id="rows.half_up",
                tooltip="Half a page up"),
        Binding("ctrl+d", "page(1, 2)", "Half down", False, id="rows.half_down",
                tooltip="Half a page down"),
        Binding("left,h", "beside(-1)", "Left", False, id="rows.left",
                tooltip="To the list at the left; where one pane is shown, to the pane before"),
        Binding("right,l", "beside(1)", "Right", False, id="rows.right",
                tooltip="To the list at the right; where one pane is shown, to the pane after"),
        Binding("home,g", "top", "Top", False, id="rows.top", tooltip="The first row"),
        Binding("end,G", "bottom", "Newest", False, id="rows.bottom",
                tooltip="The last row; a list that grows is followed again"),
        Binding("enter", "choose", "open", id="rows.choose", tooltip="What the row offers"),
        Binding("slash", "filter('')", "filter", key_display="/", id="rows.filter",
                tooltip="Show only rows with these words, in the timeline also kind: by: hat: "
                "episode: since: until:; Enter keeps the filter"),
        Binding("at", "filter('@')", "Go to", False, key_display="@", id="rows.go_to",
                tooltip="Go to a time in the timeline, as in @14:20, or with /#12 to an entry"),
        Binding("n", "hit(1)", "next hit", id="rows.next_hit",
                tooltip="The next row that has what was looked for"),
        Binding("N", "hit(-1)", "Hit before", False, id="rows.last_hit",
                tooltip="The row before that has what was looked for"),
        Binding("escape", "unfilter", "show all", id="rows.unfilter",
                tooltip="Show all rows again; what was looked for stays marked"),
    ]  # fmt: skip

    PARTS: ClassVar[frozenset[str]] = frozenset()
    """Ids of what parts with the console: its letter waits whether a word is typed."""
    KEY_WORDS: ClassVar[dict[str, str]] = {
        "rows.filter": "find search grep look",
        "rows.choose": "open edit",
        "rows.bottom": "newest follow tail",
        "rows.down": "vim scroll",
        "rows.up": "vim scroll",
        "rows.left": "vim focus window",
        "rows.right": "vim focus window",
        "rows.half_down": "vim scroll",
        "rows.half_up": "vim scroll",
    }

    @dataclass
    class Chosen(Message):
        """Enter or a double click on a row."""

        rows: "Rows"
        row: Row

        @property
        def control(self) -> "Rows":
            return self.rows

    @dataclass
    class Beyond(Message):
        """A step to the left (-1) or to the right (1), where no list is in sight."""

        rows: "Rows"
        step: int

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        follow: bool = False,
        wrap: bool = False,
        empty: Content | None = None,
        none: Content | None = None,
        find: Find = by_words,
        clock: Callable[[], float] | None = None,
        shows: frozenset[str] | None = None,
        answered: Callable[[events.Key], bool] | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        self.hands_on = shows is not None
        """Whether text that is typed here and means nothing here belongs into the log line."""
        if self.hands_on and none is None:
            none = Content("No row has these words. Enter: as a log line.")
        super().__init__(
            rows,
            follow=follow,
            wrap=wrap,
            empty=empty,
            none=none,
            find=find,
            id=id,
            classes=classes,
        )
        self._answered = answered
        self.guard: LetterGuard | LineGuard = LetterGuard(
            self, clock=clock, motions=_MOTIONS, parts=self.PARTS
        )
        if shows is not None:
            self.guard = LineGuard(
                self, motions=_MOTIONS, shows=shows | _SHOWS, remember=self.remember
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "unfilter":
            return self._filter.hides
        if action == "hit":
            return bool(self._filter.text) and not self._filter.takes_letters
        if action == "filter":
            return parameters == ("",) or self._filter.find("@").jump
        if action == "beside":
            return self.hands_on or self._beside(1 if parameters == (1,) else -1) is not None
        return super().check_action(action, parameters)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return self._filter.takes_letters and character is not None and character.isprintable()

    async def on_key(self, event: events.Key) -> None:
        if taken_back(self, event):
            self.guard.answered()
        elif self._is_for_another(event):
            return
        elif self._answered is not None and self._answered(event):
            event.stop().prevent_default()
            self.guard.answered()
        elif not self._filter.takes_letters:
            if not self.guard.key(event):
                await act(self, event)
        elif event.key == "enter" and self._filter.search.lands:
            event.stop().prevent_default()
            self.go_to(self._filter.search.lands)
        elif event.key == "enter" and self._is_for_the_line:
            event.stop().prevent_default()
            text = f"{self._filter.begun_with}{self._filter.text}"
            self._filter.drop()
            self._filter_changed()
            self.guard.paste(text, event.time, entered=True)
        elif self._filter.key(event):
            event.stop().prevent_default()
            self.guard.answered()
            self._filter_changed()

    def _is_for_another(self, event: events.Key) -> bool:
        """Whether a key before this one led to another list, which this one is handed to."""
        focused = self.screen.focused if self.is_attached else self
        if focused is self or not isinstance(focused, Rows):
            return False
        handed = copy(event)
        event.stop().prevent_default()
        focused.post_message(handed)
        return True

    @property
    def _is_for_the_line(self) -> bool:
        """Whether what stands in the filter was meant for the log line: it finds nothing here."""
        return self.hands_on and not self._view.shown and not self._filter.search.problem

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self._filter.takes_letters:
            self.filter_on(event.text)
        elif event.text:
            self.guard.paste(event.text, event.time)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or (self._has_bar and offset.y >= self._page):
            return
        place = self._view.at(offset.y + self._first)
        if place is None or not self._view.shown[place].selectable:
            return
        self._move_to(place)
        if event.chain == 2:
            self.action_choose()

    def on_focus(self) -> None:
        place = self._view.place(self._cursor)
        in_sight = range(self._first, self._first + self._page)
        if place is not None and in_sight and self._view.start(place) not in in_sight:
            # The list went on without its cursor; moving the list back would move what is read.
            below = self._view.start(place) >= in_sight.stop
            edge = self._view.at(in_sight.stop - 1 if below else in_sight.start)
            self._set_cursor(None if edge is None else self._view.selectable(edge, -1))
        self.refresh()

    def on_blur(self) -> None:
        self._leave()
        if self._filter.rest():
            self._filter_changed()

    def on_unmount(self) -> None:
        self._leave()

    def _leave(self) -> None:
        if is_gone(self):
            self.bring_on_held()
        self.guard.left()

    def bring_on_held(self) -> None:
        """Give letters that are held to the screen that covers this list, or took its place."""
        self.guard.bring_on_held()

    def action_cursor(self, step: int) -> None:
        """Move by one selectable row."""
        place = self._view.place(self._cursor)
        self._move_to(self._view.selectable((0 if place is None else place + step), step))

    def action_page(self, step: int, part: int = 1) -> None:
        """Move by as many lines as are visible, or by a `part` of them."""
        place = self._view.place(self._cursor)
        if place is not None:
            wanted = self._view.start(place) + step * max(1, self._page // part - (part == 1))
            target = self._view.at(clamp(wanted, 0, self._view.lines - 1))
            self._move_to(None if target is None else self._view.selectable(target, step))

    def action_beside(self, step: int) -> None:
        """Go to the list at the left (-1) or at the right (1)."""
        if (other := self._beside(step)) is not None:
            other.go_on(self)
        else:
            self.post_message(self.Beyond(self, step))

    def go_on(self, before: "Rows", undo: Callable[[], None] = lambda: None) -> None:
        """Take the focus from a list, one key of which led here; `undo` takes that back.

        What is typed goes on: where it turns out to be text, that key belongs to it.
        """
        if isinstance(self.guard, LineGuard) and isinstance(before.guard, LineGuard):
            self.guard.go_on(before.guard, undo)
        # At once: a key that is there already would go to the other list.
        self.screen.set_focus(self)

    def arrive(self, typed: Sequence[events.Key], item: str = "") -> None:
        """Take the focus, and to an item the cursor, because of these keys.

        Where what is typed next turns out to be text, they belong to it.
        """
        if isinstance(self.guard, LineGuard):
            self.guard.begin(typed, "rows.jump")
        self.screen.set_focus(self)
        if item:
            self.select(item)

    def _beside(self, step: int) -> "Rows | None":
        """The nearest list in sight at that side; of several, the one at the cursor's height."""
        place = self._view.place(self._cursor)
        line = 0 if place is None else self._view.start(place) - self._first
        y = self.region.y + clamp(line, 0, max(0, self.region.height - 1))
        lists = (other for other in self.screen.query(Rows) if other.size and other.focusable)
        others = {other: other.region for other in lists if other is not self}
        return beside(self.region, others, step, y)

    def action_top(self) -> None:
        self._move_to(self._view.selectable(0, 1))
        self._scroll(0)

    def action_bottom(self) -> None:
        self._move_to(self._view.last)
        self._scroll(self._end)

    def action_choose(self) -> None:
        if self.row is not None:
            self.post_message(self.Chosen(self, self.row))

    def go_to(self, key: str) -> bool:
        """Put the cursor on an item, whatever was looked for; false if there is none."""
        self._filter.drop()
        self._filter_changed()
        return self.select(key, AROUND)

    def action_filter(self, text: str = "") -> None:
        self._origin = self._cursor
        self._filter.begin(text)
        self._filter_changed()

    def begin_filter(self, text: str) -> None:
        """Show only rows with this text, which what is typed next goes on with."""
        self._filter.drop()
        self.action_filter(visible(text))

    def filter_on(self, text: str) -> None:
        """Show only rows with this text too, behind what is being typed into the filter."""
        if not self._filter.takes_letters:
            self.begin_filter(text)
            return
        self._filter.text += visible(text)
        self._filter.look()
        self._filter_changed()

    def look_for(self, words: str) -> None:
        """Show only rows with these words; without any, ask for them."""
        self.begin_filter(words)
        if words:
            self._filter.keep()
            self._filter_changed()

    def action_unfilter(self) -> None:
        self._filter.leave()
        self._filter_changed()

    def action_hit(self, step: int) -> None:
        """Go to the next hit, beyond the last one to the first."""
        self._filter.wake()
        self._filter_changed()
        if (place := self._view.next_hit(self._view.place(self._cursor), step)) is not None:
            self._move_to(place, AROUND)


class ReadRows(Rows):
    """A text that is read and nothing else: Enter is not among its keys."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose" and super().check_action(action, parameters)
