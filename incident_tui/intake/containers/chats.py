"""Chats as they are copied from a window: a line with a name and a time, the words below it.

Slack, Discord and Teams differ in the sign between name and time; nothing else marks them. The
updates of a status page are copied in the same shape, with a status in the place of a name.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from incident_tui.intake.containers.chat_marks import APP, EDITED, is_mark
from incident_tui.intake.containers.items import Contained
from incident_tui.intake.entries import Entry
from incident_tui.intake.prose.document import Document
from incident_tui.intake.prose.headings import heads_a_section
from incident_tui.intake.prose.labels import milestone_of
from incident_tui.intake.prose.line_forms import says_status, status_label
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.times.dates import Refused, WrittenDay, looks_dated
from incident_tui.intake.times.stamps import Stamp, read_stamp

_NAME: Final = r"(?P<who>[^\W\d_][\w.,'’ ()-]{0,38}?)"
_AFTER_NAME: Final = re.compile(
    rf"{_NAME}(?:\s?:[a-z0-9_+-]{{2,30}}:)?"  # a status that the person has set
    r"(?:\s{2,}|\t|,\s+|\s+[—–]\s+|\s*\n\s*(?:[—–]\s*)?|\s+(?=\[[^\]]+\]$)"
    r"|\s+(?=\d{1,4}[-/.]\d))"
    r"(?::[a-z0-9_+-]{2,30}:\s*)?\[?(?P<when>.{3,40}?)\]?(?P<text>)"
)
# "Ana Li added a comment - 07/Jan/25 6:12 AM", as trackers have it.
_BY_VERB: Final = re.compile(
    rf"{_NAME}\s+(?:(?:commented|replied|wrote|posted|added a comment)|(?P<text>(?:created|opened"
    r"|closed|reopened|resolved|edited|updated|made|changed|assigned)\s[^\d:]{2,40}?))"
    r"(?:\s+(?:on|at)|\s+[-–—])?\s+(?P<when>(?=.{0,12}[0-9]).{8,40})"
)
_BEFORE_NAME: Final = re.compile(
    r"\[(?P<when>[^\]]{3,40})\]\s*(?P<who>[^\W\d_][\w.,'’ ()-]{0,38})(?P<text>)"
)
_WITH_WORDS: Final = re.compile(rf"{_NAME}\s+\[(?P<when>[^\]]{{3,40}})\]:?\s+(?P<text>\S.*)")
_FORMS: Final = (_AFTER_NAME, _BY_VERB, _BEFORE_NAME, _WITH_WORDS)
_SMALL_NAME_WORDS: Final = frozenset(
    ("de", "da", "do", "das", "dos", "del", "der", "den", "di", "du", "la", "le", "van", "von")
)
_ENOUGH: Final = 2


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a message: whose, when, its last line, and the words beside it if any."""

    who: str
    stamp: Stamp | Refused
    last: int
    text: str = ""


def chat(document: Document) -> Contained | None:
    """A copied chat, None where the text has no two heads of messages, or is a document."""
    if any(line.kind == "cells" or line.in_timeline for line in document.lines):
        return None
    raws = document.raws
    heads = _heads(raws)
    # The title of a page may stand above its updates; a chat has none.
    titles = [line.level for line in document.lines if line.kind == "heading"]
    if titles and not (titles == [1] and heads and all(says_status(h.who) for h in heads.values())):
        return None
    if len(heads) < _ENOUGH and not (heads and min(heads) <= 2):
        return None
    of_a_page = all(says_status(head.who) for head in heads.values())
    contained = Contained("status page" if of_a_page else "chat")
    _Talk(contained, heads).walk(raws)
    return contained


class _Talk:
    """A walk over the lines of a chat: heads open messages, what stands below belongs to them."""

    def __init__(self, contained: Contained, heads: dict[int, _Head]) -> None:
        self._gathered = contained.gathered
        self._heads = heads
        self._day: WrittenDay | None = None
        self._day_line = 0
        self._current: Entry | None = None
        self._after_mark = False

    def walk(self, raws: list[str]) -> None:
        """Take all lines."""
        for number, raw in enumerate(raws, 1):
            words = plain(raw).text
            if number in self._heads:
                self._open(number, raw, self._heads[number])
            elif words and not (self._current and number <= self._current.last_line):
                self._below(number, words)
        for entry in self._gathered.entries:
            entry.raw = f"{entry.raw} {entry.text}".strip()

    def _open(self, number: int, raw: str, head: _Head) -> None:
        page = says_status(head.who)
        self._current = Entry(
            line=number,
            raw=raw.strip(),
            form="status page" if page else "chat",
            stamp=head.stamp,
            text=f"{head.who}:" if page else head.text,
            source="",
            in_timeline=True,
            block=0,
            day_above=self._day,
            day_line=self._day_line,
            who="" if page else head.who,
            flags=list(head.stamp.flags) if isinstance(head.stamp, Stamp) else [],
            last_line=head.last,
            label=status_label(head.who) if page else "",
            is_data=page,
        )
        self._after_mark = False
        self._gathered.heads.update(dict.fromkeys(range(number + 1, head.last + 1), number))
        self._gathered.entries.append(self._current)

    def _below(self, number: int, words: str) -> None:
        divider = read_stamp(words.strip("—–- "))
        if isinstance(divider, Stamp) and not divider.has_time and divider.is_bare:
            self._day, self._day_line, self._current = divider.day, number, None
            self._gathered.day_lines.add(number)
        elif self._current is not None:
            # Reactions, counts of replies and "edited" are the window's, nobody's words.
            marked, self._after_mark = self._after_mark, is_mark(words, self._after_mark)
            text = "" if self._after_mark or (marked and words.isdigit()) else EDITED.sub("", words)
            self._current.text = f"{self._current.text} {text}".strip()
            self._current.last_line = number
            self._gathered.covered[number] = self._current.line


