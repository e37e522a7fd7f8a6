"""Printing: data to standard output, messages to standard error, without colour."""

import json
import sys
from collections.abc import Iterable, Sequence

import click

from incident_tui.domain.text import clean_line


def inert(text: str) -> str:
    """Text whose lines cannot move a terminal's cursor or colours; indentation stays."""
    lines = (
        (line[: len(line) - len(line.lstrip(" "))], clean_line(line)) for line in text.split("\n")
    )
    return "\n".join(indent + words if words else "" for indent, words in lines)


def print_text(text: str) -> None:
    """A readable answer."""
    click.echo(inert(text))


def print_json(data: object) -> None:
    """An answer for programs: one JSON document."""
    click.echo(_encoded(data, indent=2))


def print_json_line(data: object) -> None:
    """One of several answers for programs, on a line of its own."""
    click.echo(_encoded(data, indent=None))


def _encoded(data: object, *, indent: int | None) -> str:
    # An output that cannot hold every character would spoil the document.
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    return json.dumps(data, ensure_ascii=plain, indent=indent)


def tell(message: str) -> None:
    """A message beside the answer."""
    click.echo(inert(message), err=True)


def columns(rows: Iterable[Sequence[str]], *, indent: str = "") -> list[str]:
    """Rows with their cells below each other; the last cell is not padded."""
    cells = [[clean_line(cell) for cell in row] for row in rows]
    count = max(map(len, cells), default=0)
    widths = [max(len(row[at]) for row in cells if at < len(row)) for at in range(count)]
    return [
        (indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)))
        .rstrip()
        for row in cells
    ]  # fmt: skip
