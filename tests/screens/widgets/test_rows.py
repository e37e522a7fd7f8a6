"""Lists of rows: what stays still, what is followed, what the filter shows, how little is made."""

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

import pytest
from hypothesis import given, strategies as st
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Label

from incident_tui.screens.painted_text import plain
from incident_tui.screens.terminal.burst_guard import Burst, LetterGuard
from incident_tui.screens.terminal.line_guard import LineGuard
from incident_tui.screens.terminal.themed_app import ThemedApp
from incident_tui.screens.widgets.rows.row_list import WRAPPED_ROWS
from incident_tui.screens.widgets.rows.row_search import by_words
from incident_tui.screens.widgets.rows.row_view import RowView
from incident_tui.screens.widgets.rows.rows import Row, Rows
from tests.support.console import painted_lines, until
from tests.support.paths import STYLES
from tests.support.thorough import row


def entries(numbers: Sequence[int]) -> list[Row]:
    return [Row(f"e{number}", plain(f"entry {number}")) for number in numbers]


class Pane(Rows):
    """A list with one letter that acts, as a pane of the room has."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("a", "add", "Add", id="pane.add")]

    added = 0

    def action_add(self) -> None:
        self.added += 1


class ListApp(ThemedApp[None]):
    CSS_PATH = STYLES / "widgets" / "rows.tcss"

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self.pane = pane
        self.chosen: list[str] = []
        self.moved: list[str | None] = []
        self.bursts: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.chosen.append(event.row.key)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        self.moved.append(event.row.key if event.row else None)

    def on_burst(self, event: Burst) -> None:
        self.bursts.append(event.text)


def key_of(pane: Rows) -> str | None:
    return pane.row.key if pane.row else None


class HandClock:
    """Seconds that pass only when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


# --- moving and choosing ------------------------------------------------------------------------


async def test_keys_move_the_cursor() -> None:
    app = ListApp(Pane(entries(range(50))))
    async with app.run_test(size=(30, 10)) as pilot:
        for keys, where in [
            (["down"], "e1"),
            (["j", "j", "k"], "e1"),
            (["end"], "e49"),
            (["G"], "e49"),
            (["G", "g"], "e0"),
            (["end", "home"], "e0"),
            (["up"], "e0"),
            (["G", "j"], "e49"),
            (["pagedown"], "e9"),
            (["pagedown", "pageup"], "e0"),
        ]:
            with row(*keys):
                app.pane.select("e0")
                await pilot.press(*keys)
                assert key_of(app.pane) == where
                line = next(line for line in painted_lines(app) if line.startswith("▸"))
                assert line.split(" █")[0].rstrip("▁▂▃▄▅▆▇ ") == f"▸entry {where[1:]}"


async def test_enter_chooses_the_row_under_the_cursor() -> None:
    app = ListApp(Pane(entries(range(3))))
    async with app.run_test() as pilot:
        await pilot.press("down", "enter")
        assert app.chosen == ["e1"]
        assert app.moved == ["e1"]


async def test_a_click_selects_and_a_double_click_chooses() -> None:
    app = ListApp(Pane(entries(range(3))))
    async with app.run_test() as pilot:
        await pilot.click(Pane, offset=(3, 2))
        assert (key_of(app.pane), app.chosen) == ("e2", [])
        await pilot.click(Pane, offset=(3, 1), times=2)
        assert app.chosen == ["e1"]
        await pilot.click(Pane, offset=(3, 9))
        assert key_of(app.pane) == "e1"


async def test_the_cursor_passes_over_rows_that_are_no_items() -> None:
    rows = [
        Row("day", plain("20 Nov"), selectable=False),
        *entries([1]),
        Row("night", plain("21 Nov"), selectable=False),
        *entries([2]),
    ]
    app = ListApp(Pane(rows))
    async with app.run_test() as pilot:
        assert key_of(app.pane) == "e1"
        await pilot.press("down")
        assert key_of(app.pane) == "e2"
        await pilot.press("home")
        assert key_of(app.pane) == "e1"


# --- nothing moves under the cursor --------------------------------------------------------------


async def test_rows_arriving_above_and_below_leave_the_cursor_where_it_is_on_the_screen() -> None:
    app = ListApp(Pane(entries(range(20, 60))))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("pagedown", "pagedown", "up", "up")
        before = painted_lines(app)
        here = key_of(app.pane)
        app.pane.set_rows(entries(range(80)))
        await pilot.pause()
        assert key_of(app.pane) == here
        assert [line[:10].rstrip() for line in painted_lines(app)] == [
            line[:10].rstrip() for line in before
        ]


