"""The outline of a Markdown document: front matter, headings, bullets, table lines, code, prose.

Says of each line whether it stands in a timeline section. Reads no times, except to tell a dated
sub-heading of a timeline from the heading that ends it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Final, Literal

from incident_tui.intake.prose.headings import TIMELINE, heads_a_section
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.times.dates import MONTH, find_date, looks_dated
from incident_tui.intake.times.stamps import Stamp, read_stamp

Kind = Literal["heading", "bullet", "cells", "code", "blank", "text"]

BOLD_LEVEL: Final = 7
_A_RUN: Final = 3
_FOUR: Final = re.compile(r"([|\s*_\[(]*)([01][0-9]|2[0-3])([0-5][0-9])(?![0-9:./%,]|-[0-9W])")
_TIMED: Final = re.compile(r"[|\s*_\[(]*[0-9]{1,2}[:.h][0-9]{2}")
_LONGEST_HEADING: Final = 60
_ALSO_TITLES: Final = ("description", "summary", "subtitle", "name", "incident")
# Of Markdown; of MediaWiki and AsciiDoc, whose "= x" is none elsewhere; and of Jira.
_HEADING = re.compile(r"\s{0,3}(?:(?P<marks>#{1,6}|={2,6})\s+|h(?P<level>[1-6])\.\s+)(?P<words>.*)")
_BOLD_LINE = re.compile(r"\s{0,3}(\*\*|__)([^*_]+)\1:?\s*")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,})\s*")
# "11. Februar" is a day, and no item of a numbered list.
_BULLET = re.compile(
    rf"(\s*)(?:[-*+–—•▪‣◦·](?:\s+[-*+](?=\s))?|\*{{2,6}}|[a-z]\)|[0-9]{{1,3}}[.)](?!\s+{MONTH}(?:\s*[,:]|\s+[0-9]|\s*$)))\s+(\S.*)",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+(?=\S)")
# What word processors put between the numbers of a date, and blanks that only look like one.
_ODD_HYPHEN = re.compile(r"(?<=[0-9])[\u2010\u2011\u2012\u2212\ufe63\uff0d](?=[0-9])")
_LONG_HYPHENS = re.compile(r"\b([0-9]{4})[–—]([0-9]{2})[–—]([0-9]{2})\b")
_ODD_SIGNS = str.maketrans({"\uff1a": ":", "\u2236": ":", "\u00ad": "", "\u200b": "", "\u2060": ""})
_FENCE = re.compile(r"\s*(?:[-*+]\s+)?(`{3,}|~{3,})([^`]*)")
_OPEN_RULE = re.compile(r"\s{0,3}:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
FIELD: Final = re.compile(r"([A-Za-z][\w-]*)\s*[:=]\s*(.*)")
"""A field of the front matter: its name and its value."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `number` from 1, `body` without bullet or heading marks, heading `level` or 0."""

    number: int
    raw: str
    kind: Kind
    body: str
    indent: int
    level: int
    in_timeline: bool


@dataclass(frozen=True, slots=True)
class Document:
    """The lines below the front matter, the front matter's fields, and the title if any."""

    lines: list[Line]
    fields: dict[str, str]
    title: str | None
    raws: list[str]
    """All lines as they stand there, front matter and comments too."""
    matter: range = range(0)
    """The numbers of the lines between the two rules of the front matter."""


def read_document(text: str) -> Document:
    """Outline a text. Comments are blanked; an unclosed comment or code fence is ordinary text."""
    written = plain_lines(text)
    raws = _without_comments(written)
    fields, matter = _front_matter(raws)
    raws = ["" if at in matter else raw for at, raw in enumerate(raws)]
    lines = _with_colons(list(_with_sections(_kinds(raws))))
    inside = range(matter.start + 2, matter.stop) if matter else matter
    return Document(lines, fields, _title(fields, lines), written, inside)


def _title(fields: dict[str, str], lines: list[Line]) -> str | None:
    """What the document is called; a date alone only where nothing else says more."""
    named = [fields.get("title"), _first_heading(lines), *map(fields.get, _ALSO_TITLES)]
    titles = [words for words in named if words]
    return next((words for words in titles if not _only_a_date(words)), next(iter(titles), None))


def _only_a_date(words: str) -> bool:
    stamp = read_stamp(words)
    return isinstance(stamp, Stamp) and stamp.is_bare


def plain_lines(text: str) -> list[str]:
    """The lines of a text with the signs of times as everybody types them."""
    return [plain_signs(raw) for raw in text.split("\n")]


