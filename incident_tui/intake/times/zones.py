"""Names of time zones as people write them, and where a document says which zone it uses.

Names with several meanings are refused rather than guessed. dateutil is imported on first use.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final
from unicodedata import combining, normalize

from incident_tui.domain.values.zone_words import PLACES, SEVERAL_MEANINGS, SPOKEN

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])([0-9]{1,2})(?::?([0-9]{2}))?")
_PAIR: Final = re.compile(r"([A-Z]{2,4})/([A-Z]{2,4})")
_WINTER_IS_GMT: Final = ("Europe/London", "WET")
_MULTIPLE: Final = re.compile(r"(?:UTC|Z)(?:/(?:GMT|UTC|Zulu))?|GMT/UTC|Zulu|ZULU|zulu")

ZONE_WORD: Final = (
    r"(?:(?:UTC|GMT)\s?[+-][0-9]{1,2}(?::?[0-9]{2})?(?![0-9])"
    r"|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?|(?:UTC|GMT)/(?:UTC|GMT)"
    r"|[A-Z]{2,4}/[A-Z]{2,4}|[A-Z]{2,4}|Zulu|utc)(?![A-Za-z0-9/])"
)
_BEHIND = re.compile(rf"\s*(?:\(\s*({ZONE_WORD})\s*\)|({ZONE_WORD})|(Z)\b)")
_ISO_OFFSET = re.compile(r"\s?([+-][0-9]{2}:?[0-9]{2})(?![0-9:])")
_PLUS_OFFSET = re.compile(r"\s?(\+[0-9]{2}:?[0-9]{2}|-[0-9]{4})(?![0-9:])")
_BLANK = re.compile(r"\s*\(?\s*")
_WORD = re.compile(rf"(?<![A-Za-z0-9/_#-]){ZONE_WORD}")
_TWO_WORDS: Final = "|".join(sorted(place for place in SPOKEN if " " in place))
# "Eastern", "Pacific Daylight Time (US)", "Berlin time", "heure de Paris"; a place alone is none.
SPOKEN_ZONE: Final = re.compile(
    rf"(?P<place>{'|'.join(sorted(SPOKEN, key=len, reverse=True))}|[a-zà-ü]+(?:[\s_][a-zà-ü]+)?)"
    r"(?:'s)?\s+(?:(?:standard|daylight|summer|winter|local)\s+)?time\b(?:\s+zone\b)?"
    r"|(?P<american>(?:eastern|pacific)\b(?!\s+(?:europe|region|cluster|team|office|bank))"
    r"|(?:central|mountain)\b(?=\s*(?:[:)\],.–—-]|$)))"
    r"|(?:heure|horas?|horários?|horarios?)\s+(?:de|d'|del?|oficial de)\s*"
    rf"(?:(?:la\s)?ciudad\sde\s|cidade\sd[eo]\s)?(?P<city>{_TWO_WORDS}|[a-zà-ü]+)"
    r"|hora\s+(?P<peninsular>peninsular|canaria)"
    r"|(?P<german>(?:mitteleuropäische|[a-zäöü]{3,20}er))\s+(?:orts|sommer|winter)?zeit\b"
    r"|coordinated universal time(?P<utc>)",
    re.IGNORECASE,
)
_NOUN: Final = (
    r"(?:times|timestamps|zeiten|zeitangaben|angaben|uhrzeiten|heures|horaires|horas|hor[áa]rios"
    r"|tiempos)"
)
_IS: Final = (
    r"(?:in|en|em|are|sind|sont|est[áa]n|estão|as|shown|given|listed|reported|stated|angegeben)"
)
_STATED = re.compile(
    r"\b(?:all|the|these|alle|toutes|todas|todos)\s+(?:\w+\s+){0,2}?"
    rf"(?:{_NOUN}|time|timestamp|events?|dates?)\b(?P<after>.{{0,80}})"
    r"|\b(?:time\s?zone|zeitzone|fuseau(?: horaire)?|zona horaria|fuso(?: horário)?)\b"
    r"(?P<zone>.{0,40})"
    r"|\b(?:times|timestamps)\s+(?:\w+\s+){0,2}(?:in|as)\s(?P<in>.{0,40})"
    rf"|\b(?:die|les|las|los|os|as)\s+{_NOUN}\s+{_IS}\b(?P<are>.{{0,40}})"
    rf"|(?:^|\()\W*(?:time|heure|hora|horário|horario|{_NOUN})"
    rf"\s*(?:\b{_IS}\b|:|\(|(?=de\s)|(?=loca(?:l|les|is)\b))\s*(?P<short>.{{0,50}})",
    re.IGNORECASE,
)
# "All times are local (Berlin)", "all times Berlin": a place where a zone is asked for.
_LOCAL = re.compile(
    rf"\W*(?:(?:{_IS}|is|loca(?:l|les|is)|time|ortszeit|hora|heure|to|for|of|de)\b\W*)*"
    r"(?P<place>[A-ZÀ-Ž]\w+(?:[ _][A-ZÀ-Ž]\w+)?)"
    r"(?:\s+time)?\W*"
)
_SEVERAL: Final = re.compile(rf"\b{_NOUN}\b|loca(?:l|les|is)\b|ortszeit", re.IGNORECASE)
_NAMED_BADLY = re.compile(
    r"(?:\bin|\bis|\bas|\bare|:)\s+((?:\w+/)?[A-Za-z]+/[A-Za-z_]+|[A-Z]{2,5})\b"
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone and the name under which it was understood."""

    name: str
    rules: tzinfo


