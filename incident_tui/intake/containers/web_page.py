"""A web page as it was saved, made into the lines of a document: text only, structure kept.

Headings, list items, table rows and paragraphs keep their marks, so that the reader of documents
reads them; scripts, styles and attributes are left out, except for the machine's form of a time.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

_SILENT: Final = frozenset({"script", "style", "head", "noscript", "template", "svg", "nav"})
# Whatever else begins ends a head that nobody closed.
_IN_HEAD: Final = frozenset(
    {"head", "title", "meta", "link", "base", "script", "style", "noscript", "template"}
)
_BREAKS: Final = frozenset(
    {"p", "div", "br", "ul", "ol", "section", "article", "main", "header", "footer",
     "table", "tbody", "thead", "blockquote", "pre", "figure", "hr", "form", "dl"}
)  # fmt: skip
# What stands in these follows what stood before it, as lines do.
_CLOSE: Final = frozenset({"br", "hr", "div", "thead", "tbody"})


# A page breaks no line at these, and yet whoever wrote the text did.
_TIME_BELOW: Final = re.compile(
    r"\n(?=[ \t]*(?:#{1,6} |(?:[-*•|#]+ *)?"
    r"[\[(*]*(?:[0-9]{1,2}:[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2})))"
)
_TABLE: Final = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END: Final = re.compile(r"</table>", re.IGNORECASE)


class WebPage(HTMLParser):
    """Collects lines of text, and for each the line of the page on which it began."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.places: list[int] = []
        self.title = ""
        self._line = ""
        self._place = 1
        self._silent = 0
        self._in_title = self._in_head = False
        self._cells = 0
        self._in_cell = False
        self._pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        if self._in_head and tag not in _IN_HEAD:
            self._in_head, self._silent = False, 0
        self._in_head = self._in_head or tag == "head"
        if tag in _SILENT:
            self._silent += 1
        elif self._in_cell and tag not in ("td", "th", "tr", "table", "b", "strong", "time"):
            # Paragraphs and lists within a cell are parts of it.
            self._say("; " if tag == "li" and not self._line.endswith("| ") else " ")
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._break()
            self._say(f"{'#' * int(tag[1])} ")
        elif tag in ("li", "dt"):
            self._break(blank=False)
            self._say("- ")
        elif tag == "tr":
            self._break(blank=False)
            self._cells = 0
            self._in_cell = False
        elif tag in ("td", "th"):
            self._in_cell = True
            self._say("| " if not self._cells else " | ")
            self._cells += 1
        elif tag in ("b", "strong"):
            self._say("**")
        elif tag == "dd":
            self._say(" ")  # what is said of the term before it
        elif tag == "time" and (moment := dict(attrs).get("datetime")):
            # What the page shows may be "3 hours ago"; the attribute says when.
            self._say(f"{moment} ")
            self._silent += 1
        elif tag in _BREAKS:
            self._in_cell = False
            self._break(blank=tag not in _CLOSE)
        self._pre = self._pre or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        self._in_head = self._in_head and tag != "head"
        self._pre = self._pre and tag != "pre"
        if tag in _SILENT or (tag == "time" and self._silent):
            self._silent = max(0, self._silent - 1)
        elif tag in ("b", "strong"):
            self._line = self._line.rstrip()
            self._say("** ")
        elif tag in ("tr", "table"):
            self._in_cell = False
            self._break(blank=tag == "table")
        elif self._in_cell:
            self._say(" ")
        elif tag in _BREAKS or tag in ("li", "h1", "h2", "h3", "h4", "h5", "h6"):
            self._break(blank=tag not in ("li", *_CLOSE))

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data.strip()
        elif not self._silent:
            self._lines(data)

    def _lines(self, data: str) -> None:
        """Say a text in the lines that its writer gave it, where the page keeps or shows them."""
        kept = not self._in_cell and (self._pre or _TIME_BELOW.search(data) is not None)
        parts = (data.split("\n") if self._pre else _TIME_BELOW.split(data)) if kept else [data]
        below = 0
        for number, part in enumerate(parts):
            if number:
                self._break(blank=False)
                below += 1
            self._say(part, below)
            below += part.count("\n")

    def _say(self, text: str, below: int = 0) -> None:
        words = " ".join(text.split())
        if not words:
            self._line += " " if self._line and not self._line.endswith(" ") else ""
            return
        if not self._line:
            blank = text[: len(text) - len(text.lstrip())]
            self._place = self.getpos()[0] + below + blank.count("\n")
        lead = " " if text[:1].isspace() and not self._line.endswith(" ") and self._line else ""
        self._line += lead + words + (" " if text[-1:].isspace() else "")

    def finish(self) -> None:
        """Take what the page ended with."""
        self._break()

    def _break(self, *, blank: bool = True) -> None:
        if self._line.strip(" *|#-"):
            self.lines.append(self._line.strip())
            self.places.append(self._place)
        if blank and self.lines and self.lines[-1]:
            self.lines.append("")
            self.places.append(self._place)
        self._line = ""


def tables_as_text(text: str) -> tuple[str, list[int]] | None:
    """A document whose tables are written as HTML, with these as others write them; else None.

    With it the line that each of its lines stands in.
    """
    lines: list[str] = []
    places: list[int] = []
    at, number = 0, 1
    for begin, end in _tables(text):
        before = text[at:begin].rstrip(" ").removesuffix("\n").split("\n")
        lines += [*before, ""]
        places += [*range(number, number + len(before)), number + len(before) - 1]
        number += text.count("\n", at, begin)
        page = WebPage()
        page.feed(text[begin:end])
        page.close()
        page.finish()
        lines += page.lines
        places += [number + place - 1 for place in page.places]
        number += text.count("\n", begin, end)
        at = end
    if not at:
        return None
    rest = text[at:].split("\n")
    return "\n".join([*lines, *rest]), [*places, *range(number, number + len(rest))]


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Where each table of HTML begins and ends; one that nothing closes is none."""
    at = 0
    while (begin := _TABLE.search(text, at)) is not None:
        end = _TABLE_END.search(text, begin.end())
        if end is None:
            return
        yield begin.start(), end.end()
        at = end.end()


def web_page(text: str) -> tuple[str, list[int]] | None:
    """The lines of a saved page as one text, with their places; None where it is no page."""
    head = text.lstrip()[:400].lower()
    if not (head.startswith(("<!doctype html", "<html")) or "<body" in head):
        return None
    page = WebPage()
    page.feed(text)
    page.close()
    page.finish()
    lines, places = page.lines, page.places
    if page.title and not any(line.startswith("# ") for line in lines):
        lines, places = [f"# {page.title}", "", *lines], [1, 1, *places]
    return "\n".join(lines), places
