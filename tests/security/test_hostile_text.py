"""Text that speaks to a terminal, hides, or is far too long: recorded, and inert wherever shown."""

import re

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from incident_tui.screens.forms.backfill import BackfillScreen
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.cli.conftest import Terminal
from tests.flows.conftest import Console, controller_of, settle, settled

MEGABYTE = 1_000_000
HOSTILE = {
    "clears the screen": "a\x1b[2J\x1b[Hb",
    "sets the clipboard": "a\x1b]52;c;aGk=\x07b",
    "renames the window": "a\x1b]0;owned\x1b\\b",
    "C1 control": "a\x9b31mb",
    "NUL and backspace": "a\x00\x08\x7fb",
    "carriage return": "a\rb",
    "runs the other way": "a\u202egnp.exe\u202cb",
    "isolates": "a\u2066x\u2069b",
    "zero width": "a\u200b\u200d\u2060\ufeffb",
    "tags": "a\U000e0041\U000e007fb",
    "half a character": "a\ud800b",
}
DANGEROUS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
READERS = (
    ("list",), ("list", "--json"), ("show",), ("show", "--json"), ("gate",), ("gate", "--json"),
    ("search", "title"), ("search", "title", "--json"), ("actions",), ("actions", "--json"),
    ("verify",),
    ("export", "--format", "md"), ("export", "--format", "json"), ("export", "--format", "csv"),
    ("export", "--format", "html"),
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_command_prints_what_controls_a_terminal_or_hides(terminal: Terminal, text: str) -> None:
    terminal.declared(f"Title {text}")
    piped = "\n".join([text, f"? {text}", f"+ {text} owner:{text}", f"/impact users {text}"])
    done = terminal.run("log", "-", stdin=piped.encode(errors="surrogatepass"))
    assert done.exit_code == 0, done.output
    assert not DANGEROUS.search(done.output)
    for words in READERS:
        done = terminal.run(*words)
        assert done.exit_code in (0, 3), (words, done.output)  # 3: the gate is shut
        assert not DANGEROUS.search(done.output), words
        assert "b" in done.stdout or words[0] in ("verify", "gate"), words


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_refusal_quotes_it_inert(terminal: Terminal, text: str) -> None:
    terminal.declared()
    for line in (f"/{text}", f"@{text} x", f"/hyp {text} test x", f"/sev {text}"):
        done = terminal.run("log", "-", stdin=line.encode(errors="surrogatepass"))
        assert done.exit_code in (2, 3), done.output
        assert not DANGEROUS.search(done.output), line


def test_a_line_of_a_megabyte_is_recorded_whole(terminal: Terminal) -> None:
    terminal.declared()
    text = "\x1b[2J" * (MEGABYTE // 4)
    terminal.ok("log", "-", stdin=text.encode())
    assert terminal.json("show")["timeline"][-1]["text"] == "␛[2J" * (MEGABYTE // 4)


async def pasted(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.query_one(LineInput).focus()
    pilot.app.post_message(Paste(text))
    await settle(pilot)


@pytest.mark.slow
async def test_a_pasted_line_of_a_megabyte_is_recorded_whole(console: Console) -> None:
    """The console stands, and neither a letter nor the screen is lost."""
    app = console.app(console.declare())
    async with settled(app, size=(120, 40)) as pilot:
        await pasted(pilot, "\x1b[2J" * (MEGABYTE // 4))
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen.query_one(LogLine).draft == ""
        controller = controller_of(pilot)
        assert controller is not None
        last = controller.incident.entries[-1]
        assert last.event.tell(last, controller.incident) == "␛[2J" * (MEGABYTE // 4)


@pytest.mark.slow
async def test_pasted_lines_of_a_megabyte_are_shown_before_any_is_recorded(
    console: Console,
) -> None:
    app = console.app(console.declare())
    async with settled(app, size=(120, 40)) as pilot:
        controller = controller_of(pilot)
        assert controller is not None
        before = len(controller.incident.entries)
        await pasted(pilot, "14:02 a\n" * (MEGABYTE // 8))
        assert isinstance(app.screen, BackfillScreen)
        assert len(controller.incident.entries) == before