def plain_signs(raw: str) -> str:
    """A line with the hyphens and colons of times as everybody types them."""
    if raw.isascii():
        return raw
    return _LONG_HYPHENS.sub(r"\1-\2-\3", _ODD_HYPHEN.sub("-", raw.translate(_ODD_SIGNS)))


def _without_comments(raws: list[str]) -> list[str]:
    kept: list[str] = []
    last_end = max((n for n, raw in enumerate(raws) if "-->" in raw), default=-1)
    inside = False
    fence: str | None = None
    for number, raw in enumerate(raws):
        if not inside:
            fence = _fence_after(raw, fence)
        rest, shown = raw, ""
        while rest and fence is None:
            before, mark, after = rest.partition("-->" if inside else "<!--")
            opens = not inside and mark and (number < last_end or "-->" in after)
            if inside:
                inside, rest = not mark, after
            elif opens:
                shown, inside, rest = shown + before, True, after
            else:
                shown, rest = shown + rest, ""
        kept.append(raw if fence is not None else shown)
    return kept


def is_fence(line: Line) -> bool:
    """Whether a line opens or closes a block of code."""
    return line.kind == "code" and _FENCE.fullmatch(line.raw) is not None


def _fence_after(raw: str, fence: str | None) -> str | None:
    if fence is None:
        match = _FENCE.fullmatch(raw)
        return None if match is None else match.group(1)
    closing = _closing_fence(raw)
    return None if closing is not None and closing.group(1).startswith(fence) else fence


def _front_matter(raws: list[str]) -> tuple[dict[str, str], range]:
    """The fields between two rules at the top, and the indexes of these lines."""
    for start, raw in enumerate(raws[:3]):
        rule = raw.strip()
        if rule not in ("---", "+++"):
            continue
        end = next((n for n in range(start + 1, len(raws)) if raws[n].strip() == rule), None)
        if end is None or start + 1 >= len(raws) or not FIELD.match(raws[start + 1]):
            return {}, range(0)
        fields = [FIELD.fullmatch(line.rstrip()) for line in raws[start + 1 : end]]
        pairs = [(field.group(1).lower(), field.group(2)) for field in fields if field is not None]
        return {name: value.strip().strip("\"'") for name, value in pairs}, range(start, end + 1)
    return {}, range(0)


def _kinds(raws: list[str]) -> Iterable[Line]:
    closed = _closed_below(raws)
    tables = _in_open_tables(raws)
    fence: str | None = None
    for index in range(len(raws)):
        raw = raws[index]
        number = index + 1
        after = _fence_after(raw, fence)
        # Only a fence that is closed further down hides lines.
        if fence is None and after is not None and len(after) > closed[index].get(after[0], 0):
            after = None
        if fence is not None or after is not None:
            fence = after
            body = "" if _FENCE.fullmatch(raw) else raw.strip()
            yield Line(number, raw, "code", body, 0, 0, False)
            continue
        yield _one(raws, index, in_table=index in tables)


def with_plain_headings(document: Document) -> Document:
    """A text without marks, as word processors export it, with its headings as such.

    They are known by their words alone; the first line is the title where there are any. Of a text
    that has headings of its own only a timeline without one gets it.
    """
    lines = document.lines
    bare = not any(line.kind in ("heading", "cells") for line in lines)
    heads = [at for at in range(len(lines)) if _stands_alone(lines, at)]
    if not bare:
        inside = any(line.in_timeline for line in lines)
        heads = [] if inside else [at for at in heads if TIMELINE.search(lines[at].body)]
    if not heads:
        return document
    marked = list(lines)
    for at in heads:
        marked[at] = replace(lines[at], kind="heading", level=BOLD_LEVEL)
    first = next(at for at, line in enumerate(lines) if line.kind != "blank")
    if (
        bare
        and first not in heads
        and lines[first].kind == "text"
        and read_stamp(lines[first].body) is None
    ):
        marked[first] = replace(lines[first], kind="heading", level=1)
    title = document.title or _first_heading(marked)
    return replace(document, lines=list(_with_sections(marked)), title=title)


def _first_heading(lines: list[Line]) -> str | None:
    return next((plain(line.body).text for line in lines if line.level == 1), None) or None


def _stands_alone(lines: list[Line], at: int) -> bool:
    above = lines[at].kind == "text" and (at == 0 or lines[at - 1].kind == "blank")
    return above and len(lines[at].body) <= _LONGEST_HEADING and heads_a_section(lines[at].body)


