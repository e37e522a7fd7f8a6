"""Handing a change of the state from the writing thread to the screens' own thread.

What changes is the service's; here is only on which thread, and that leaving waits for nobody.
"""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from threading import Event, Lock

_LOOK_AGAIN = 0.05
"""Seconds after which the writing thread looks whether the screens are leaving."""


class _Once:
    """A change that is made once, by whichever thread comes first."""

    def __init__(self, change: Callable[[], None]) -> None:
        self.made = Event()
        self.problem: Exception | None = None
        self._change = change
        self._lock = Lock()

    def __call__(self) -> None:
        with self._lock:
            if self.made.is_set():
                return
            try:
                self._change()
            except Exception as problem:  # it belongs to the thread that waits for the change
                self.problem = problem
            self.made.set()


class HandOver:
    """Runs changes on the thread where this was made, and waits for each.

    After `close` that thread may be waiting for the writing one, which then makes its changes
    itself: nobody looks at the state any more.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._context = copy_context()
        self._closed = False

    def __call__(self, change: Callable[[], None]) -> None:
        once = _Once(change)
        if not self._closed:
            self._loop.call_soon_threadsafe(once, context=self._context)
        while not once.made.wait(_LOOK_AGAIN):
            if self._closed:
                once()
        if once.problem is not None:
            raise once.problem

    def close(self) -> None:
        """Wait for the screens' thread no longer."""
        self._closed = True
