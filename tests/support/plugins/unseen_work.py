"""A pytest plugin: the work of a console that no test sees is not done, or is done once.

What a user has is tested beside it: tests/flows/keyboard/test_human_speed.py and tests/faults start
the program itself in a terminal, where all of this is done.
"""

import asyncio
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import pytest
from msgspec.structs import force_setattr

from incident_tui.store.files.atomic import SYSTEM
from tests.support.thorough import EVERYTHING


@pytest.fixture(scope="session", autouse=True)
def no_disk_is_waited_for() -> Iterator[None]:
    """No power fails in tests; those about what a disk then holds bring calls of their own."""
    sync = SYSTEM.fsync
    force_setattr(SYSTEM, "fsync", lambda descriptor: None)
    yield
    force_setattr(SYSTEM, "fsync", sync)


@pytest.fixture(scope="session", autouse=True)
def still_cursors() -> Iterator[None]:
    """No cursor blinks, so that a picture does not depend on the moment it was taken."""
    from textual.widgets import Input, TextArea

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Input, "_toggle_cursor", lambda self: None)
        patch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda self: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def style_sheets_parsed_once() -> Iterator[None]:
    """Parse each style sheet once and not for each console: that was a sixth of a test's work.

    Textual keeps what it has parsed too, and uses it again, but for one console only. What follows
    from the sheets and the theme alone (all rules, by which name they are found, the shades of the
    colours) is also made once: that was a tenth.
    """
    from textual.css.model import RuleSet
    from textual.css.stylesheet import Stylesheet
    from textual.design import ColorSystem

    parse_sheet, parse, generate = Stylesheet._parse_rules, Stylesheet.parse, ColorSystem.generate
    map_rules: Any = Stylesheet.rules_map
    sheets: dict[object, Any] = {}
    rules: dict[object, list[RuleSet]] = {}
    maps: dict[int, dict[str, list[RuleSet]]] = {}
    shades: dict[object, dict[str, str]] = {}

    def parse_sheet_once(self: Stylesheet, *sheet: Any, **kind: Any) -> Any:
        key = (frozenset(self._variables.items()), sheet, frozenset(kind.items()))
        if key not in sheets:
            sheets[key] = parse_sheet(self, *sheet, **kind)
        return sheets[key]

    def parse_once(self: Stylesheet) -> None:
        invalid = frozenset(self._invalid_css)
        key = (frozenset(self._variables.items()), tuple(self.source.items()), invalid)
        if key not in rules:
            parse(self)
            rules[key] = self._rules
        self._rules, self._rules_map, self._require_parse = rules[key], None, False

    def map_once(self: Stylesheet) -> dict[str, list[RuleSet]]:
        key = id(self.rules)  # which lives as long as `rules` does
        if key not in maps:
            maps[key] = map_rules.fget(self)
        return maps[key]

    def generate_once(self: ColorSystem) -> dict[str, str]:
        key = repr(vars(self))
        if key not in shades:
            shades[key] = generate(self)
        return dict(shades[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_sheet_once)
        patch.setattr(Stylesheet, "parse", parse_once)
        patch.setattr(Stylesheet, "rules_map", property(map_once))
        patch.setattr(ColorSystem, "generate", generate_once)
        patch.setattr(RuleSet, "__hash__", object.__hash__)  # the same, without a call of Python
        yield


@pytest.fixture(scope="session", autouse=True)
def same_styles_left_alone() -> Iterator[None]:
    """Set no style to what it is: each focus and each class set those of most widgets anew."""
    from textual.css.stylesheet import Stylesheet

    replace = Stylesheet.replace_rules
    applied: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()

    def replace_changed(node: Any, rules: Any, animate: bool = False) -> None:
        if not animate and applied.get(node) == rules:
            node.notify_style_update()
        else:
            replace(node, rules, animate)
            applied[node] = None if animate else rules

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "replace_rules", staticmethod(replace_changed))
        yield


