"""The parts of a written time read one by one: spans, clocks, offsets, days.

The forms are in `time_forms`; what a whole text means, in `time_grammar`.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from incident_tui.domain.values.calendar import moments_at, month_number, weekday_number
from incident_tui.domain.values.time_forms import (
    AMOUNT,
    END_OF_DAY,
    LONGEST_SPAN,
    SLIPS,
    UNITS,
    form_of,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_TEXT = 64
WEST, EAST = timedelta(hours=-12), timedelta(hours=14)
HALF_A_DAY = timedelta(hours=12)
# A date without a year that lies further back is more likely a slip than a memory.
HALF_A_YEAR = timedelta(days=183)


class WhenError(ValueError):
    """A text that names no usable time: what is wrong with it, and what to write instead.

    `column` counts from 0 inside the text that was given.
    """

    def __init__(self, reason: str, column: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


def instant(moment: datetime) -> datetime:
    """The moment in UTC. Raises ValueError when it has no zone, which is a caller's mistake."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} has no zone, so it names no moment")
    return moment.astimezone(UTC)


def present_text(present: datetime, zone: tzinfo) -> str:
    """The present as messages tell it."""
    return f"{present.astimezone(zone):%H:%M %Z on %Y-%m-%d}"


def bounds(text: str, forms: str) -> tuple[int, int]:
    """Where the text begins and ends without the blanks around it.

    Raises `WhenError` where there is no text, or more than a time takes.
    """
    body = text.strip(" \t")
    start = text.index(body)
    if not body:
        raise WhenError(f"nothing is written here: {forms}")
    if len(body) > LONGEST_TEXT:
        raise WhenError(f"{len(body)} characters are too long: {forms}", start)
    return start, start + len(body)


def unreadable(shown: str, column: int, forms: str) -> WhenError:
    """Why a text is no time at a column (from 0): what it looks like, and the forms there are."""
    for form, slip in SLIPS.items():
        if form_of(form).fullmatch(shown):
            return WhenError(f"{shown!r} {slip}: {forms}", column)
    return WhenError(f"{shown!r} is not understood: {forms}", column)


def span_in(text: str, start: int, end: int) -> timedelta:
    """The span that the pieces in this part of a text add up to.

    Raises `WhenError` for a unit that is none, units out of order, or a span beyond the
    calendar.
    """
    total, last = timedelta(), timedelta.max
    for piece in form_of(AMOUNT).finditer(text, start, end):
        unit = UNITS.get(piece["unit"].lower())
        if unit is None:
            half = piece["unit"].lower() in ("am", "pm")
            mend = "2:00 PM or 14:00" if half else "w, d, h, m or s, as in 1h30m"
            raise WhenError(f"{piece['unit']!r} is no unit: write {mend}", piece.start("unit"))
        if unit >= last:
            raise WhenError(
                f"{text[start:end]!r} is out of order: write each unit once, the largest first",
                piece.start(),
            )
        last = unit
        # Compared as text first: Python refuses to convert thousands of digits.
        digits = piece["amount"].lstrip("0")
        if len(digits) > 8 or (total := total + int(digits or "0") * unit) > LONGEST_SPAN:
            reason = f"a span has at most {LONGEST_SPAN.days} days"
            raise WhenError(f"{text[start:end]!r} is too long: {reason}", start)
    return total


def clock_in(match: re.Match[str]) -> time:
    """The time of day that was found; `WhenError` when no clock shows it."""
    hour, minute = int(match["hour"]), int(match["minute"])
    second, fraction = int(match["second"] or 0), (match["fraction"] or ".0")[1:]
    if hour > 23:
        day = "; midnight is 00:00 of the day that begins" if hour == 24 else ""
        raise WhenError(
            f"there is no hour {hour}: hours go from 00 to 23{day}", match.start("hour")
        )
    if minute > 59:
        reason = f"there is no minute {minute}: minutes go from 00 to 59"
        raise WhenError(reason, match.start("minute"))
    if second > 59:
        reason = f"there is no second {second}: seconds go from 00 to 59"
        raise WhenError(reason, match.start("second"))
    if half := match["half"]:
        if not 1 <= hour <= 12:
            twelve = f"{hour % 12 or 12}:{minute:02} {'PM' if hour else 'AM'}"
            raise WhenError(
                f"{hour}:{minute:02} is on the 24-hour clock and {half} on the 12-hour clock: "
                f"write {hour:02}:{minute:02} or {twelve}",
                match.start("half"),
            )
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return time(hour, minute, second, int(fraction[:6].ljust(6, "0")))


