"""The log line: no word is lost between the keyboard and the record."""

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st
from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Paste
from textual.widgets import Label

from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.terminal.themed_app import ThemedApp
from incident_tui.screens.widgets.line.line_history import History
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.line_note import ENTERS, note_line
from incident_tui.screens.widgets.line.log_line import Completion, LogLine, Understood
from tests.support.console import painted_lines
from tests.support.paths import STYLES
from tests.support.thorough import row

WORDS = ("/sev", "/state", "/snooze", "/set", "/a1", "/a2", "/a3", "/a4", "/a5", "/a6", "/a7")


class Below(Label, can_focus=True):
    pass


class LineApp(ThemedApp[None]):
    CSS_PATH = STYLES / "widgets" / "log_line.tcss"
    CSS = "Below { height: 15; }"

    def __init__(self, history: Sequence[str] = ()) -> None:
        super().__init__()
        self.log_line = LogLine(self.interpret, self.complete, history=history)
        self.sent: list[str] = []
        self.pasted: list[tuple[str, ...]] = []
        self.asked: list[str] = []
        self.completed: list[str] = []

    def compose(self) -> ComposeResult:
        yield Below()
        yield self.log_line

    def on_mount(self) -> None:
        self.log_line.focus()

    def begin_anew(self) -> None:
        """Leave nothing of what was typed and sent; what was entered is in the history."""
        while self.log_line.pending:
            self.log_line.accept()
        self.log_line.draft = ""
        self.log_line.focus()
        self.sent.clear()

    def interpret(self, text: str) -> Understood:
        self.asked.append(text)
        if "SEV9" in text:
            return Understood(False, "no level SEV9", text.index("SEV9"))
        mark = "→" if text in ("/s", "/hat ") else ENTERS
        return Understood(True, f"a fact of {len(text)} characters", mark=mark)

    def complete(self, text: str, cursor: int) -> list[Completion]:
        self.completed.append(text)
        start = text.rfind(" ", 0, cursor) + 1
        word = text[start:cursor]
        if not word.startswith("/"):
            return []
        return [
            Completion(name + " ", f"{name} …", start)
            for name in WORDS
            if name[: len(word)] == word
        ]

    def on_log_line_submitted(self, event: LogLine.Submitted) -> None:
        self.sent.append(event.text)

    def on_log_line_pasted(self, event: LogLine.Pasted) -> None:
        self.pasted.append(event.lines)


# --- entering ------------------------------------------------------------------------------------


@pytest.fixture
def app() -> LineApp:
    """A log line alone."""
    return LineApp()


async def test_an_entered_line_waits_until_it_is_durable_and_the_field_is_free_meanwhile() -> None:
    app = LineApp()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*"5xx", "enter")
        assert (app.sent, app.log_line.draft, app.log_line.pending) == (["5xx"], "", ("5xx",))
        assert "saving… 5xx" in painted_lines(app)[16]
        await pilot.press(*"up", "enter")
        assert (app.sent, app.log_line.draft) == (["5xx", "up"], "")
        app.log_line.accept()
        await pilot.pause()
        assert "saving… up" in painted_lines(app)[16]
        app.log_line.accept()
        await pilot.pause()
        assert "saving" not in painted_lines(app)[16]


async def test_text_that_arrives_late_stands_where_it_was_typed(app: LineApp) -> None:
    """What was typed here meanwhile, behind it, stays behind it."""
    async with app.run_test() as pilot:
        app.log_line.take("api is slo", at=0.0)
        await pilot.press("space", "i", "n")
        app.log_line.take("w", at=0.0)
        assert app.log_line.draft == "api is slow in"
        await pilot.press("space", *"eu")
        assert app.log_line.draft == "api is slow in eu"


