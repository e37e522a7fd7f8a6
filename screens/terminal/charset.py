"""What is painted where the terminal does not show UTF-8: letters and shapes that it does show.

Each stands in as many cells as what it stands for, so that nothing moves.
"""

import unicodedata
from collections.abc import Mapping

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

UTF_8 = "utf-8"
_UNKNOWN = "?"
_SHAPES = {
    **dict.fromkeys("─━═–—▔", "-"),
    **dict.fromkeys("│┃║▌▏", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘┏┓┗┛", "+"),
    **dict.fromkeys("▁▂▃▄▅▆▇ \N{NO-BREAK SPACE}◷", " "),
    **dict.fromkeys("•●", "*"),
    **dict.fromkeys("○◌◐◑", "o"),
    **dict.fromkeys("›▸→", ">"),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”„", '"'),
    "…": "~", "·": ".", "✓": "v", "✗": "x", "☐": "_", "☑": "x", "◉": "@", "◆": "#", "▲": "^",
    "■": "=", "⚑": "/", "⏎": "<", "↵": "/", "↓": "v", "←": "<", "↩": "<", "↑": "^", "×": "x",
}  # fmt: skip


def charset(env: Mapping[str, str], stream: str) -> str:
    """The characters that the terminal shows: what the locale says, then the encoding of `stream`.

    See locale(7) for the order of the variables. A locale that names no encoding has none but
    ASCII, also where Python writes UTF-8 in it (PEP 538, PEP 540).
    """
    named = next((env[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if env.get(name)), "")
    if named.rpartition(".")[2].partition("@")[0].casefold().replace("-", "") == "utf8":
        return UTF_8
    return "ascii" if stream.casefold().replace("-", "") == "utf8" else stream


class Fallback(LineFilter):
    """Paints with the characters of one encoding only."""

    def __init__(self, encoding: str) -> None:
        """LookupError where there is no such encoding."""
        "".encode(encoding)
        super().__init__(enabled=encoding != UTF_8)
        self._encoding = encoding
        self._known: dict[str, str] = {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment
            if segment.text.isascii()
            else Segment("".join(map(self._shown, segment.text)), segment.style, segment.control)
            for segment in segments
        ]

    def _shown(self, character: str) -> str:
        known = self._known.get(character)
        if known is None:
            known = self._known[character] = self._instead(character)
        return known

    def _instead(self, character: str) -> str:
        try:
            character.encode(self._encoding)
        except UnicodeEncodeError:
            width = cell_len(character)
            plain = _SHAPES.get(character) or unicodedata.normalize("NFKD", character)[:1]
            return (plain if plain.isascii() else _UNKNOWN) * width
        return character
