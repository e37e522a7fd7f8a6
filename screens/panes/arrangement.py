"""Where the panes stand on the board: columns, order, sizes, and what is hidden. No widget here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from textual.geometry import Region, Size, clamp

SHARE = 4
"""The share of a pane or column that nobody has changed, beside those of its neighbours."""
LARGEST = 1000
_PANE = re.compile(r"(-?)([a-z]+)(?:\*(\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class Placed:
    """One pane in its column; `share` is its part of the height, beside those of its column."""

    name: str
    share: int = SHARE
    hidden: bool = False

    def __str__(self) -> str:
        share = "" if self.share == SHARE else f"*{self.share}"
        return f"{'-' if self.hidden else ''}{self.name}{share}"


@dataclass(frozen=True, slots=True)
class Stack:
    """A column of the board, from its top to its bottom; `share` is its part of the width."""

    panes: tuple[Placed, ...] = ()
    share: int = SHARE

    def __str__(self) -> str:
        return " ".join([str(self.share), *map(str, self.panes)])

    @property
    def shown(self) -> list[Placed]:
        """Those that are not hidden."""
        return [pane for pane in self.panes if not pane.hidden]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The columns from left to right. Every change gives a new one; what cannot be done, the same.

    As a text it is one line that a person can read and change: ``5 timeline | 4 stage gate*6 |
    4 severity -hats actions``. Each column begins with its share, a hidden pane with a dash.
    """

    columns: tuple[Stack, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.columns))

    def read(self, text: str) -> "Arrangement":
        """This arrangement, changed as the line says.

        Panes that there are not are passed over, and those that the line does not name stand at
        the end of their column here: what another version wrote can be read. A line that leaves
        nothing to be seen changes nothing.
        """
        left = {pane.name: number for number, one in enumerate(self.columns) for pane in one.panes}
        columns: list[Stack] = []
        for part in text.split("|")[: len(self.columns)]:
            words = part.split()
            share = _bounded(words.pop(0)) if words and words[0].isdecimal() else SHARE
            panes = [pane for pane in _read(words) if left.pop(pane.name, None) is not None]
            columns.append(Stack(tuple(panes), share))
        columns += [Stack(share=one.share) for one in self.columns[len(columns) :]]
        for name, number in left.items():
            columns[number] = replace(columns[number], panes=(*columns[number].panes, Placed(name)))
        arrangement = Arrangement(tuple(columns))
        return arrangement if text.strip() and arrangement.shown else self

    @property
    def shown(self) -> list[str]:
        """The names of the panes that are not hidden, column by column."""
        return [pane.name for one in self.columns for pane in one.shown]

    def find(self, name: str) -> tuple[int, int]:
        """The number of the column of a pane, and its place there. Raises `KeyError`."""
        for number, one in enumerate(self.columns):
            for place, pane in enumerate(one.panes):
                if pane.name == name:
                    return number, place
        raise KeyError(name)

    def __getitem__(self, name: str) -> Placed:
        number, place = self.find(name)
        return self.columns[number].panes[place]

    # --- changes ---------------------------------------------------------------------------------

    def toggled(self, name: str) -> "Arrangement":
        """With the pane hidden, or shown again; the last one that is shown stays."""
        pane = self[name]
        if self.shown == [name]:
            return self
        return self._with_pane(replace(pane, hidden=not pane.hidden))

    def moved(self, name: str, step: int) -> "Arrangement":
        """With the pane one place higher (-1) or lower (1) in its column. Raises as `find` does."""
        number, place = self.find(name)
        panes = list(self.columns[number].panes)
        panes.insert(clamp(place + step, 0, len(panes) - 1), panes.pop(place))
        return self._with_panes(number, panes)

    def shifted(self, name: str, step: int) -> "Arrangement":
        """With the pane at the end of the column to its left (-1) or right (1).

        Raises as `find` does.
        """
        number, place = self.find(name)
        target = clamp(number + step, 0, len(self.columns) - 1)
        if target == number:
            return self
        panes = list(self.columns[number].panes)
        pane = panes.pop(place)
        without = self._with_panes(number, panes)
        return without._with_panes(target, [*without.columns[target].panes, pane])

    def heightened(self, name: str, step: int) -> "Arrangement":
        """With the pane higher by a quarter (1), or lower (-1)."""
        pane = self[name]
        return self._with_pane(replace(pane, share=_stepped(pane.share, step)))

    def widened(self, name: str, step: int) -> "Arrangement":
        """With the column of the pane wider by a quarter (1), or narrower (-1).

        Raises as `find` does.
        """
        number, _ = self.find(name)
        return self.with_shares({number: _stepped(self.columns[number].share, step)})

    def with_shares(self, shares: Mapping[int, int]) -> "Arrangement":
        """With these shares of the width, by the numbers of the columns."""
        return Arrangement(
            tuple(
                replace(one, share=_bounded(shares.get(number, one.share)))
                for number, one in enumerate(self.columns)
            )
        )

    def with_heights(self, shares: Mapping[str, int]) -> "Arrangement":
        """With these shares of the height of their column, by the names of the panes."""
        arrangement = self
        for name, share in shares.items():
            arrangement = arrangement._with_pane(replace(self[name], share=_bounded(share)))
        return arrangement

    def _with_pane(self, pane: Placed) -> "Arrangement":
        number, place = self.find(pane.name)
        panes = list(self.columns[number].panes)
        panes[place] = pane
        return self._with_panes(number, panes)

    def _with_panes(self, number: int, panes: Sequence[Placed]) -> "Arrangement":
        columns = list(self.columns)
        columns[number] = replace(columns[number], panes=tuple(panes))
        return Arrangement(tuple(columns))

    # --- on a board of some size -----------------------------------------------------------------

    def regions(self, size: Size, *, wide: bool) -> dict[str, Region]:
        """Where each pane stands that is shown. Together they cover the board, none over another.

        A wide board has its columns beside one another. Else the last one lies below the others,
        its panes beside one another.
        """
        columns = [one for one in self.columns if one.shown]
        total = sum(one.share for one in columns)
        below = [] if wide or len(columns) < 2 else [columns.pop()]
        lower = sum(size.height * one.share // total for one in below)
        regions: dict[str, Region] = {}
        upper = size.height - lower
        for (x, width), one in zip(_parts(size.width, columns), columns, strict=True):
            for (y, height), pane in zip(_parts(upper, one.shown), one.shown, strict=True):
                regions[pane.name] = Region(x, y, width, height)
        for one in below:
            for (x, width), pane in zip(_parts(size.width, one.shown), one.shown, strict=True):
                regions[pane.name] = Region(x, upper, width, lower)
        return regions


def _read(words: Sequence[str]) -> Iterator[Placed]:
    for word in words:
        if match := _PANE.fullmatch(word):
            yield Placed(match[2], _bounded(match[3] or SHARE), bool(match[1]))


def _bounded(share: str | int) -> int:
    return clamp(int(share), 1, LARGEST)


def _stepped(share: int, step: int) -> int:
    return _bounded(share + step * max(1, share // SHARE))


def _parts(whole: int, shares: Sequence[Placed] | Sequence[Stack]) -> list[tuple[int, int]]:
    """Where each part of a length begins and how long it is, by their shares."""
    total = sum(one.share for one in shares)
    ends = [0, *(whole * so_far // total for so_far in accumulate(one.share for one in shares))]
    return [(start, end - start) for start, end in pairwise(ends)]
