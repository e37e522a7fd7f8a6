"""All that the console uses of Textual without it being public, each with its reason.

Nothing else in the product touches a private name of Textual. Everything here was read in and
measured on Textual 8.2.8; pyproject.toml keeps out the next major version, which may move it.
"""

import os
import selectors
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._compositor import ChopsUpdate, Compositor
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.binding import Binding, BindingsMap, Keymap
from textual.constants import ESCAPE_DELAY
from textual.content import Content
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import Key, ScreenResume
from textual.geometry import Region, Size
from textual.keys import Keys, key_to_character
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget


def bindings_of(node: DOMNode) -> BindingsMap:
    """The bindings of one node alone, as the user's keymap has changed them.

    `Screen.active_bindings` is public, and only knows what can be reached from the present focus;
    the help lists the keys of every widget of a screen that lies below it.
    """
    return _remapped(node._bindings, node.app._keymap)


def keymap_of(app: App[Any]) -> Keymap:
    """The keys that the user has set, by the id of the binding; they can only be set in public."""
    return app._keymap


def _remapped(bindings: BindingsMap, keymap: Keymap) -> BindingsMap:
    """The bindings with the keys of the user's keymap; each keeps its place among the others.

    `BindingsMap.apply_keymap` takes the key from every other binding that shares it, such as that
    of two deeds of which only one is possible at a time.
    """
    moved: set[tuple[str, str]] = set()
    by_key: dict[str, list[Binding]] = {}
    for key, candidates in bindings.key_to_bindings.items():
        for binding in candidates:
            name = binding.id or ""
            if name not in keymap:
                by_key.setdefault(key, []).append(binding)
            elif (name, binding.action) not in moved:
                moved.add((name, binding.action))
                for new in keymap[name].split(","):
                    by_key.setdefault(new, []).append(binding.with_key(new, None))
    return BindingsMap.from_keys(by_key)


class _Remappable(Screen[ScreenResultType]):
    """A screen that has the keys of the user's keymap; see `_remapped` for why not by Textual."""

    @property
    def _binding_chain(self) -> list[tuple[DOMNode, BindingsMap]]:
        keymap = self.app._keymap
        if not keymap:
            return super()._binding_chain
        focused = self.focused if self.focused is None or not self.focused.loading else None
        nodes = [self, self.app] if focused is None else focused.ancestors_with_self
        chain: list[tuple[DOMNode, BindingsMap]] = []
        for node in nodes:
            bindings = _remapped(node._bindings, keymap)
            for key in list(bindings.key_to_bindings):
                character = key_to_character(key)
                if any(before.check_consume_key(key, character) for before, _ in chain):
                    del bindings.key_to_bindings[key]  # it is text to something nearer
            chain.append((node, bindings))
        return chain


def add_bindings(node: DOMNode, bindings: Iterable[Binding]) -> None:
    """Give one node these bindings beside those of its class, which come first.

    `DOMNode.bind` does not exist, and `App.bind` takes neither id nor tooltip; which keys commands
    declare is known only once the domain is loaded, long after the class was made.
    """
    for binding in bindings:
        node._bindings.key_to_bindings.setdefault(binding.key, []).append(binding)


def name_sequence(sequence: str, key: str) -> None:
    """Have these characters of a terminal arrive as this key, one of `textual.keys.Keys`.

    The table that the parser of terminals reads is a constant, and there is no way to add to it.
    """
    table = ANSI_SEQUENCES_KEYS
    assert isinstance(table, dict)
    table[sequence] = (Keys(key),)


class _SignsBehindEscape(XTermParser):
    """Reads Escape and a sign, pressed so soon that the terminal sends both at once, as both.

    No key of the console is alt and a sign. Textual drops the Escape, and takes ``=`` and ``-`` for
    what WezTerm types on a Mac (``≠``, ``–``): a reading begun in haste became a fact. With
    ``[`` or ``]`` begins what terminals answer, which a slow line may bring in pieces.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterator[Key]:
        if sequence in ("\x1b=", "\x1b-"):
            return
        if alt and sequence.isprintable() and not sequence.isalnum() and sequence not in "[]":
            yield Key("escape", "\x1b")
        yield from super()._sequence_to_key_events(sequence, alt)


def driver_of(app: App[Any]) -> Driver | None:
    """What stands between the app and its terminal; None where it has none, as in tests.

    The app has a bell and a clipboard, and nothing for the title or a notification.
    """
    return None if app.is_headless else app._driver


class _ChangedOnly(Compositor):
    """Renders the widgets and rows in which something changed.

    Textual renders all that lies between the first changed row and the last: with a clock at the
    top and keys at the bottom, everything, though what it writes to the terminal is right.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        shown, _ = self.visible_widgets, self.cuts  # which is made of all that is shown
        self._visible_widgets = dict(_in_sight(shown, self._dirty_regions))
        try:
            return super().render_partial_update()
        finally:
            self._visible_widgets = shown


Shown = tuple[Region, Region]
"""The region of a widget, and what of the screen it is cut at."""


def _in_sight(
    shown: Mapping[Widget, Shown], changed: Iterable[Region]
) -> Iterator[tuple[Widget, Shown]]:
    """The widgets that show some of the changed regions, and the rows in which they do.

    They come from the front to the back: what lies behind one that fills a region is hidden there.
    """
    left = list(changed)
    for widget, (region, clip) in shown.items():
        seen = region.intersection(clip)
        if parts := [part for one in left if (part := seen.intersection(one))]:
            top, bottom = min(part.y for part in parts), max(part.bottom for part in parts)
            yield widget, (region, Region(seen.x, top, seen.width, bottom - top))
            left = [one for one in left if not seen.contains_region(one)]


