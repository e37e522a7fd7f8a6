"""Every screen of the console as it is painted: at three sizes, dark, light and without colour.

Three pictures of each show every size and every look. In CI, and where pictures are drawn anew, all
nine together are held against a table of their digests, and say the same in every look. The rules
below hold for them, and for half a terminal as well. A screen that nobody draws here fails the
first test.
"""

from collections.abc import Iterator
from hashlib import sha256
from inspect import unwrap

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion
from textual.app import ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.filter import Monochrome
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from incident_tui.screens.terminal.themes import DARK, LIGHT
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.too_small import TooSmallScreen
from tests.flows.conftest import Console, controller_of, settle, settled
from tests.flows.scenes import SCENES, TOO_SMALL, screen_of, shown
from tests.support.console import Host, until
from tests.support.every_screen import every_screen
from tests.support.plugins.pictures import SnapshotBesideItsText, TableOfLooks, text_of_picture
from tests.support.thorough import EVERYTHING

SMALL, MIDDLE, LARGE = (80, 24), (120, 40), (200, 60)
SIZES = (MIDDLE, LARGE, SMALL)
BELOW = ((59, 40), (200, 11), (40, 8))
"""Terminals in which a screen that says so is all that there is."""
LOOKS = {"dark": DARK, "light": LIGHT, "without-colour": DARK}
JUMP = "JumpScreen"
HALF = (TooSmallScreen.COLUMNS, TooSmallScreen.LINES)
ENOUGH = 12
"""Words that tell at least where one is and what can be done there."""


def test_every_screen_that_there_is_is_drawn() -> None:
    assert {known.__name__ for known in every_screen()} == set(map(screen_of, SCENES))


@pytest.mark.parametrize("scene", sorted(SCENES))
async def test_a_screen_is_whole_at_every_size_and_in_every_look(
    console: Console, snapshot: SnapshotAssertion, scene: str
) -> None:
    drawn = snapshot.use_extension(SnapshotBesideItsText)
    sizes = BELOW if scene == TOO_SMALL else SIZES
    all_nine = EVERYTHING or snapshot.session.update_snapshots
    digests: list[str] = []
    async with shown(console, scene, sizes[0]) as pilot:
        assert stale(pilot) == []
        for size, drawn_in in zip(sizes, LOOKS, strict=True):
            texts = set()
            for look in LOOKS if all_nine else (drawn_in,):
                await seen(pilot, scene, size, look)
                picture = whole(pilot)
                if all_nine:
                    texts.add(text_of_picture(picture))
                name = f"{size[0]}x{size[1]}-{look}"
                digests.append(f"{name} {digest(picture)}")
                if look == drawn_in:
                    assert picture == drawn(name=name)
            assert not all_nine or len(texts) == 1, size
        if scene not in (TOO_SMALL, JUMP):
            await resized(pilot, HALF)
            assert whole(pilot)
            assert stale(pilot) == []
    assert not all_nine or "\n".join(digests) == snapshot.use_extension(TableOfLooks)(name="looks")


@pytest.mark.parametrize("key", ["f1", "f6", "ctrl+g"])
async def test_a_screen_comes_back_as_one_that_was_never_left(console: Console, key: str) -> None:
    """Whatever the theme and the size were, and whatever happened, when it was left."""
    incident = console.incident_with("/sev SEV2", "5xx rising")
    async with settled(console.app(incident), size=SMALL) as pilot:
        room = pilot.app.screen
        await pilot.press(key)
        await settle(pilot)
        above = pilot.app.screen
        assert above is not room
        pilot.app.theme = LIGHT.name
        await resized(pilot, LARGE)
        controller = controller_of(pilot)
        assert controller is not None
        console.service.open(incident).enter("said by somebody else")
        await until(pilot, lambda: len(controller.incident.recorded) == 4)
        assert (pilot.app.screen, stale(pilot)) == (above, [])
        await pilot.press("escape")
        await settle(pilot)
        assert (pilot.app.screen, stale(pilot)) == (room, [])
        assert room.outer_size == LARGE
        assert room.styles.background.hex.lower() == LIGHT.background


def stale(pilot: Pilot[None]) -> list[Widget]:
    """What would look otherwise, or stand elsewhere, if all was styled and laid out anew.

    It is styled as Textual does it, which looks at all of the style sheets for each widget.
    """
    screen = pilot.app.screen
    before = dict(placed(screen))
    for widget in before:
        unwrap(Stylesheet.apply)(pilot.app.stylesheet, widget)
    screen._refresh_layout(pilot.app.size)
    after = dict(placed(screen))
    return [widget for widget in before | after if before.get(widget) != after.get(widget)]


def placed(screen: Screen[object]) -> Iterator[tuple[Widget, object]]:
    """Each widget with its styles, those of its component classes, and its place."""
    for widget in screen.walk_children(Widget, with_self=True):
        parts = {name: part.base.get_rules() for name, part in widget._component_styles.items()}
        yield widget, (widget.styles.base.get_rules(), parts, widget.region)


