"""The themes of the product, and what its colours mean in whichever theme is chosen.

The colours of both are of the 256 that every terminal of today has, so that they look the same in
a plain tmux. Each meaning is told by a shape or a word as well.
"""

from collections.abc import Mapping, Sequence

from textual.color import Color
from textual.theme import Theme


def _bars(*, thumb: str, ground: str, hover: str) -> dict[str, str]:
    """Scroll bars in greys that 256 colours have: a mixture of others would be a teal there."""
    return {
        "scrollbar": thumb,
        "scrollbar-hover": hover,
        "scrollbar-active": hover,
        **dict.fromkeys(
            (
                "scrollbar-background",
                "scrollbar-background-hover",
                "scrollbar-background-active",
                "scrollbar-corner-color",
            ),
            ground,
        ),
    }


DARK = Theme(
    name="incident-dark",
    primary="#5fafff",
    secondary="#5f87af",
    accent="#d7afff",
    warning="#ffd75f",
    error="#ff8787",
    success="#87d787",
    foreground="#e4e4e4",
    background="#121212",
    surface="#1c1c1c",
    panel="#303030",
    boost="#262626",
    dark=True,
    variables={
        "severity-1": "#af0000",
        "severity-2": "#d75f00",
        "severity-3": "#5f5f00",
        "severity-4": "#444444",
        "overdue": "#d70000",
        "row-cursor": "#3a3a3a",
        "text-primary": "#87d7ff",
        "text-warning": "#ffd75f",
        "text-error": "#ff8787",
        "text-success": "#87d787",
        "text-accent": "#d7afff",
        **_bars(thumb="#585858", ground="#1c1c1c", hover="#8a8a8a"),
    },
)
LIGHT = Theme(
    name="incident-light",
    primary="#005faf",
    secondary="#5f87af",
    accent="#8700af",
    warning="#875f00",
    error="#af0000",
    success="#005f00",
    foreground="#1c1c1c",
    background="#ffffff",
    surface="#eeeeee",
    panel="#dadada",
    boost="#e4e4e4",
    dark=False,
    variables={
        "severity-1": "#af0000",
        "severity-2": "#af5f00",
        "severity-3": "#ffd75f",
        "severity-4": "#bcbcbc",
        "overdue": "#d70000",
        "row-cursor": "#afd7ff",
        "text-primary": "#005faf",
        "text-warning": "#875f00",
        "text-error": "#af0000",
        "text-success": "#005f00",
        "text-accent": "#8700af",
        **_bars(thumb="#a8a8a8", ground="#eeeeee", hover="#767676"),
    },
)
THEMES = (DARK, LIGHT)

SEVERITIES = tuple(f"bold auto on $severity-{rank}" for rank in (1, 2, 3, 4))
"""The levels of a playbook from the worst on; any further one looks like the last."""
SHAPES = ("▲", "◆", "■", "●")
"""What tells the levels apart without colours, from the worst on."""
NO_SEVERITY = "bold reverse"
OVERDUE = "bold auto on $overdue"
SOON = "bold $text-warning"
FLAG = "bold $text-error"
PASSED = "$text-success"
FAILED = "$text-error"
IN_FLIGHT = "$text-warning"
RULED_OUT = "strike dim"
MOVE = "$text-primary"
"""The process moved: a stage, the state."""
CHANGE = "$text-accent"
"""Something runs differently."""
ANNOUNCED = "$text-primary"
"""Somebody was told."""
HIT = "bold underline reverse"
"""The words that were looked for."""
LATE = "$text-warning"
"""An entry that was written down later than it happened."""


# How far each stands out from the panel towards the plain text, where there are no colours.
_LOUDNESS = {
    "overdue": 1.0, "severity-1": 1.0, "severity-2": 0.7, "severity-3": 0.4, "severity-4": 0.15,
}  # fmt: skip
_PLAIN = ("text-error", "text-warning", "text-success", "text-primary", "text-accent")


def without_colour(variables: Mapping[str, str]) -> dict[str, str]:
    """What the meanings look like without colours: the louder one is, the more it stands out.

    As greys of the colours, what is overdue would be as dark as the line it stands in.
    """
    panel, plain = Color.parse(variables["panel"]), Color.parse(variables["foreground"])
    loud = {name: panel.blend(plain, part).hex for name, part in _LOUDNESS.items()}
    return loud | dict.fromkeys(_PLAIN, plain.hex)


def with_few_colours(variables: Mapping[str, str]) -> dict[str, str]:
    """What a theme looks like with 16 colours, of which one grey stands between black and white.

    Nothing can be read on that one, so that no bar of a dark theme has a ground of its own.
    """
    dark = Color.parse(variables["background"]).brightness < 0.5
    return dict.fromkeys(("panel", "surface", "boost"), variables["background"]) if dark else {}


def severity_look(level: str, scale: Sequence[str]) -> tuple[str, str]:
    """The shape and the style of a level on the scale of its playbook, from the worst on."""
    if level not in scale:
        return "?", NO_SEVERITY
    rank = min(scale.index(level), len(SHAPES) - 1)
    return SHAPES[rank], SEVERITIES[rank]


def meanings(theme: Theme) -> dict[str, str]:
    """What the meanings look like in a theme that does not say so itself, by variable."""
    colors = theme.to_color_system().generate()
    return {
        "severity-1": colors["error"],
        "severity-2": colors["warning"],
        "severity-3": colors["secondary"],
        "severity-4": colors["panel"],
        "overdue": colors["error"],
        "row-cursor": f"{theme.primary} 30%",
    }
