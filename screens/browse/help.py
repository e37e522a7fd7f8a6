"""The help: the keys of the place one is in, then every key and every line, found by many words.

Keys are read from the bindings, lines from the commands; both say by which words they are known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static

from incident_tui.domain.core import commands, help_line
from incident_tui.domain.core.commands import Command
from incident_tui.domain.core.key_names import KeyOf
from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.terminal.command_keys import verb_action
from incident_tui.screens.terminal.known_keys import (
    KnownKey,
    known_here,
    known_keys,
    place_of,
    without_repeats,
)
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import LineChoice
from incident_tui.screens.widgets.rows.row_search import RowSearch, by_words
from incident_tui.screens.widgets.rows.rows import Row, Rows

KEYS_WIDTH = 22
SIGN = "sign "
"""Before the key of a line, that of its row among the keys of the log line."""
_NOTHING = "Nothing is known by these words. Enter: as a log line."


class HelpRows(Rows):
    """Keys and lines; Enter on a line begins it in the log line."""

    BINDINGS = [
        Binding("enter", "choose", "begin the line", id="rows.choose",
                tooltip="Begin the line under the cursor in the log line"),
    ]  # fmt: skip


class HelpScreen(LineChoice):
    """Gives back how a chosen line begins, or nothing."""

    BINDING_GROUP_TITLE = "Help"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/help.tcss"]
    BINDINGS = [
        Binding("escape,q", "leave", "back", id="help.leave", tooltip="Back to where you were"),
        Binding("f1", "leave", "back", False, id="screen.help", tooltip="Leave the help again"),
        Binding("question_mark", "leave", "back", False, id="screen.help_too",
                tooltip="Leave the help again"),
    ]  # fmt: skip

    def __init__(self, log_file: str = "") -> None:
        super().__init__()
        self._log_file = log_file
        self._commands = {f"verb {n}": form for n, form in enumerate(commands.every_command())}
        self._known: dict[str, tuple[str, ...]] = {}
        """By the key of its row, the words by which a line or a key is known."""
        self._rows = HelpRows(wrap=True, shows=frozenset(), none=plain(_NOTHING), find=self._find)

    def compose(self) -> ComposeResult:
        yield Static(
            plain("Help · / and a word finds a key or a line, by other names too; Enter begins it"),
            id="help-title",
        )
        yield self._rows
        yield KeyBar()

    def on_mount(self) -> None:
        self._rows.set_rows(list(self._everything()))
        self._rows.focus()

    def _find(self, text: str) -> RowSearch:
        """What has all the words; what is known by just that one leads, lines before keys."""
        word = text.strip().casefold().removeprefix("/").replace(" ", "-")

        def rank(key: str) -> int:
            known, is_key = self._known.get(key, ()), key not in self._commands
            same = [one for one in known if one.replace(" ", "-").startswith(word)]
            exact = any(len(one) == len(word) for one in same)
            return is_key + (0 if exact else 2 if same else 4)

        return replace(by_words(text), rank=rank if word else None)

    def _everything(self) -> Iterator[Row]:
        """What belongs to the place one came from is first."""
        below = self.app.screen_stack[-2]
        here = known_here(below, now=True)
        now = {known.id for known in here}
        idle = [known for known in known_here(below) if known.id not in now]
        listed = now | {known.id for known in idle}
        title = f"Keys here · {place_of(below)}".rstrip(" ·")
        begins = list(self._signs()) if _writes_lines(below) else []
        yield from self._section(title, here, begins)
        yield from self._lines("Lines that begin with a sign, or with nothing", signs=True)
        yield from self._lines("Commands", signs=False)
        yield from self._section("Keys here, at other times", idle)
        yield from self._section("Keys everywhere", known_keys(self.app))
        parts = without_repeats({type(widget): widget for widget in below.query("*")}.values())
        rest = [known for known in parts if known.id not in listed]
        yield from self._section(
            "Keys elsewhere on this screen", _of(rest, "", but=("rows.", "line."))
        )
        yield from self._section("Keys in a list", _of(rest, "rows."))
        yield from self._section("Keys in a line of text", _of(rest, "line."))
        yield Row.title("Words for what is no line")
        for number, (words, answer) in enumerate(help_line.answers(self.key_of)):
            text = line((f"{words[0]:<{KEYS_WIDTH}} ", "bold"), answer)
            yield self._keyed(f"word {number}", text, words)
        if self._log_file:
            yield Row.title("What went wrong beside the typing")
            place = line(
                f"{self.key_of('room.flags')} in the war room shows it again; it is written to ",
                self._log_file,
            )
            yield Row("log file", place, indent=2)

    def _signs(self) -> Iterator[Row]:
        """What can begin a line, told as keys are: in the log line that is what they are."""
        for key, form in self._commands.items():
            if not form.lead.startswith("/"):
                text = line((f"{form.lead or 'words':<{KEYS_WIDTH}} ", "bold"), form.help)
                yield self._keyed(f"{SIGN}{key}", text, form.words)

    def _lines(self, title: str, *, signs: bool) -> Iterator[Row]:
        yield Row.title(title)
        for key, form in self._commands.items():
            if form.lead.startswith("/") != signs:
                self._known[key] = (form.lead.removeprefix("/"), *form.words)
                text = _command_text(form, self.key_of)
                yield Row(key, text, " ".join((text.plain, *form.words)), indent=2)

    def _section(
        self, title: str, keys: list[KnownKey], begins: Iterable[Row] = ()
    ) -> Iterator[Row]:
        if keys:
            yield Row.title(title)
        yield from begins
        for known in keys:
            content = line((f"{known.keys:<{KEYS_WIDTH}} ", "bold"), known.help)
            yield self._keyed(f"key {title} {known.id}", content, known.words)

    def _keyed(self, key: str, text: Content, words: Iterable[str]) -> Row:
        """What a key or a word does, in the column behind it; found by these words as well."""
        self._known[key] = tuple(words)
        return Row(key, text, " ".join((text.plain, *words)), indent=2, hang=KEYS_WIDTH + 1)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        form = self._commands.get(event.row.key.removeprefix(SIGN))
        if form is not None:
            self.dismiss(f"{form.lead} " if form.lead else "")


def _writes_lines(screen: Screen[object]) -> bool:
    """Whether what is typed on this screen now are lines of the record."""
    chain: list[DOMNode] = [] if screen.focused is None else screen.focused.ancestors_with_self
    return any(node.id == "log-line" for node in chain)


def _of(keys: list[KnownKey], begin: str, but: tuple[str, ...] = ()) -> list[KnownKey]:
    return [one for one in keys if one.id.startswith(begin) and not one.id.startswith(but or "\0")]


def _command_text(form: Command, key_of: KeyOf) -> Content:
    key = f"   key {key_of(verb_action(form))}" if form.key else ""
    return Content("\n").join(
        [
            line((form.syntax, "bold"), (key, "dim")),
            line(f"  {form.help}"),
            line((f"  e.g. {form.example}", "dim")),
        ]
    )
