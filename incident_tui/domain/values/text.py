"""What may stand in a user's text: the one cleaning that every word passes on its way in.

Cleaning keeps what was typed readable and makes it inert; it never interprets markup.
"""

from incident_tui.domain.values.patterns import later

# C0 controls become their visible pictures (U+2400 block), so that evidence such as a copied
# escape sequence stays readable without reaching a terminal.
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_SPACES = {0x09: " ", 0x0A: "\n", 0x0D: "\n", 0x0B: "\n", 0x0C: "\n", 0x2028: "\n", 0x2029: "\n"}
_C1_AND_SURROGATES = [(0x80, 0x9F), (0xD800, 0xDFFF)]
# Bidirectional controls and zero-width characters can make a line read differently from what it
# holds (Unicode TR36, "bidirectional text spoofing"); they carry no word of their own.
_INVISIBLE = [
    (0x00AD, 0x00AD),
    (0x061C, 0x061C),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),
]


def _all(ranges: list[tuple[int, int]], stand_in: int | None) -> dict[int, int | None]:
    return {code: stand_in for first, last in ranges for code in range(first, last + 1)}


_TABLE = {
    **_PICTURES,
    **_all(_C1_AND_SURROGATES, 0xFFFD),
    **_all(_INVISIBLE, None),
    **_SPACES,
}
_INERT = {**_TABLE, **_all(_INVISIBLE, 0xFFFD), 0x09: "\t"}
_ORDINARY = later(r"[ -~]*\Z")


def _class_of(ranges: list[tuple[int, int]]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_LIVE = later(f"[\0-\x08\x0b-\x1f\x7f\u2028\u2029{_class_of([*_C1_AND_SURROGATES, *_INVISIBLE])}]")


def clean(text: str) -> str:
    """Text that is safe to show and store; line breaks survive as ``\\n``.

    Cleaning twice changes nothing.
    """
    if _ORDINARY.match(text):
        return text.strip()
    return text.replace("\r\n", "\n").translate(_TABLE).strip()


def clean_line(text: str) -> str:
    """`clean`, on a single line: each run of line breaks and the blanks around it is one space."""
    cleaned = clean(text)
    if "\n" not in cleaned:
        return cleaned
    lines = (line.strip() for line in cleaned.split("\n"))
    return " ".join(line for line in lines if line)


def is_inert(text: str) -> bool:
    """Whether the text holds no character that speaks to a terminal or hides."""
    # Python calls none of these printable; asking that costs a tenth of a search.
    return text.isprintable() or _LIVE.search(text) is None


def inert(text: str) -> str:
    """A text from a file of others, made safe to show; blanks, tabs and line breaks stay.

    Other than in `clean`, what would be invisible shows as ``\ufffd``: a name or an id must not
    come to equal another by losing a character. Making it inert twice changes nothing.
    """
    return text if is_inert(text) else text.replace("\r\n", "\n").translate(_INERT)


def inert_line(text: str) -> str:
    """`inert`, with a space in the place of each line break and tab."""
    return inert(text).replace("\n", " ").replace("\t", " ")


def inert_data(data: object) -> object:
    """`inert` for every text in nested lists and tables, the names of their keys among them."""
    if isinstance(data, str):
        return inert(data)
    if isinstance(data, dict):
        return {inert_data(key): inert_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [inert_data(value) for value in data]
    return data


def slug(text: str, *, longest: int = 40) -> str:
    """The text as a part of a file name: lower-case ASCII words joined by hyphens.

    Other scripts are told in Latin letters. Empty when nothing of the text can stand in one.
    """
    # Imported here: only what makes a folder or an address needs it.
    from slugify import slugify

    return slugify(text, max_length=longest, word_boundary=True, save_order=True)


def label(name: str) -> str:
    """A name as a label: ``fault-domain`` becomes ``Fault domain``."""
    spaced = name.replace("-", " ").replace("_", " ")
    return spaced[:1].upper() + spaced[1:]


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 entry``, ``2 entries``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def with_article(noun: str) -> str:
    """A noun behind its article: ``a fact``, ``an action``."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


_NEARLY = 0.95
"""The part of two texts that are nearly the same which stands in both, as difflib measures it."""


def with_words(lead: str, words: str) -> str:
    """``mitigated: the rollback is through``; what is empty is left out, with its colon."""
    return f"{lead}: {words}" if lead and words else lead or words


def with_reason(lead: str, what: str, why: str) -> str:
    """``a test saw it work: pool of 40 (in staging)``; what is empty is left out."""
    return with_words(lead, f"{what} ({why})" if what and why else what or why)


def nearly_the_same(one: str, other: str) -> bool:
    """Whether two texts say the same but for blanks, case and a word or so, such as a time."""
    from difflib import SequenceMatcher

    first, second = (" ".join(text.casefold().split()) for text in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _NEARLY


def whole_number(text: str) -> int | None:
    """The number that digits 0 to 9 stand for, at most 18 of them; None for any other text.

    What comes from files of others may have thousands, which Python refuses to read.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
