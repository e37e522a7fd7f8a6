"""The one module where words that users typed become something the screen paints.

Nothing here parses markup, and nothing made here carries a control character to the terminal. What
is cleaned for good, on entry and on load, is cleaned by the domain; this is the last door before
the terminal, for whatever comes by another way.
"""

import re
import unicodedata
from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

Part = str | Content | tuple[str, str | Style]
"""A piece of a line: text, text with a style of ours, or content that is ready."""

LINE_BREAK = " ↵ "

_BREAKS = frozenset("\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")
# Letters and marks that paint nothing, or change the width of their neighbour, in some terminals.
_BLANKS = frozenset(
    [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)]
) | frozenset(range(0xE0100, 0xE01F0))
_ORDINARY = re.compile(r"[ -~]*\Z")
_MARKS_ON_ONE_LETTER = 4


class _Visible(dict[int, str]):
    """What stands for a character on the screen, decided when it is first met."""

    def __init__(self, line_break: str) -> None:
        super().__init__(dict.fromkeys(map(ord, _BREAKS), line_break))
        self[0x09] = " "

    def __missing__(self, code: int) -> str:
        self[code] = seen = self._seen(code)
        return seen

    @staticmethod
    def _seen(code: int) -> str:
        category = unicodedata.category(chr(code))
        if category == "Cc":
            picture = 0x2421 if code == 0x7F else 0x2400 + code
            return chr(picture) if code < 0x80 else "\N{REPLACEMENT CHARACTER}"
        if category == "Cs":  # half of a pair: it cannot be written to a terminal at all
            return "\N{REPLACEMENT CHARACTER}"
        # Bidirectional and zero-width characters would make a line read otherwise than it is.
        return "" if category in ("Cf", "Zl", "Zp") or code in _BLANKS else chr(code)


_ON_ONE_LINE = _Visible(LINE_BREAK)
_ON_MANY_LINES = _Visible("\n")


def visible(text: str, *, lines: bool = False) -> str:
    """The text as it may be painted: on one line, or with its line breaks kept as ``\\n``.

    Controls show as their pictures (``␛``), tabs as a space, line breaks of a single line as ``↵``;
    bidirectional controls and zero-width characters are left out.
    """
    if _ORDINARY.match(text):
        return text
    table = _ON_MANY_LINES if lines else _ON_ONE_LINE
    return _few_marks(text.replace("\r\n", "\n").translate(table))


def plain(text: str, *, lines: bool = False) -> Content:
    """User text as inert content; `lines` keeps its line breaks."""
    return Content(visible(text, lines=lines), strip_control_codes=False)


def line(*parts: Part) -> Content:
    """One line of several parts, each made inert; a style is ours and never comes from a user."""
    return Content.assemble(*map(_safe, parts), strip_control_codes=False)


def cut(content: Content, width: int) -> Content:
    """The content in at most `width` cells; what is cut off shows as an ellipsis.

    A wide character is never halved: where only one cell is left for it, a blank stands there.
    """
    return Content() if width <= 0 else content.truncate(width, ellipsis=True)


def cut_before(head: Content, tail: Content, width: int) -> Content:
    """Both in at most `width` cells: the head is cut for the tail, which gets half of them at most.

    For what is told with what to do about it: both are there, however little space there is.
    """
    if head.cell_length + tail.cell_length <= width:
        return line(head, tail)
    kept = cut(tail, max(width - head.cell_length, width // 2))
    return line(cut(head, width - kept.cell_length), kept)


def columns(mark: str, texts: Sequence[str], widths: Sequence[int]) -> str:
    """The texts after the mark, each as wide as its column; the last one takes what is left."""
    filled = [padded(text, width) for text, width in zip(texts, widths, strict=False)]
    return f"{mark or ' '} {'  '.join([*filled, texts[-1]])}"


def padded(text: str, width: int) -> str:
    """The text with blanks behind it, so that it takes at least so many cells."""
    return text + " " * max(0, width - cells(text))


def cells(text: str) -> int:
    """How many terminal cells the text takes, once it is `visible`."""
    return cell_len(visible(text))


def _safe(part: Part) -> Part:
    if isinstance(part, str):
        return visible(part)
    if isinstance(part, Content):
        return part
    text, style = part
    return visible(text), style


def _few_marks(text: str) -> str:
    """Limit the marks stacked on one letter, and give a leading mark a circle to sit on."""
    if text.isascii() or not any(map(unicodedata.combining, text)):
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        if not unicodedata.combining(character):
            marks = 0
        elif not kept or kept[-1] == "\n":
            kept.append("\N{DOTTED CIRCLE}")
            marks = 1
        else:
            marks += 1
        if marks <= _MARKS_ON_ONE_LETTER:
            kept.append(character)
    return "".join(kept)
