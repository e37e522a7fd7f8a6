"""How far something is that takes long: shown on a terminal once it has taken a second."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 1.0
"""How long nobody is told: what is done by then needs no bar."""


def steps(
    items: Sequence[T], doing: str, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[T]:
    """The items one by one; `doing` says what is done with them, such as ``checking``.

    The bar stands on standard error, where that is a terminal, and is taken away at the end.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    begun = clock()
    shown = None
    try:
        for number, item in enumerate(items):
            if shown is None and clock() - begun >= PATIENCE_SECONDS:
                shown = _Bar(doing, len(items))
            if shown is not None:
                shown.at(number)
            yield item
    finally:
        if shown is not None:
            shown.end()


class _Bar:
    def __init__(self, doing: str, total: int) -> None:
        # Loaded only by what takes long.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(file=sys.stderr),
            auto_refresh=False,
            transient=True,
        )
        self._task = self._progress.add_task(doing, total=total)
        self._progress.start()

    def at(self, number: int) -> None:
        """Show that so many are done."""
        self._progress.update(self._task, completed=number, refresh=True)

    def end(self) -> None:
        """Take the bar away."""
        self._progress.stop()