async def test_blanks_are_not_entered(app: LineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("space", "enter")
        assert (app.sent, app.log_line.draft) == ([], " ")


async def test_a_refused_line_leaves_the_field_empty_and_up_brings_it_back(app: LineApp) -> None:
    """The next line is never written behind the refused one."""
    async with app.run_test(size=(60, 20)) as pilot:
        app.log_line.draft = "/me nobody"
        await pilot.press("enter")
        app.log_line.refuse("no such person")
        await pilot.pause()
        assert app.log_line.draft == ""
        assert painted_lines(app)[16] == " ✗ no such person"
        await pilot.press(*"ok", "up")
        assert app.log_line.draft == "/me nobody"
        await pilot.press("down")
        assert app.log_line.draft == "ok"


async def test_a_line_that_could_not_be_saved_is_still_in_the_field(app: LineApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*"bad", "enter")
        app.log_line.reject("disk full")
        await pilot.pause()
        assert app.log_line.draft == "bad"
        assert painted_lines(app)[16] == " ✗ disk full"
        await pilot.press("backspace")
        assert "⏎ a fact of 2 characters" in painted_lines(app)[16]


async def test_what_was_done_is_said_until_the_next_key(app: LineApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*"5xx", "enter")
        app.log_line.accept("#2 fact, saved")
        await pilot.pause()
        assert painted_lines(app)[16] == " ✓ #2 fact, saved"
        await pilot.press("n")
        assert "saved" not in painted_lines(app)[16]


# --- questions -----------------------------------------------------------------------------------


async def test_a_question_takes_enter_for_a_yes_and_leaves_the_draft_where_it_is() -> None:
    app = LineApp()
    async with app.run_test(size=(90, 20)) as pilot:
        app.log_line.draft = "half a line"
        await pilot.pause()
        app.log_line.ask("Enter passes Triage", "/advance")
        await pilot.pause()
        assert painted_lines(app)[16] == " ? Enter passes Triage · any other key: not now"
        await pilot.press("enter")
        assert (app.sent, app.log_line.draft) == (["/advance"], "half a line")
        app.log_line.accept()
        await pilot.press("enter")
        assert app.sent == ["/advance", "half a line"]


async def test_a_reason_that_one_line_does_not_hold_can_be_read_whole(app: LineApp) -> None:
    app.log_line.again = "F6"
    reason = "nothing on record shows that it is resolved since the last reading, taken at 14:02"
    async with app.run_test(size=(60, 20)) as pilot:
        for way, *more in [("ask", "/state resolved"), ("refuse_key",)]:
            with row(way):
                getattr(app.log_line, way)(reason, *more)
                await pilot.pause()
                shown = "\n".join(painted_lines(app)[12:15])
                assert reason in " ".join(shown.split()), "over what stands above the line"
                await pilot.press("x")
                await pilot.pause()
                assert "taken at 14:02" not in "\n".join(painted_lines(app))
                app.begin_anew()


async def test_a_reason_that_fills_its_line_stands_there_alone(app: LineApp) -> None:
    app.log_line.again = "F6"
    async with app.run_test(size=(60, 20)) as pilot:
        for length, times in [(57, 1), (58, 2)]:
            with row(str(length)):
                app.log_line.refuse_key(("and so on, " * 6)[:length])
                await pilot.pause()
                assert "\n".join(painted_lines(app)).count("✗ and so on, and so on,") == times
                app.begin_anew()


async def test_text_typed_at_a_question_answers_nothing_and_stands_in_the_line_whole(
    app: LineApp,
) -> None:
    async with app.run_test(size=(90, 20)) as pilot:
        for text in ("api is back", "y", "yes", " a", "/gate"):
            with row(text):
                app.log_line.ask("Enter passes Triage", "/advance")
                await pilot.press(*("space" if letter == " " else letter for letter in text))
                assert app.log_line.draft == text
                assert "Triage" not in painted_lines(app)[16]
                await pilot.press("escape", "enter")
                assert app.sent == [text]
                app.begin_anew()


async def test_any_key_but_enter_ends_a_question(app: LineApp) -> None:
    async with app.run_test(size=(90, 20)) as pilot:
        for key in ("escape", "left", "up", "ctrl+a", "tab", "backspace"):
            with row(key):
                app.log_line.ask("Enter passes Triage", "/advance")
                await pilot.press(key)
                app.log_line.focus()
                await pilot.press("enter")
                assert app.sent == []


async def test_a_question_ends_with_whatever_else_takes_the_note(app: LineApp) -> None:
    """An Enter later is never a yes to something that is no longer read."""
    async with app.run_test(size=(90, 20)) as pilot:
        for how in ("refuse", "reject", "paste", "paste lines", "blur"):
            with row(how):
                app.log_line.send("/sev SEV9")
                app.log_line.ask("Enter passes Triage", "/advance")
                await pilot.pause()
                if how.startswith("paste"):
                    text = "two\nlines" if how == "paste lines" else "text"
                    app.log_line.query_one(LineInput).post_message(Paste(text))
                elif how == "blur":
                    app.query_one(Below).focus()
                else:
                    getattr(app.log_line, how)("no such level")
                await pilot.pause()
                app.log_line.focus()
                app.log_line.draft = ""
                await pilot.press("enter")
                assert app.sent == ["/sev SEV9"]
                app.begin_anew()


async def test_what_is_saved_meanwhile_leaves_a_question_in_sight(app: LineApp) -> None:
    async with app.run_test(size=(90, 20)) as pilot:
        await pilot.press(*"5xx", "enter")
        app.log_line.ask("Enter passes Triage", "/advance")
        app.log_line.accept("#2 fact, saved")
        await pilot.pause()
        assert "Enter passes Triage" in painted_lines(app)[16]


async def test_a_refused_line_never_overwrites_the_next_one(app: LineApp) -> None:
    async with app.run_test(size=(90, 20)) as pilot:
        await pilot.press(*"bad", "enter", *"next")
        app.log_line.refuse("no such person")
        await pilot.pause()
        assert app.log_line.draft == "next"
        below = painted_lines(app)[16].strip()
        assert below == "✗ no such person · kept in the history, press up: bad"
        await pilot.press("up")
        assert app.log_line.draft == "bad"
        await pilot.press("down")
        assert app.log_line.draft == "next"


# --- understanding -------------------------------------------------------------------------------


async def test_each_key_asks_once_what_the_text_means(app: LineApp) -> None:
    async with app.run_test() as pilot:
        assert app.asked == [""]
        await pilot.press("a", "b", "left", "c", "end")
        assert app.asked == ["", "a", "ab", "acb"]
        assert app.completed == ["a", "ab", "acb"]


async def test_what_is_wrong_is_said_below_the_place_while_typing(app: LineApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        app.log_line.prompt = line(("ana·commander", "bold"), " ›")
        app.log_line.draft = "日本 SEV9"
        await pilot.pause()
        row, note = painted_lines(app)[15:17]
        assert row.startswith(" ana·commander › 日本 SEV9")
        assert (
            note == " " * 22 + "^ ✗ no level SEV9"
        )  # 17 cells of prompt, 5 of wide text and a blank


@pytest.mark.parametrize(
    ("caret", "width", "shown"),
    [
        (None, 30, "✗ no such level"),
        (3, 30, "   ^ ✗ no such level"),
        (12, 30, "            ^ ✗ no such level"),
        (25, 30, "         ✗ no such level ^"),
        (40, 30, "✗ no such level"),
        (10, 20, "✗ no such level"),
        (11, 20, "✗ no such… ^"),
    ],
)
def test_the_caret_keeps_its_place_and_the_note_finds_room_beside_it(
    caret: int | None, width: int, shown: str
) -> None:
    understood = Understood(False, "no such level")
    assert note_line(understood, caret=caret, width=width, error="").plain == shown


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (60, "✗ there is no action item 99: none yet  try: + … owner:NAME"),
        (50, "✗ there is no action item 99: none yet  try: …  F6"),
        (24, "✗ there is no actio…  F6"),
    ],
)
def test_of_a_note_without_room_the_reason_comes_first(width: int, shown: str) -> None:
    note = "there is no action item 99: none yet  try: + … owner:NAME"
    refused = Understood(False, note, again="F6")
    assert note_line(refused, width=width, error="").plain == shown