@cache
def zone_named(word: str) -> Zone | None:
    """The zone for an abbreviation, an offset or an IANA name; None when it is not known."""
    if word == "GMT":
        return Zone("GMT", UTC)
    if _MULTIPLE.fullmatch(word) or word == "utc":
        return Zone("UTC", UTC)
    offset = _OFFSET.fullmatch(word)
    if offset is not None:
        return _offset_zone(offset)
    pair = _PAIR.fullmatch(word)
    if pair is not None:
        # "CET/CEST" is how people say that both halves of the year are meant.
        places = {PLACES.get(half) for half in pair.groups() if half != "GMT"}
        place = places.pop() if len(places) == 1 else None
        # Of the places that have GMT in winter only these have one word for their summer.
        known = place is not None and ("GMT" not in pair.groups() or place in _WINTER_IS_GMT)
        return _of_place(place) if place is not None and known else None
    if word not in PLACES and "/" not in word:
        return None
    return _of_place(PLACES.get(word, word))


@cache
def _of_place(name: str) -> Zone | None:
    from dateutil import tz

    rules = tz.gettz(name)
    return None if rules is None else Zone(name, rules)


def zone_spoken(text: str, at: int = 0) -> tuple[Zone | None, int]:
    """The zone that is spoken of at a position ("Eastern", "Berlin time"), and where that ends."""
    match = SPOKEN_ZONE.match(text, at)
    if match is None:
        return None, at
    if match["utc"] is not None:
        return Zone("UTC", UTC), match.end()
    if match["german"] is not None:
        zone = _of_german_clock(match["german"].lower())
        return (zone, match.end()) if zone is not None else (None, at)
    place = next(filter(None, match.group("american", "place", "city", "peninsular")), "").lower()
    zone = zone_of_place(place)
    return (zone, match.end()) if zone is not None else (None, at)


def zone_at(text: str, at: int, iso: bool) -> tuple[Zone | str | None, int]:
    """The zone behind a clock, as its abbreviation where that has several meanings."""
    named = _BEHIND.match(text, at)
    if named is not None:
        word = next(part for part in named.groups() if part)
        if has_several_meanings(word):
            return word, named.end()
        zone = zone_named(word)
        if zone is not None:
            return zone, named.end()
    # "10:30-10:45" is a range, "T10:30-05:00" an offset.
    offset = (_ISO_OFFSET if iso else _PLUS_OFFSET).match(text, at)
    if offset is not None:
        zone = zone_named(offset.group(1))
        return (zone, offset.end()) if zone is not None else (None, at)
    blank = _BLANK.match(text, at)
    spoken, end = zone_spoken(text, blank.end() if blank is not None else at)
    return (spoken, end) if spoken is not None else (None, at)