async def test_when_its_item_goes_the_cursor_takes_the_one_that_follows() -> None:
    app = ListApp(Pane(entries(range(5))))
    async with app.run_test() as pilot:
        await pilot.press("down", "down")
        app.pane.set_rows(entries([0, 1, 3, 4]))
        assert key_of(app.pane) == "e3"
        app.pane.set_rows([])
        assert key_of(app.pane) is None
        app.pane.set_rows(entries([7]))
        assert key_of(app.pane) == "e7"


async def test_resizing_keeps_cursor_and_place() -> None:
    app = ListApp(Pane(entries(range(100))))
    async with app.run_test(size=(30, 20)) as pilot:
        app.pane.select("e50")
        await pilot.pause()
        top = app.pane.scroll_offset.y
        await pilot.resize_terminal(60, 20)
        assert (key_of(app.pane), app.pane.scroll_offset.y) == ("e50", top)
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        assert key_of(app.pane) == "e50"
        assert any(line.startswith("▸entry 50") for line in painted_lines(app))


# --- following -----------------------------------------------------------------------------------


async def test_rows_that_arrive_by_themselves_bring_the_scroll_bar_and_take_it_away() -> None:
    pane = Pane(entries(range(3)))
    async with ListApp(pane).run_test(size=(30, 10)) as pilot:
        for length in (3, 40, 5, 11, 10, 40, 10):
            await pilot.pause()
            pane.set_rows(entries(range(length)))
            longer = length > 10
            await until(pilot, partial(lambda bar: pane.show_vertical_scrollbar is bar, longer))


@pytest.mark.parametrize("classes", ["", "-document"])
async def test_a_line_that_just_fits_beside_the_bar_takes_one_line_before_and_with_it(
    classes: str,
) -> None:
    """Whether room is kept for the bar, or it takes its own once it is there."""
    pane = Pane(wrap=True, classes=classes)
    fits = [Row(f"{n}", plain(f"{n:02} ".ljust(28, "x"))) for n in range(40)]
    async with ListApp(pane).run_test(size=(30, 10)) as pilot:
        await pilot.pause()
        pane.set_rows(fits)
        await until(pilot, lambda: pane.show_vertical_scrollbar)
        assert pane.virtual_size.height == len(fits)
        assert [painted[1:3] for painted in painted_lines(pilot.app)] == [
            f"{n:02}" for n in range(10)
        ]


async def test_a_followed_list_shows_the_newest_and_its_cursor_goes_along() -> None:
    app = ListApp(Pane(entries(range(30)), follow=True))
    async with app.run_test(size=(30, 10)) as pilot:
        assert painted_lines(app)[-1].startswith("▸entry 29")
        app.pane.set_rows(entries(range(33)))
        await pilot.pause()
        assert painted_lines(app)[-1].startswith("▸entry 32")
        assert app.pane.new_below == 0


async def test_a_reader_who_scrolled_away_is_told_how_much_is_new_and_end_goes_back() -> None:
    app = ListApp(Pane(entries(range(30)), follow=True))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("pageup", "pageup")
        before = painted_lines(app)
        app.pane.set_rows(entries(range(31)))
        app.pane.set_rows(entries(range(33)))
        await pilot.pause()
        assert [line[:10].rstrip() for line in painted_lines(app)] == [
            line[:10].rstrip() for line in before
        ]
        assert (app.pane.new_below, app.pane.follows) == (3, False)
        await pilot.press("G")
        assert (app.pane.new_below, app.pane.follows) == (0, True)
        assert painted_lines(app)[-1].startswith("▸entry 32")


async def test_the_count_of_new_rows_shrinks_as_they_come_into_sight() -> None:
    app = ListApp(Pane(entries(range(30)), follow=True))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("up")
        app.pane.set_rows(entries(range(33)))
        assert app.pane.new_below == 3
        await pilot.press("down", "down")
        assert app.pane.new_below == 2


async def test_a_late_entry_above_is_not_counted_as_new_below() -> None:
    app = ListApp(Pane(entries(range(10, 40)), follow=True))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("pageup")
        app.pane.set_rows(entries([5, *range(10, 40)]))
        assert app.pane.new_below == 0


async def test_what_the_filter_hid_is_not_counted_as_new() -> None:
    app = ListApp(Pane(entries(range(30)), follow=True))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("home", "slash", "1", "enter", "escape")
        assert app.pane.new_below == 0