@pytest.fixture(scope="session", autouse=True)
def frames_painted_when_looked_at() -> Iterator[None]:
    """Paint no frame for a terminal that is not there: that was a quarter of a test's work.

    A picture and `painted` paint what they look at. In CI the last frame of each console is painted
    if the test did not look at it, so that none ends on a state that cannot be.
    """
    from textual._compositor import Compositor
    from textual.app import App

    render_update, render_strips = Compositor.render_update, Compositor.render_strips
    shut_down = App._shutdown
    looked_at: WeakSet[Compositor] = WeakSet()

    def render_no_frame(
        self: Compositor, full: bool = False, screen_stack: Any = None, simplify: bool = False
    ) -> Any:
        if full:
            return render_update(self, full, screen_stack, simplify)
        self._dirty_regions.clear()
        looked_at.discard(self)
        return None

    def look_at(self: Compositor, size: Any = None) -> Any:
        looked_at.add(self)
        return render_strips(self, size)

    async def paint_and_shut_down(self: App[Any]) -> None:
        if EVERYTHING and self._running and self._screen_stack:
            compositor = self.screen._compositor
            if compositor._dirty_regions or compositor not in looked_at:
                compositor.render_full_update()
        await shut_down(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", render_no_frame)
        patch.setattr(Compositor, "render_strips", look_at)
        patch.setattr(App, "_shutdown", paint_and_shut_down)
        yield


@pytest.fixture(scope="session", autouse=True)
def lines_forgotten_with_their_widgets() -> Iterator[None]:
    """Keep two styles for two colours: Textual keeps them for each widget, with all it painted.

    Half a million objects of forty consoles were looked through for garbage again and again.
    """
    from textual._styles_cache import StylesCache

    uncached = StylesCache.get_inner_outer.__wrapped__

    @lru_cache
    def inner_and_outer(base: Any, background: Any) -> Any:
        return uncached(StylesCache, base, background)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StylesCache, "get_inner_outer", staticmethod(inner_and_outer))
        yield


@pytest.fixture(scope="session", autouse=True)
def parameters_counted_once() -> Iterator[None]:
    """Count the parameters of each function once: Textual counts those of each closure anew."""
    from textual import _callback

    count = _callback._count_parameters
    counted: dict[object, int] = {}

    def count_once(func: Any) -> int:
        code = getattr(func, "__code__", None)
        if code is None or hasattr(func, "__wrapped__"):
            return count(func)
        key = (code, hasattr(func, "__self__"))
        if key not in counted:
            counted[key] = count(func)
        return counted[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_callback, "_count_parameters", count_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def busy_widgets_waited_for() -> Iterator[None]:
    """Wait for widgets that have something to do, and ask none of the others: each pause asked all.

    One that waits for a message, and for which there is none, has done everything before.
    """
    from textual.message_pump import MessagePump
    from textual.pilot import Pilot, WaitForScreenTimeout

    def is_busy(pump: MessagePump) -> bool:
        queue: Any = pump._message_queue
        return bool(queue.values or not queue.ready_event._waiters)

    async def wait_for_busy(self: Pilot[Any], timeout: float = 30.0) -> bool:
        app: Any = self.app
        if not app._screen_stack:
            return False
        screen = app.screen
        others = (widget for widget in screen.walk_children() if is_busy(widget))
        awaited = [(pump, asyncio.Event()) for pump in (app, screen, *others)]
        asked = [done.wait() for pump, done in awaited if pump.call_later(done.set)]
        all_done = asyncio.gather(*asked)
        failed: Any = asyncio.create_task(app._exception_event.wait())
        await asyncio.wait([all_done, failed], timeout=timeout, return_when="FIRST_COMPLETED")
        if not failed.cancel():
            all_done.cancel()
            return False
        if not all_done.done():
            raise WaitForScreenTimeout("Widgets did not get through with their messages.")
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pilot, "_wait_for_screen", wait_for_busy)
        yield
