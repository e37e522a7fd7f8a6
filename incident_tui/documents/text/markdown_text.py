"""Markdown from text that people typed: the one place where it is escaped.

What people wrote stays what they wrote: no character of theirs can start a list, end a table
cell or become HTML. Only addresses (http, https) turn into links. What documents say stands in
the templates.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from incident_tui.domain.values.text import clean


class Markdown(str):
    """Text that is Markdown already; everything else is escaped on its way into a document."""

    __slots__ = ()


_SPECIAL = re.compile(r"[\\`*_~\[\]|<&#]|://|\A[-+>=0-9]")
_LINE_STARTS = ("bullet", "rule", "quote", "heading", "dot")
_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_TOKEN = re.compile(
    r"(?P<link>https?://[a-z0-9._~:/?#@!$&()*+,;=%-]*[a-z0-9/_~=&#%+-])"
    rf"|(?P<backslash>\\)(?={_PUNCTUATION}|https?://|\Z)"
    r"|(?P<run>\*+|_+|~+)"
    r"|(?P<always>[`\[\]|])"
    r"|(?P<html><)(?=[a-z/!?]|\Z)"
    r"|(?P<entity>&)(?=#[0-9]+;|#x[0-9a-f]+;|[a-z][a-z0-9]*;)"
    # What opens a block where it stands first, and what ends a heading where it stands last.
    r"|\A(?P<bullet>[-+])(?=\s|\Z)|\A(?P<rule>[-=])(?=[-=\s]*\Z)|\A(?P<quote>>)"
    r"|\A(?P<heading>#)(?=#{0,5}(?:\s|\Z))|(?<=\s)(?P<closing>#)(?=#*\Z)"
    r"|\A(?P<number>[0-9]{1,9})(?P<dot>[.)])(?=\s|\Z)",
    re.IGNORECASE,
)


def _escaped(line: str, *, first: bool = True, links: bool = True) -> str:
    """One line of text as Markdown; `first` where it may stand at the start of a block."""
    if not _SPECIAL.search(line):
        return line

    def escape(match: re.Match[str]) -> str:
        token = match[0]
        if not first and match.lastgroup in _LINE_STARTS:
            return token
        if match["link"]:
            return f"<{token}>" if links else token.replace("_", r"\_").replace("*", r"\*")
        if match["run"]:
            return token if _inert(line, match) else "".join(f"\\{mark}" for mark in token)
        if match["number"]:
            return f"{match['number']}\\{match['dot']}"
        return f"\\{token}"

    return _TOKEN.sub(escape, line)


def _inert(line: str, match: re.Match[str]) -> bool:
    """Whether a run of emphasis marks can neither open nor close anything where it stands."""
    if match.start() == 0 or match.end() == len(line):
        return False
    before, after = line[match.start() - 1], line[match.end()]
    if before.isspace() and after.isspace():
        return True
    # CommonMark, "emphasis": underscores inside a word are letters.
    return match[0][0] == "_" and before.isalnum() and after.isalnum()


def _lines(value: object) -> list[str]:
    """The lines of a text without outer blanks, empty ones left out."""
    return [line.strip() for line in clean(str(value)).split("\n") if line.strip()]


def inline(value: object) -> Markdown:
    """A text for the middle of a line, a list item or a table cell; None is empty."""
    if isinstance(value, Markdown):
        return value
    if value is None:
        return Markdown()
    return _joined(str(value), first=True)


def within(value: object) -> Markdown:
    """As `inline`, for a place that is never the start of a block: fewer escapes are needed."""
    if isinstance(value, Markdown) or value is None:
        return inline(value)
    return _joined(str(value), first=False)


# The folder is rendered anew at each commit, mostly from the same texts.
@lru_cache(maxsize=8192)
def _joined(text: str, *, first: bool) -> Markdown:
    return Markdown("<br>".join(_escaped(line, first=first) for line in _lines(text)))


def paragraphs(value: object) -> Markdown:
    """A text on lines of its own: a paragraph for each of its lines."""
    if isinstance(value, Markdown):
        return value
    return Markdown("\n\n".join(_escaped(line) for line in _lines(value)))


def code(value: object) -> Markdown:
    """A text to be typed as it stands, as a code span. Not for table cells."""
    text = " ".join(_lines(value))
    if not text:
        return Markdown()
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text[0] == "`" or text[-1] == "`" else ""
    return Markdown(f"{fence}{space}{text}{space}{fence}")


def struck(value: object) -> Markdown:
    """A text that no longer counts."""
    text = within(value)
    return Markdown(f"~~{text}~~" if text else "")


def link(label: object, path: str) -> Markdown:
    """A link to a document of the folder; `path` is one that this package made."""
    text = " ".join(_escaped(line, links=False) for line in _lines(label))
    return Markdown(f"[{text or path}]({path})")


def bullets(items: Iterable[object]) -> Markdown:
    """A list; empty items are left out."""
    return Markdown("\n".join(f"- {text}" for text in map(inline, items) if text))


def numbered(items: Iterable[object]) -> Markdown:
    """A numbered list; empty items are left out."""
    texts = [text for text in map(inline, items) if text]
    return Markdown("\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1)))


def tasks(items: Iterable[tuple[bool, object]]) -> Markdown:
    """A list of things to do, each with its box; empty items are left out."""
    boxed = (("x" if ticked else " ", inline(item)) for ticked, item in items)
    return Markdown("\n".join(f"- [{box}] {text}" for box, text in boxed if text))


def labelled(pairs: Iterable[tuple[object, object]]) -> Markdown:
    """A list of named values; a value that is empty is left out with its name."""
    rows = ((within(name), within(value)) for name, value in pairs)
    lines = (f"- **{name}:** {value}" for name, value in rows if value)
    return Markdown("\n".join(line.replace(":** \n", ":**\n", 1) for line in lines))


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Markdown:
    """A table without the columns that are empty in every row; empty without rows.

    The heads are Markdown: they are a document's own words.
    """
    cells = [[within(cell) for cell in row] for row in rows]
    used = [at for at in range(len(heads)) if any(row[at] for row in cells)]
    if not used:
        return Markdown()
    lines = [[heads[at] for at in used], ["---"] * len(used)]
    lines += [[str(row[at]) for at in used] for row in cells]
    return Markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
