"""Texts of people as HTML: escaped, with line breaks, and with addresses of the web as links.

Nothing else becomes a link: an address of another scheme could run something.
"""

import re
from html import escape

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{}|]+", re.IGNORECASE)
_SENTENCE_ENDS = ".,;:!?)]}*_"
"""What rather ends the sentence than the address."""


def escaped(value: object) -> str:
    """A value as text in HTML; what was rendered already stays, None is nothing."""
    html = getattr(value, "__html__", None)
    if html is not None:
        return str(html())
    return "" if value is None else escape(str(value))


_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\d(?: \d\d:\d\d)?\b(?!-)")
"""A day, or a moment of it, as documents write them: no line is to break within."""


def prose(value: object) -> str:
    """A text with its lines and its days kept together and its addresses as links."""
    if hasattr(value, "__html__"):
        return escaped(value)
    text = "" if value is None else str(value)
    parts, place = [], 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_SENTENCE_ENDS)
        parts += [_words(text[place : match.start()]), _link(address)]
        place = match.start() + len(address)
    parts.append(_words(text[place:]))
    return "".join(parts).replace("\n", "<br>")


def paragraphs(value: object) -> str:
    """A text as paragraphs: an empty line ends one."""
    blocks = re.split(r"\n\s*\n", str(value or "").strip())
    return "".join(f"<p>{prose(block.strip())}</p>" for block in blocks if block.strip())


def _words(text: str) -> str:
    return _MOMENT.sub(r'<span class="moment">\g<0></span>', escape(text))


def _link(address: str) -> str:
    href = escape(address)
    return f'<a class="bare" href="{href}" rel="noopener noreferrer">{href}</a>'
