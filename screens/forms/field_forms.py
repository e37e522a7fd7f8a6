"""The forms of an artifact's field, one for each type; each reads and writes the field's text.

Where the text comes from, and what becomes of it, is field.py's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from incident_tui.domain.process.artifacts import choices_in
from incident_tui.domain.values.field_text import (
    MANY,
    Rows as FieldRows,
    is_link,
    tick_of,
    typed_rows,
    with_tick,
)
from incident_tui.domain.values.playbook import Field
from incident_tui.domain.values.text import counted
from incident_tui.screens.painted_text import cells, line
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.widgets.chrome.choice_list import TAKES, Option, Pick, Ticks
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.screens.widgets.rows.rows import Row, Rows

HOW = {
    "text": "Several lines are fine.",
    "list": "One item a line.",
    "table": "One row a line; what the log fills in has its columns already.",
    "chain": "One link a line, in order: each line is the cause of the next.",
    "checklist": "Space ticks; Enter puts an item into the line below to change it.",
    "choice": "Enter takes what is under the cursor and saves it.",
    "choices": "Space ticks what applies. {field.save} saves.",
    "link": "An address (http:// or https://) or a path. Enter saves.",
}
"""How each type is filled in."""


@dataclass
class Changed(Message):
    """The text of a form is another one; `answer` is that text where it was given as the answer."""

    answer: str | None = None


class Form(Widget):
    """What the screen asks of a form, whatever its type."""

    def read(self) -> str:
        """The field's text as the form has it now."""
        raise NotImplementedError

    def write(self, text: str) -> None:
        """Show a text."""
        raise NotImplementedError

    def propose(self, text: str) -> None:
        """Show a text that nobody has said yet; what is typed next stands in its place."""
        self.write(text)

    def begin(self) -> None:
        """Take the keyboard."""
        self.focus()

    def on_input_changed(self, event: LineInput.Changed) -> None:
        event.stop()
        self.post_message(Changed())


class LinesForm(LinesInput, Form):
    """Text, list, table, chain: lines."""

    def __init__(self, field: Field) -> None:
        super().__init__(id="field-lines")
        self._many = field.type in MANY

    def read(self) -> str:
        text = self.text.strip()
        return "\n".join(_items(text)) if self._many else text

    def write(self, text: str) -> None:
        super().write("\n".join(_items(text)) if self._many else text)

    def propose(self, text: str) -> None:
        self.write(text)
        self.select_all()

    def on_text_area_changed(self, event: LinesInput.Changed) -> None:
        event.stop()
        self.post_message(Changed())


class LinkForm(LineInput, Form):
    """One line; Enter saves."""

    def __init__(self) -> None:
        super().__init__(id="field-line", entered=self._answer, joint="")

    def read(self) -> str:
        return self.value.strip()

    def _answer(self, text: str) -> None:
        self.post_message(Changed(answer=text.strip()))


class ChoiceForm(Pick, Form):
    """One of the playbook's words, or none of them."""

    BINDINGS = [
        Binding("enter", "choose", "take and save", id="choice.take",
                tooltip="Take the choice under the cursor and save it"),
        Binding("space", "mark", "Take", False, id="choice.mark",
                tooltip="Take the choice under the cursor, and save nothing yet"),
    ]  # fmt: skip

    def __init__(self, field: Field, logged: str) -> None:
        none = f"as the log says: {logged}" if logged else "not said yet"
        options = [Option("", line((none, "dim")))]
        options += [Option(choice, line(choice)) for choice in field.choices]
        super().__init__(options, id="field-choice")

    def read(self) -> str:
        return self.value

    def write(self, text: str) -> None:
        self.offer(self._options, text)
        self.select(f"option {self.value}")

    def action_mark(self) -> None:
        if self.row is not None:
            self.write(self.row.key.removeprefix("option "))
            self.post_message(Changed())

    def on_pick_taken(self, event: Pick.Taken) -> None:
        event.stop()
        self.post_message(Changed(answer=self.value))


class ChoicesForm(Ticks, Form):
    """Any of the playbook's words."""

    def __init__(self, field: Field) -> None:
        self._words = field.choices
        super().__init__([Option(word, line(word)) for word in field.choices], id="field-choices")

    def read(self) -> str:
        return ", ".join(word for word in self._words if word in self.ticked)

    def write(self, text: str) -> None:
        self.tick(set(choices_in(text)) & set(self._words))

    def action_choose(self) -> None:
        super().action_choose()
        self.post_message(Changed())


class TickRows(Rows):
    """The items of a checklist."""

    BINDINGS = [
        Binding("space", "tick", "tick", id="ticks.toggle",
                tooltip="Tick the item under the cursor, or take its tick away"),
        Binding("enter", "choose", "change", id="rows.choose",
                tooltip="Put the item into the line below, to change it"),
    ]  # fmt: skip

    @dataclass
    class Ticked(Message):
        """The item of that row shall be ticked, or not any more."""

        key: str

    def action_tick(self) -> None:
        if self.row is not None:
            self.post_message(self.Ticked(self.row.key))


