"""A chart: shapes on a grid of units, in the colours of the page, with a table beside them.

What is drawn stands in the table as well, so that nobody needs the picture.
"""

from collections.abc import Sequence

import msgspec

LETTER = 7.2
"""About how many units wide a letter of a label is."""


class Bar(msgspec.Struct, frozen=True):
    """A rectangle, in units of the drawing, as all here that lies or is wide.

    `tone` names its colour in the style sheet, `tip` is told when pointed at.
    """

    x: float
    y: float
    width: float
    height: float
    tone: str
    tip: str = ""


class Stroke(msgspec.Struct, frozen=True):
    """A line through points, each ``x,y``."""

    points: Sequence[tuple[float, float]]
    tone: str


class Dot(msgspec.Struct, frozen=True):
    """A point, in units of the drawing; an `open` one is only a ring."""

    x: float
    y: float
    tone: str
    tip: str = ""
    open: bool = False


class Label(msgspec.Struct, frozen=True):
    """Words at a place. `anchor` is start, middle or end, as SVG has it."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    tone: str = "label"


class Chart(msgspec.Struct, frozen=True):
    """One plot. `rows` say in words what is drawn; `about` says what there is to see."""

    id: str
    title: str
    about: str
    width: float
    height: float
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    bars: Sequence[Bar] = ()
    strokes: Sequence[Stroke] = ()
    dots: Sequence[Dot] = ()
    labels: Sequence[Label] = ()
    wide: bool = False
    """Whether it needs a whole line of the page."""


def fits(text: str, width: float) -> bool:
    """Whether a label fits into so many units of the drawing."""
    return len(text) * LETTER + 8 <= width


def shortened(text: str, letters: int) -> str:
    """A text as a label: one line of at most so many letters."""
    line = " ".join(text.split())
    return line if len(line) <= letters else f"{line[: letters - 1].rstrip()}…"
