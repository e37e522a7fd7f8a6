"""A pytest plugin: the work of a console that no test sees is not done, or is done once.

What a user has is tested beside it: tests/flows/keyboard/test_human_speed.py and tests/faults start
the program itself in a terminal, where all of this is done.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import pytest
from msgspec.structs import force_setattr

from incident_tui.store.files.atomic import SYSTEM
from tests.support.thorough import EVERYTHING

FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")
"""What Textual notes of a widget while it looks for its styles."""


@dataclass
class Place:
    """What the style sheets say of widgets at a place, and what is then set where none was."""

    rules: Any = None
    as_set: Any = None


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
def styles_matched_once(style_sheets_parsed_once: None) -> Iterator[None]:
    """Find the styles of a place once, and set none to what it is: that was a sixth of the work.

    A place is all that a selector can ask of a widget and of what it lies in; the consoles of all
    tests have the same. Each focus and each class set the styles of most widgets anew.
    """
    from textual.css.stylesheet import Stylesheet

    apply, replace = Stylesheet.apply, Stylesheet.replace_rules
    kinds: dict[object, tuple[list[str], dict[str, Any]]] = {}
    places: dict[object, Place] = {}
    matched: list[tuple[object, Place]] = []
    applied: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()

    def kind_of(node: Any) -> tuple[object, ...]:
        return type(node), node._id, frozenset(node._classes)

    def match(sheet: Stylesheet, node: Any, animate: bool) -> Place:
        matched.append((node, Place()))
        apply(sheet, node, animate=animate)
        return matched.pop()[1]

    @wraps(apply)  # so that a test finds it
    def match_once(
        self: Stylesheet, node: Any, *, animate: bool = False, cache: object = None
    ) -> None:
        kind = id(self.rules), *kind_of(node)  # the rules stay, as they are parsed once
        if kind not in kinds:
            names = self.rules_map.keys() & node._selector_names
            asked = [rule.pseudo_classes for name in names for rule in self.rules_map[name]]
            match(self, node, animate)
            if self.rules:
                flags = {flag: getattr(node, flag) for flag in FLAGS}
                kinds[kind] = sorted(set().union(*asked)), flags
            return
        questions, flags = kinds[kind]
        path: list[object] = [kind]
        for above in node.css_path_nodes:
            answers = above._PSEUDO_CLASSES
            path += kind_of(above), *[answers[one](above) for one in questions if one in answers]
        key = tuple(path)
        place = places.get(key)
        if place is None:
            places[key] = match(self, node, animate)
            return
        vars(node).update(flags)
        styles = node.styles.base
        if place.rules is None:
            pass
        elif styles._rules or node._is_mounted:
            self.replace_rules(node, place.rules, animate=animate)
        elif place.as_set is None:
            self.replace_rules(node, place.rules)
            place.as_set = styles.get_rules()
        else:  # nothing follows from them before the widget is there
            styles.merge_rules(place.as_set)
            applied[node] = place.rules
            node.notify_style_update()
        self._process_component_classes(node)

    def replace_changed(node: Any, rules: Any, animate: bool = False) -> None:
        if matched and matched[-1][0] is node:
            matched[-1][1].rules = rules
        if not animate and applied.get(node) == rules:
            node.notify_style_update()
        else:
            replace(node, rules, animate)
            applied[node] = None if animate else rules

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "apply", match_once)
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
def handlers_named_once() -> Iterator[None]:
    """Find once which classes of a widget have a method for a message: each message asked all.

    Where a class has decorated methods for it, they are still asked.
    """
    from textual.message_pump import MessagePump

    ask = MessagePump._get_dispatch_methods
    named: dict[object, list[tuple[type, str]] | None] = {}

    def find(pump: type, name: str, message: type) -> list[tuple[type, str]] | None:
        methods = []
        for kind in pump.__mro__:
            if not vars(kind).get("_decorated_handlers", {}).keys().isdisjoint(message.__mro__):
                return None
            methods += [(kind, own) for own in (f"_{name}", name) if vars(kind).get(own)][:1]
        return methods

    def ask_once(self: MessagePump, name: str, message: Any) -> Any:
        key = type(self), name, type(message)
        if key not in named:
            named[key] = find(*key)
        methods = named[key]
        if methods is None:
            yield from ask(self, name, message)
            return
        for kind, own in methods:
            if message._no_default_action:
                break
            method = vars(kind)[own]
            if not getattr(method, "_textual_on", None):
                yield kind, method.__get__(self, kind)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MessagePump, "_get_dispatch_methods", ask_once)
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
