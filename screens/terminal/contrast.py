"""Text that can be read on whatever it stands on, in each theme and with the colours there are."""

from functools import lru_cache

from rich.color import Color as PaintedColor, ColorSystem, ColorType
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

READABLE = 4.5
"""The least contrast of text: the ratio of WCAG 2.2, success criterion 1.4.3."""
FAINT = 0.6
"""How much of its colour a faint text keeps, where it can be read like that."""
_STEPS = 24
Systems = tuple[ColorSystem, ...]
_SYSTEMS: Systems = (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT)
_FEW: Systems = (ColorSystem.STANDARD,)
_NOT_DIM = Style(dim=False)
_BLACK, _WHITE = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255)


def contrast(ink: PaintedColor, ground: PaintedColor, system: ColorSystem) -> float:
    """The ratio of the luminances of both, 1 to 21, on a terminal that has these colours."""
    one, other = sorted(_luminance(_shown(color, system)) for color in (ink, ground))
    return (other + 0.05) / (one + 0.05)


class ReadableText(LineFilter):
    """Gives faint text a colour of its own: how faint "dim" is, each terminal decides otherwise.

    Faint text is as faint as it can be read; text in a colour that cannot be read on its ground
    becomes lighter or darker. Frames and signs stay as they are: they are told by their shape.
    With `few_colours` that holds for the 16 of a terminal that has no others.
    """

    def __init__(self, *, few_colours: bool = False) -> None:
        super().__init__()
        self._systems = _FEW if few_colours else _SYSTEMS

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(text, self._readable(style, background, text), control)
            if style is not None and style.color is not None and not text.isspace()
            else Segment(text, style, control)
            for text, style, control in segments
        ]

    def _readable(self, style: Style, background: Color, text: str) -> Style:
        return readable(style, background, any(map(str.isalnum, text)), self._systems)


@lru_cache(4096)
def readable(style: Style, background: Color, is_text: bool, systems: Systems = _SYSTEMS) -> Style:
    """The style as it is painted on `background`, or on a ground of its own."""
    ink, ground = style.color, style.bgcolor
    if ground is None or ground.is_default:
        ground = background.rich_color
    if style.reverse:
        ink, ground = ground, ink
    if not (_is_exact(ink) and _is_exact(ground)):
        return style
    assert ink is not None
    assert ground is not None
    wanted = _between(ground, ink.get_truecolor(), FAINT) if style.dim else ink
    if is_text:
        wanted = _strengthened(wanted, ground, systems)
    if wanted == ink:
        return style + _NOT_DIM if style.dim else style
    changed = Style.from_color(None, wanted) if style.reverse else Style.from_color(wanted)
    return style + changed + _NOT_DIM


def _strengthened(ink: PaintedColor, ground: PaintedColor, systems: Systems) -> PaintedColor:
    """The colour itself where it can be read; else the nearest one towards black or white."""
    if _least_contrast(ink, ground, systems) >= READABLE:
        return ink
    ends = (PaintedColor.from_triplet(end) for end in (_BLACK, _WHITE))
    strongest = max(ends, key=lambda end: _least_contrast(end, ground, systems))
    towards = strongest.get_truecolor()
    for step in range(1, _STEPS + 1):
        stronger = _between(ink, towards, step / _STEPS)
        if _least_contrast(stronger, ground, systems) >= READABLE:
            return stronger
    return strongest


def _least_contrast(ink: PaintedColor, ground: PaintedColor, systems: Systems) -> float:
    return min(contrast(ink, ground, system) for system in systems)


def _between(one: PaintedColor, other: ColorTriplet, part: float) -> PaintedColor:
    pairs = zip(one.get_truecolor(), other, strict=True)
    return PaintedColor.from_rgb(*(start + (end - start) * part for start, end in pairs))


def _is_exact(color: PaintedColor | None) -> bool:
    """Whether it is known how a terminal shows this colour."""
    return color is not None and color.type is ColorType.TRUECOLOR


def _shown(color: PaintedColor, system: ColorSystem) -> ColorTriplet:
    return color.downgrade(system).get_truecolor()


def _luminance(color: ColorTriplet) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
