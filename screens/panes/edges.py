"""Dragging the edge between two panes of the board."""

from collections.abc import Hashable, Mapping
from itertools import permutations
from typing import TypeVar

from textual.geometry import Offset, Region, Size, clamp

from incident_tui.screens.panes.arrangement import Arrangement

NARROWEST, LOWEST = 12, 3
"""What is left of a pane at least, in columns and rows."""

_Key = TypeVar("_Key", bound=Hashable)


def dragged(
    before: Arrangement, start: Offset, end: Offset, size: Size, *, wide: bool
) -> Arrangement:
    """With the edge that lies at `start`, on a board of this size, moved to `end`.

    Where no edge lies there, nothing changes.
    """
    regions = before.regions(size, wide=wide)
    for first, second in permutations(regions, 2):
        if _beside(regions[first], regions[second], start):
            return _dragged_across(before, first, second, end.x - start.x, regions)
        if _beside(_turned(regions[first]), _turned(regions[second]), Offset(start.y, start.x)):
            return _dragged_down(before, first, second, end.y - start.y, regions)
    return before


def on_edge(before: Arrangement, at: Offset, size: Size, *, wide: bool) -> bool:
    """Whether an edge between two panes lies there."""
    regions = before.regions(size, wide=wide)
    turned = {name: _turned(region) for name, region in regions.items()}
    return any(
        _beside(regions[first], regions[second], at)
        or _beside(turned[first], turned[second], Offset(at.y, at.x))
        for first, second in permutations(regions, 2)
    )


def _beside(left: Region, right: Region, at: Offset) -> bool:
    """Whether the frames of these two meet where the mouse is, one to the left of the other."""
    rows = range(max(left.y, right.y), min(left.bottom, right.bottom))
    return left.right == right.x and at.x in {right.x - 1, right.x} and at.y in rows


def _turned(region: Region) -> Region:
    return Region(region.y, region.x, region.height, region.width)


def _dragged_across(
    before: Arrangement, left: str, right: str, step: int, regions: Mapping[str, Region]
) -> Arrangement:
    (one, _), (other, _) = before.find(left), before.find(right)
    if one == other:
        row = {pane.name: regions[pane.name].width for pane in before.columns[one].shown}
        return before.with_heights(_given(row, left, right, step, NARROWEST))
    return before.with_shares(_given(_widths(before, regions), one, other, step, NARROWEST))


def _dragged_down(
    before: Arrangement, upper: str, lower: str, step: int, regions: Mapping[str, Region]
) -> Arrangement:
    (one, _), (other, _) = before.find(upper), before.find(lower)
    if one == other:
        column = {pane.name: regions[pane.name].height for pane in before.columns[one].shown}
        return before.with_heights(_given(column, upper, lower, step, LOWEST))
    # The lower row of the board is its last column: what it has of the height, the others have
    # together of the rest.
    columns = _widths(before, regions)
    del columns[other]
    rows = {upper: regions[lower].y, lower: regions[lower].height}
    rows = _given(rows, upper, lower, step, LOWEST)
    share = round(sum(columns.values()) * rows[lower] / rows[upper])
    return before.with_shares({**columns, other: share})


def _widths(before: Arrangement, regions: Mapping[str, Region]) -> dict[int, int]:
    return {
        number: regions[column.shown[0].name].width
        for number, column in enumerate(before.columns)
        if column.shown
    }


def _given(
    lengths: Mapping[_Key, int], first: _Key, second: _Key, step: int, least: int
) -> dict[_Key, int]:
    """The lengths, with a step given to the first and taken from the second; each keeps some."""
    together = lengths[first] + lengths[second]
    length = clamp(lengths[first] + step, least, max(least, together - least))
    return {**lengths, first: length, second: max(least, together - length)}
