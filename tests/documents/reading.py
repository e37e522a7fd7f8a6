"""How tests read a document back: as a Markdown reader sees it, not as text."""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@lru_cache(maxsize=16)  # several things are asked of one page
def tokens_of(text: str) -> list[Token]:
    """The blocks of a document as a reader of Markdown parses it."""
    return PARSER.parse(text)


def blocks(text: str) -> list[str]:
    """The structure of a document: its block tokens, without what stands in them."""
    return [f"{token.type}:{token.tag}" for token in tokens_of(text)]


def words(text: str) -> str:
    """What a reader reads in a document of one block."""
    return "".join(_read(child) for token in tokens_of(text) for child in token.children or [])


def inline_types(text: str) -> set[str]:
    """The kinds of inline tokens in a document."""
    return {child.type for token in tokens_of(text) for child in token.children or []}


def _read(token: Token) -> str:
    if token.type == "html_inline" and token.content == "<br>":
        return "\n"
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def sections(text: str) -> dict[str, str]:
    """Heading of the second level -> the text below it."""
    parts: dict[str, str] = {}
    for part in text.split("\n## ")[1:]:
        heading, _, below = part.partition("\n")
        assert heading not in parts, f"two sections are called {heading}"
        parts[heading] = below.strip()
    return parts


def empty_headings(text: str) -> list[str]:
    """Headings that are followed by an equal or higher one, or by the end."""
    tokens = tokens_of(text)
    empty = []
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        after = tokens[at + 3] if at + 3 < len(tokens) else None
        ends = after is None or (after.type == "heading_open" and after.tag <= token.tag)
        if ends or not tokens[at + 1].content:
            empty.append(tokens[at + 1].content)
    return empty


def column_counts(text: str) -> list[set[int]]:
    """For each table: how many cells its rows have, as a set."""
    tables: list[set[int]] = []
    for token in tokens_of(text):
        if token.type == "table_open":
            tables.append(set())
        elif token.type == "tr_open":
            cells = 0
        elif token.type in ("td_open", "th_open"):
            cells += 1
        elif token.type == "tr_close":
            tables[-1].add(cells)
    return tables


_GAP = re.compile(r"…|\bNone\b|\bTBD\b|\bTODO\b|[{}]|\(\)")


def repeated(text: str) -> list[str]:
    """Paragraphs of some length that stand twice in a document."""
    paragraphs = [block.strip() for block in text.split("\n\n") if len(block.strip()) > 60]
    return sorted({block for block in paragraphs if paragraphs.count(block) > 1})


def gaps(text: str) -> list[str]:
    """Lines that hold a placeholder, or a label with nothing behind it and nothing below."""
    lines = [line for line in re.sub(r"`[^`]*`", "", text).splitlines() if line.strip()]
    below = [*lines[1:], "#"]
    return [
        line
        for line, after in zip(lines, below, strict=True)
        if _GAP.search(line) or (line.rstrip("*").endswith(":") and after.startswith(("#", "**")))
    ]