@given(st.text(max_size=60), st.none() | st.integers(0, 60), st.integers(1, 50))
def test_a_note_never_leaves_its_row(note: str, caret: int | None, width: int) -> None:
    row = note_line(Understood(False, note), caret=caret, width=width, error="bold")
    assert row.cell_length <= width
    assert "\n" not in row.plain


# --- completions ---------------------------------------------------------------------------------


async def test_tab_takes_the_marked_completion_and_without_one_goes_on(app: LineApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*"/s")
        assert [row.split()[:2] for row in painted_lines(app)[11:15]] == [
            ["▸", "/sev"],
            ["/state", "…"],
            ["/snooze", "…"],
            ["/set", "…"],
        ]
        await pilot.press("down", "down", "tab")
        assert app.log_line.draft == "/snooze "
        assert app.log_line.has_line_focus
        await pilot.press("tab")
        assert isinstance(app.focused, Below)


async def test_enter_takes_what_is_marked_in_an_unfinished_line_or_was_gone_to(
    app: LineApp,
) -> None:
    """A line that is whole is entered, whatever could stand behind it."""
    async with app.run_test(size=(60, 20)) as pilot:
        for keys, draft, sent in [
            (["/s", "enter"], "/sev ", []),
            (["/s", "down", "enter"], "/state ", []),
            (["/s", "escape", "enter"], "", ["/s"]),
            (["/sn", "enter"], "", ["/sn"]),
            (["/sn", "down", "enter"], "/snooze ", []),
        ]:
            with row(*keys):
                for key in keys:
                    await pilot.press(*(key if key.startswith("/") else [key]))
                assert (app.log_line.draft, app.sent) == (draft, sent)
                app.begin_anew()