def _heads(raws: list[str]) -> dict[int, _Head]:
    """The heads of messages by line.

    A message that follows one of the same person has its time alone.
    """
    known = _names(raws)
    heads: dict[int, _Head] = {}
    who, taken = "", 0
    for at, raw in enumerate(raws):
        number, line = at + 1, raw.strip()
        if number <= taken or not line:
            continue
        head = _one_line(line, number) or _several_lines(raws, at, known)
        if head is None and who:
            head = _time_alone(line, number, who)
        if head is not None:
            heads[number], who, taken = head, head.who, head.last
    return heads


def _one_line(line: str, number: int) -> _Head | None:
    line = EDITED.sub("", line)
    return next((_Head(*head, number, words) for form in _FORMS
                 if (head := _head(line, form)) is not None
                 for words in [form.fullmatch(line)["text"] or ""]), None)  # type: ignore[index]  # fmt: skip


def _several_lines(raws: list[str], at: int, known: Counter[str]) -> _Head | None:
    """A name, the mark of a program if it is one, and the time on the line below."""
    name = raws[at].strip()
    below, last = _below_name(raws, at)
    sure = _is_name(name) or known[name] > 1 or _sure(raws, at, raws[last - 1])
    if not below or len(name) > 40 or not sure:
        return None
    head = _head(f"{name}\n{below}", _AFTER_NAME)
    return _Head(*head, last) if head is not None else None


def _below_name(raws: list[str], at: int) -> tuple[str, int]:
    """The line below a name without the mark of a program, and its number."""
    for number, raw in enumerate(raws[at + 1 : at + 4], at + 2):
        below = APP.sub("", raw.strip())
        if below.strip("—– ") or not raw.strip():
            return below, number
    return "", at + 1


def _names(raws: list[str]) -> Counter[str]:
    """How often a line stands above one that is a time and nothing else."""
    return Counter(
        above.strip()
        for above, below in pairwise(raws)
        if _time_alone(below.strip(), 0, "") is not None
    )


def _sure(raws: list[str], at: int, below: str) -> bool:
    """Whether a word in small letters can only be a name: nothing above it, or its time set in."""
    first = at == 0 or not raws[at - 1].strip()
    half = below.strip().lower().rstrip(".").endswith("m")
    return len(raws[at].split()) == 1 and (first or half or below[:1].isspace())


def _is_name(words: str) -> bool:
    """Whether a short line is a name: all of its words are written large."""
    parts = words.split()
    large = [p for p in parts if p[:1].isupper() or p[:1] == "("]
    small = [p for p in parts if p.lower() in _SMALL_NAME_WORDS]
    return bool(large) and len(large) + len(small) == len(parts) and not words.endswith((".", "!"))


def _time_alone(line: str, number: int, who: str) -> _Head | None:
    if len(line) > 16 or not any(sign.isdigit() for sign in line):
        return None
    alone = read_stamp(line)
    if isinstance(alone, Stamp) and alone.clock and not alone.rest:
        return _Head(who, alone, number)
    return None


def _head(line: str, form: re.Pattern[str]) -> tuple[str, Stamp | Refused] | None:
    match = form.fullmatch(line)
    if match is None:
        return None
    who = APP.sub("", match["who"]).strip()
    page = says_status(who) and len(who.split()) <= 2
    if not who or looks_dated(who) or heads_a_section(who) or (milestone_of(who) and not page):
        return None
    if not any(sign.isdigit() for sign in match["when"]):
        return None
    stamp = read_stamp(match["when"])
    if isinstance(stamp, Refused) and not stamp.dated:
        return None
    if stamp is None or (isinstance(stamp, Stamp) and (stamp.clock is None or stamp.rest)):
        return None
    return who, stamp