class ChecklistForm(Vertical, Form):
    """Items that are ticked, and a line that adds one or changes the one that was chosen."""

    def __init__(self) -> None:
        super().__init__(id="field-checklist")
        self._items: list[str] = []
        self._changed_row: int | None = None
        self._rows = TickRows(
            wrap=True, shows=TAKES, empty=line("No item yet: write the first one below.")
        )
        self._line = LineInput(id="field-item", entered=self._enter, pasted=self._add_all)
        self._line.placeholder = "another item; Enter adds it"

    def compose(self) -> ComposeResult:
        yield self._rows
        yield self._line

    def read(self) -> str:
        return "\n".join(self._with_line())

    def _with_line(self) -> list[str]:
        """The items, and what stands in the line: it is typed, though Enter was not pressed."""
        items, text = list(self._items), self._line.value.strip()
        if text and self._changed_row is None:
            items.append(with_tick(text, False))
        elif text and self._changed_row is not None:
            items[self._changed_row] = with_tick(text, tick_of(items[self._changed_row])[0])
        return items

    def write(self, text: str) -> None:
        self._items = [with_tick(item, tick_of(item)[0]) for item in _items(text)]
        self._changed_row = None
        self._line.value = ""
        self._show()

    def begin(self) -> None:
        (self._rows if self._items else self._line).focus()

    def _show(self) -> None:
        self._rows.set_rows(
            [Row(str(n), line((item[:4], "bold"), item[4:])) for n, item in enumerate(self._items)]
        )

    def _put(self, items: list[str]) -> None:
        self._items = items
        self._show()
        self.post_message(Changed())

    def on_tick_rows_ticked(self, event: TickRows.Ticked) -> None:
        event.stop()
        items, at = list(self._items), int(event.key)
        items[at] = with_tick(items[at], not tick_of(items[at])[0])
        self._put(items)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if self._line.value.strip():
            self._put(self._with_line())  # what was begun there is not written over
        self._changed_row = int(event.row.key)
        self._line.write(tick_of(self._items[self._changed_row])[1])
        self._line.focus()

    def _enter(self, text: str) -> None:
        items = self._with_line()
        if self._changed_row is not None and not text.strip():
            del items[self._changed_row]
        self._changed_row = None
        self._line.value = ""
        self._put(items)

    def on_burst(self, event: Burst) -> None:
        """Text typed into the items is the beginning of another one."""
        event.stop()
        self._line.insert(event.text, len(self._line.value))
        self.screen.set_focus(self._line)
        if event.key is not None:
            self._line.post_message(event.key)

    def _add_all(self, lines: tuple[str, ...]) -> None:
        pasted = [text.strip() for text in lines if text.strip()]
        self._put(self._items + [with_tick(text, tick_of(text)[0]) for text in pasted])


def form_for(field: Field, logged: str) -> Form:
    """The form of a field; `logged` is what the log says of it."""
    if field.type == "choice":
        return ChoiceForm(field, logged)
    if field.type == "choices":
        return ChoicesForm(field)
    if field.type == "link":
        return LinkForm()
    if field.type == "checklist":
        return ChecklistForm()
    return LinesForm(field)


def _items(text: str) -> list[str]:
    """The items in the text of a form: it has one on each line."""
    return [row.text for row in typed_rows(text, ())]


def reads_as(field: Field, text: str, known: FieldRows = ()) -> list[Row]:
    """How a text of that type is understood; nothing where it says so itself.

    `known` are rows of the log, whose cells are shown where a line reads as one of them.
    """
    if not text.strip():
        return []
    if field.type == "link":
        good = "✓ an address" if "://" in text else "✓ a path"
        verdict = good if is_link(text) else "✗ neither an address nor a path"
        return [Row("link", line((verdict, "bold")), selectable=False)]
    if field.type not in ("list", "table", "chain"):
        return []
    parsed = typed_rows(text, known)
    word = {"table": "row", "chain": "link"}.get(field.type, "item")
    head = Row("count", line((f"Reads as {counted(len(parsed), word)}", "bold")), selectable=False)
    if field.type == "table":
        shown = aligned([row.cells for row in parsed])
    elif field.type == "chain":
        links = enumerate((row.text for row in parsed), 1)
        shown = [line(f"{n}. " if n == 1 else f"{n}. → ", link) for n, link in links]
    else:
        shown = [line("• ", row.text) for row in parsed]
    return [head, *(Row(str(n), text, indent=2) for n, text in enumerate(shown))]


def aligned(rows: Sequence[Sequence[str]]) -> list[Content]:
    """Rows of one, two or three cells below each other, the arrows in one column."""
    firsts = [row[0] for row in rows if len(row) > 1]
    befores = [row[1] for row in rows if len(row) == 3]
    wide = min(40, max(map(cells, firsts), default=0))
    before = min(30, max(map(cells, befores), default=0))

    def padded(text: str, width: int) -> str:
        return text + " " * max(0, width - cells(text))

    lines = []
    for row in rows:
        if len(row) == 3:
            lines.append(line(f"{padded(row[0], wide)}  {padded(row[1], before)} → {row[2]}"))
        elif len(row) == 2:
            lines.append(line(f"{padded(row[0], wide)}  → {row[1]}"))
        else:
            lines.append(line(row[0]))
    return lines
