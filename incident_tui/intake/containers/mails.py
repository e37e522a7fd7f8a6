"""Threads of mails as they are copied or saved: each message at the time that its head says.

A head is a block of fields, in five languages, or the line that a quotation begins with: "On Mon,
Mar 3, 2025 at 4:05 PM Lee Chan wrote:".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from incident_tui.intake.containers.items import Contained, add, stamp_of
from incident_tui.intake.prose.document import plain_signs
from incident_tui.intake.times.dates import Refused
from incident_tui.intake.times.stamps import Stamp, read_stamp

_QUOTE: Final = re.compile(r"^(?:\s*>)+\s?|^\s+(?=\S)")
_FIELD: Final = re.compile(
    r"\**(?:(?P<who>from|von|de|author)"
    r"|(?P<when>date|sent|datum|gesendet|envoyé|fecha|enviado(?: el)?"
    r"|enviad[oa](?: em)?|data)|(?P<title>subject|betreff|objet|asunto|assunto)"
    r"|to|cc|bcc|an|à|para|reply-to|message-id|in-reply-to|importance|priority|x-[\w-]+"
    r"|return-path|received|mime-version|content-[\w-]+|references|delivered-to|list-[\w-]+)"
    r"\**\s?:\**\s+(?P<value>\S.*)",
    re.IGNORECASE,
)
_WROTE: Final = re.compile(
    r"(?:on|am|le|el|em|il)\s+(?:[^\W\d_]{2,13}\.?,?\s+(?=[^\W_]))?(?P<said>.{8,160}?)"
    r"\b(?P<verb>wrote|schrieb|a écrit|escribió|escreveu|ha scritto)\b(?P<after>.{0,120}?)\s?:",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"\s*[<\[(]?(?:mailto:)?[\w.+%-]+@[\w.-]+\.\w+[>\])]?")
_DIVIDER: Final = re.compile(
    r"commit [0-9a-f]{7,64}\b.*"
    r"|[-_=\s]*(?:(?:original|forwarded) message|ursprüngliche nachricht|weitergeleitete nachricht"
    r"|message (?:d'origine|transféré)|mensaje (?:original|reenviado)|mensagem (?:original"
    r"|encaminhada))?[-_=\s]*",
    re.IGNORECASE,
)
_REPLY: Final = re.compile(r"^(?:(?:re|aw|fwd?|wg|rv|tr|res|enc)\s?:\s*)+", re.IGNORECASE)
_LONGEST_HEAD: Final = 30
_MOST_TEXT: Final = 2_000
_MOST_ROWS: Final = 1


@dataclass(slots=True)
class _Message:
    """A message: its first line and the last one of its head, what that says, and its words."""

    line: int
    last: int
    when: str
    who: str
    title: str = ""
    text: str = ""
    last_line: int = 0


def mail_thread(text: str) -> Contained | None:
    """The messages of a thread; None where there are not two, or a body has a timeline."""
    lines = [_QUOTE.sub("", plain_signs(raw)).strip() for raw in text.split("\n")]
    heads = list(_heads(lines))
    if len(heads) < 2:
        return None
    above = lines[: heads[0].line - 1]
    if any(line and not _DIVIDER.fullmatch(line) for line in above):
        return None
    timed = 0
    ends = [*(head.line for head in heads[1:]), len(lines) + 1]
    for head, end in zip(heads, ends, strict=True):
        body = lines[head.last : end - 1]
        timed += sum(_begins_with_time(line) for line in body)
        words = " ".join(line for line in _without_signature(body) if not _DIVIDER.fullmatch(line))
        head.text = " ".join(words.split())[:_MOST_TEXT]
        filled = [n for n, line in enumerate(body, head.last + 1) if line]
        head.last_line = filled[-1] if filled else head.last
    if timed > _MOST_ROWS:
        return None
    title = next((head.title for head in heads if head.title), "")
    contained = Contained("mail", _REPLY.sub("", title))
    for head in heads:
        words = head.text or head.title
        add(contained.gathered, head.line, head.when, words, kind="mail", who=head.who)
        contained.gathered.entries[-1].last_line = head.last_line
        covered = range(head.line + 1, head.last_line + 1)
        contained.gathered.covered |= dict.fromkeys(covered, head.line)
    return contained


def _heads(lines: Sequence[str]) -> Iterator[_Message]:
    at = 0
    while at < len(lines):
        head = _of_fields(lines, at) or _of_quotation(lines, at)
        if head is not None:
            yield head
        at = head.last if head is not None else at + 1


def _of_fields(lines: Sequence[str], at: int) -> _Message | None:
    """The block of fields that begins here, if it says who wrote it and when."""
    fields: dict[str, str] = {}
    last = at
    for number in range(at, min(len(lines), at + _LONGEST_HEAD)):
        match = _FIELD.fullmatch(lines[number])
        if match is not None:
            name = next((n for n in ("who", "when", "title") if match[n]), "")
            fields.setdefault(name, _decoded(match["value"]))
        elif not lines[number] or not fields:
            break
        last = number + 1
    if (
        "who" not in fields
        or "when" not in fields
        or not isinstance(stamp_of(fields["when"]), Stamp)
    ):
        return None
    who = _ADDRESS.sub("", fields["who"]).strip(" \"'") or fields["who"]
    return _Message(at + 1, last, fields["when"], who, fields.get("title", ""))


def _decoded(value: str) -> str:
    """A field's value, whose letters beyond ASCII may be written as "=?utf-8?q?J=C3=B6rg?="."""
    if "=?" not in value:
        return value
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value


def _of_quotation(lines: Sequence[str], at: int) -> _Message | None:
    """The line that a quotation begins with, which may be broken in two."""
    for count in (1, 2):
        match = _WROTE.fullmatch(" ".join(lines[at : at + count]))
        stamp = read_stamp(match["said"]) if match is not None else None
        if match is not None and isinstance(stamp, Stamp) and stamp.clock is not None:
            name = _ADDRESS.sub("", f"{stamp.rest} {match['after']}").strip(" ,;:-–\"'<>()")
            return _Message(at + 1, at + count, stamp.written, name)
    return None


def _without_signature(body: Sequence[str]) -> Sequence[str]:
    return body[: body.index("--")] if "--" in body else body


def _begins_with_time(line: str) -> bool:
    stamp = read_stamp(line.lstrip("-*•–#| "))
    if isinstance(stamp, Refused):
        return True
    return stamp is not None and stamp.has_time and not stamp.worded