async def test_a_list_that_went_on_is_entered_where_it_is_read() -> None:
    pane = Pane(entries(range(30)))
    app = ListApp(pane)
    async with app.run_test(size=(30, 10)) as pilot:
        app.set_focus(None)
        pane.scroll_to(y=15, animate=False)
        await pilot.pause()
        pane.focus()
        await pilot.pause()
        assert (pane.scroll_offset.y, key_of(pane)) == (15, "e15")


async def test_a_followed_list_is_followed_through_a_resize() -> None:
    app = ListApp(Pane(entries(range(30)), follow=True))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.resize_terminal(30, 6)
        await pilot.pause()
        assert painted_lines(app)[-1].startswith("▸entry 29")


# --- the filter ----------------------------------------------------------------------------------


async def test_the_filter_shows_rows_with_all_words_in_any_case_and_says_how_many() -> None:
    rows = [
        Row("a", plain("Pool exhausted in eu-west")),
        Row("b", lambda: plain("rolled back"), search=lambda: "the pool of EU is back"),
        Row("c", plain("pool of us-east")),
    ]
    app = ListApp(Pane(rows))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("slash", "e", "u", "space", "P", "o", "o", "l")
        assert [row.key for row in app.pane.shown] == ["a", "b"]
        assert "filter: eu Pool▏ · 2 of 3" in painted_lines(app)[-1]
        await pilot.press("enter", "down")
        assert key_of(app.pane) == "b"
        assert "filter: eu Pool · 2 of 3" in painted_lines(app)[-1]
        await pilot.press("escape")
        assert (len(app.pane.shown), key_of(app.pane)) == (3, "b")
        assert "filter" not in painted_lines(app)[-1]


async def test_letters_of_the_filter_are_never_actions() -> None:
    app = ListApp(Pane(entries(range(3))))
    async with app.run_test() as pilot:
        await pilot.press("slash", "a", "j", "backspace", "ctrl+u", "b", "c", "ctrl+w", "x")
        assert app.pane.filter_text == "x"
        assert (app.pane.added, app.pane.shown) == (0, [])
        app.pane.post_message(Paste("1\x1b[2J"))
        await pilot.pause()
        assert app.pane.filter_text == "x1␛[2J"


async def test_a_list_that_is_left_is_not_filtered_any_further() -> None:
    app = ListApp(Pane(entries([1])))
    async with app.run_test() as pilot:
        await pilot.press("slash", "f")
        app.set_focus(None)
        await pilot.pause()
        app.set_focus(app.pane)
        await pilot.press("x")
        assert app.pane.filter_text == "f"


@pytest.mark.parametrize(
    ("rows", "filter_text", "reason"),
    [([], "", "Write the first fact"), (entries([1]), "zzz", "No row has these words")],
)
async def test_an_empty_list_says_why(rows: list[Row], filter_text: str, reason: str) -> None:
    app = ListApp(Pane(rows, empty=Content("Write the first fact")))
    async with app.run_test() as pilot:
        if filter_text:
            await pilot.press("slash", *filter_text)
        assert reason in "\n".join(painted_lines(app))


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 3)), unique_by=lambda row: row[0]),
    st.sampled_from(["", "a", "b x", "X"]),
)
def test_every_line_belongs_to_the_row_that_starts_at_or_before_it(
    shape: list[tuple[str, int]], text: str
) -> None:
    view = RowView()
    view.set_rows([Row(key, plain(f"{key} x")) for key, _ in shape])
    view.set_search(by_words(text) if text else None, hides=True)
    heights = dict(shape)
    view.measure(lambda row: heights[row.key])
    owners = [view.at(number) for number in range(view.lines)]
    expected = [place for place, row in enumerate(view.shown) for _ in range(heights[row.key])]
    assert owners == expected
    assert (view.at(-1), view.at(view.lines)) == (None, None)


def test_two_rows_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="'e1'"):
        RowView().set_rows(entries([1, 2, 1]))


# --- finding one's way ---------------------------------------------------------------------------


def finding_rows() -> list[Row]:
    """Sixty rows, every seventh of which has the pool in it."""
    return [Row(f"e{n}", plain(f"{n} {'the pool' if n % 7 == 3 else 'a pod'}")) for n in range(60)]


