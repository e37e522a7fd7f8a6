"""Keys act in the order in which they were pressed, each where the ones before it led to.

That holds while the screen they are meant for is read from the disk, or is made. A binding is
usually run once its key has come up from a widget to the application; keys that were pressed after
it have reached the widget by then. Here it is run when its key is read.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from copy import copy
from typing import Any, Protocol, runtime_checkable

from textual import on
from textual.app import App, ReturnType
from textual.events import Event, Key, Mount, Paste
from textual.screen import Screen
from textual.widget import Widget

NEVER_HELD = frozenset({"ctrl+q"})
"""Leaving waits for no disk."""
GONE_SECONDS = 0.2
"""How long one key is waited for, which may have taken away the widget that had it."""


class TypedAhead:
    """Holds what is typed, in its order, until the screen is there that it is meant for.

    `send` hands an event on as the app does; `handled` waits until the widget with the focus is
    through with what it was sent.
    """

    def __init__(
        self, send: Callable[[Event], Awaitable[None]], handled: Callable[[], Awaitable[object]]
    ) -> None:
        self._send = send
        self._handled = handled
        self._held: deque[Key | Paste] = deque()
        self._is_holding = False
        self._replay: asyncio.Task[None] | None = None

    @property
    def is_holding(self) -> bool:
        """Whether what is typed now is held."""
        return self._is_holding or self._replay is not None

    def hold(self) -> None:
        """Hold what is typed from here on, and what is held already."""
        self._is_holding = True

    def holds(self, event: Event) -> bool:
        """Whether this event is held now, and so nobody else's."""
        if not isinstance(event, Key | Paste) or not self.is_holding:
            return False
        if isinstance(event, Key) and event.key in NEVER_HELD:
            return False
        self._held.append(event)
        return True

    def take_back(self, key: Key) -> bool:
        """Hold a key that went to a widget under the screen that it was pressed for.

        It stands among those held as it was pressed. False where none is held now.
        """
        if not self.is_holding:
            return False
        place = sum(held.time <= key.time for held in self._held)
        self._held.insert(place, _pressed_again(key))
        return True

    def release(self) -> None:
        """Send what was held to whoever has the focus, before anything that is typed later.

        One key after the other: each may lead to the next screen, which the rest is meant for.
        """
        self._is_holding = False
        if self._replay is None:
            self._replay = asyncio.create_task(self._send_held())

    async def _send_held(self) -> None:
        try:
            while self._held and not self._is_holding:
                await self._send(self._held.popleft())
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._handled(), GONE_SECONDS)
        finally:
            self._replay = None

    def take(self, text: str) -> bool:
        """Text that was typed before what is held, and kept by a list; whether it is held now."""
        if text and self._is_holding:
            self._held.appendleft(Paste(text))
        return self._is_holding

    def forget(self) -> str:
        """Hold nothing any more; the text that was held, which has no place to go."""
        self._is_holding = False
        held = list(self._held)
        self._held.clear()
        return "".join(
            event.text if isinstance(event, Paste) else (event.character or "")
            for event in held
            if isinstance(event, Paste) or event.is_printable
        )


def _pressed_again(key: Key) -> Key:
    """The key as it came, for the app to hand on."""
    again = Key(key.key, key.character)
    again.time = key.time
    return again


class TypedAheadApp(App[ReturnType]):
    """An app in which what is typed waits until the screen that was opened before it is there.

    Without that a letter that comes while the screen is made is lost, or goes to what it covers.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._start = TypedAhead(super().on_event, self._handled)

    async def on_event(self, event: Event) -> None:
        """Every event."""
        if not self._start.holds(event):
            await super().on_event(event)

    def take_back(self, widget: Widget, key: Key) -> bool:
        """Hold a key that went to a widget which another screen covers, for that screen.

        Whether it is held: once that screen is there it is not.
        """
        covered = not widget.is_attached or self.screen is not widget.screen
        return covered and self._start.take_back(key)

    @property
    def is_opening(self) -> bool:
        """Whether what is typed waits for a screen, or is being sent to it."""
        return self._start.is_holding

    @on(Mount)
    def _watch_screens(self) -> None:
        self.screen_change_signal.subscribe(self, self._opened, immediate=True)

    def _opened(self, screen: Screen[object]) -> None:
        if screen.is_mounted:
            return
        self._start.hold()
        for below in self.screen_stack[:-1]:
            focused: object = below.focused
            if isinstance(focused, HoldsLetters):
                focused.bring_on_held()
        # Behind what the screen asks for while it is made: its focus.
        if not screen.call_later(self.call_later, self._start.release):
            self._start.release()

    async def _handled(self) -> None:
        """Wait until the widget with the focus is through with what it was sent."""
        handled = asyncio.Event()
        (self.focused or self.screen).call_later(handled.set)
        await handled.wait()


def taken_back(widget: Widget, event: Key) -> bool:
    """Whether a key was pressed behind one that opened a screen over this widget: it is for that.

    It goes no further then.
    """
    app = widget.app
    if not isinstance(app, TypedAheadApp):
        return False
    if app.take_back(widget, event):
        event.stop().prevent_default()
        return True
    if widget.is_attached and widget.screen in app.screen_stack[:-1]:
        # That screen is there by now, and nobody types into one that it covers.
        handed = copy(event)
        event.stop().prevent_default()
        (app.focused or app.screen).post_message(handed)
        return True
    return False


def is_opening(app: App[object]) -> bool:
    """Whether the app reads what the next screen shows, which what is typed now is meant for."""
    return isinstance(app, HoldsTypedText) and app.ahead.is_holding


def is_sending(app: App[object]) -> bool:
    """Whether keys that were pressed long since still come, one after the other."""
    return is_opening(app) or (isinstance(app, TypedAheadApp) and app.is_opening)


def is_gone(widget: Widget) -> bool:
    """Whether a key before took the widget away: what was pressed behind it is for others."""
    return not widget.is_attached or widget.screen not in widget.app.screen_stack


def bring_on(widget: Widget, key: Key) -> None:
    """Bring a key that a widget held to the screen which a key before it opened or opens."""
    app = widget.app
    if isinstance(app, HoldsTypedText) and app.ahead.take_back(key):
        return
    if not (isinstance(app, TypedAheadApp) and app.take_back(widget, key)):
        app.post_message(_pressed_again(key))


def hand_on(field: Widget, event: Key) -> bool:
    """Give a key to what took the focus since it was pressed; false if nothing did."""
    if taken_back(field, event):
        return True
    focused = field.app.focused
    if focused is None or focused is field:
        return False
    handed = copy(event)
    event.stop().prevent_default()
    focused.post_message(handed)
    return True


async def act(field: Widget, event: Key) -> bool:
    """Run what the key is bound to in the field, or in what it stands in, before the next key.

    Whether it is done. What belongs to the application may take the field away: it is left to the
    application.
    """
    active = field.screen.active_bindings.get(event.key)
    if active is None or not active.enabled or active.node is field.app:
        return False
    done = await field.app.run_action(active.binding.action, active.node)
    if done:
        event.stop()
    return done


@runtime_checkable
class HoldsLetters(Protocol):
    """A widget that holds letters until it knows whether they are keys or text."""

    def bring_on_held(self) -> None:
        """Bring those that are held on to the screen which covers the widget, or took its place."""


@runtime_checkable
class HoldsTypedText(Protocol):
    """An app that holds what is typed while it reads what the next screen shows."""

    ahead: TypedAhead
