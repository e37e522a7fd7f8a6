"""What may stand in a user's text: the one cleaning that every word passes on its way in.

Cleaning keeps what was typed readable and makes it inert; it never interprets markup.
"""

import re

# C0 controls become their visible pictures (U+2400 block), so that evidence such as a copied
# escape sequence stays readable without reaching a terminal.
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_SPACES = {0x09: " ", 0x0A: "\n", 0x0D: "\n", 0x0B: "\n", 0x0C: "\n", 0x2028: "\n", 0x2029: "\n"}
_C1 = dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
# Bidirectional controls and zero-width characters can make a line read differently from what it
# holds (Unicode TR36, "bidirectional text spoofing"); they carry no word of their own.
_INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x061C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
    ]
)
_TABLE = {**_PICTURES, **_C1, **_SURROGATES, **_INVISIBLE, **_SPACES}
_ORDINARY = re.compile(r"[ -~]*\Z")


def clean(text: str) -> str:
    """Text that is safe to show and store; line breaks survive as ``\\n``.

    Cleaning twice changes nothing.
    """
    if _ORDINARY.match(text):
        return text.strip()
    return text.replace("\r\n", "\n").translate(_TABLE).strip()


def clean_line(text: str) -> str:
    """`clean`, on a single line: each run of line breaks and the blanks around it is one space."""
    return re.sub(r"\s*\n\s*", " ", clean(text))


def slug(text: str, *, longest: int = 40) -> str:
    """The text as a part of a file name: lower-case ASCII words joined by hyphens.

    Empty when nothing of the text can stand in one.
    """
    words = re.findall(r"[a-z0-9]+", text.lower())
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word
        if len(longer) > longest:
            break
        result = longer
    return result or (words[0][:longest] if words else "")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 entry``, ``2 entries``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def whole_number(text: str) -> int | None:
    """The number that digits 0 to 9 stand for, at most 18 of them; None for any other text.

    What comes from files of others may have thousands, which Python refuses to read.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
