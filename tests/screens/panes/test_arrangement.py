"""Where panes stand: whatever is done, each pane is there once and the board is covered."""

import pytest
from hypothesis import given, strategies as st
from textual.geometry import Offset, Region, Size

from incident_tui.screens.panes.arrangement import Arrangement
from incident_tui.screens.panes.edges import LOWEST, NARROWEST, dragged, on_edge
from incident_tui.screens.panes.registry import STANDARD

NAMES = [pane.name for column in STANDARD.columns for pane in column.panes]
STEPS = st.tuples(
    st.sampled_from(["toggled", "moved", "shifted", "heightened", "widened"]),
    st.sampled_from(NAMES),
    st.sampled_from([-1, 1]),
)


def arranged(steps: list[tuple[str, str, int]]) -> Arrangement:
    board = STANDARD
    for change, name, step in steps:
        board = board.toggled(name) if change == "toggled" else getattr(board, change)(name, step)
    return board


ARRANGEMENTS = st.lists(STEPS, max_size=30).map(arranged)
SIZES = st.builds(Size, st.integers(60, 240), st.integers(24, 80))


def cells(region: Region) -> set[tuple[int, int]]:
    return {(x, y) for x in region.column_range for y in region.line_range}


@given(ARRANGEMENTS)
def test_no_change_loses_a_pane_or_hides_the_last(board: Arrangement) -> None:
    assert sorted(pane.name for column in board.columns for pane in column.panes) == sorted(NAMES)
    assert board.shown


@given(ARRANGEMENTS, SIZES, st.booleans())
def test_the_panes_cover_the_board_and_none_lies_over_another(
    board: Arrangement, size: Size, wide: bool
) -> None:
    regions = board.regions(size, wide=wide)
    assert sorted(regions) == sorted(board.shown)
    assert sum(region.area for region in regions.values()) == size.area
    assert set().union(*map(cells, regions.values())) == cells(size.region)


@given(ARRANGEMENTS)
def test_what_is_written_down_is_read_again(board: Arrangement) -> None:
    assert STANDARD.read(str(board)) == board


@given(st.one_of(st.text(), st.text(alphabet="|-*0123456789 abtimelinestage")))
def test_any_line_gives_a_board_with_every_pane(line: str) -> None:
    board = STANDARD.read(line)
    assert sorted(pane.name for column in board.columns for pane in column.panes) == sorted(NAMES)
    assert board.shown


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("", str(STANDARD)),
        ("7 timeline", "7 timeline | 4 stage gate | 4 hypotheses action severity hats"),
        ("7 gone timeline gone", "7 timeline | 4 stage gate | 4 hypotheses action severity hats"),
        ("9 action timeline*7 | | 1 -hats",
         "9 action timeline*7 | 4 stage gate | 1 -hats hypotheses severity"),
        ("1 -timeline -stage -gate -hypotheses -severity -hats -action", str(STANDARD)),
    ],
)  # fmt: skip
def test_a_line_of_another_version_gives_what_it_can(line: str, written: str) -> None:
    assert str(STANDARD.read(line)) == written


@given(ARRANGEMENTS, SIZES, st.booleans(), st.data())
def test_an_edge_that_is_dragged_follows_the_mouse(
    board: Arrangement, size: Size, wide: bool, data: st.DataObject
) -> None:
    start = Offset(
        data.draw(st.integers(0, size.width - 1)), data.draw(st.integers(0, size.height - 1))
    )
    end = start + Offset(data.draw(st.integers(-9, 9)), data.draw(st.integers(-9, 9)))
    after = dragged(board, start, end, size, wide=wide)
    assert sorted(after.shown) == sorted(board.shown)
    if not on_edge(board, start, size, wide=wide):
        assert after == board


def test_dragging_moves_the_edge_by_as_many_cells_as_the_mouse() -> None:
    size = Size(200, 50)
    before = STANDARD.regions(size, wide=True)
    edge = Offset(before["timeline"].right, 5)
    after = dragged(STANDARD, edge, edge + Offset(-20, 0), size, wide=True)
    assert after.regions(size, wide=True)["timeline"].width == before["timeline"].width - 20
    far = dragged(STANDARD, edge, edge + Offset(-200, 0), size, wide=True)
    assert far.regions(size, wide=True)["timeline"].width == NARROWEST
    low = dragged(STANDARD, Offset(edge.x + 2, before["gate"].y), Offset(0, 0), size, wide=True)
    assert low.regions(size, wide=True)["stage"].height == LOWEST
