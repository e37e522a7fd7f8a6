"""How far the reading of many logs is, from the worker that reads to the screen that waits."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

MANY = 200
"""Logs that are read without a word."""
_STEP = 25


class Stopped(Exception):
    """Nobody waits for the logs any more; what was read is kept."""


@dataclass
class LogsRead(Message):
    """Of the logs that have to be read, so many were."""

    done: int
    total: int

    @property
    def told(self) -> str:
        """How far it is."""
        return f"{self.done} of {self.total} logs read…"


def progress_to(screen: Widget) -> Callable[[int, int], None]:
    """A progress for the worker that asks for it: it tells `screen`, and stops with the worker."""
    worker = get_current_worker()

    def progress(done: int, total: int) -> None:
        if worker.is_cancelled:
            raise Stopped
        if total >= MANY and done % _STEP == 0:
            screen.post_message(LogsRead(done, total))

    return progress
