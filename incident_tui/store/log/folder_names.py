"""The names of incident folders: made from a date and a title, and told safe from unsafe.

That of a protected incident tells nothing: it can be seen by those who may not enter the folder.

Looking for a folder by a part of its name is the home's.
"""

import re
from collections.abc import Callable
from datetime import date

from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.text import slug
from incident_tui.store.files.digest import sha256_hex

LONGEST = 100
_DIGITS = 8
# A letter or digit first and last: no option of a command line, no hidden file, no `..`, nothing
# that some file system takes a trailing dot from.
_SAFE = later(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_DATED = later(r"\d{4}-\d{2}-\d{2}")
_PARTS = later(r"\d+|\D+")
_RESERVED = later(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def is_safe(name: str) -> bool:
    """Whether a folder may have this name on every system, and none of it means anything else."""
    return bool(
        len(name) <= LONGEST
        and _SAFE.fullmatch(name)
        and ".." not in name
        and not _RESERVED.fullmatch(name)
    )


def is_reserved(stem: str) -> bool:
    """Whether some system takes a file of that name, whatever its suffix, for a device."""
    return _RESERVED.fullmatch(stem) is not None


def name_for(day: date, title: str, taken: Callable[[str], bool]) -> str:
    """A free folder name such as ``2026-11-20-checkout-5xx``; the next of that name ends in -2."""
    base = f"{day.isoformat()}-{slug(title) or 'incident'}"
    name, number = base, 1
    while taken(name):
        number += 1
        name = f"{base}-{number}"
    return name


def is_named_for(name: str, title: str) -> bool:
    """Whether `name_for` makes a name like that of this title, on whatever day."""
    called = slug(title)
    return bool(called) and re.fullmatch(rf"{_DATED.pattern}-{called}(?:-\d+)?", name) is not None


def neutral_name(token: str) -> str:
    """A name that tells nothing: 8 hexadecimal digits made from a random `token`."""
    return sha256_hex(token.encode())[:_DIGITS]


def is_neutral(name: str) -> bool:
    """Whether a name is one of `neutral_name`."""
    return len(name) == _DIGITS and all(digit in "0123456789abcdef" for digit in name)


def newest_first(name: str, day: str = "") -> tuple[str, tuple[tuple[int, str], ...]]:
    """Sort key, to be used in reverse: by date, then so that -10 comes after -2.

    `day` is the date of an incident whose name tells none, as YYYY-MM-DD.
    """
    dated = _DATED.match(name)
    parts = [(int(part), "") if part.isdecimal() else (-1, part) for part in _PARTS.findall(name)]
    return (dated[0] if dated else day, tuple(parts))
