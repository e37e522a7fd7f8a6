"""The time grammar: how people write a moment or a span, and how both are shown again.

The present moment and the zone are arguments. Which part of a log line is a time, and what the
rest of the line means, is decided in `line_grammar`; this module sees the text of a time only.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from incident_tui.domain.values.calendar import MONTHS
from incident_tui.domain.values.time_forms import (
    BACK,
    END_OF_DAY,
    FURTHEST_AHEAD,
    LONGEST_SPAN,
    MOMENT,
    SIGNED,
    TAKEN,
    UNITS,
    form_of,
)
from incident_tui.domain.values.time_parts import (
    EPOCH,
    WhenError,
    ahead_moment,
    bounds,
    format_exact,
    instant,
    local_moment,
    past_moment,
    present_text,
    span_in,
    unreadable,
)

__all__ = [
    "END_OF_DAY",
    "FURTHEST_AHEAD",
    "LONGEST_SPAN",
    "WhenError",
    "format_duration",
    "format_exact",
    "format_when",
    "parse_ahead",
    "parse_duration",
    "parse_past",
    "take_when",
    "zone_named",
]

_PAST = "write 14:02, -5m, 5m ago, yesterday 23:10 or 2026-11-20T14:02+01:00"
_AHEAD = "write +30m, 14:45, tomorrow 09:00, fri, eom or 2026-12-01"
_LENGTH = "write 90s, 20m, 1h30m or 2d"


def zone_named(name: str) -> tzinfo:
    """The zone of an IANA name such as ``Europe/Berlin``, or UTC.

    Raises `WhenError` for any other name. Names whose meaning depends on the machine are not
    accepted: an incident's zone must read the same everywhere.
    """
    if name.upper() == "UTC" or name == "Etc/UTC":  # as many servers call it
        return UTC
    zone = None
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,31}){0,3}", name):
        from dateutil import tz  # late: it costs 30 ms, and UTC needs none of it

        zone = tz.gettz(name) if name not in ("localtime", "posixrules") else None
        # gettz also reads POSIX rules (UTC+3 is west or east?) and the machine's own names.
        if not isinstance(zone, tz.tzfile):
            zone = None
    if zone is None:
        raise WhenError(f"there is no zone {name[:40]!r}: write UTC or a name like Europe/Berlin")
    return zone


def parse_past(
    text: str, *, now: datetime, zone: tzinfo, earliest: datetime | None = None
) -> datetime:
    """The moment, in UTC, of something that has happened.

    A time of day means today in `zone`. Where that lies ahead of `now` it means yesterday,
    provided that yesterday's is not before `earliest`, the start of the incident. A span is time
    that has elapsed: ``-1d`` is 24 hours. Raises `WhenError` for whatever is in the future,
    impossible, ambiguous or no time at all.
    """
    present = instant(now)
    start, end = bounds(text, _PAST)
    if text[start:end].lower() == "now":
        return present
    if back := form_of(BACK).fullmatch(text, start, end):
        return present - span_in(text, *back.span(back.lastgroup or 0))
    if match := form_of(MOMENT).fullmatch(text, start, end):
        moment = past_moment(match, present, zone, earliest)
        if moment < EPOCH:
            raise WhenError(f"{match[0]!r} is before 1970: check the year", start)
        if moment > present:
            raise WhenError(
                f"{match[0]!r} lies ahead, it is {present_text(present, zone)} now: "
                "write a time that has passed",
                start,
            )
        return moment
    if span := form_of(SIGNED).fullmatch(text, start, end):
        span_in(text, *span.span("span"))
        bare = span["span"].replace(" ", "").replace("\t", "")
        problem = {
            "+": "lies ahead",
            "-": "has a blank or a word too many",
            "": "may lie ahead or behind",
        }[span["sign"]]
        raise WhenError(f"{span[0]!r} {problem}: write -{bare} or {span['span']} ago", start)
    raise unreadable(text[start:end], start, _PAST)


def parse_ahead(text: str, *, now: datetime, zone: tzinfo, whole_days: bool = False) -> datetime:
    """The moment, in UTC, of something that is due.

    A time of day is the next one if that is at most 12 hours away; a weekday is never today; a
    day without a time means `END_OF_DAY`; ``eow`` is Friday, on a weekend Sunday, and ``eom`` the
    last day of the month. Spans are elapsed time; with `whole_days` one of days or weeks alone
    names a day of the calendar, as a date does. Raises `WhenError` for whatever does not lie
    ahead, lies further ahead than `FURTHEST_AHEAD`, is impossible, ambiguous or no time at all.
    """
    present = instant(now)
    start, end = bounds(text, _AHEAD)
    shown = text[start:end]
    today = present.astimezone(zone).date()
    if shown.lower() == "eow":
        last = 4 if today.weekday() <= 4 else 6  # on a weekend it is the one that is left of it
        end_of_week = today + timedelta(days=last - today.weekday())
        moment = local_moment(end_of_week, END_OF_DAY, zone, start)
    elif shown.lower() == "eom":
        next_month = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
        moment = local_moment(next_month - timedelta(days=1), END_OF_DAY, zone, start)
    elif match := form_of(MOMENT).fullmatch(text, start, end):
        moment = ahead_moment(match, present, zone)
    elif span := form_of(SIGNED).fullmatch(text, start, end):
        length = span_in(text, *span.span("span"))
        if span["sign"] == "-" or span["ago"]:
            raise WhenError(f"{shown!r} has passed: {_AHEAD}", start)
        moment = present + length
        units = re.findall("[a-z]+", span["span"].lower())
        if whole_days and all(UNITS[unit] >= timedelta(days=1) for unit in units):
            moment = local_moment(today + length, END_OF_DAY, zone, start)
    else:
        raise unreadable(shown, start, _AHEAD)
    if moment <= present:
        reason = f"{shown!r} does not lie ahead, it is {present_text(present, zone)} now: {_AHEAD}"
        raise WhenError(reason, start)
    if moment - present > FURTHEST_AHEAD:
        raise WhenError(f"{shown!r} is more than five years ahead: check the year", start)
    return moment


@lru_cache(maxsize=256)  # each second those of the playbook are asked for
def parse_duration(text: str) -> timedelta:
    """A span of time, longer than nothing and at most `LONGEST_SPAN`; otherwise `WhenError`."""
    start, end = bounds(text, _LENGTH)
    span = form_of(SIGNED).fullmatch(text, start, end)
    if span is None:
        raise unreadable(text[start:end], start, _LENGTH)
    length = span_in(text, *span.span("span"))
    if span["sign"] or span["ago"]:
        raise WhenError(f"{span[0]!r} has a direction, a length has none: {_LENGTH}", start)
    if not length:
        raise WhenError(f"{span[0]!r} is no time at all: {_LENGTH}", start)
    return length


def take_when(text: str) -> tuple[str, str]:
    """The time at the beginning of a line, and the rest without the blanks between them.

    `text` begins behind the ``@``. The time is the longest beginning that has the form of one,
    whether or not it makes sense, or stands in double quotes; failing that, the first word, so that
    `parse_past` can say what is wrong with it. Never raises.
    """
    if quoted := form_of(r'"([^"]*)"').match(text):
        return quoted[1], text[quoted.end() :].lstrip()
    matches = [form_of(rf"{form}[,;:]*(?!\S)").match(text) for form in TAKEN]
    end = max((match.end() for match in matches if match), default=0)
    if not end and (word := form_of(r"\S+").match(text)):
        end = word.end()
    return text[:end].rstrip(",;:"), text[end:].lstrip()


def format_when(moment: datetime, zone: tzinfo, *, reference: datetime | None = None) -> str:
    """``14:02``, in `zone`; with the date where the local day is not that of `reference`.

    The year is added where it differs too. Raises as `instant` does.
    """
    local = instant(moment).astimezone(zone)
    shown = f"{local.hour:02}:{local.minute:02}"
    if reference is None:
        return shown
    other = instant(reference).astimezone(zone)
    if local.date() == other.date():
        return shown
    year = f" {local.year:04}" if local.year != other.year else ""
    return f"{local.day} {MONTHS[local.month - 1][:3]}{year} {shown}"


def format_stamp(moment: datetime, zone: tzinfo) -> str:
    """``2026-11-20 14:02``, in `zone`: how a moment reads wherever a text tells its day as well.

    Raises as `instant` does.
    """
    return f"{instant(moment).astimezone(zone):%Y-%m-%d %H:%M}"


def format_span(begin: datetime, end: datetime, zone: tzinfo) -> str:
    """``2026-11-20 14:02 to 14:40``, in `zone`: its end with a day only where that is another."""
    since, until = format_stamp(begin, zone), format_stamp(end, zone)
    same_day = since.split()[0] == until.split()[0]
    return f"{since} to {until.split()[1] if same_day else until}"


def format_duration(delta: timedelta) -> str:
    """A span in one or two units, cut off, not rounded: ``45s``, ``41m``, ``2h 05m``, ``3d 4h``.

    A negative span begins with a hyphen.
    """
    seconds = abs(delta) // timedelta(seconds=1)
    sign = "-" if delta < timedelta() and seconds else ""
    minutes, hours, days = seconds // 60, seconds // 3_600, seconds // 86_400
    if days:
        return f"{sign}{days}d {hours % 24}h"
    if hours:
        return f"{sign}{hours}h {minutes % 60:02}m"
    return f"{sign}{minutes}m" if minutes else f"{sign}{seconds}s"


def format_measured(delta: timedelta) -> str:
    """A measured span, with the seconds it has: ``45s``, ``41m``, ``41m 07s``, ``2h 05m 09s``.

    Two moments as documents print them differ by it to the second; from a day on, hours will do,
    and whole days have none.
    """
    text = format_duration(delta).removesuffix(" 0h")
    length = abs(delta)
    seconds = length // timedelta(seconds=1) % 60
    short = length < timedelta(minutes=1) or length >= timedelta(days=1)
    return text if short or not seconds else f"{text} {seconds:02}s"


def iso(moment: datetime | None) -> str | None:
    """A moment as ISO 8601 has it, for programs; None stays None."""
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
