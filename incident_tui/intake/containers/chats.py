"""Chats as they are copied from a window: a line with a name and a time, the words below it.

Slack, Discord and Teams differ in the sign between name and time; nothing else marks them.
"""

import re
from typing import Final

from incident_tui.intake.containers.items import Contained
from incident_tui.intake.entries import Entry
from incident_tui.intake.prose.document import Document
from incident_tui.intake.prose.labels import milestone_of
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.times.dates import WrittenDay
from incident_tui.intake.times.stamps import Stamp, read_stamp

_NAME: Final = r"(?P<who>[^\W\d_][\w.'’ ()-]{0,38}?)"
_AFTER_NAME: Final = re.compile(
    rf"{_NAME}(?:\s{{2,}}|\t|\s+[—–]\s+|\s*\n\s*|\s+(?=\[[^\]]+\]$)|\s+(?=\d{{1,4}}[-/.]\d))"
    r"\[?(?P<when>.{3,40}?)\]?(?:\s*\(edited\))?"
)
_BEFORE_NAME: Final = re.compile(r"\[(?P<when>[^\]]{3,40})\]\s*(?P<who>[^\W\d_][\w.'’ ()-]{0,38})")
_ENOUGH: Final = 2


def chat(document: Document) -> Contained | None:
    """A copied chat, None where the text has no two heads of messages, or is a document."""
    if any(line.kind in ("cells", "heading") or line.in_timeline for line in document.lines):
        return None
    raws = document.raws
    heads = _heads(raws)
    if len(heads) < _ENOUGH and not (heads and min(heads) <= 2):
        return None
    contained = Contained("chat")
    day: WrittenDay | None = None
    day_line = 0
    current: Entry | None = None
    for number, raw in enumerate(raws, 1):
        if number in heads:
            who, stamp, last = heads[number]
            current = Entry(
                line=number, raw=raw.strip(), form="chat", stamp=stamp, text="", source="",
                in_timeline=True, block=0, day_above=day, day_line=day_line, who=who,
                flags=list(stamp.flags), last_line=last, keep_day=False,
            )  # fmt: skip
            contained.found.entries.append(current)
            continue
        words = plain(raw).text
        if not words or (current is not None and number <= current.last_line):
            continue
        divider = read_stamp(words.strip("—–- "))
        if isinstance(divider, Stamp) and not divider.has_time and divider.is_bare:
            day, day_line, current = divider.day, number, None
            contained.found.day_lines.add(number)
        elif current is not None:
            current.text = f"{current.text} {words}".strip()
            current.last_line = number
            contained.found.covered[number] = current.line
    return contained


def _heads(raws: list[str]) -> dict[int, tuple[str, Stamp, int]]:
    """The heads of messages by line: person, time, last line of the head.

    A message that follows one of the same person has its time alone.
    """
    heads: dict[int, tuple[str, Stamp, int]] = {}
    who = ""
    for at, raw in enumerate(raws):
        number, line = at + 1, raw.strip()
        below = raws[at + 1].strip() if at + 1 < len(raws) else ""
        found = _head(line, _AFTER_NAME) or _head(line, _BEFORE_NAME)
        last = number
        if found is None and below and line and len(line) <= 40:
            found, last = _head(f"{line}\n{below}", _AFTER_NAME), number + 1
        if found is not None:
            who = found[0]
            heads[number] = (*found, last)
            continue
        short = who and len(line) <= 16 and any(sign.isdigit() for sign in line)
        alone = read_stamp(line) if short else None
        above_taken = any(head[2] == number for head in list(heads.values())[-1:])
        if isinstance(alone, Stamp) and alone.clock and not alone.rest and not above_taken:
            heads[number] = (who, alone, number)
    return heads


def _head(line: str, form: re.Pattern[str]) -> tuple[str, Stamp] | None:
    found = form.fullmatch(line)
    if found is None or milestone_of(found["who"]):
        return None
    if not any(sign.isdigit() for sign in found["when"]):
        return None
    stamp = read_stamp(found["when"])
    if not isinstance(stamp, Stamp) or stamp.clock is None or stamp.rest:
        return None
    return found["who"].strip(), stamp
