"""The help: every key, read from the bindings, and every line, read from the commands."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Command
from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.terminal.known_keys import KnownKey, known_keys, without_repeats
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import LineChoice
from incident_tui.screens.widgets.rows.rows import Row, Rows

KEYS_WIDTH = 22


class HelpRows(Rows):
    """Keys and lines; Enter on a line begins it in the log line."""

    BINDINGS = [
        Binding("enter", "choose", "begin the line", id="rows.choose",
                tooltip="Begin the line under the cursor in the log line"),
    ]  # fmt: skip


class HelpScreen(LineChoice):
    """Gives back how a chosen line begins, or nothing."""

    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/help.tcss"]
    BINDINGS = [
        Binding("escape,q", "leave", "back", id="help.leave", tooltip="Back to where you were"),
        Binding("f1", "leave", "back", False, id="screen.help", tooltip="Leave the help again"),
    ]

    def __init__(self, log_file: str = "") -> None:
        super().__init__()
        self._log_file = log_file
        self._commands = {f"verb {n}": form for n, form in enumerate(commands.every_command())}
        self._rows = HelpRows(wrap=True, shows=frozenset())

    def compose(self) -> ComposeResult:
        yield Static(
            plain("Help · type / and a word to find a key or a line; Enter on a line begins it"),
            id="help-title",
        )
        yield self._rows
        yield KeyBar()

    def on_mount(self) -> None:
        self._rows.set_rows(list(self._everything()))
        self._rows.focus()

    def _everything(self) -> Iterator[Row]:
        """What is needed most comes first."""
        below = self.app.screen_stack[-2]
        screen = [*known_keys(below), *known_keys(self.app)]
        inside = {type(widget): widget for widget in below.query("*")}
        widgets = without_repeats(inside.values())
        yield from self._lines("Lines that begin with a sign, or with nothing", signs=True)
        yield from _section("Keys of the screen", screen)
        yield from self._lines("Commands", signs=False)
        lists = [known for known in widgets if known.id.startswith("rows.")]
        log_line = [known for known in widgets if known.id.startswith("line.")]
        others = [known for known in widgets if known not in lists and known not in log_line]
        yield from _section("Keys of its parts", others)
        yield from _section("Keys in a list", lists)
        yield from _section("Keys in a line of text", log_line)
        if self._log_file:
            yield _title("What went wrong beside the typing")
            told = line("F6 in the war room shows it again; it is written to ", self._log_file)
            yield Row("log file", told, indent=2)

    def _lines(self, title: str, *, signs: bool) -> Iterator[Row]:
        yield _title(title)
        for key, form in self._commands.items():
            if form.lead.startswith("/") != signs:
                told = _told_verb(form)
                yield Row(key, told, " ".join((told.plain, *form.words)), indent=2)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        form = self._commands.get(event.row.key)
        if form is not None:
            self.dismiss(f"{form.lead} " if form.lead else "")


def _title(text: str) -> Row:
    return Row(f"title {text}", line((text, "bold underline")), selectable=False)


def _section(title: str, keys: list[KnownKey]) -> Iterator[Row]:
    if keys:
        yield _title(title)
    for known in keys:
        told = line((f"{known.keys:<{KEYS_WIDTH}} ", "bold"), known.help)
        yield Row(f"key {title} {known.id}", told, indent=2)


def _told_verb(form: Command) -> Content:
    key = f"   key {form.key}" if form.key else ""
    return Content("\n").join(
        [
            line((form.syntax, "bold"), (key, "dim")),
            line(f"  {form.help}"),
            line((f"  e.g. {form.example}", "dim")),
        ]
    )
