"""Printing: data to standard output, messages to standard error.

An answer is painted where it is read on a terminal, and plain everywhere else.

What a command did stands, whatever becomes of its output: an answer that cannot be written is
`OutputLost`, which `Session.acknowledging` turns into a message; a message that cannot is let go.
"""

import errno
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple, TextIO

import click
import msgspec

from incident_tui.cli.frame.lines import Row, Toned
from incident_tui.domain.values.text import clean_line

_ORDINARY = re.compile(r"[ -~\n]*")
ENVIRONMENT = "incident_tui.environment"
"""Under which click's context keeps the environment of the program (`Context.meta`)."""
NO_TERMINALS = ("", "dumb", "unknown")
"""Types of terminals on which nothing can be painted."""


class OutputLost(Exception):
    """The answer cannot be written to standard output: `reason` says why.

    `unread` is true where whoever read it has gone, which most readers mean to do.
    """

    def __init__(self, reason: str, *, unread: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.unread = unread


def inert(text: str) -> str:
    """Text whose lines cannot move a terminal's cursor or colours; indentation stays."""
    if _ORDINARY.fullmatch(text) and " \n" not in text and not text.endswith(" "):
        return text  # as nearly all are; a list of thousands would take as long as reading it
    lines = (
        (line[: len(line) - len(line.lstrip(" "))], clean_line(line)) for line in text.split("\n")
    )
    return "\n".join(indent + words if words else "" for indent, words in lines)


def print_text(text: str) -> None:
    """A readable answer. Raises `OutputLost`, as all of these do."""
    print_raw(f"{inert(text)}\n")


class Paper(NamedTuple):
    """The terminal that an answer is painted for, `width` columns wide."""

    width: int
    colours: bool
    encoding: str


def print_lines(lines: Iterable[str]) -> None:
    """A readable answer, line by line, painted on a terminal. Raises `OutputLost`."""
    paper = _paper()
    if paper is None:
        print_text("\n".join(lines))
        return
    from incident_tui.cli.frame.painted_answer import painted

    print_raw(painted(_inert_lines(lines), **paper._asdict()))


def _inert_lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if isinstance(line, Row):
            yield line  # whose cells are
        elif isinstance(line, Toned):
            yield Toned(inert(line), line.tone)
        else:
            yield from inert(line).split("\n")


def _paper() -> Paper | None:
    """The terminal on standard output; None where there is none, or nothing is known of it."""
    context = click.get_current_context(silent=True)
    env: Mapping[str, str] | None = context.meta.get(ENVIRONMENT) if context else None
    if env is None or not is_terminal() or env.get("TERM", "") in NO_TERMINALS:
        return None
    from incident_tui.service.machine.characters import charset

    wanted = env.get("COLUMNS", "")
    width = int(wanted) if wanted.isdecimal() else os.get_terminal_size(sys.stdout.fileno()).columns
    return Paper(width or 80, "NO_COLOR" not in env, charset(env, sys.stdout.encoding))


def print_json(data: object) -> None:
    """An answer for programs: one JSON document. Raises `OutputLost`."""
    print_raw(f"{_encoded(data, indent=2)}\n")


def is_terminal() -> bool:
    """Whether somebody looks at the answer, who can be shown a part of it."""
    return bool(sys.stdout and sys.stdout.isatty())


def print_json_line(data: object) -> None:
    """One of several answers for programs, on a line of its own. Raises `OutputLost`."""
    print_raw(f"{_encoded(data, indent=None)}\n")


def print_raw(text: str | bytes) -> None:
    """An answer as it is, to its last character. Raises `OutputLost`."""
    if sys.stdout is None:
        raise OutputLost("it is closed")
    try:
        click.echo(text, nl=False)
    except OSError as error:
        _let_go(sys.stdout)
        reason = clean_line(error.strerror or str(error))
        raise OutputLost(reason, unread=error.errno == errno.EPIPE) from error


def let_go_of_output() -> None:
    """Have what standard output still holds go nowhere."""
    if sys.stdout is not None:
        _let_go(sys.stdout)


def _let_go(stream: TextIO) -> None:
    """Have what a stream still holds go nowhere: at the end it would be tried, and fail, again."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _encoded(data: object, *, indent: int | None) -> str:
    # An output that cannot hold every character would spoil the document.
    plain = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") != "utf8"
    if plain or indent is None:
        return json.dumps(data, ensure_ascii=plain, indent=indent)
    # The same text, in a tenth of the time: there may be thousands of incidents.
    return msgspec.json.format(msgspec.json.encode(data), indent=indent).decode()


def tell(message: str) -> None:
    """A message beside the answer. One that cannot be written fails nothing that was done."""
    try:
        click.echo(inert(message), err=True)
    except OSError:
        _let_go(sys.stderr)
