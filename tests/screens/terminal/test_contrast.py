"""Text stands out from what it stands on, whatever colours meet."""

from hypothesis import given, strategies as st
from rich.color import Color as PaintedColor, ColorSystem
from rich.style import Style
from textual.color import Color

from incident_tui.screens.terminal.contrast import READABLE, contrast, readable

SHADES = st.integers(0, 255)
COLORS = st.builds(PaintedColor.from_rgb, SHADES, SHADES, SHADES)
BLACK, WHITE = PaintedColor.from_rgb(0, 0, 0), PaintedColor.from_rgb(255, 255, 255)


def least(ink: PaintedColor, ground: PaintedColor) -> float:
    """The contrast on the terminal where it is less."""
    systems = (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT)
    return min(contrast(ink, ground, system) for system in systems)


@given(COLORS, COLORS, st.booleans(), st.booleans())
def test_text_in_any_colour_on_any_other_can_be_read(
    ink: PaintedColor, ground: PaintedColor, dim: bool, reverse: bool
) -> None:
    painted = readable(
        Style(color=ink, bgcolor=ground, dim=dim, reverse=reverse), Color(0, 0, 0), is_text=True
    )
    assert not painted.dim
    assert painted.color is not None
    assert painted.bgcolor is not None
    reached = least(painted.color, painted.bgcolor)
    under = painted.color if reverse else painted.bgcolor
    # A ground that the 256 colours show much lighter or darker may leave less to be had.
    assert reached >= min(READABLE, max(least(end, under) for end in (BLACK, WHITE)))


def test_text_that_can_be_read_keeps_its_colour() -> None:
    style = Style(color="#ffffff", bgcolor="#000000", bold=True)
    assert readable(style, Color(0, 0, 0), is_text=True) == style


def test_faint_text_is_fainter_where_that_can_still_be_read() -> None:
    strong = Style(color="#e4e4e4", bgcolor="#121212")
    faint = readable(strong + Style(dim=True), Color(0, 0, 0), is_text=True)
    assert faint.color is not None
    assert faint.bgcolor is not None
    assert strong.color is not None
    plain = contrast(strong.color, faint.bgcolor, ColorSystem.TRUECOLOR)
    assert READABLE <= contrast(faint.color, faint.bgcolor, ColorSystem.TRUECOLOR) < plain


def test_a_frame_stays_as_faint_as_it_is() -> None:
    style = Style(color="#303030", bgcolor="#121212")
    assert readable(style, Color(0, 0, 0), is_text=False) == style


def test_a_colour_that_only_the_terminal_knows_stays_its_own() -> None:
    style = Style(color="red", bgcolor="default")
    assert readable(style, Color(0, 0, 0, 0, ansi=-1), is_text=True) == style
