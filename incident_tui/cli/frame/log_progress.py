"""How far the reading of many logs is, told beside the answer while somebody waits for it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from incident_tui.cli.frame.output import tell
from incident_tui.cli.frame.progress import CLEAR
from incident_tui.service import Service
from incident_tui.service.catalogue.logs import Progress

_MANY = 200
"""Logs that are read without a word."""
_STEP = 25


@contextmanager
def log_progress(service: Service) -> Iterator[Progress]:
    """A progress to hand in; what stopped the reading, or made it slow, is told afterwards.

    A terminal is shown a line that changes, a file or a pipe one line at the beginning.
    """
    terminal = bool(sys.stderr and sys.stderr.isatty())
    reached = (0, 0)

    def progress(done: int, total: int) -> None:
        nonlocal reached
        reached = done, total
        if total < _MANY:
            return
        if not terminal:
            if done == 0:
                tell(f"Reading {total} logs that the index does not know yet.")
        elif done % _STEP == 0:
            text = f"{done} of {total} logs read; Ctrl-C stops, and what was read is kept"
            click.echo(f"{CLEAR}{text}", nl=False, err=True)

    try:
        yield progress
    except KeyboardInterrupt:
        if terminal:
            click.echo(CLEAR, nl=False, err=True)  # apart: of what is told ESC is shown as a sign
        tell(f"Stopped at {reached[0]} of {reached[1]} logs.")
        raise
    total = reached[1]
    if total >= _MANY and terminal:
        click.echo(CLEAR, nl=False, err=True)
    if total >= _MANY and service.catalogue.trouble:
        tell(f"The index cannot be used, so that every log was read: {service.catalogue.trouble}.")
