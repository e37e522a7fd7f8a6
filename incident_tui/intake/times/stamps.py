"""The time at the start of a row: date, clock, zone, range, "about"; strict, nothing is guessed.

Only the written parts are read here; which day a bare clock time belongs to is decided elsewhere.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from incident_tui.intake.foreign_timeline import APPROXIMATE, DOTTED, RANGE, RELATIVE
from incident_tui.intake.times.clocks import PLACEHOLDER, Clock, clock_at, dotted_at
from incident_tui.intake.times.dates import (
    FLAGS,
    WEEKDAY,
    Day,
    Refused,
    Shift,
    WrittenDay,
    any_day,
    day_at,
    day_behind,
    weekday_of,
)
from incident_tui.intake.times.zones import ZONE_WORD, Zone, zone_at, zone_named

_HEAD: Final = 48
# Cheap: without these no text begins with a time, and most lines of prose have none of them.
_MAYBE = re.compile(r"[0-9?]|[xX]{2}|-:-|--:|(?i:hh:mm)")
_WORD = re.compile(
    rf"\W{{0,6}}(?:(?:on|at|am|le|el|around|about|(?:just |shortly )?(?:before|after)|gegen)\s)?"
    rf"(?:{WEEKDAY}|noon|mid|mittag|meio-dia|medio|today|yesterday|the\s|next|following"
    r"|heute|gestern|aujourd|hier|hoy|ayer|hoje|ontem|same|am\s|le\s|al\s|no\s|day)",
    FLAGS,
)
_BEFORE_TIME = re.compile(
    r"(?:~~[^~]{1,40}~~\s*(?=[0-9]))?(?:\[[ xX]\]\s+)?(?::[a-z0-9_+-]{2,30}:\s*)?"
    r"(?:[^\w\s+\-–—?~≈<>]{1,4}\s*)?[\[(<{\"“”„«'‘`|]*\s*"
)
_ABOUT: Final = (
    r"~|≈|<|>|\b(?:(?:shortly|just|soon|right) (?:after|before)|kurz (?:nach|vor)"
    r"|peu (?:après|avant)|poco (?:después|antes) de(?: las?)?|pouco (?:depois|antes) das?"
    r"|ca|circa|approx|approximately|around|about|roughly|gegen|etwa|vers|hacia"
    r"|cerca d[eao]s?|environ|ungefähr|por volta d[ae]s?|aproximadamente|alrededor de las"
    r"|sobre las|hacia las)\b\.?"
)
_WORDED: Final = (
    r"\b(?:at|on|between|from|since|by|um|am|ab|seit|le|el|em|à|às|as|a las|a la|dès|desde|das"
    r"|de las|depuis|after|before|until|till|nach|vor|bis|après|avant|(?:morning|night) of)\b"
)
_OPEN_SIDED: Final = r"\b(?:after|before|until|till|nach|vor|bis|après|avant)\b"
_ABOUT_END = re.compile(rf"(?:{_ABOUT})\s*$", FLAGS)
_LEAD = re.compile(rf"(?P<words>(?:(?:{_ABOUT}|{_WORDED})\s*)*)(?P<weekday>{WEEKDAY},?\s*)?", FLAGS)
_NOTHING = re.compile(r"(?P<about>)")
_BETWEEN = re.compile(
    rf"(?:,?\s*\(?{WEEKDAY}\)?(?=[\s,]))?"
    r"(?:T|[\s,]+(?:(?:at|um|à|às|as|a las|kl|om|ore|alle(?: ore)?)\b\.?\s+"
    r"|@\s*|[-–—]\s+|\|\s*)?|:\s*|\s*[-–—]\s+)"
    rf"[(\[]?(?:(?P<about>{_ABOUT})\s*)?",
    FLAGS,
)
_VAGUE = re.compile(r"\s?-?ish\b", re.IGNORECASE)
_DASH: Final = (
    r"\s*(?:[\])>]--[\[(<]|[-–—]{1,2}>?|→|⟶|=>|…|\.{2,3}|~"
    r"|\b(?:to|until|till|through|and|bis|au|à|às|a|a las"
    r"|hasta|até|jusqu'à)\b)\s*(?:~\s*)?"
)
_RANGE = re.compile(_DASH, FLAGS)
_OPEN_END = re.compile(
    r"\s*(?:[-–—]{1,2}>?|→)\s*(?:(?:ongoing|now|present|open|unknown|tbd|\?+)(?=\W|$)"
    r"|(?=$|[\])|>]))",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{4,32})[)\]]")
_ZONE_ALONE = re.compile(rf"\s*\(({ZONE_WORD})\)(?=\s*:?\s*$)")
_YEAR_BEHIND = re.compile(r"\s+((?:19|20)[0-9]{2})(?=\s|[\])|:]|$)")
_SEPARATOR = re.compile(
    r"[`*_'’>]*\s*(?:[:,;)\]|}\"”“»]+[`*_]*\s*)*(?:(?:[-–—]+>?|→|=>|·|•)(?=[\s:]|$|[^\W\d])\s*)?(?::\s*)?"
)
_EPOCH = re.compile(
    r"(1[0-9]{9}|2[0-9]{9})(?:([0-9]{9}|[0-9]{6}|[0-9]{3})|\.([0-9]{1,9}))?(?![0-9.:/-])"
)
_COUNTED = re.compile(
    r"T\s?(?P<sign>[+-])\s?(?:(?P<h>[0-9]{1,3}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2}))?"
    r"|(?P<span>(?:[0-9]+\s?(?:days?|d|hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|s)\s?)+"
    r"|[0-9]+(?=\s*(?:[:–—-]|$))))(?=\W|$)"
    r"|(?P<plus>\+)\s?(?P<more>(?:[0-9]+\s?(?:days?|d|hours?|hrs?|h|minutes?|mins?|min|m)\s?)+)"
    r"(?=\W|$)|\+(?P<h2>[0-9]{1,2}):(?P<m2>[0-9]{2})(?::(?P<s2>[0-9]{2}))?(?=\s|$)"
    r"|(?P<zero>T\s?[+-]?\s?0)(?=\s*[:–—\s(-]|$)",
    FLAGS,
)
# "T+8m (14:10 UTC)" says itself which moment that is.
_BESIDE = re.compile(r"\s*[(\[/|=]\s*(?=[0-9])")
_PIECE = re.compile(r"([0-9]+)\s?([a-z])?", re.IGNORECASE)
_UNIT_SECONDS: Final = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}


@dataclass(frozen=True, slots=True)
class Stamp:
    """The time parts at the start of a text, and the text behind them.

    `counted` stands instead of a clock in "T+35m". `until` is the clock at the end of a range and
    `until_day` its date. `worded` says that a word such as "at" leads it in, `closed` that a sign
    sets it apart from the text, `written` is all of it as it stands there. `zone_word` is the
    abbreviation of several zones, of which the text around it may say which one is meant. `beside`
    is the clock of another zone that is written behind it in brackets.
    """

    day: WrittenDay | None
    clock: time | None
    zone: Zone | None
    flags: tuple[str, ...]
    rest: str
    weekday: int | None = None
    counted: timedelta | None = None
    until: time | None = None
    until_day: Day | None = None
    worded: bool = False
    closed: bool = False
    written: str = ""
    zone_word: str = ""
    beside: tuple[time, Zone] | None = None

    @property
    def is_bare(self) -> bool:
        """Whether no words stand behind it."""
        return not self.rest.strip(" :.,–—-")

    @property
    def has_time(self) -> bool:
        """Whether it says more than a day."""
        return self.clock is not None or self.counted is not None


def read_stamp(text: str, *, loose: bool = False) -> Stamp | Refused | None:
    """Read the time at the start of plain text; None where the text does not start with a time.

    `loose` reads what is a time only among other times: "14.05" without a date.
    """
    if not _MAYBE.search(text, 0, _HEAD) and not _WORD.match(text):
        return None
    prefix = _BEFORE_TIME.match(text)
    begin = prefix.end() if prefix is not None else 0
    short = _epoch(text, begin) or _counted(text, begin)
    if short is not None:
        return short
    lead = _LEAD.match(text, begin)
    at = lead.end() if lead is not None else begin
    words = lead["words"] if lead is not None else ""
    flags = [APPROXIMATE] if re.search(rf"{_ABOUT}|{_OPEN_SIDED}", words, FLAGS) else []
    weekday = weekday_of(lead["weekday"] if lead is not None else None)
    day, at = any_day(text, at, weekday)
    if isinstance(day, Refused):
        return day
    parser = _Parts(text, begin, day, weekday, flags, bool(re.search(_WORDED, words, FLAGS)))
    return parser.read(at, loose)


def has_placeholder(text: str) -> bool:
    """Whether a short text holds a time that somebody meant to fill in: "24:XX", "HH:mm"."""
    return PLACEHOLDER.search(text) is not None


def ends_vaguely(text: str) -> bool:
    """Whether a text ends with a word such as "around", which makes the time behind it vague."""
    return _ABOUT_END.search(text) is not None


class _Parts:
    """The parts behind the date, read one after the other."""

    def __init__(
        self,
        text: str,
        begin: int,
        day: WrittenDay | None,
        weekday: int | None,
        flags: list[str],
        worded: bool,
    ) -> None:
        self.text, self.begin, self.day, self.weekday = text, begin, day, weekday
        self.flags, self.worded = flags, worded
        self.until: time | None = None
        self.until_day: Day | None = None
        self.zone_word = ""
        self.beside: tuple[time, Zone] | None = None

    def read(self, at: int, loose: bool) -> Stamp | Refused | None:
        """The stamp, `at` being the end of the date."""
        clock_from, iso = at, False
        if self.day is not None:
            between = _BETWEEN.match(self.text, at)
            if between is None and isinstance(self.day, Shift) and self.day.weekday is not None:
                between = _NOTHING.match(self.text, at)  # the blank went with the weekday
            if between is None:
                return self._day_alone(at)
            iso = between.group() in ("T", "t")
            clock_from = between.end()
            self.flags += [APPROXIMATE] if between["about"] else []
        dotted = self.day is not None or (loose and dotted_at(self.text, clock_from))
        clock, end = clock_at(self.text, clock_from, dotted=dotted)
        if isinstance(clock, Refused):
            return replace(clock, day=self.day)
        if clock is None:
            return None if self.day is None else self._day_alone(at)
        return self._behind_clock(clock, end, iso)

    def _day_alone(self, at: int) -> Stamp:
        """A date without a time of day, which may be a range of dates."""
        dash = _RANGE.match(self.text, at)
        if dash is not None and isinstance(self.day, Day):
            later, end = day_at(self.text, dash.end())
            if isinstance(later, Day):
                self.until_day, at = later, end
                self.flags.append(RANGE)
        zone = _ZONE_ALONE.match(self.text, at)
        named = zone_named(zone[1]) if zone is not None else None
        return self._stamp(None, named, zone.end() if zone is not None and named else at)

    def _behind_clock(self, clock: Clock, at: int, iso: bool) -> Stamp | Refused:
        self.flags += clock.flags
        vague = _VAGUE.match(self.text, at)
        if vague is not None:
            at, self.flags = vague.end(), [*self.flags, APPROXIMATE]
        zone, at = self._zone_at(at, iso)
        at, later = self._range_at(at)
        if zone is None and later is not None:
            zone = later
        if isinstance(self.day, Day) and self.day.year is None:
            year = _YEAR_BEHIND.match(self.text, at)
            if year is not None:  # "Tue May  7 10:00:00 CEST 2024", as C and `date` print it
                self.day, at = replace(self.day, year=int(year[1])), year.end()
                zone, at = (zone, at) if zone is not None else self._zone_at(at, False)
        if self.day is None or isinstance(self.day, Shift):
            day, at = day_behind(self.text, at)
            if isinstance(day, Refused):
                return day
            self.day = day or self.day
        return self._stamp(clock.time, zone, self._other_zone_at(at))

    def _other_zone_at(self, at: int) -> int:
        """The end of a second clock in brackets: "16:22 UTC (11:22 EST)"."""
        match = _BRACKETS.match(self.text, at)
        inner = read_stamp(match[1]) if match is not None else None
        if match is None or not isinstance(inner, Stamp) or not inner.is_bare:
            return at
        if inner.clock is None or inner.zone is None or inner.day is not None:
            return at
        self.beside = (inner.clock, inner.zone)
        return match.end()

    def _range_at(self, at: int) -> tuple[int, Zone | None]:
        """The end of a range that begins here, and the zone behind it."""
        dash = _RANGE.match(self.text, at)
        if dash is not None:
            from_day, start = day_at(self.text, dash.end())
            if isinstance(from_day, Day):
                between = _BETWEEN.match(self.text, start)
                start = between.end() if between is not None else start
                self.until_day = from_day
            else:
                start = dash.end()
            clock, end = clock_at(self.text, start, dotted=DOTTED in self.flags)
            open_ended = clock is not None and isinstance(clock, Refused)
            placeholder = PLACEHOLDER.match(self.text, start) if open_ended else None
            if isinstance(clock, Clock):
                self.flags.append(RANGE)
                self.until = clock.time
                zone, end = self._zone_at(end, False)
                return end, zone
            self.until_day = None
            if placeholder is not None and placeholder.group().lower() != "midnight":
                self.flags.append(RANGE)
                return placeholder.end(), None
        opened = _OPEN_END.match(self.text, at)
        if opened is not None and opened.group().strip() and self.text[at:].strip("-–—: "):
            self.flags.append(RANGE)
            return opened.end(), None
        return at, None

    def _stamp(self, clock: time | None, zone: Zone | None, at: int) -> Stamp:
        tail = self.text[at:]
        separator = _SEPARATOR.match(tail)
        cut = separator.end() if separator is not None else 0
        closed = bool(tail[:cut].strip()) or not tail[cut:].strip()
        return Stamp(
            day=self.day,
            clock=clock,
            zone=zone,
            flags=tuple(dict.fromkeys(self.flags)),
            rest=tail[cut:].strip(),
            weekday=self.weekday,
            until=self.until,
            until_day=self.until_day,
            worded=self.worded,
            closed=closed,
            written=self.text[self.begin : at].strip(),
            zone_word=self.zone_word,
            beside=self.beside,
        )

    def _zone_at(self, at: int, iso: bool) -> tuple[Zone | None, int]:
        zone, end = zone_at(self.text, at, iso)
        if isinstance(zone, str):
            self.zone_word, zone = zone, None
        return zone, end


def _epoch(text: str, at: int) -> Stamp | None:
    match = _EPOCH.match(text, at)
    if match is None:
        return None
    micro = int((match[2] or match[3] or "0")[:6].ljust(6, "0"))
    moment = datetime.fromtimestamp(int(match[1]), UTC).replace(microsecond=micro)
    return Stamp(
        day=Day(moment.year, moment.month, moment.day),
        clock=moment.time(),
        zone=Zone("UTC", UTC),
        flags=(),
        rest=_rest(text, match.end()),
        closed=True,
        written=match.group(),
    )


def _counted(text: str, at: int) -> Stamp | None:
    match = _COUNTED.match(text, at)
    if match is None:
        return None
    beside = _BESIDE.match(text, match.end())
    if beside is not None and isinstance(clock := read_stamp(text[beside.end() :]), Stamp):
        return clock if clock.clock is not None else None
    length = _length(match["span"] or match["more"] or "0m")
    if (hours := match["h"] or match["h2"]) is not None:
        minutes, seconds = match["m"] or match["m2"], match["s"] or match["s2"] or 0
        length = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    return Stamp(
        day=None,
        clock=None,
        zone=None,
        flags=(RELATIVE,),
        rest=_rest(text, match.end()),
        counted=-length if match["sign"] == "-" else length,
        closed=True,
        written=match.group().strip(),
    )


def _rest(text: str, at: int) -> str:
    """What stands behind a time that ends there, and behind what separates the two."""
    tail = text[at:]
    separator = _SEPARATOR.match(tail)
    return tail[separator.end() if separator is not None else 0 :].strip()


def _length(text: str) -> timedelta:
    pieces = _PIECE.findall(text)
    total = sum(int(number[:7]) * _UNIT_SECONDS[(unit or "m").lower()] for number, unit in pieces)
    return timedelta(seconds=total)