@cache
def zone_of_place(place: str) -> Zone | None:
    """The zone of a region or a city in small letters, None where no zone file has its name."""
    bare = "".join(sign for sign in normalize("NFD", place) if not combining(sign))
    name = (
        SPOKEN.get(place)
        or SPOKEN.get(place.split()[-1] if place else "")
        or _cities().get(bare.replace(" ", "_"))
    )
    return _of_place(name) if name is not None else None


def _of_german_clock(word: str) -> Zone | None:
    """The zone of "Berliner" or "mitteleuropäische" in front of "Zeit"."""
    stems = (word, word.removesuffix("er"), word.removesuffix("ner"))
    return next((zone for stem in stems if (zone := zone_of_place(stem)) is not None), None)


@cache
def _cities() -> dict[str, str]:
    """The cities that zone files are named after."""
    from zoneinfo import available_timezones

    names = sorted(available_timezones())
    regions = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return {
        name.rpartition("/")[2].lower(): name for name in names if name.split("/")[0] in regions
    }


def has_several_meanings(word: str) -> bool:
    """Whether an abbreviation is used for more than one zone, so that it must not be guessed."""
    return word in SEVERAL_MEANINGS


def default_named(rules: tzinfo, moment: datetime | None) -> Zone:
    """The caller's zone with the best name it has for itself."""
    key = getattr(rules, "key", None)
    if isinstance(key, str):
        return Zone(key, rules)
    naive = moment.replace(tzinfo=None) if moment is not None else None
    return Zone(rules.tzname(naive) or "default zone", rules)


def zone_in(text: str) -> Zone | None:
    """The first zone named anywhere in a short text such as a heading or a column title."""
    for match in _WORD.finditer(text):
        zone = zone_named(match.group())
        if zone is not None:
            return zone
    for spoken in SPOKEN_ZONE.finditer(text):
        words = spoken.group().lower()
        if "time" in words or spoken["american"] is None:
            # The words before "time" may belong to the sentence: "in Berlin time".
            for start in [spoken.start(), *(m.end() for m in re.finditer(r"\s+", words))]:
                at = start if start == spoken.start() else spoken.start() + start
                zone, _ = zone_spoken(text, at)
                if zone is not None:
                    return zone
    return None


def zone_stated(text: str) -> Zone | str | None:
    """What a sentence of the kind "all times in CET" says.

    Returns the zone, or the unknown name as a string, or None where nothing is stated.
    """
    whole = text.strip(" .()[]*_")
    spoken, end = zone_spoken(whole)
    if spoken is not None and end == len(whole):
        return spoken  # "Heure de Paris" is all that the line says
    for match in _STATED.finditer(text):
        tail = next(part for part in match.groups() if part is not None)
        tail = tail.split(". ")[0]
        zone = zone_in(tail)
        if zone is not None:
            return zone
        american = re.search(r"\b(?:eastern|central|mountain|pacific)\b", tail, re.IGNORECASE)
        if american is not None:
            return zone_spoken(tail, american.start())[0]
        local = _LOCAL.fullmatch(tail)
        # "For the first time in Berlin" is no word about clocks.
        several = local is not None and _SEVERAL.search(match.group()) is not None
        there = zone_of_place(local["place"].lower()) if local is not None and several else None
        if there is not None:
            return there
        badly = _NAMED_BADLY.search(f"in {tail}" if match.group("in") is not None else tail)
        if badly is not None:
            return badly.group(1)
    return None


def _offset_zone(match: re.Match[str]) -> Zone | None:
    sign, hours, minutes = match.groups()
    delta = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if int(hours) > 14 or int(minutes or 0) > 59:
        return None
    if not delta:
        return Zone("UTC", UTC)
    rules = timezone(delta if sign == "+" else -delta)
    return Zone(str(rules), rules)
