"""Work that may wait for a network: apart from the screens' thread, and from the end of a console.

A worker of Textual would be waited for when the console is left.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def apart(work: Callable[[], T], *, name: str) -> T:
    """What the work gives, or the error it raises; it runs on a thread called `name`.

    Whoever leaves meanwhile waits for nothing: the thread goes with the program.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        settle: Callable[[], None]
        try:
            settle = partial(future.set_result, work())
        except Exception as problem:
            settle = partial(future.set_exception, problem)
        with suppress(RuntimeError):  # the console was left: nobody waits any more
            loop.call_soon_threadsafe(lambda: None if future.done() else settle())

    Thread(target=run, name=name, daemon=True).start()
    return await future