async def test_escape_closes_the_completions_and_never_touches_the_text() -> None:
    app = LineApp(history=["earlier"])
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*"/s", "escape")
        assert "▸" not in "".join(painted_lines(app))
        await pilot.press("escape")
        assert app.log_line.draft == "/s"
        await pilot.press("up")
        assert app.log_line.draft == "earlier"


async def test_a_line_whose_time_is_to_be_said_waits_for_it_behind_the_sign(app: LineApp) -> None:
    async with app.run_test() as pilot:
        app.log_line.start("@ /milestone detected")
        await pilot.press(*"14:02", "enter")
        assert app.sent == ["@14:02 /milestone detected"]


async def test_many_completions_scroll_within_six_lines_that_say_how_many_more_there_are() -> None:
    app = LineApp()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("/")
        assert painted_lines(app)[14].endswith("5 more below")
        await pilot.press(*["down"] * 8)
        rows = painted_lines(app)[8:15]
        marked = [row.split("…")[0].split() for row in rows]
        assert (marked[0], marked[5]) == (["/set"], ["▸", "/a5"])
        assert rows[6].endswith("2 more below, 3 above")


async def test_a_click_takes_a_completion(app: LineApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*"/s")
        await pilot.click(offset=(6, 13))
        assert app.log_line.draft == "/snooze "


# --- history -------------------------------------------------------------------------------------


async def test_up_and_down_walk_the_history_and_bring_the_unsent_text_back() -> None:
    app = LineApp(history=["/state active", "two"])
    async with app.run_test() as pilot:
        await pilot.press(*"new", "up", "up", "up")
        assert app.log_line.draft == "/state active"
        assert app.completed == ["n", "ne", "new", "two"][:3]
        await pilot.press("down", "down", "down")
        assert app.log_line.draft == "new"


