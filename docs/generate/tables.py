"""What the reference pages have in common: their first line, tables, and text in their cells."""

from collections.abc import Iterable

MADE = "<!-- Made by docs/generate from the declarations; change those, then run `make docs`. -->"


def cell(text: str) -> str:
    """Text that may stand in a table."""
    return " ".join(text.replace("|", "\\|").split())


def table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> list[str]:
    """A Markdown table."""
    titles = list(head)
    return [
        "| " + " | ".join(titles) + " |",
        "|" + "---|" * len(titles),
        *("| " + " | ".join(cell(text) for text in row) + " |" for row in lines),
    ]
