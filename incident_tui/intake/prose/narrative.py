"""A timeline that is told in sentences: a row for each sentence that says when something was.

Only where a section is called a timeline and has no row of another form: elsewhere a time inside a
sentence is told, and no row is made of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from incident_tui.intake.entries import Entry, Gathered
from incident_tui.intake.foreign_timeline import APPROXIMATE, FROM_A_SENTENCE, Unread
from incident_tui.intake.prose.document import Document, Line
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.times.dates import FLAGS, MONTH, RELATIVE, WEEKDAY, Shift, WrittenDay
from incident_tui.intake.times.stamps import Stamp, ends_vaguely, read_stamp

IN_A_SENTENCE: Final = "has times inside its sentences; give each a line of its own to have it read"
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ž0-9\"'“(])")
_PLACES: Final = re.compile(
    rf"(?<![\w:.,/$€#-])(?=[0-9]{{1,4}}(?:[:.h/-][0-9]{{1,2}}|\s?[ap]\.?m\b|(?:st|nd|rd|th|\.)?\s)"
    rf"|(?:{MONTH})|(?:{WEEKDAY})|(?:{RELATIVE.pattern})|noon\b)",
    FLAGS,
)
_CLOCK: Final = re.compile(r"[0-9][:.h][0-9]{2}|[0-9]\s?[ap]\.?m|noon|[0-9]{4}Z", FLAGS)
_LENGTH: Final = re.compile(r":[0-9]{2}\s*(?:hours|hrs|h|min)", FLAGS)  # "it took 1:30 hours"
FORM: Final = "sentences"


def with_sentences(document: Document, gathered: Gathered) -> Gathered:
    """What was gathered, with the sentences of a timeline that is told in prose as its rows."""
    inside = [each for each in gathered.entries if each.in_timeline]
    if any(not _is_prose(each) for each in inside):
        return gathered
    paragraphs = list(_paragraphs(line for line in document.lines if line.in_timeline))
    entries = [entry for paragraph in paragraphs for entry in paragraph.entries()]
    if len(entries) <= len(inside):
        return gathered
    gathered.entries = [*(each for each in gathered.entries if not each.in_timeline), *entries]
    for entry in entries:
        gathered.covered |= dict.fromkeys(range(entry.line + 1, entry.last_line + 1), entry.line)
    return gathered


def times_in_sentences(document: Document) -> list[Unread]:
    """The paragraphs that mention times of day, for a text of which no row was read."""
    return [
        Unread(paragraph.lines[0].number, paragraph.text, IN_A_SENTENCE)
        for paragraph in _paragraphs(document.lines)
        if paragraph.entries()
    ]


def _is_prose(entry: Entry) -> bool:
    """Whether a row is the beginning of a paragraph: "At 14:02 the resolver stopped."."""
    stamp = entry.stamp
    if entry.form != "lines" or not isinstance(stamp, Stamp):
        return False
    return stamp.worded or isinstance(stamp.day, Shift) or stamp.clock is None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    lines: Sequence[Line]

    @property
    def text(self) -> str:
        return " ".join(line.body for line in self.lines)

    def entries(self) -> list[Entry]:
        """An entry for each sentence with a time of day.

        A date at the head of a sentence holds for the sentences below it too.
        """
        entries: list[Entry] = []
        day: WrittenDay | None = None
        day_line, at = 0, 0
        for sentence in _SENTENCE.split(self.text):
            begin = self.text.find(sentence, at)
            at = begin + len(sentence)
            head = read_stamp(plain(sentence).text)
            if isinstance(head, Stamp) and head.day is not None and head.clock is None:
                day, day_line = head.day, self._line_at(begin)
            place = _time_of(sentence)
            if place is None:
                continue
            stamp, offset = place
            entry = self._entry(sentence, stamp, self._line_at(begin + offset))
            entry.day_above, entry.day_line = day, day_line
            entry.last_line = max(entry.line, self._line_at(at - 1))
            entries.append(entry)
        return entries

    def _line_at(self, at: int) -> int:
        """The number of the line in which a sign of the text stands."""
        for line in self.lines:
            at -= len(line.body) + 1
            if at < 0:
                return line.number
        return self.lines[-1].number

    @staticmethod
    def _entry(sentence: str, stamp: Stamp, line: int) -> Entry:
        words = plain(sentence)
        return Entry(
            line=line,
            raw=sentence,
            form=FORM,
            stamp=stamp,
            text=words.text,
            source=words.source,
            in_timeline=True,
            block=0,
            flags=[*stamp.flags, FROM_A_SENTENCE],
            last_line=line,
            marked=sentence,
        )


def _time_of(sentence: str) -> tuple[Stamp, int] | None:
    """The first time of day in a sentence, and where it stands."""
    for place in _PLACES.finditer(sentence):
        stamp = read_stamp(sentence[place.start() :])
        if not isinstance(stamp, Stamp) or stamp.clock is None or _LENGTH.search(stamp.written):
            continue
        if _CLOCK.search(stamp.written):
            vague = [APPROXIMATE] if ends_vaguely(sentence[: place.start()]) else []
            flags = tuple(dict.fromkeys([*vague, *stamp.flags]))
            return replace(stamp, flags=flags), place.start()
    return None


def _paragraphs(lines: Iterable[Line]) -> Iterator[_Paragraph]:
    """Runs of lines of prose, from one blank line, item or heading to the next; each item."""
    begun = 0
    paragraphs: dict[int, list[Line]] = {}
    for line in lines:
        begun = line.number if line.kind != "text" or not begun else begun
        if line.kind in ("text", "bullet"):
            paragraphs.setdefault(begun, []).append(line)
    yield from map(_Paragraph, paragraphs.values())
