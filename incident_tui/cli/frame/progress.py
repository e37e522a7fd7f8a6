"""How far something is that takes long: shown on a terminal once it has taken a second."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")
PATIENCE_SECONDS = 1.0
"""How long nobody is told: what is done by then needs no bar."""
CLEAR = "\r\x1b[K"
"""Takes back what stands on the line of the terminal."""


def steps(
    items: Sequence[T], deed: str, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[T]:
    """The items one by one; `deed` says what is done with them, such as ``checking``.

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
                shown = _Bar(deed, len(items))
            if shown is not None:
                shown.at(number)
            yield item
    finally:
        if shown is not None:
            shown.end()


class Count:
    """How many of nobody knows how many are done; `deed` says with what, such as ``lines read``.

    Told on standard error where that is a terminal and the answers themselves go elsewhere.
    """

    def __init__(self, deed: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._deed = deed
        self._clock = clock
        self._begun = clock()
        self._shown = bool(
            sys.stderr and sys.stderr.isatty() and sys.stdout and not sys.stdout.isatty()
        )

    @contextmanager
    def at(self, done: int) -> Iterator[None]:
        """Show that so many are done, while more is; what is told afterwards has the line."""
        shown = self._shown and self._clock() - self._begun >= PATIENCE_SECONDS
        if shown:
            click.echo(f"{done:,} {self._deed}", nl=False, err=True)
        try:
            yield
        finally:
            if shown:
                click.echo(CLEAR, nl=False, err=True)


class _Bar:
    def __init__(self, deed: str, total: int) -> None:
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
        self._task = self._progress.add_task(deed, total=total)
        self._progress.start()

    def at(self, number: int) -> None:
        """Show that so many are done."""
        self._progress.update(self._task, completed=number, refresh=True)

    def end(self) -> None:
        """Take the bar away."""
        self._progress.stop()