@pytest.mark.parametrize("follow", [False, True])
async def test_a_filter_that_is_left_keeps_the_row_under_the_cursor_among_its_neighbours(
    follow: bool,
) -> None:
    app = ListApp(Pane(finding_rows(), follow=follow))
    async with app.run_test(size=(60, 12)) as pilot:
        pane = app.pane
        for start, moves in itertools.product((0, 3, 30, 55, 59), (0, -1, -3)):
            pane.select(f"e{start}")
            pane.action_filter()
            pane.post_message(Paste("pool"))
            await pilot.press("enter")
            for _ in range(-moves):
                pane.action_cursor(-1)
            number = int((key_of(pane) or "")[1:])
            if not moves:
                assert number == min(range(3, 60, 7), key=lambda hit: (abs(hit - start), hit))
            pane.action_unfilter()
            await pilot.pause()
            assert (key_of(pane), len(pane.shown)) == (f"e{number}", 60)
            seen = {int(line[1:].split()[0]) for line in painted_lines(app)[:-1]}
            assert {*range(max(0, number - 2), min(60, number + 3))} <= seen


async def test_a_filter_that_finds_nothing_leads_back_to_where_it_was_begun() -> None:
    app = ListApp(Pane(finding_rows(), follow=True))
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.select("e30")
        await pilot.press("slash", *"pooq", "escape")
        assert key_of(app.pane) == "e30"
        await pilot.press("slash", *"po", "backspace", "backspace", "escape")
        assert key_of(app.pane) == "e30"


async def test_n_and_N_visit_the_hits_and_nothing_else_and_say_which() -> None:
    app = ListApp(Pane(finding_rows()))
    hits = [f"e{n}" for n in range(3, 60, 7)]
    async with app.run_test(size=(60, 12)) as pilot:
        pane = app.pane
        await pilot.press("n")  # nothing was looked for: it is a letter
        await pilot.press("slash", *"pool", "enter", "escape")
        visited = [key_of(pane)]
        for _ in hits:
            pane.action_hit(1)
            visited.append(key_of(pane))
        assert visited == [*hits, hits[0]]
        pane.action_hit(-1)
        assert key_of(pane) == hits[-1]
        await pilot.press("N")
        await settled(pilot, pane.guard)
        assert key_of(pane) == hits[-2]
        assert f"hit {len(hits) - 1} of {len(hits)}" in painted_lines(app)[-1]
        app.set_focus(None)
        await pilot.pause()
        assert "found" not in "\n".join(painted_lines(app))
        app.set_focus(pane)
        pane.action_hit(1)
        assert key_of(pane) == hits[-1]


async def test_hits_are_marked_in_the_words_and_before_the_row() -> None:
    app = ListApp(Pane(finding_rows()))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("slash", *"POOL", "enter", "escape", "down")
        strips = app.screen._compositor.render_strips()
        marked = [
            segment.text
            for strip in strips
            for segment in strip
            if segment.style and segment.style.reverse and segment.style.underline
        ]
        assert marked == ["pool"] * 2
        before = {line[1:].split()[0]: line[0] for line in painted_lines(app)[:-1]}
        assert [before[number] for number in ("3", "4", "5", "10")] == ["•", "▸", " ", "•"]


@given(st.sets(st.integers(0, 20)), st.integers(0, 20), st.sampled_from([1, -1]))
def test_going_on_from_anywhere_comes_by_every_hit_once(
    hits: set[int], start: int, step: int
) -> None:
    view = RowView()
    view.set_rows([Row(str(n), plain("hit" if n in hits else "row")) for n in range(21)])
    view.set_search(by_words("hit"), hides=False)
    place: int | None = start
    visited = []
    for _ in hits:
        place = view.next_hit(place, step)
        visited.append(place)
    expected = sorted(hits, key=lambda hit: (hit - start) * step % 21 or 21)
    assert visited == expected


# --- what is painted -----------------------------------------------------------------------------


async def test_words_that_look_like_markup_are_shown_as_they_are() -> None:
    app = ListApp(Pane())
    async with app.run_test() as pilot:
        for text in ("[/]", "[/foo]", "[@click=app.quit]x[/]", "[red]x", "\\["):
            with row(text):
                app.pane.set_rows([Row(text, plain(text))])
                await pilot.pause()
                assert painted_lines(app)[0] == f"▸{text}"


async def test_a_long_row_is_cut_or_with_wrap_takes_several_lines() -> None:
    row = Row("r", plain("one two three four five six"), indent=2)
    cut, wrapped = Pane([row]), Pane([row, *entries([1])], wrap=True)
    async with ListApp(cut).run_test(size=(14, 6)) as pilot:
        assert painted_lines(pilot.app)[0] == "▸  one two th…"
    async with ListApp(wrapped).run_test(size=(19, 8)) as pilot:
        await pilot.press("down")
        assert [line for line in painted_lines(pilot.app) if line] == [
            "   one two three",
            "     four five six",
            "▸entry 1",
        ]