async def seen(pilot: Pilot[None], scene: str, size: tuple[int, int], look: str) -> None:
    """Show the screen at a size and in a look.

    A jump has letters for what is painted, which stand elsewhere at another size: it is begun anew.
    """
    app = pilot.app
    if scene == JUMP:
        await pilot.press("escape")
    if app.size != size:
        await pilot.resize_terminal(*size)
    had_colour = not app.no_color
    app._filters[:] = [one for one in app._filters if not isinstance(one, Monochrome)]
    app.no_color = look == "without-colour"  # as NO_COLOR does at the start
    if app.no_color:
        app._filters.append(Monochrome())
    if app.theme == LOOKS[look].name and had_colour == app.no_color:
        app.refresh_css()  # as another theme does by itself
    app.theme = LOOKS[look].name
    await settle(pilot)
    if scene == JUMP:
        assert whole(pilot)
        await pilot.press("alt+j")
        await until(pilot, lambda: type(app.screen).__name__ == JUMP)
        await settle(pilot)


async def resized(pilot: Pilot[None], size: tuple[int, int]) -> None:
    if pilot.app.size != size:
        await pilot.resize_terminal(*size)
        await settle(pilot)


def digest(picture: str) -> str:
    return sha256(picture.encode()).hexdigest()[:16]


def whole(pilot: Pilot[None]) -> str:
    """The picture of a screen with which nothing is wrong."""
    picture = pilot.app.export_screenshot(title=pilot.app.title, simplify=True)
    assert not faults(pilot, picture)
    return picture


# --- what holds for every screen at every size ---------------------------------------------------


def faults(pilot: Pilot[None], picture: str) -> list[str]:
    """What a tired reader would stumble over."""
    width, height = pilot.app.size
    lines = text_of_picture(picture).split("\n")[:height]
    faults = [f"line {at} is wider" for at, one in enumerate(lines) if cell_len(one) > width]
    alone = type(pilot.app.screen) is TooSmallScreen
    if not lines[0].strip() and not alone:
        faults.append("nothing says where one is")
    if sum(any(map(str.isalnum, word)) for one in lines for word in one.split()) < ENOUGH:
        faults.append("the screen is empty")
    if "f1" not in lines[-1] and not alone:
        faults.append(f"the last line names no way to the help: {lines[-1]!r}")
    actions = {active.binding.action for active in pilot.app.screen.active_bindings.values()}
    if "leave" in actions and pilot.app.screen.query(KeyBar) and "esc" not in lines[-1]:
        faults.append(f"the last line names no way back: {lines[-1]!r}")
    if pilot.app.screen.show_vertical_scrollbar:
        faults.append("the screen is longer than the terminal")
    if (focused := pilot.app.focused) is not None:
        place = pilot.app.screen.find_widget(focused)
        if not place.region.intersection(place.clip).area:
            faults.append(f"{focused!r} has the focus and is out of sight")
    return faults + list(cut_off(pilot))


def cut_off(pilot: Pilot[None]) -> Iterator[str]:
    """Widgets of which a part is out of sight, and texts that have no room, without a sign."""
    screen = pilot.app.screen
    for widget in screen.query("*"):
        above = [one for one in widget.ancestors if isinstance(one, Widget)]
        if not all(one.display for one in (widget, *above)) or any(map(scrolls, above)):
            continue
        part = screen.find_widget(widget)
        seen: Region = part.region.intersection(part.clip)
        if seen.area < part.region.area:
            yield f"{widget!r} is seen by {seen.size} of {part.region.size}"
        if isinstance(widget, Static) and widget.content_size.width:
            width, height = widget.content_size
            wanted = widget.get_content_height(screen.size, screen.size, width)
            if wanted > height:
                yield f"{widget!r} has {height} of {wanted} lines"


def scrolls(widget: Widget) -> bool:
    return widget.show_vertical_scrollbar or widget.show_horizontal_scrollbar


class Wrong(Screen[None]):
    """A screen that breaks the rules: its text has no room, and no key is told."""

    CSS = "#cut {height: 1} #gone {width: 200; height: 1} Wrong {overflow: hidden}"

    def compose(self) -> ComposeResult:
        yield Static("one\ntwo", id="cut")
        yield Static("beyond the edge", id="gone")


class TooLong(Wrong):
    """A screen whose field stands below the last line."""

    AUTO_FOCUS = ""
    CSS = "TooLong {overflow-y: auto} #long {height: 40}"

    def compose(self) -> ComposeResult:
        yield Static("one", id="long")
        yield Input(id="field")

    def on_mount(self) -> None:
        self.query_one(Input).focus(scroll_visible=False)


@pytest.mark.parametrize(
    ("screen", "wanted"),
    [
        (Wrong, ["the screen is empty", "no way to the help", "1 of 2 lines", "is seen by"]),
        (TooLong, ["longer than the terminal", "has the focus and is out of sight"]),
    ],
)
async def test_the_rules_see_what_is_wrong(screen: type[Wrong], wanted: list[str]) -> None:
    async with Host(lambda host: screen()).run_test(size=SMALL) as pilot:
        await pilot.pause()
        report = "\n".join(faults(pilot, pilot.app.export_screenshot()))
        for fault in wanted:
            assert fault in report


async def test_letters_that_lead_to_places_go_when_the_places_move(console: Console) -> None:
    async with shown(console, "JumpScreen", MIDDLE) as pilot:
        await resized(pilot, SMALL)
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "WarRoom")