async def test_an_earlier_line_is_looked_for_by_its_words_and_the_draft_stays() -> None:
    app = LineApp(history=["! roll back to v41", "dns is slow", "! deploy v42"])
    async with app.run_test(size=(100, 24)) as pilot:
        for keys, note, draft in [
            ([*"v4"], "search: v4▏ ! deploy v42 · 1 of 2, ctrl+r older", "half"),
            ([*"v4", "ctrl+r"], "search: v4▏ ! roll back to v41 · 2 of 2", "half"),
            ([*"v4", "ctrl+r", "ctrl+r"], "search: v4▏ ! deploy v42 · 1 of 2", "half"),
            ([*"back v4"], "search: back v4▏ ! roll back to v41 · Enter takes it", "half"),
            ([*"DNS"], "search: DNS▏ no line has it", "half"),
            ([*"v9", "backspace", "ctrl+w"], "search the lines entered before", "half"),
            ([*"v4", "ctrl+r", "enter"], "a fact of 18 characters", "! roll back to v41"),
            ([*"v4", "ctrl+r", "enter", "up"], "a fact of 4 characters", "half"),
            ([*"v4", "escape"], "a fact of 4 characters", "half"),
            ([*"nothing", "enter"], "a fact of 4 characters", "half"),
            ([*"v4", "left", "x"], "a fact of 5 characters", "halxf"),
        ]:
            with row(*keys):
                await pilot.press(*"half", "ctrl+r")
                await pilot.press(*("space" if key == " " else key for key in keys))
                assert app.log_line.draft == draft
                assert note in "\n".join(painted_lines(app))
                assert app.sent == []
                await pilot.press("escape")
                app.begin_anew()


async def test_a_search_ends_with_the_focus_and_what_is_typed_elsewhere_is_kept() -> None:
    app = LineApp(history=["dns is slow"])
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("ctrl+r", *"dns")
        app.log_line.take("pool is full")
        assert app.log_line.draft == "pool is full"
        await pilot.press("enter")
        assert app.sent == ["pool is full"]


