"""Jump mode: every list, row, field and button in sight has letters; pressing them goes there."""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import product

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from incident_tui.screens.painted_text import line
from incident_tui.screens.widgets.chrome.keyed_row import KeyedRow, press
from incident_tui.screens.widgets.chrome.view import Dialog
from incident_tui.screens.widgets.rows.rows import Rows

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Those under the fingers first."""

Keys = Sequence[events.Key]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to go to, the cell in which its letters stand, and how one goes there.

    What went there is told the letters, for they may turn out to be text.
    """

    at: Offset
    go: Callable[[Keys], object]


def spots(screen: Screen[object]) -> list[Spot]:
    """Every place that can be gone to from a screen: what holds others first, rows last."""
    lists = [part for part in screen.focus_chain if isinstance(part, Rows)]
    fields = [part for part in screen.focus_chain if not isinstance(part, Rows)]
    candidates = [Spot(field.region.offset, _focuses(screen, field)) for field in fields]
    candidates += [Spot(_frame(rows).region.offset, rows.arrive) for rows in lists]
    for row in screen.query(KeyedRow):
        if row.display and row.is_attached and row.region:
            corner = row.content_region.offset
            candidates += [
                Spot(corner + Offset(part.start, part.line), _presses(row, part.action))
                for part in row.parts
                if part.start < row.content_region.width
            ]
    candidates += [Spot(at, _arrives(rows, item)) for rows in lists for item, at in rows.in_sight()]
    places: dict[Offset, Spot] = {}
    for spot in candidates:
        places.setdefault(spot.at, spot)
    return list(places.values())


def _frame(rows: Rows) -> Widget:
    """What a list stands in, where that has a frame for its letters."""
    parent = rows.parent
    framed = isinstance(parent, Widget) and parent.region.offset != rows.region.offset
    return parent if framed and isinstance(parent, Widget) else rows


def _focuses(screen: Screen[object], field: Widget) -> Callable[[Keys], object]:
    return lambda typed: screen.set_focus(field)


def _presses(row: KeyedRow, action: str) -> Callable[[Keys], object]:
    return lambda typed: press(row, action)


def _arrives(rows: Rows, item: str) -> Callable[[Keys], object]:
    return lambda typed: rows.arrive(typed, item)


def codes(number: int) -> Iterator[str]:
    """So many names of one or two letters, the short ones first; none begins another."""
    pairs = max(0, -(-(number - len(LETTERS)) // (len(LETTERS) - 1)))
    cut = max(0, len(LETTERS) - pairs)
    names = [*LETTERS[:cut], *map("".join, product(LETTERS[cut:], LETTERS))]
    return iter(names[:number])


class JumpScreen(Dialog[None]):
    """Lies over a screen until letters lead to a place on it, or any other key ends it."""

    BINDING_GROUP_TITLE = "Jump"
    CSS_PATH = "../../../styles/widgets/jump.tcss"
    BINDINGS = [
        Binding("escape", "leave", "stay", id="jump.leave",
                tooltip="Stay; any other key that leads nowhere is typed where one was"),
    ]  # fmt: skip

    TELLS_KEYS = False  # the keys below have letters of their own, and stay where those stand

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self._drawn_for = below.size
        places = spots(below)
        self._spots = dict(zip(codes(len(places)), places, strict=False))
        self._typed: list[events.Key] = []

    def compose(self) -> ComposeResult:
        for code, spot in self._spots.items():
            label = Static(line((code, "bold reverse")), name=code, markup=False)
            label.styles.offset = spot.at
            yield label

    def on_key(self, event: events.Key) -> None:
        later = copy(event)  # before it is stopped: it may have to act elsewhere
        event.stop().prevent_default()
        if not self.is_current:  # it was pressed before this was seen to be over
            (self.app.focused or self.app.screen).post_message(later)
            return
        self._typed.append(later)
        code = "".join(key.key for key in self._typed)
        if spot := self._spots.get(code):
            self.dismiss()
            spot.go(self._typed)
        elif any(other.startswith(code) for other in self._spots):
            for label in self.query(Static):
                label.display = (label.name or "").startswith(code)
        else:
            self.dismiss()
            self._hand_on(self._typed if event.key != "escape" else ())

    def on_click(self, event: events.Click) -> None:
        """A click on the letters of a place leads there; any other one ends it."""
        spot = self._spots.get(event.widget.name or "") if event.widget is not None else None
        self.dismiss()
        if spot is not None:
            spot.go(())

    def on_resize(self, event: events.Resize) -> None:
        if event.size != self._drawn_for and self.is_current:  # everything stands elsewhere now
            self.dismiss()

    def _hand_on(self, typed: Keys) -> None:
        """Keys that led nowhere are typed where the focus is; letters in a list are text."""
        focused = self.app.screen.focused
        text = "".join(key.character or "" for key in typed if key.is_printable)
        if isinstance(focused, Rows) and text:
            focused.guard.paste(text, typed[-1].time)
            typed = [key for key in typed if not key.is_printable]
        for key in typed:
            (focused or self.app.screen).post_message(key)