async def test_no_word_of_a_wrapped_row_is_lost_at_any_width() -> None:
    """Also where the last word would fit, did the row not stand in from the mark."""
    words = "one two three four five six"
    app = ListApp(Pane([Row("r", plain(words)), *entries([1])], wrap=True))
    async with app.run_test(size=(30, 12)) as pilot:
        for width in range(12, 30):
            with row(width):
                await pilot.resize_terminal(width, 12)
                shown = " ".join(" ".join(painted_lines(app)).replace("▸", " ").split())
                assert shown == f"{words} entry 1"


@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize("follow", [False, True])
async def test_a_long_list_that_grows_takes_a_line_for_each_row(more: int, follow: bool) -> None:
    rows = [Row("long", plain("one two three four five six")), *entries(range(WRAPPED_ROWS))]
    app = ListApp(Pane(rows[: WRAPPED_ROWS + more], wrap=True, follow=follow))
    async with app.run_test(size=(16, 6)) as pilot:
        await pilot.press("home")
        first, second = painted_lines(app)[:2]
        cut = follow and more > 0
        assert first.startswith("▸one two")
        assert first.rstrip().endswith("…") is cut
        assert second.startswith(" entry 0" if cut else "   ")


async def test_a_row_is_made_only_when_it_is_seen_and_once() -> None:
    made: list[int] = []

    def make(number: int) -> Callable[[], Content]:
        def content() -> Content:
            made.append(number)
            return plain(f"entry {number}")

        return content

    app = ListApp(Pane([Row(str(number), make(number)) for number in range(1000)]))
    async with app.run_test(size=(30, 10)) as pilot:
        for key in ("down", "up"):
            await pilot.press(key)
            painted_lines(app)
        assert set(made) == set(range(10))
        assert made.count(5) == 1