async def test_only_durable_lines_enter_the_history(app: LineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press(*"one", "enter")
        await pilot.press("up")
        assert app.log_line.draft == ""
        app.log_line.accept()
        await pilot.press("up")
        assert app.log_line.draft == "one"


@given(
    st.lists(st.text("ab", min_size=1, max_size=2), max_size=5), st.lists(st.booleans()), st.text()
)
def test_wherever_a_walk_goes_the_draft_is_at_its_end(
    lines: list[str], ways: list[bool], draft: str
) -> None:
    history, now = History(lines), draft
    for back in ways:
        now = (history.back(now) if back else history.forward(now)) or now
    while (later := history.forward(now)) is not None:
        now = later
    assert now == draft or not ways or not draft
    assert not history.shows_earlier


def test_an_edited_earlier_line_is_still_there_when_the_walk_comes_by_again() -> None:
    history = History(["one"])
    assert history.back("draft") == "one"
    assert history.forward("one, changed") == "draft"
    assert history.back("draft") == "one, changed"


# --- text of any kind ----------------------------------------------------------------------------


async def test_several_pasted_lines_are_handed_over_whole_and_the_draft_stays(app: LineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press(*"mine")
        app.log_line.query_one(LineInput).post_message(Paste("14:02\tone\r\n\n14:03 two\n"))
        await pilot.pause()
        assert app.pasted == [("14:02\tone", "", "14:03 two", "")]
        assert app.log_line.draft == "mine"


async def test_a_pasted_line_is_inserted_inert(app: LineApp) -> None:
    async with app.run_test() as pilot:
        for pasted, shown in [
            ("one line\n", "one line"),
            ("a\x1b]52;c;evil\x07b", "a␛]52;c;evil␇b"),
            ("a\u202eb\u200bc\x9bd", "abc\ufffdd"),
            ("a\tb", "a b"),
            ("[/] [@click=app.quit]x[/]", "[/] [@click=app.quit]x[/]"),
            ("x" * 5000, "x" * 5000),
            ("\n \n", ""),
            ("", ""),
        ]:
            with row(pasted):
                app.log_line.query_one(LineInput).post_message(Paste(pasted))
                await pilot.pause()
                assert app.log_line.draft == shown
                await pilot.press("enter")
                assert app.sent == ([shown] if shown else [])
                app.begin_anew()


async def test_text_that_was_typed_elsewhere_is_added_behind_the_draft(app: LineApp) -> None:
    async with app.run_test() as pilot:
        app.log_line.draft = "so far"
        app.query_one(Below).focus()
        await pilot.pause()
        app.log_line.take("rolled back")
        await pilot.pause()
        assert app.log_line.draft == "so far rolled back"
        assert app.log_line.has_line_focus
        app.log_line.take(" to v41")
        assert app.log_line.draft == "so far rolled back to v41"
        app.log_line.take("one\ntwo")
        await pilot.pause()
        assert app.pasted == [("one", "two")]


async def test_coming_back_to_the_line_does_not_select_the_draft_for_overwriting() -> None:
    app = LineApp()
    async with app.run_test() as pilot:
        await pilot.press(*"abc", "tab", "shift+tab", "d")
        assert app.log_line.draft == "abcd"


async def test_readline_keys_stay_what_they_are(app: LineApp) -> None:
    async with app.run_test() as pilot:
        for keys, text in [
            (["ctrl+a", "X"], "Xone two three"),
            (["home", "ctrl+e", "X"], "one two threeX"),
            (["ctrl+a", "alt+f", "X"], "one Xtwo three"),
            (["alt+b", "alt+b", "X"], "one Xtwo three"),
            (["ctrl+w"], "one two "),
            (["ctrl+w", "ctrl+w", "ctrl+y", "ctrl+y"], "one two threetwo three"),
            (["ctrl+u"], ""),
            (["ctrl+u", "a", "ctrl+y"], "aone two three"),
            (["ctrl+a", "ctrl+k", "ctrl+y"], "one two three"),
            (["ctrl+a", "alt+d", "alt+d", "end", "ctrl+y"], "threeone two "),
            (["alt+backspace"], "one two "),
            (["ctrl+a", "ctrl+f", "ctrl+d"], "oe two three"),
            (["ctrl+b", "X"], "one two threXe"),
        ]:
            with row(*keys):
                app.log_line.draft = "one two three"
                await pilot.press(*keys)
                assert app.log_line.draft == text


async def test_the_internal_clipboard_pastes_as_any_other_text(app: LineApp) -> None:
    async with app.run_test() as pilot:
        app.copy_to_clipboard("one\ntwo")
        await pilot.press("ctrl+v")
        assert (app.pasted, app.log_line.draft) == ([("one", "two")], "")


async def test_a_prompt_of_any_words_is_only_words(app: LineApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        app.log_line.prompt = plain("[/]\x1b[2J›")
        await pilot.pause()
        assert painted_lines(app)[15].startswith(" [/]␛[2J›")


def test_every_key_of_the_line_has_an_id_and_a_tooltip() -> None:
    bindings = [*LogLine.BINDINGS, *LineInput.BINDINGS]
    ids = [binding.id for binding in bindings if isinstance(binding, Binding)]
    assert len(set(ids)) == len(bindings)
    for binding in bindings:
        assert isinstance(binding, Binding)
        assert binding.tooltip
        name = f"action_{binding.action.split('(')[0]}"
        assert hasattr(LogLine, name) or hasattr(LineInput, name)


async def test_a_piece_that_was_typed_right_behind_another_goes_on_with_its_word(
    app: LineApp,
) -> None:
    async with app.run_test():
        for since, draft in [(1.2, "queue"), (5.0, "q ueue")]:
            with row(since):
                app.log_line.take("q", at=1.0, since=1.0, apart=True)
                app.log_line.take("ueue", at=since, since=since, apart=True)
                assert app.log_line.draft == draft
                app.begin_anew()
