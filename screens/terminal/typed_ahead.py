"""Keys that are pressed while the screen they are meant for is being read from the disk."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol, runtime_checkable

from textual.events import Event, Key, Paste

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
        self._holding = False
        self._sending: asyncio.Task[None] | None = None

    def hold(self) -> None:
        """Hold what is typed from here on, and what is held already."""
        self._holding = True

    def holds(self, event: Event) -> bool:
        """Whether this event is held now, and so nobody else's."""
        if not isinstance(event, Key | Paste) or not (self._holding or self._sending):
            return False
        if isinstance(event, Key) and event.key in NEVER_HELD:
            return False
        self._held.append(event)
        return True

    def release(self) -> None:
        """Send what was held to whoever has the focus, before anything that is typed later.

        One key after the other: each may lead to the next screen, which the rest is meant for.
        """
        self._holding = False
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_held())

    async def _send_held(self) -> None:
        try:
            while self._held and not self._holding:
                await self._send(self._held.popleft())
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._handled(), GONE_SECONDS)
        finally:
            self._sending = None

    def take(self, text: str) -> bool:
        """Text that was typed before what is held, and kept by a list; whether it is held now."""
        if text and self._holding:
            self._held.appendleft(Paste(text))
        return self._holding

    def forget(self) -> str:
        """Hold nothing any more; the text that was held, which has no place to go."""
        self._holding = False
        held = list(self._held)
        self._held.clear()
        return "".join(
            event.text if isinstance(event, Paste) else (event.character or "")
            for event in held
            if isinstance(event, Paste) or event.is_printable
        )


@runtime_checkable
class HoldsTyping(Protocol):
    """An app that holds what is typed while it reads what the next screen shows."""

    ahead: TypedAhead