@pytest.mark.parametrize("rows", [0, 3])
async def test_a_list_that_is_given_the_same_again_is_not_painted(
    rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = ListApp(Pane(entries(range(rows))))
    async with app.run_test(size=(30, 10)):
        painted: list[int] = []
        monkeypatch.setattr(app.pane, "refresh", lambda *_, **__: painted.append(1))
        app.pane.set_rows(entries(range(rows)))
        assert not painted
        app.pane.set_rows(entries(range(rows + 1)))
        assert painted


async def test_the_words_of_an_empty_list_are_laid_out_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = ListApp(Pane([]))
    async with app.run_test(size=(30, 10)):
        laid_out: list[Content] = []

        def to_strips(widget: Widget, visual: Visual, *given: Any, **named: Any) -> list[Strip]:
            if isinstance(visual, Content):
                laid_out.append(visual)
            return real(widget, visual, *given, **named)

        real = Visual.to_strips
        monkeypatch.setattr(Visual, "to_strips", to_strips)
        for words in ("Nothing yet.", "Still nothing."):
            laid_out.clear()
            app.pane.set_empty(plain(words))
            assert painted_lines(app)[0].strip() == words
            assert [content.plain for content in laid_out] == [words]


async def test_of_ten_thousand_rows_only_those_in_sight_are_made() -> None:
    """What that saves is measured by `make bench`, beside a list of Textual's own."""
    made: set[int] = set()

    def content(number: int) -> Content:
        made.add(number)
        return plain(f"entry {number}")

    app = ListApp(Pane(follow=True))
    async with app.run_test(size=(80, 24)) as pilot:
        app.pane.set_rows([Row(f"e{at}", partial(content, at)) for at in range(10_000)])
        await pilot.pause()
        assert painted_lines(app)[-1].startswith("▸entry 9999")
        assert made == set(range(10_000 - 24, 10_000))


# --- typing into the wrong pane ------------------------------------------------------------------


async def settled(pilot: Pilot[None], guard: LetterGuard | LineGuard) -> None:
    """Wait until the guard has decided about every letter."""
    await pilot.pause()
    while guard.is_holding:
        await pilot.pause(0.01)
    await pilot.pause()


class PartingPane(Pane):
    """A list in which that letter leaves the console."""

    PARTS = frozenset({"pane.add"})


@pytest.mark.parametrize(("typed", "left", "bursts"), [("a", 1, []), ("api", 0, ["api"])])
async def test_a_letter_that_leaves_the_console_is_none_of_a_word_typed_at_leisure(
    typed: str, left: int, bursts: list[str]
) -> None:
    app = ListApp(PartingPane(entries(range(3))))
    async with app.run_test() as pilot:
        for letter in typed:
            await pilot.press(letter, "wait:150")
        await settled(pilot, app.pane.guard)
        assert (app.pane.added, app.bursts) == (left, bursts)


async def test_one_letter_acts() -> None:
    app = ListApp(Pane(entries(range(3))))
    async with app.run_test() as pilot:
        await pilot.press("a")
        await settled(pilot, app.pane.guard)
        assert (app.pane.added, app.bursts) == (1, [])


async def test_letters_that_arrive_together_are_text_unless_they_only_move() -> None:
    clock = HandClock()
    app = ListApp(Pane(entries(range(10)), clock=clock))
    async with app.run_test() as pilot:
        for typed, added, burst, where in [
            ("rolled back to v41", 0, ["rolled back to v41"], "e0"),
            ("all is red", 0, ["all is red"], "e0"),
            ("bad", 0, ["bad"], "e0"),  # three are enough to be a word
            ("ad", 1, [], "e0"),  # two are not: each acts, or does nothing
            ("/sev SEV2", 0, ["/sev SEV2"], "e0"),
            ("just rolled back", 0, ["just rolled back"], "e1"),  # a motion harms nothing
            ("aaaa", 1, [], "e0"),  # a key held down acts once
            ("jjjj", 0, [], "e4"),  # but moves as long as it is held
            ("jjkj", 0, [], "e2"),  # a slow line delivers several motions at once
            ("zz", 0, [], "e0"),
        ]:
            with row(typed):
                for character in typed:
                    key = {" ": "space", "/": "slash"}.get(character, character)
                    app.post_message(Key(key, character))
                await settled(pilot, app.pane.guard)
                assert (app.pane.added, app.bursts, key_of(app.pane)) == (added, burst, where)
                assert app.pane.filter_text == ""
                clock.now += 60
                app.pane.added = 0
                app.bursts.clear()
                app.pane.select("e0")


async def test_enter_after_pasted_text_chooses_nothing() -> None:
    app = ListApp(Pane(entries(range(3)), clock=HandClock()))
    async with app.run_test() as pilot:
        for character in "restarted":
            app.post_message(Key(character, character))
        app.post_message(Key("enter", None))
        await settled(pilot, app.pane.guard)
        assert (app.bursts, app.chosen) == (["restarted"], [])


async def test_words_typed_at_leisure_are_noticed_by_letters_that_mean_nothing_here() -> None:
    clock = HandClock()
    app = ListApp(Pane(entries(range(3)), clock=clock))
    async with app.run_test() as pilot:
        for character in "role":
            clock.now += 0.12
            await pilot.press(character)
            await settled(pilot, app.pane.guard)
        assert app.bursts == ["role"]
        clock.now += 60
        await pilot.press("a")
        await settled(pilot, app.pane.guard)
        assert (app.pane.added, app.bursts) == (1, ["role"])


async def test_a_paste_into_a_list_reaches_the_host_whole() -> None:
    app = ListApp(Pane(entries(range(3))))
    async with app.run_test() as pilot:
        app.pane.post_message(Paste("one\ntwo"))
        await pilot.pause()
        assert app.bursts == ["one\ntwo"]


async def test_the_guard_serves_any_widget_and_follows_remapped_keys() -> None:
    class Corner(Label, can_focus=True):
        BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "mark", "Mark", id="corner.mark")]
        marked = 0

        def __init__(self) -> None:
            super().__init__("corner", markup=False)
            self.guard = LetterGuard(self, clock=HandClock())

        def on_key(self, event: Key) -> None:
            self.guard.key(event)

        def action_mark(self) -> None:
            self.marked += 1

    class CornerApp(ThemedApp[None]):
        def compose(self) -> ComposeResult:
            yield Corner()

    app = CornerApp()
    async with app.run_test() as pilot:
        app.set_keymap({"corner.mark": "y"})
        corner = app.query_one(Corner)
        corner.focus()
        await pilot.press("y")
        await settled(pilot, corner.guard)
        assert corner.marked == 1


def test_every_binding_of_a_list_has_an_id_a_tooltip_and_an_action() -> None:
    for binding in Rows.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.id is not None
        assert binding.id.startswith("rows.")
        assert binding.tooltip
        assert callable(getattr(Rows, f"action_{binding.action.split('(')[0]}"))
