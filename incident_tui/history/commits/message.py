"""The text of a commit: one subject line, a body, and trailers that git itself can read back.

What the words say is the caller's business; here they are made to arrive as they were meant.
"""

import re
from collections.abc import Iterable

from incident_tui.domain.values.text import clean, clean_line

POSITION_TRAILER = "Log-Position"
LONGEST_SUBJECT = 100
_SUBJECT_OF_NOTHING = "Incident record"


def commit_message(subject: str, body: str, trailers: Iterable[tuple[str, str]]) -> str:
    """The whole message, ending in a line break.

    The subject is cut to 100 characters; a trailer whose key or value is empty is left out.
    """
    paragraphs = [_subject(subject), _body(body), _trailers(trailers)]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def trailer_values(message: str, key: str) -> list[str]:
    """The values of that trailer of a commit, as they stand in the last paragraph of its message.

    Not by way of git, whose notion of a trailer is a matter of configuration.
    """
    *above, last = message.rstrip("\n").split("\n\n")
    lines = (line.partition(": ") for line in last.split("\n")) if above else ()
    return [clean_line(value) for name, colon, value in lines if colon and name == key]


def _subject(text: str) -> str:
    line = clean_line(text)
    if len(line) > LONGEST_SUBJECT:
        line = line[: LONGEST_SUBJECT - 1].rstrip() + "…"
    return line or _SUBJECT_OF_NOTHING


def _body(text: str) -> str:
    lines = (line.rstrip() for line in clean(text).split("\n"))
    # git-interpret-trailers takes such a line for the start of a patch and looks no further.
    return "\n".join(f" {line}" if line.startswith("---") else line for line in lines).strip("\n")


def _trailers(pairs: Iterable[tuple[str, str]]) -> str:
    lines = []
    for key, value in pairs:
        name = re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-")
        text = clean_line(value)
        if name and text:
            lines.append(f"{name}: {text}")
    return "\n".join(lines)
