"""The one-line field inside the log line: readline's keys, and pastes that lose no line.

It has no opinion about what the text means, and no history; log_line.py adds both.
"""

from collections.abc import Callable
from math import inf

from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input
from textual.widgets.input import Selection

from incident_tui.screens.painted_text import visible
from incident_tui.screens.terminal.burst_guard import NEXT
from incident_tui.screens.terminal.typed_ahead import act, hand_on


def _key(key: str, action: str, description: str) -> Binding:
    name = action.replace("(True)", "_select")
    return Binding(key, action, description, show=False, id=f"line.{name}", tooltip=description)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a pasted text, whatever they end with."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def to_go_on(text: str) -> str:
    """A text that was kept, for somebody to go on with: what is typed next stands apart from it."""
    return f"{text} " if text and not text[-1].isspace() else text


class LineInput(Input, inherit_bindings=False):
    """An input of one line that keeps every line of a paste and everything that was cut out.

    Its keys act one after the other, however fast they arrive. Enter gives the text that stands
    there to `entered`, at once. `before` is called before a key acts that inserts no character.
    Several lines that are pasted together go to `pasted` and not into the field; without it they
    are put into the field with `joint` between them.
    `answered` sees each key first and says whether it was an answer, which goes no further.
    """

    BINDING_GROUP_TITLE = ""  # the place is called by what it is part of
    BINDINGS = [
        _key("enter", "submit", "Send the line"),
        _key("left,ctrl+b", "cursor_left", "A character to the left"),
        _key("right,ctrl+f", "cursor_right", "A character to the right"),
        _key("shift+left", "cursor_left(True)", "Select to the left"),
        _key("shift+right", "cursor_right(True)", "Select to the right"),
        _key("alt+b,ctrl+left,alt+left", "cursor_left_word", "A word to the left"),
        _key("alt+f,ctrl+right,alt+right", "cursor_right_word", "A word to the right"),
        _key("ctrl+shift+left", "cursor_left_word(True)", "Select a word to the left"),
        _key("ctrl+shift+right", "cursor_right_word(True)", "Select a word to the right"),
        _key("home,ctrl+a", "home", "Start of the line"),
        _key("end,ctrl+e", "end", "End of the line"),
        _key("shift+home", "home(True)", "Select to the start"),
        _key("shift+end", "end(True)", "Select to the end"),
        _key("backspace", "delete_left", "Delete the character to the left"),
        _key("delete,ctrl+d", "delete_right", "Delete the character under the cursor"),
        _key("ctrl+w,alt+backspace,ctrl+backspace", "delete_left_word", "Cut the word to the left"),
        _key("alt+d", "delete_right_word", "Cut the word to the right"),
        _key("ctrl+u", "delete_left_all", "Cut all to the left"),
        _key("ctrl+k", "delete_right_all", "Cut all to the right"),
        _key("ctrl+y", "yank", "Put back what was cut"),
        _key("ctrl+x", "cut", "Cut the selection"),
        _key("ctrl+c", "copy", "Copy the selection"),
        _key("ctrl+v", "paste", "Paste"),
    ]

    # The field is as wide as the row leaves it, so a longer text needs no new layout of the screen.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def __init__(
        self,
        *,
        id: str | None = None,
        entered: Callable[[str], None] | None = None,
        before: Callable[[], None] | None = None,
        pasted: Callable[[tuple[str, ...]], None] | None = None,
        joint: str = " ",
        answered: Callable[[events.Key], bool] | None = None,
    ) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False  # which would have the screen painted twice a second
        self._entered = entered
        self._before = before
        self._pasted = pasted
        self._joint = joint
        self._answered = answered
        self._kept = ""
        self._after_cut: tuple[str, int] | None = None
        self._typed_at: list[float] = []  # when the characters at the end were typed, one by one

    @property
    def takes_lines(self) -> bool:
        """Whether several lines that are pasted together stay so."""
        return self._pasted is not None

    def typed_after(self, time: float) -> int:
        """How many characters at the end were typed later than that."""
        return min(sum(each > time for each in self._typed_at), len(self.value))

    def goes_on(self, since: float) -> bool:
        """Whether a letter that was pressed then goes on with the word at the end."""
        return bool(self._typed_at) and since - self._typed_at[-1] <= NEXT

    def count_as_typed(self, text: str, at: float) -> None:
        """The text at the end was typed until then, though elsewhere."""
        self._typed_at += [at] * len(text) if at < inf else []

    def write(self, text: str, caret: int | None = None) -> None:
        """Replace the text, made visible; the cursor goes to its end, or to the column given."""
        self.value = visible(text)
        self._typed_at = []
        self.cursor_position = len(self.value) if caret is None else caret

    def rewrite(self, text: str) -> None:
        """Replace the text by one from outside; several lines are handed over, or joined."""
        self.write("")
        self.paste(text)

    def offer(self, text: str) -> None:
        """Put a text there that the first letter replaces; ctrl+y brings it back then."""
        self.write(text)
        self.selection = Selection(0, len(self.value))

    def paste(self, text: str) -> None:
        """Insert text from outside; several lines are handed over, or joined, but never cut."""
        lines = lines_of(text)
        filled = [line for line in lines if line.strip()]
        if len(filled) > 1 and self._pasted is not None:
            self._pasted(lines)
            return
        if len(filled) > 1:
            text = self._joint.join(map(str.strip, lines))
        elif len(lines) > 1:
            text = "".join(filled)
        if text:
            self._keep_selected()
            self.replace(visible(text), *sorted(self.selection))

    async def on_key(self, event: events.Key) -> None:
        if hand_on(self, event):
            return
        if self._answered is not None and self._answered(event):
            event.stop().prevent_default()
            return
        # A terminal sends the letter with alt, too.
        with_alt = event.key.startswith("alt+")
        if event.is_printable and event.character is not None and not with_alt:
            self._keep_selected()
            if self.cursor_position < len(self.value):
                self._typed_at = []
            elif behind := self.typed_after(event.time):
                event.stop().prevent_default()
                self._put_before(behind, event.character, event.time)
            else:
                self._typed_at.append(event.time)
            return
        self._typed_at = []
        if self._before is not None:
            self._before()
        if await act(self, event) and with_alt:
            event.prevent_default()

    def _put_before(self, behind: int, character: str, time: float) -> None:
        """Put a letter where it was typed that came by way of another screen, and so too late."""
        self.insert(character, len(self.value) - behind)
        self.cursor_position = len(self.value)
        self._typed_at.insert(len(self._typed_at) - behind, time)

    async def action_submit(self) -> None:
        """Hand the text over before the next key is read."""
        if self._entered is not None:
            self._entered(self.value)

    def on_paste(self, event: events.Paste) -> None:
        event.stop().prevent_default()
        self.paste(event.text)

    def action_paste(self) -> None:
        self.paste(self.app.clipboard)

    def action_yank(self) -> None:
        """Insert what the cutting keys took last; cuts in a row were taken together."""
        self.replace(self._kept, *sorted(self.selection))

    def action_delete_left_word(self) -> None:
        self._take(super().action_delete_left_word)

    def action_delete_right_word(self) -> None:
        self._take(super().action_delete_right_word)

    def action_delete_left_all(self) -> None:
        self._take(super().action_delete_left_all)

    def action_delete_right_all(self) -> None:
        self._take(super().action_delete_right_all)

    def _keep_selected(self) -> None:
        """Keep what is selected: it is about to be replaced."""
        if self.selected_text:
            self._kept, self._after_cut = self.selected_text, None

    def _take(self, delete: Callable[[], None]) -> None:
        """Delete, and keep what goes: with what went just before, if nothing happened between."""
        value, cursor = self.value, self.cursor_position
        delete()
        start, length = self.cursor_position, len(value) - len(self.value)
        if not length:
            return
        taken = value[start : start + length]
        if self._after_cut != (value, cursor):
            self._kept = taken
        elif start < cursor:
            self._kept = taken + self._kept
        else:
            self._kept += taken
        self._after_cut = (self.value, start)
