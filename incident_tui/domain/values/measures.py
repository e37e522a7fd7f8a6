"""Measures in texts: a number with its unit, as far as two can be compared; and which way is good.

Of most signals neither name nor words say which way is good, and nothing is made up then.
"""

from functools import lru_cache

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
_GOOD_IF_HIGH = later(
    r"success|availab|uptime|healthy|health score|throughput|conversion|hit[- ]?rat|apdex|revenue|"
    r"\bfree\b|headroom|remaining",
    2,
)
_GOOD_IF_LOW = later(
    r"\b[45](?:xx|\d\d)s?\b|\berr(?:or)?s?\b|error|fail|timeout|latenc|\bp(?:50|75|9\d+)\b|\blag\b|"
    r"backlog|\bqueue|dropped|\blost\b|loss\b|retr(?:y|ies)|restarts?\b|rejected|saturation|"
    r"response time|duration|\bdelay|\bdown(?:time)?\b|unreachable|complaints?|tickets?\b|crash|"
    r"exceptions?\b|stuck|abandon|\bwait|missing|corrupt",
    2,
)
_WELL = frozenset((
    "ok", "okay", "up", "fine", "works", "working", "loads", "load", "healthy", "green",
    "normal", "back", "online", "reachable", "good", "recovered", "running", "full", "complete",
    "clean",
))  # fmt: skip
_ILL = frozenset((
    "broken", "down", "red", "failing", "failed", "fails", "unhealthy", "unreachable", "offline",
    "error", "errors", "timeout", "stuck", "dead", "blank", "missing", "bad", "degraded",
    "unavailable", "wrong",
))  # fmt: skip


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
    measures = [measured(text) for text in texts]
    known = [each for each in measures if each is not None]
    if len(known) < len(texts) or len({unit for _, unit in known}) > 1:
        return None
    return [number for number, _ in known]


def of_two_kinds(one: str, other: str) -> bool:
    """Whether two texts measure different things: a share, a time, an amount of data."""
    kinds = {measure[1] for text in (one, other) if (measure := measured(text))}
    return len(kinds) == 2 and kinds <= {"%", *(base for base, _ in _UNITS.values())}


def higher_is_worse(name: str) -> bool | None:
    """Whether a signal of that name is the worse the higher it is; None where it does not say."""
    if _GOOD_IF_HIGH.search(name):
        return False
    return True if _GOOD_IF_LOW.search(name) else None


@lru_cache(maxsize=1 << 14)  # each line asks it of every reading of its log
def is_better(name: str, before: str, after: str) -> bool | None:
    """Whether a change is for the better by itself; None where its words do not say."""
    was, now = before.casefold(), after.casefold()
    if was in _ILL | _WELL or now in _ILL | _WELL:
        return None if (was in _WELL) == (now in _WELL) else now in _WELL
    worse, numbers = higher_is_worse(name), comparable(before, after)
    if worse is None or numbers is None or numbers[0] == numbers[1]:
        return None
    return (numbers[1] < numbers[0]) == worse