def _with_colons(lines: list[Line]) -> list[Line]:
    """The lines of a timeline whose clocks are all written "0915", with a colon in each.

    One such number may be anything; three or more, and no time of another form, are clocks.
    """
    inside = [at for at, line in enumerate(lines) if line.in_timeline and line.kind != "heading"]
    bare = {at: clock for at in inside if (clock := _FOUR.match(lines[at].body)) is not None}
    if len(bare) < _A_RUN or any(_TIMED.match(lines[at].body) for at in inside):
        return lines
    changed = list(lines)
    for at, clock in bare.items():
        body = f"{clock[1]}{clock[2]}:{clock[3]}{lines[at].body[clock.end() :]}"
        changed[at] = replace(lines[at], body=body)
    return changed


def _in_open_tables(raws: list[str]) -> set[int]:
    """The lines of tables whose rows begin without a bar, known by the rule below their titles.

    As GitHub Flavored Markdown has it: titles and rule have as many cells. A line without a bar
    ends the table, for it may be prose.
    """
    inside: set[int] = set()
    for at, (titles, rule) in enumerate(pairwise(raws)):
        if at not in inside and _OPEN_RULE.fullmatch(rule) and _bars(titles) == _bars(rule) > 0:
            below = takewhile(lambda n: _bars(raws[n]), range(at + 2, len(raws)))
            inside.update((at, at + 1, *below))
    return inside


def _bars(raw: str) -> int:
    """How many bars part the cells of a line."""
    return len(_BAR.findall(raw.strip().strip("|")))


def _closed_below(raws: list[str]) -> list[dict[str, int]]:
    """For each line the longest fence below it that could close one, by its character."""
    longest: dict[str, int] = {}
    below = []
    for raw in reversed(raws):
        below.append(longest)
        closing = _closing_fence(raw)
        mark = closing.group(1) if closing is not None else ""
        if mark and len(mark) > longest.get(mark[0], 0):
            longest = longest | {mark[0]: len(mark)}
    return below[::-1]


def _closing_fence(raw: str) -> re.Match[str] | None:
    match = _FENCE.fullmatch(raw)
    return match if match is not None and not match.group(2).strip() else None


def _one(raws: list[str], index: int, *, in_table: bool = False) -> Line:
    raw = _QUOTE.sub("", raws[index])
    number, stripped = index + 1, raw.strip()
    indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    if not stripped:
        return Line(number, raw, "blank", "", 0, 0, False)
    if in_table:
        return Line(number, raw, "cells", stripped, indent, 0, False)
    heading = _HEADING.fullmatch(raw)
    if heading is not None:
        marks = heading["marks"] or ""
        body = _without_closing_marks(heading["words"], marks[:1])
        return Line(number, raw, "heading", body, 0, int(heading["level"] or len(marks)), False)
    bold = _BOLD_LINE.fullmatch(raw)
    if bold is not None:
        return Line(number, raw, "heading", bold.group(2), 0, BOLD_LEVEL, False)
    if stripped.startswith("|"):
        return Line(number, raw, "cells", stripped, indent, 0, False)
    bullet = _BULLET.fullmatch(raw)
    if bullet is not None:
        return Line(number, raw, "bullet", bullet.group(2).strip(), indent, 0, False)
    below = _UNDERLINE.fullmatch(raws[index + 1]) if index + 1 < len(raws) else None
    lone = index == 0 or not raws[index - 1].strip()
    if below is not None and lone:
        level = 1 if below.group(1).startswith("=") else 2
        return Line(number, raw, "heading", stripped, 0, level, False)
    if _UNDERLINE.fullmatch(raw):
        return Line(number, raw, "blank", "", 0, 0, False)
    return Line(number, raw, "text", stripped, indent, 0, False)


def _without_closing_marks(body: str, mark: str) -> str:
    """The heading without the marks that may close it, which a blank sets apart."""
    bare = body.rstrip()
    words = bare.rstrip(mark) if mark else bare
    return words.rstrip() if words and words[-1].isspace() else bare


def _with_sections(lines: Iterable[Line]) -> Iterable[Line]:
    section = 0
    for line in lines:
        if line.kind == "heading":
            words = plain(line.body).text
            stamp = read_stamp(words)
            dated = stamp is not None or find_date(words) is not None or looks_dated(words)
            if section and line.level <= section and not (dated and line.level == section):
                section = 0
            if not section and TIMELINE.search(words):
                section = line.level
        yield Line(
            line.number, line.raw, line.kind, line.body, line.indent, line.level, section > 0
        )
