"""Which of several regions lies beside one."""

from collections.abc import Mapping
from typing import TypeVar

from textual.geometry import Region

_Name = TypeVar("_Name")


def beside(mine: Region, others: Mapping[_Name, Region], step: int, y: int) -> _Name | None:
    """The nearest that lies to the left (-1) or to the right (1); of several, the one at row `y`.

    None where nothing lies there.
    """

    def away(name: _Name) -> tuple[int, int]:
        region = others[name]
        gap = region.x - mine.right if step > 0 else mine.x - region.right
        return gap, max(region.y - y, y - region.bottom + 1, 0)

    return min((name for name in others if away(name)[0] >= 0), key=away, default=None)
