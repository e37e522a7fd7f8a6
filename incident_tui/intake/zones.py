"""Names of time zones as people write them, and where a document says which zone it uses.

Names with several meanings are refused rather than guessed. dateutil is imported on first use.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

# Authors write PST all year round and mean the wall clock of the place, hence places.
_PLACES: Final[dict[str, str]] = {
    "CET": "CET",
    "CEST": "CET",
    "WET": "WET",
    "WEST": "WET",
    "EET": "EET",
    "EEST": "EET",
    "BST": "Europe/London",
    "PT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "MT": "America/Denver",
    "MST": "America/Denver",
    "MDT": "America/Denver",
    "CDT": "America/Chicago",
    "ET": "America/New_York",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    "MSK": "Europe/Moscow",
    "SAST": "Africa/Johannesburg",
    "BRT": "America/Sao_Paulo",
    "AKST": "America/Anchorage",
    "AKDT": "America/Anchorage",
    "AWST": "Australia/Perth",
}
_SEVERAL_MEANINGS: Final = frozenset({"IST", "CST", "AST", "ECT", "AMT", "SST", "GST"})
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])([0-9]{1,2})(?::?([0-9]{2}))?")

ZONE_WORD: Final = (
    r"(?:(?:UTC|GMT)\s?[+-][0-9]{1,2}(?::?[0-9]{2})?(?![0-9])"
    r"|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?|[A-Z]{2,4})(?![A-Za-z0-9/])"
)
_WORD = re.compile(rf"(?<![A-Za-z0-9/_#-]){ZONE_WORD}")
_STATED = re.compile(
    r"\b(?:all|the|these)\s+(?:\w+\s+){0,2}?(?:times?|timestamps?|events?|dates?)\b(?P<after>.{0,80})"
    r"|\btime\s?zone\b(?P<zone>.{0,40})"
    r"|\b(?:times|timestamps)\s+(?:\w+\s+){0,2}in\s(?P<in>.{0,40})",
    re.IGNORECASE,
)
_NAMED_BADLY = re.compile(r"(?:\bin|\bis|:)\s+((?:\w+/)?[A-Za-z]+/[A-Za-z_]+|[A-Z]{2,5})\b")


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone and the name under which it was understood."""

    name: str
    rules: tzinfo


def zone_named(word: str) -> Zone | None:
    """The zone for an abbreviation, an offset or an IANA name; None when it is not known."""
    if word in ("Z", "UTC", "GMT"):
        return Zone("GMT" if word == "GMT" else "UTC", UTC)
    offset = _OFFSET.fullmatch(word)
    if offset is not None:
        return _offset_zone(offset)
    if word not in _PLACES and "/" not in word:
        return None
    from dateutil import tz

    name = _PLACES.get(word, word)
    rules = tz.gettz(name)
    return None if rules is None else Zone(name, rules)


def has_several_meanings(word: str) -> bool:
    """Whether an abbreviation is used for more than one zone, so that it must not be guessed."""
    return word in _SEVERAL_MEANINGS


def default_named(rules: tzinfo, moment: datetime | None) -> Zone:
    """The caller's zone with the best name it has for itself."""
    key = getattr(rules, "key", None)
    if isinstance(key, str):
        return Zone(key, rules)
    naive = moment.replace(tzinfo=None) if moment is not None else None
    return Zone(rules.tzname(naive) or "default zone", rules)


def zone_in(text: str) -> Zone | None:
    """The first zone named anywhere in a short text such as a heading or a column title."""
    for found in _WORD.finditer(text):
        zone = zone_named(found.group())
        if zone is not None:
            return zone
    return None


def zone_stated(text: str) -> Zone | str | None:
    """What a sentence of the kind "all times in CET" says.

    Returns the zone, or the unknown name as a string, or None where nothing is stated.
    """
    for found in _STATED.finditer(text):
        tail = next(part for part in found.groups() if part is not None)
        tail = tail.split(". ")[0]
        zone = zone_in(tail)
        if zone is not None:
            return zone
        badly = _NAMED_BADLY.search(f"in {tail}" if found.group("in") is not None else tail)
        if badly is not None:
            return badly.group(1)
    return None


def _offset_zone(found: re.Match[str]) -> Zone | None:
    sign, hours, minutes = found.groups()
    delta = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if int(hours) > 14 or int(minutes or 0) > 59:
        return None
    if not delta:
        return Zone("UTC", UTC)
    rules = timezone(delta if sign == "+" else -delta)
    return Zone(str(rules), rules)
