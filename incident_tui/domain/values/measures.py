"""Measures in texts: a number with its unit, as far as two of them can be compared."""

from incident_tui.domain.values.patterns import later

# unit -> the unit it is counted in, and how many of these it is
_UNITS = {
    "ms": ("s", 0.001),
    "s": ("s", 1.0),
    "sec": ("s", 1.0),
    "m": ("s", 60.0),
    "min": ("s", 60.0),
    "h": ("s", 3600.0),
    "kb": ("b", 1e3),
    "mb": ("b", 1e6),
    "gb": ("b", 1e9),
    "b": ("b", 1.0),
}
_MEASURE = later(r"^\D*?([-+]?\d+(?:[.,]\d+)?)\s*(%|[^\W\d_]*)(?:/\w+)?\s*$")


def measured(text: str) -> tuple[float, str] | None:
    """The number in a text and its unit, in seconds or bytes where it is one; None without one."""
    match = _MEASURE.match(text.strip())
    if match is None:
        return None
    unit = match[2].casefold()
    base, factor = _UNITS.get(unit, (unit, 1.0))
    return float(match[1].replace(",", ".")) * factor, base


def comparable(*texts: str) -> list[float] | None:
    """The numbers in texts that are all of one unit; None where one is none, or of another."""
    found = [measured(text) for text in texts]
    known = [each for each in found if each is not None]
    if len(known) < len(texts) or len({unit for _, unit in known}) > 1:
        return None
    return [number for number, _ in known]


def of_two_kinds(one: str, other: str) -> bool:
    """Whether two texts measure different things: a share, a time, an amount of data."""
    found = {measure[1] for text in (one, other) if (measure := measured(text))}
    return len(found) == 2 and found <= {"%", *(base for base, _ in _UNITS.values())}
