"""A style that is declared is seen: what a component class sets is what the terminal gets."""

import re
from collections.abc import Iterator
from pathlib import Path

from rich.style import Style
from textual.widget import Widget

import incident_tui.screens
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.service import Service
from tests.support.console import Host, declare, settle, settled
from tests.support.thorough import row

SCREENS = Path(incident_tui.screens.__file__).parent
USED = re.compile(r'"\.([a-z]+--[a-z]+)"')
"""How a text names the class that it is painted in."""
INK = 24
"""By how much a part of an ink is moved at most so that it can be read."""
SEEN = {
    ("alt+1",): ["rows--cursor", "rows--empty", "keys--key"],
    ("alt+1", "slash"): ["rows--bar"],
    ("/", "s"): ["choices--marked"],
    tuple("/nothing x"): ["note--error"],
}
"""Keys -> the classes of which something is on the screen behind them."""


def widgets(kind: type[Widget] = Widget) -> Iterator[type[Widget]]:
    """Every class of ours that paints something."""
    for each in kind.__subclasses__():
        if each.__module__.startswith("incident_tui."):
            yield each
        yield from widgets(each)


def declared() -> set[str]:
    """Every component class that a widget of ours has."""
    return {name for each in widgets() for name in vars(each).get("COMPONENT_CLASSES", ())}


def test_every_class_that_a_text_names_is_declared_and_every_declared_one_is_looked_at() -> None:
    """A name that is none is dropped without a word, and so is its style."""
    sources = [path.read_text() for path in SCREENS.rglob("*.py")]
    used = {name for source in sources for name in USED.findall(source)}
    assert used <= declared()
    assert {name for names in SEEN.values() for name in names} == declared()


async def test_what_a_component_class_sets_is_painted(service: Service) -> None:
    declare(service, ["pool is full"])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        line = app.screen.query_one(LogLine)
        for keys, names in SEEN.items():
            with row(*keys):
                line.focus()
                await pilot.press(*keys)
                await settle(pilot)
                for name in names:
                    owners = [one for one in app.screen.query("*") if name in one.COMPONENT_CLASSES]
                    assert any(painted_in(one, name) for one in owners), name
                await pilot.press("escape", "escape")
                line.draft = ""


def painted_in(widget: Widget, name: str) -> bool:
    """Whether a text of the widget has all that the class sets."""
    wanted = widget.get_visual_style(name).rich_style
    strips = widget.screen._compositor.render_strips()
    region = widget.region
    lines = [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]
    return any(
        shows(style, wanted)
        for strip in lines
        for text, style, _ in strip
        if style is not None and text.strip()
    )


def shows(style: Style, wanted: Style) -> bool:
    """Whether it has all that is wanted; the ink may have been moved a little, to be read."""
    same_ground = style.bgcolor == wanted.bgcolor
    same_ink = False
    if style.color is not None and wanted.color is not None:
        inks = zip(style.color.get_truecolor(), wanted.color.get_truecolor(), strict=True)
        same_ink = all(abs(one - other) <= INK for one, other in inks)
    ways = all(
        getattr(style, way) == getattr(wanted, way)
        for way in ("bold", "reverse", "italic", "underline")
        if getattr(wanted, way)
    )
    return same_ground and same_ink and ways