def set_title(widget: Widget, title: Content) -> None:
    """Put a title on the frame of a widget; setting it in public paints all of the widget anew."""
    if title == widget.border_title:
        return
    widget._border_title = title.expand_tabs(4).split()[0]  # as Textual does
    if widget.is_mounted:
        widget.refresh(Region(0, 0, widget.outer_size.width, 1).translate(-widget.content_offset))


class _OpenedOnce(Screen[ScreenResultType]):
    """A screen that is neither styled nor laid out a second time as soon as it is shown.

    Textual styles all of it again at each `ScreenResume`: a screen may come back under another
    theme, and one that is opened was styled before its own style sheet was read. What lies in it
    was not: it is mounted afterwards, and what changes while it is shown is styled as it changes.
    So until the screen is left for the first time, it is styled itself, and it alone.

    The first layout tells the screen its size, like a terminal that was resized, upon which Textual
    lays it out again, and all that shows behind it. What asks for another layout says so by itself.
    """

    _was_left = False

    def _on_screen_resume(self, event: ScreenResume) -> None:
        if event.refresh_styles and not self._was_left:
            event.refresh_styles = False
            self.app.stylesheet.apply(self)

    def _on_screen_suspend(self) -> None:
        self._was_left = True

    def _screen_resized(self, size: Size) -> None:
        if size != self._compositor.size:
            super()._screen_resized(size)


class PaintedWhereSeen(_Remappable[ScreenResultType], _OpenedOnce[ScreenResultType]):
    """A screen that is not painted while another one hides all of it, nor where nothing changed.

    Textual paints the whole of the top screen anew for whatever changes in one below it, several
    times a second over a clock and a caret, though nothing of that one shows through. Once it is
    on top again, all of it is painted.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._compositor = _ChangedOnly()

    def _compositor_refresh(self) -> None:
        if self.app.screen is not self and self.app.screen.styles.background.a == 1:
            self._dirty_widgets.clear()
            self._compositor._dirty_regions.clear()
            return
        super()._compositor_refresh()


class TellsPainted(Screen[ScreenResultType]):
    """A screen that knows when it was painted, and is not painted in vain.

    While it starts, an app batches updates: what is painted then is thrown away, and the first
    frame would come late. No message tells of a frame; `Ready` comes before the first.
    """

    def painted(self) -> None:
        """Called after each frame."""

    def _compositor_refresh(self) -> None:
        if self.app._batch_count:
            return
        super()._compositor_refresh()
        self.painted()


if sys.platform != "win32":
    from textual.drivers.linux_driver import LinuxDriver

    TICKS = round(ESCAPE_DELAY * 10) + 2
    """Tenths of a second after a read in which a key may still turn out to be an escape."""

    class OpenDriver(LinuxDriver):
        """Textual's driver of a terminal, with what an heir needs under names of its own.

        A driver is public to be replaced, not to be built on: its output, its loop, what one read
        brought and what it does when a stopped job goes on are private.
        """

        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._woken, self._wake = os.pipe()
            """Where the thread that reads is woken, and by what."""

        def run_input_thread(self) -> None:
            """Read until the console ends; Textual's own loop, which takes each message by itself.

            Textual wakes it ten times a second, to see whether the console ends or an escape was a
            key of its own; here it is woken by the one, and looks for the other after each read.
            Raises `OSError` where the terminal can no longer be read.
            """
            parser = _SignsBehindEscape(self._debug)
            decode = getincrementaldecoder("utf-8")("replace").decode
            ticks = 0
            with selectors.SelectSelector() as selector:
                for descriptor in (self.fileno, self._woken):
                    selector.register(descriptor, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    ready = [key.fd for key, _ in selector.select(0.1 if ticks > 0 else None)]
                    ticks = TICKS if ready else ticks - 1
                    if self._woken in ready:
                        os.read(self._woken, 64)
                    if self.fileno in ready and (text := decode(os.read(self.fileno, 4096))):
                        self.process_read(parser.feed(text))
                    self.process_read(parser.tick())
            with suppress(EOFError, ParseError):
                list(parser.feed(""))  # what is half read ends with the console

        def disable_input(self) -> None:
            """Read no longer."""
            if not self.exit_event.is_set():
                os.write(self._wake, b".")
            super().disable_input()

        def process_read(self, messages: Iterable[Message]) -> None:
            """Take what one read brought."""
            for message in messages:
                self.process_message(message)

        def write_to(self, output: object) -> None:
            """Write to this in place of standard error; it needs `write`, `flush` and `fileno`."""
            self._file = cast(TextIOWrapper, output)

        def post(self, message: Message) -> None:
            """Hand the app a message, from any thread or signal.

            Raises `RuntimeError` where its loop has ended.
            """
            self._loop.call_soon_threadsafe(lambda: self._app.post_message(message))

        @property
        def reports_pixels(self) -> bool:
            """Whether the terminal was asked for the place of the mouse in pixels."""
            return self._mouse_pixels

        def may_continue(self) -> bool:
            """Whether a stopped job that goes on takes the terminal again."""
            return True

        def _sigtstp_application(self, *ignored: object) -> None:
            # It may come amid a write, which holds the lock that leaving needs.
            with suppress(RuntimeError):  # the loop has ended, and the console with it
                self._loop.call_soon_threadsafe(super()._sigtstp_application)

        def _sigcont_application(self, *ignored: object) -> None:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._go_on)

        def _go_on(self) -> None:
            if self.may_continue():
                super()._sigcont_application()
