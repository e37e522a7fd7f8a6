"""What is painted where the terminal does not show UTF-8: letters and shapes that it does show.

Each stands in as many cells as what it stands for, so that nothing moves.
"""

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from incident_tui.service.machine.characters import UTF_8

_UNKNOWN = "?"
_SHAPES = {
    **dict.fromkeys("─═–—▔", "-"),
    **dict.fromkeys("│║▌▏", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘", "+"),
    # The heavy frame says where the focus is, so that it looks otherwise here as well.
    **dict.fromkeys("┏┓┗┛┃", "#"), "━": "=",
    **dict.fromkeys("▁▂▃▄▅▆▇ \N{NO-BREAK SPACE}◷", " "),
    **dict.fromkeys("•●", "*"),
    **dict.fromkeys("○◌◐◑", "o"),
    **dict.fromkeys("›▸→", ">"),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”„", '"'),
    "…": "~", "·": ".", "✓": "v", "✗": "x", "☐": "_", "☑": "x", "◉": "@", "◆": "#", "▲": "^",
    "■": "=", "⚑": "/", "⏎": "<", "↵": "/", "↓": "v", "←": "<", "↩": "<", "↑": "^", "×": "x",
}  # fmt: skip


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