def offset_in(match: re.Match[str]) -> str:
    """The offset from UTC as ISO 8601 writes it; empty where none is given.

    Raises `WhenError` where no place has it, or it could be read otherwise.
    """
    if abbreviation := match["abbreviation"]:
        column = match.start("abbreviation")
        if abbreviation.upper() not in ("UTC", "GMT"):
            raise WhenError(
                f"{abbreviation} is not the same everywhere: write the time of the incident's zone "
                "without it, or UTC as in 14:02Z",
                column,
            )
        offset = "Z"
    elif written := match["offset"]:
        offset, column = written.strip().upper(), match.end("offset") - len(written.strip())
    else:
        return ""
    if match["word"] or match["weekday"]:
        raise WhenError(
            f"{match['word'] or match['weekday']} is a day of the incident's zone, not of another: "
            "write the date, as in 2026-11-20T14:02Z",
            column,
        )
    if offset == "Z":
        return offset
    if not match["date"]:
        raise WhenError(
            f"{offset} may be an offset or the end of a range: write one time, "
            "or the date too, as in 2026-11-20T14:02+01:00",
            column,
        )
    hours, minutes = int(offset[1:3]), int(offset[3:].lstrip(":") or 0)
    size = timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)
    if minutes > 59 or not WEST <= size <= EAST:
        raise WhenError(f"no place has the offset {offset}: they go from -12:00 to +14:00", column)
    return offset


def past_moment(
    match: re.Match[str], present: datetime, zone: tzinfo, earliest: datetime | None
) -> datetime:
    """The moment that was found, looking back from the present.

    Raises `WhenError` where that lies ahead, or a time of day is missing.
    """
    if match["weekday"]:
        reason = f"{match['weekday']} may be any week's: write yesterday 23:10 or 2026-11-20 14:02"
        raise WhenError(reason, match.start("weekday"))
    if not match["hour"]:
        raise WhenError(f"{match[0]!r} needs a time of day, as in {match[0]} 14:02", match.end())
    clock, offset, column = clock_in(match), offset_in(match), match.start("hour")
    if match["date"]:
        return dated_moment(match, match["date"], clock, offset, zone)
    if offset:
        zone = UTC
    today = present.astimezone(zone).date()
    if match["day"]:
        return day_and_month(match, clock, zone, present, -1)
    if word := match["word"]:
        days = {"yesterday": -1, "today": 0, "tomorrow": 1}[word.lower()]
        return local_moment(today + timedelta(days=days), clock, zone, column)
    moment = local_moment(today, clock, zone, column)
    if moment <= present:
        return moment
    yesterday = today - timedelta(days=1)
    if earliest is not None and datetime.combine(yesterday, clock, zone) >= instant(earliest):
        return local_moment(yesterday, clock, zone, column)
    if offset:
        return moment
    raise WhenError(
        f"{match[0]!r} lies ahead, it is {present_text(present, zone)} now: "
        f"write yesterday {clock:%H:%M} if that is meant",
        match.start(),
    )


