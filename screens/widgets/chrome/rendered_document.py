"""A document as it is meant to be read: headings, tables, ticks, lists and emphasis as rows.

Nothing of it is lost: one that says more as raw text than as rows is not rendered at all.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from incident_tui.screens.painted_text import line, plain, visible
from incident_tui.screens.widgets.rows.rows import Row

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST = 500_000
"""Characters of a document that is rendered; a longer one is shown as raw text."""
_BETWEEN = " │ "
_STYLES = {"strong": "bold", "em": "italic", "s": "strike"}
CODE = "bold $text-primary"
"""What is typed as it stands."""
_BOX = re.compile(r"\[([ xX])\](?=\s|\Z)")
_COMMENT = re.compile(r"<!--.*-->")
"""What a document says to programs."""
_RULES = {1: "═", 2: "─"}


def rendered_rows(text: str, width: int) -> list[Row] | None:
    """The rows of a Markdown document in `width` cells; None where it has to be read raw.

    The key of a row is the number of its line in the raw text, with ``.n`` after the first row.
    """
    if len(text) > LONGEST:
        return None
    page = _Page(width)
    try:
        page.read(_tokens(text))
    except RecursionError:
        return None
    lost = _letters(_BOX.sub("", text)) - _letters("\n".join(page.texts))
    return None if lost else page.rows


def line_of(key: str) -> int:
    """The line of the raw text that a row of a document stands for."""
    return int(key.partition(".")[0])


def _letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, visible(text, lines=True)))


def _tokens(text: str) -> "list[Token]":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Addresses are read, not followed: they stay as they were written.
    parser.normalizeLink = _as_written  # type: ignore[assignment,method-assign]
    parser.normalizeLinkText = _as_written  # type: ignore[assignment,method-assign]
    return parser.parse(text)


def _as_written(address: str) -> str:
    return address


class _Page:
    """Walks the parts of a document and puts them down as rows."""

    def __init__(self, width: int) -> None:
        self.rows: list[Row] = []
        self.texts: list[str] = []
        """Every text as it was put down, before tables repeat what stands in their heads."""
        self._width = width
        self._next: Counter[int] = Counter()
        self._lists: list[str] = []
        self._item = ""
        self._quotes = 0
        self._heading = 0
        self._tight = False
        self._line = 1
        self._table: list[tuple[int, list[Content]]] | None = None

    def read(self, tokens: "Sequence[Token]") -> None:
        """Put down all parts, in their order."""
        for token in tokens:
            if token.map:
                self._line = token.map[0] + 1
            self._part(token)

    def _part(self, token: "Token") -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._apart()
                self._lists.append(token.type)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._begin_item(token)
            case "list_item_close":
                self._end_item()
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "heading_open":
                self._heading = int(token.tag[1])
            case "paragraph_open":
                self._tight = token.hidden
            case "inline":
                self._inline(token)
            case "fence" | "code_block":
                self._code(token)
            case "hr":
                self._apart()
                self._put(line(("─" * min(self._width, 40), "dim")))
            case "table_open":
                self._table = []
            case "tr_open" if self._table is not None:
                self._table.append((self._line, []))
            case "table_close":
                self._put_table()

    def _begin_item(self, token: "Token") -> None:
        ordered = self._lists[-1] == "ordered_list_open"
        self._item = f"{token.info}{token.markup} " if ordered else "• "
        self.texts.append(self._item)

    def _end_item(self) -> None:
        if self._item:  # it has no words
            self._put(Content())

    # --- text ----------------------------------------------------------------------------------

    def _inline(self, token: "Token") -> None:
        lines = list(_lines(token.children or ()))
        self.texts.extend(content.plain for _, content in lines)
        if self._table is not None:
            self._table[-1][1].append(Content(" ").join(content for _, content in lines))
            return
        if not (self._tight or self._item):
            self._apart()
        begins = self._line
        for after, content in lines:
            self._line = begins + after
            if _COMMENT.fullmatch(content.plain):
                content = content.stylize("dim")
            self._put(content.stylize("bold") if self._heading else content)
        if self._heading:
            self._put_rule(max(content.cell_length for _, content in lines) if lines else 0)
        self._heading, self._tight = 0, False

    def _put_rule(self, width: int) -> None:
        if rule := _RULES.get(self._heading):
            self._put(line(rule * min(width, self._width)))

    def _code(self, token: "Token") -> None:
        self._apart()
        fenced = token.type == "fence"
        if fenced and token.info.strip():
            self.texts.append(token.info)
            self._put(line((token.info.strip(), "dim")))
        begins = self._line
        for number, words in enumerate(token.content.rstrip("\n").split("\n"), fenced):
            self.texts.append(words)
            self._line = begins + number
            self._put(line("  ", words or " "))

    def _apart(self) -> None:
        """A blank row, except at the top and between the items of a list."""
        if self.rows and not self._lists and self.rows[-1].selectable:
            self._add(Content(" "), selectable=False)

    def _put(self, content: Content, search: str = "", mark: str = "") -> None:
        item, self._item = self._item, ""
        if item and (box := _BOX.match(content.plain)):
            item = "☐ " if box[1] == " " else "☑ "
            content = content[box.end() :]
            content = content[1:]
        lead = "│ " * self._quotes + item + mark
        begins = line(lead, content) if lead else content
        self._add(begins, search=search, within=not item, hang=len(lead))

    def _add(
        self,
        content: Content,
        *,
        search: str = "",
        selectable: bool = True,
        within: bool = True,
        hang: int = 0,
    ) -> None:
        """Add a row; `within` an item it stands below the words of that, not below its mark."""
        count = self._next[self._line]
        self._next[self._line] += 1
        key = f"{self._line}.{count}" if count else f"{self._line}"
        inside = max(0, 2 * (len(self._lists) - 1)) + (2 if self._lists and within else 0)
        indent = min(inside, self._width // 3)
        self.rows.append(Row(key, content or Content(" "), search, indent, selectable, hang))

    # --- tables --------------------------------------------------------------------------------

    def _put_table(self) -> None:
        table, self._table = self._table or [], None
        self._line = table[0][0]
        self._apart()
        head = [cell.stylize("bold") for cell in table[0][1]]
        cells = [head, *(row for _, row in table[1:])]
        widths = _widths(cells, self._width - 2 * self._quotes - 2 * len(self._lists))
        for (number, _), row in zip(table, cells, strict=True):
            self._line = number
            if widths is None:
                self._put_record(head, row)
                continue
            search = " ".join(cell.plain for cell in row)
            for parts in _wrapped(row, widths):
                self._put(parts, search)
            if row is head:
                self._put(line("─┼─".join("─" * width for width in widths)))

    def _put_record(self, head: Sequence[Content], row: Sequence[Content]) -> None:
        """A row of a table that is too wide: each cell after the head of its column."""
        if row is head:
            self._put(Content(_BETWEEN).join(head))
            return
        cells = [line(name, ": ", cell) for name, cell in zip(head, row, strict=False) if cell]
        self._put(Content("; ").join(cells), mark="• ")


def _widths(rows: Sequence[Sequence[Content]], free: int) -> list[int] | None:
    """How wide each column may be so that no word is broken; None where they do not fit."""
    columns = [[cell for cell in column if cell] for column in zip_longest(*rows, fillvalue=None)]
    free -= len(_BETWEEN) * (len(columns) - 1)
    if len(columns) > free:
        return None
    wanted = [max([1, *(cell.cell_length for cell in column)]) for column in columns]
    words = [
        max([1, *(plain(word).cell_length for cell in column for word in cell.plain.split())])
        for column in columns
    ]
    left = free - sum(words)
    if left < 0:
        return None
    widths = list(words)
    for place in sorted(range(len(words)), key=lambda place: wanted[place] - words[place]):
        more = min(wanted[place] - words[place], left)
        widths[place] += more
        left -= more
    return widths


def _wrapped(row: Sequence[Content], widths: Sequence[int]) -> Iterator[Content]:
    """The lines of one row of a table."""
    wrapped = [cell.wrap(width) for cell, width in zip(row, widths, strict=False)]
    for parts in zip_longest(*wrapped, fillvalue=Content()):
        padded = [
            part.rstrip().pad_right(max(0, width - part.rstrip().cell_length))
            for part, width in zip(parts, widths, strict=False)
        ]
        yield Content(_BETWEEN).join(padded).rstrip()


def _lines(tokens: "Sequence[Token]") -> Iterator[tuple[int, Content]]:
    """The lines of a paragraph, each with the raw lines before it."""
    parts: list[Content] = []
    styles: list[str] = []
    links: list[tuple[str, int]] = []
    begins = after = 0
    for token in tokens:
        name, _, end = token.type.rpartition("_")
        if token.type == "hardbreak":
            yield begins, line(*parts)
            parts.clear()
            begins = after = after + 1
        elif token.type == "softbreak":
            after += 1
            parts.append(Content(" "))
        elif name in _STYLES:
            styles.append(_STYLES[name]) if end == "open" else styles.pop()
        elif token.type == "link_open":
            links.append((_address(token, "href"), len(parts)))
        elif token.type == "link_close":
            address, start = links.pop()
            words = "".join(part.plain for part in parts[start:])
            if visible(address) not in (words, f"mailto:{words}"):
                parts.append(plain(f" ({address})"))
        else:
            look = [CODE] if token.type == "code_inline" else []
            parts.append(line((_words(token), " ".join([*styles, *look]))))
    yield begins, line(*parts)


def _words(token: "Token") -> str:
    return f"{token.content} ({_address(token, 'src')})" if token.type == "image" else token.content


def _address(token: "Token", name: str) -> str:
    title = token.attrs.get("title")
    return f"{token.attrs[name]} {title}" if title else f"{token.attrs[name]}"