def ahead_moment(match: re.Match[str], present: datetime, zone: tzinfo) -> datetime:
    """The moment that was found, looking ahead of the present.

    Raises `WhenError` where that has passed.
    """
    clock, offset, column = END_OF_DAY, "", match.start()
    if match["hour"]:
        clock, offset, column = clock_in(match), offset_in(match), match.start("hour")
    if match["date"]:
        return dated_moment(match, match["date"], clock, offset, zone)
    if offset:
        zone = UTC
    if match["day"]:
        return day_and_month(match, clock, zone, present, 1)
    today = present.astimezone(zone).date()
    if weekday := match["weekday"]:
        days = (weekday_number(weekday) - today.weekday() - 1) % 7 + 1
        return local_moment(today + timedelta(days=days), clock, zone, column)
    if word := match["word"]:
        days = {"yesterday": -1, "today": 0, "tomorrow": 1}[word.lower()]
        return local_moment(today + timedelta(days=days), clock, zone, column)
    moment = local_moment(today, clock, zone, column)
    if moment > present:
        return moment
    moment = local_moment(today + timedelta(days=1), clock, zone, column)
    if moment - present > HALF_A_DAY:
        raise WhenError(
            f"{match[0]!r} has passed today, it is {present_text(present, zone)} now: "
            f"write tomorrow {clock:%H:%M} if that is meant",
            match.start(),
        )
    return moment


def day_and_month(
    match: re.Match[str], clock: time, zone: tzinfo, present: datetime, step: int
) -> datetime:
    """A day with its month by name; without a year the last (`step` -1) or the next (+1) one.

    Raises `WhenError` where the calendar has no such day.
    """
    today = present.astimezone(zone).date()
    month = month_number(match["month"])
    wanted, current = (month, int(match["day"])), (today.month, today.day)
    year = int(match["year"] or today.year)
    if not match["year"] and (wanted > current if step < 0 else wanted < current):
        year += step
    moment = dated_moment(match, f"{year:04}-{month:02}-{wanted[1]:02}", clock, "", zone)
    if not match["year"] and abs(moment - present) > HALF_A_YEAR:
        reason = f"{match[0]!r} needs its year: it is more than half a year away"
        raise WhenError(f"{reason}; write {match['day']} {match['month']} {year}", match.start())
    return moment


def dated_moment(
    match: re.Match[str], day: str, clock: time, offset: str, zone: tzinfo
) -> datetime:
    """A clock on a day, at an offset or in the zone.

    Raises `WhenError` for a day that no calendar has.
    """
    from dateutil.parser import isoparse  # late: it costs 30 ms, and most times have no date

    if not 1969 <= int(day[:4]) <= 9998:
        reason = f"no incident has the year {day[:4]}: write it as in 2026-11-20"
        raise WhenError(reason, match.start())
    try:
        parsed = isoparse(f"{day}T{clock.isoformat()}{offset}")
    except ValueError:
        reason = f"there is no day {day} in the calendar: write year-month-day, as in 2026-11-20"
        raise WhenError(reason, match.start()) from None
    if offset:
        return parsed.astimezone(UTC)
    return local_moment(parsed.date(), clock, zone, match.start())


def local_moment(day: date, clock: time, zone: tzinfo, column: int) -> datetime:
    """The one moment at which the zone's clocks show this; refused where there are none or two.

    Raises `WhenError`, in which the times that could be meant are named.
    """
    moments = moments_at(datetime.combine(day, clock), zone)
    if not moments:
        put_forward = datetime.combine(day, clock, zone).astimezone(UTC)
        raise WhenError(
            f"{clock:%H:%M} does not exist on {day}, the clocks were put forward over it: "
            f"write the time with its offset, as in {format_exact(put_forward, zone)}",
            column,
        )
    if len(moments) > 1:
        first, second = (format_exact(moment, zone) for moment in moments)
        raise WhenError(
            f"{clock:%H:%M} happens twice on {day}, the clocks are put back: "
            f"write {first} or {second}",
            column,
        )
    return moments[0]


def format_exact(moment: datetime, zone: tzinfo) -> str:
    """ISO 8601 with offset, down to the microsecond; `parse_past` reads the same moment back.

    Raises as `instant` does.
    """
    local = instant(moment).astimezone(zone)
    offset = local.utcoffset() or timedelta()
    # Early local mean times have offsets with seconds, which ISO 8601 cannot write.
    if offset % timedelta(minutes=1) or not WEST <= offset <= EAST:
        local = local.astimezone(UTC)
    return local.isoformat()
