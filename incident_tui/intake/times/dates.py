"""Written dates: by numbers, by the name of the month in several languages, by the day of the week.

Only what is written is read here; which year or which week is meant is decided elsewhere.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from incident_tui.domain.values.calendar import MONTH_WORDS, WEEKDAY_WORDS

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2100
FLAGS: Final = re.IGNORECASE
# Words of other languages that are common English words: months only between the parts of a date.
_RISKY: Final = frozenset({"out", "set", "ago", "gen", "mag", "mei"})


def _choice(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


MONTH: Final = rf"(?:{_choice(MONTH_WORDS)})\b\.?"
WEEKDAY: Final = rf"(?:(?:{_choice(WEEKDAY_WORDS)})\b\.?)"
_DAY: Final = r"[0-9]{1,2}(?:st|nd|rd|th|er|º|ª)?(?![0-9]|[:h][0-9])"
_OF: Final = r"(?:\s+(?:of\s+|de\s+|di\s+)?|\.\s*|\s*[-/]\s*)"
_YEAR: Final = (
    r"(?:(?:,?\s+(?:de\s+|del\s+|of\s+)?|[-/.])(?P<y>[0-9]{4})(?![0-9]|[h][0-9]|:[0-9]{2}(?!:))"
    r"|[-/](?P<yy>[0-9]{2})(?=[\s,]\s?[0-9]))?"
)
_NAMED: Final = re.compile(
    rf"(?:(?P<m1>{MONTH})[\s/-]+(?P<d1>{_DAY})(?:\s?[-–]\s?{_DAY})?"
    rf"|(?P<d2>{_DAY})(?:\s?[-–]\s?{_DAY})?(?P<of>{_OF})(?P<m2>{MONTH}))"
    rf"{_YEAR}",
    FLAGS,
)
_YEAR_FIRST: Final = re.compile(
    rf"(?P<y>[0-9]{{4}})[\s/-]+(?P<m1>{MONTH})[\s/-]+(?P<d1>{_DAY})", FLAGS
)
_ISO: Final = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9]|[-/][0-9])"
    r"|([0-9]{4})()([0-9]{2})([0-9]{2})(?=T[0-9])",
    FLAGS,
)
_WEEK: Final = re.compile(r"([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?(?![0-9-])")
_EAST_ASIAN: Final = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_NUMBERS: Final = re.compile(
    r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9]|[-/.:][0-9])"
)
# Two numbers are a date only with a clock behind them, or with the dot that closes a German one.
_MONTH_AND_DAY: Final = re.compile(
    r"([0-9]{1,2})(?:([-/])([0-9]{1,2})(?=[,\sT]\s*(?:[0-9]{1,2}[:h][0-9]|[0-9]{1,2}\s?[ap]m))"
    r"|(\.)([0-9]{1,2})\.(?=,?\s*(?:um\s|kl\.?\s)?[0-9]{1,2}[:.h][0-9]{2}))",
    FLAGS,
)
_ODD: Final = re.compile(
    r"[0-9]{3,}[-/][0-9]{1,2}[-/][0-9]{1,2}|[0-9YX?]{4}-[0-9MX?]{1,2}-[0-9DX?]{1,2}", FLAGS
)
RELATIVE: Final = re.compile(
    r"(?P<today>today|heute|aujourd'hui|hoy|hoje|same day)\b"
    r"|(?P<yesterday>yesterday|gestern|hier|ayer|ontem)\b"
    r"|(?P<next>(?:the\s+)?(?:next|following)\s+(?:day|morning)|next\s+day"
    r"|the\s+day\s+after(?=\s*(?:[:,(–—-]|$))"
    r"|(?:am )?(?:nächsten|folgenden) (?:tag|morgen)|(?:le )?lendemain|al día siguiente"
    r"|no dia seguinte)\b"
    r"|day\s+(?P<number>[0-9]{1,2})\b(?!\s*(?:of|/))",
    FLAGS,
)
# "Day 2 (Fri, 10 Nov)", "Day 2: 10 Nov": the date says which day that is.
_BESIDE: Final = re.compile(rf"\s*(?:(?P<bracket>\()|[:,–—-])\s*(?:{WEEKDAY},?\s*)?", FLAGS)
_CLOSED: Final = re.compile(r"\s*\)")
# Behind a clock "May 5" may be text ("14:00 May 5 users"), unless brackets, a weekday, an ordinal
# or a separator show that it is the date.
_AFTER_DATE = re.compile(
    rf"\s*(?:\(\s*(?:{WEEKDAY},?\s*)?(?:on\s+)?(?=[^()]*\))"
    rf"|,?\s+(?:on\s+|am\s+|le\s+)?(?:{WEEKDAY},?\s+)?)",
    FLAGS,
)
_SURE = re.compile(r"\s*\)|\s*[:\-–—]|\s*$")
_YEARS: Final = re.compile(
    rf"(?<![0-9])[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.]((?:19|20)[0-9]{{2}})(?![0-9])"
    rf"|\b(?:{MONTH})\s+[0-9]{{1,2}}\s[0-9:]{{5,8}}\s(?:[A-Z]{{3,4}}\s)?((?:19|20)[0-9]{{2}})\b"
    rf"|\b(?:{MONTH}|year|jahr|année|año|ano)\W{{1,3}}((?:19|20)[0-9]{{2}})(?![0-9-])",
    FLAGS,
)
_DATED: Final = re.compile(
    rf"\b(?:{MONTH}\s*[0-9]{{1,2}}\b|[0-9]{{1,2}}(?:st|nd|rd|th|\.)?[\s/-]{{0,2}}(?:{MONTH})"
    # A month that is misspelt, or of another language, between a day and a year.
    r"|[0-9]{1,2}(?:st|nd|rd|th|\.)?\s[^\W\d_]{3,12}\.?,?\s(?:19|20)[0-9]{2}"
    r"|[^\W\d_]{3,12}\.?\s[0-9]{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)[0-9]{2}"
    r"|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4})\b",
    FLAGS,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A written date; `year` is None where the author left it out.

    `order` is the sign between the numbers of a date that would be one the other way round too,
    and empty for every other; such a one is here as month before day.
    """

    year: int | None
    month: int
    day: int
    order: str = ""

    def on(self, year: int | None) -> date | None:
        """The date with the year filled in where none was written; None if there is no such day."""
        chosen = self.year if self.year is not None else year
        if chosen is None or not FIRST_YEAR <= chosen <= LAST_YEAR:
            return None
        try:
            return date(chosen, self.month, self.day)
        except ValueError:
            return None

    @property
    def swapped(self) -> "Day":
        """The same numbers the other way round."""
        return Day(self.year, self.day, self.month)


@dataclass(frozen=True, slots=True)
class Shift:
    """A day that is named from another one: the first on or after it, so many days on.

    `weekday` counts from 0, Monday; `days` are added to the day before, or, with `anchor`, to the
    first or the present one. `morning` says that a morning is spoken of.
    """

    weekday: int | None = None
    days: int = 0
    anchor: str = ""
    morning: bool = False


WrittenDay = Day | Shift


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that looks like a time and cannot be one; `reason` is a sentence for people.

    `day` is the date that stands before it and was understood; `dated` says that one was not.
    """

    reason: str
    day: WrittenDay | None = None
    dated: bool = False


def day_at(text: str, at: int) -> tuple[Day | Refused | None, int]:
    """The date at a position, and where it ends; None and the position where there is none."""
    iso = _ISO.match(text, at)
    if iso is not None:
        year, month, day = (int(part) for part in iso.group(*((1, 3, 4) if iso[1] else (5, 7, 8))))
        return _checked(Day(year, month, day), iso.group()), iso.end()
    for form in (_YEAR_FIRST, _NAMED):
        named = form.match(text, at)
        if named is not None and (day_named := _named_day(named)) is not None:
            return day_named, named.end()
    week = _WEEK.match(text, at)
    if week is not None:
        return _day_of_week(week), week.end()
    numbers = _NUMBERS.match(text, at)
    if numbers is not None:
        return _numbered_day(numbers), numbers.end()
    short = _MONTH_AND_DAY.match(text, at)
    if short is not None:
        return _short_day(short), short.end()
    east = _EAST_ASIAN.match(text, at)
    if east is not None:
        return _checked(Day(int(east[1]), int(east[2]), int(east[3])), east[0]), east.end()
    odd = _ODD.match(text, at)
    return (None if odd is None else Refused(_odd_date(odd.group()), dated=True)), at


def day_behind(text: str, at: int) -> tuple[Day | Refused | None, int]:
    """The date behind a clock, and where it ends."""
    lead = _AFTER_DATE.match(text, at)
    if lead is None:
        return None, at
    day, end = day_at(text, lead.end())
    written = text[lead.end() : end]
    marked = any(mark.isalpha() for mark in lead.group()) or re.search(
        "[0-9](?:st|nd|rd|th)", written
    )
    if day is None or not (marked or written[:4].isdigit() or _SURE.match(text, end)):
        return None, at
    return day, end


def find_date(text: str, year: int | None = None) -> date | None:
    """The first date anywhere in a text that has a year of its own, or else the one given.

    Impossible dates are passed over.
    """
    best: tuple[int, date] | None = None
    for form in (_ISO, _NAMED, _YEAR_FIRST, _WEEK, _NUMBERS):
        for match in form.finditer(text):
            if match.start() and text[match.start() - 1].isdigit():
                continue
            day, _ = day_at(text, match.start())
            # Dots are between day and month, in this order, wherever nothing else is known.
            day = day.swapped if isinstance(day, Day) and day.order == "." else day
            full = day.on(year) if isinstance(day, Day) and not day.order else None
            if full is not None and (best is None or match.start() < best[0]):
                best = (match.start(), full)
                break
    return None if best is None else best[1]


def find_ambiguous(text: str) -> Day | None:
    """The first date anywhere in a text of which either number may be the month."""
    for match in _NUMBERS.finditer(text):
        day = _numbered_day(match)
        if isinstance(day, Day) and day.order and not text[: match.start()][-1:].isdigit():
            return day
    return None


def only_year(text: str) -> int | None:
    """The year that all dates of a text have, such as 11/03/2025, March 2025 or "Year: 2025"."""
    years = {next(part for part in groups if part) for groups in _YEARS.findall(text)}
    return int(years.pop()) if len(years) == 1 else None


def looks_dated(text: str) -> bool:
    """Whether a short text seems to hold a date, in whatever form."""
    return _DATED.search(text) is not None


def _odd_date(written: str) -> str:
    reason = f'"{written}" is not a date'
    year, _, rest = written.replace("/", "-").partition("-")
    # The commonest slip: one digit of the year twice.
    for at in range(len(year) if len(year) == 5 and year.isdigit() else 0):
        shorter = int(year[:at] + year[at + 1 :])
        if 1990 <= shorter <= 2050:
            return f"{reason}; is {shorter}-{rest} meant?"
    return reason


def _short_day(match: re.Match[str]) -> Day | Refused:
    if match[4]:
        return _checked(Day(None, int(match[5]), int(match[1])), match[0])
    first, second = int(match[1]), int(match[3])
    if first > 12:
        return _checked(Day(None, second, first), match[0])
    order = "/" if match[2] == "/" and second <= 12 and first != second else ""
    return _checked(Day(None, first, second, order), match[0])


def _numbered_day(match: re.Match[str]) -> Day | Refused:
    """A date such as 13.02.2025, with the sign kept where either number may be the month."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        year += 2000
    if first > 12:
        return _checked(Day(year, second, first), match[0])
    order = match[2] if second <= 12 and first != second else ""
    return _checked(Day(year, first, second, order), match[0])


def _day_of_week(match: re.Match[str]) -> Day | Refused:
    """A date of ISO 8601 by its week, such as 2025-W07-2."""
    if match[3] is None:
        return Refused(f'"{match[0]}" is a week, and no day', dated=True)
    try:
        day = date.fromisocalendar(*(int(part) for part in match.groups()))
    except ValueError:
        return Refused(f'"{match[0]}" is not a date', dated=True)
    return _checked(Day(day.year, day.month, day.day), match[0])


def _named_day(match: re.Match[str]) -> Day | Refused | None:
    parts = match.groupdict()
    name = (parts.get("m1") or parts.get("m2") or "").rstrip(".").lower()
    if name in _RISKY and not (parts.get("y") or any(c in "/-." for c in parts.get("of") or "")):
        return None
    digits = re.match("[0-9]+", parts.get("d1") or parts.get("d2") or "")
    short = f"20{parts['yy']}" if parts.get("yy") else None
    year = int(written) if (written := parts.get("y") or short) else None
    day = Day(year, MONTH_WORDS[name], int(digits[0]) if digits is not None else 0)
    return _checked(day, match.group())


def _checked(day: Day, written: str) -> Day | Refused:
    # 2000 stands in for a missing year: it has a 29 February.
    if day.on(2000) is None:
        reason = f'"{written.strip()}" is not a date between {FIRST_YEAR} and {LAST_YEAR}'
        return Refused(reason, dated=True)
    return day


def weekday_of(word: str | None) -> int | None:
    """0 (Monday) to 6 for the name of a day, with the signs behind it."""
    return WEEKDAY_WORDS[word.strip(" ,.\t").lower()] if word else None


def any_day(text: str, at: int, weekday: int | None) -> tuple[WrittenDay | Refused | None, int]:
    """A date, or a day that is named from another one."""
    day, end = day_at(text, at)
    if day is not None:
        return day, end
    relative = RELATIVE.match(text, at)
    if relative is not None:
        named = _date_beside(text, relative.end())
        return named if named is not None else (_relative(relative), relative.end())
    return (None if weekday is None else Shift(weekday=weekday)), at


def _date_beside(text: str, at: int) -> tuple[Day, int] | None:
    """The date behind a word for a day, and where it ends."""
    beside = _BESIDE.match(text, at)
    day, end = day_at(text, beside.end()) if beside is not None else (None, at)
    if beside is None or not isinstance(day, Day):
        return None
    closed = _CLOSED.match(text, end) if beside["bracket"] else beside
    return (day, max(end, closed.end())) if closed is not None else None


def _relative(match: re.Match[str]) -> Shift:
    if match["number"]:
        return Shift(days=int(match["number"]) - 1, anchor="first")
    if match["next"]:
        return Shift(days=1, morning=match["next"].lower().endswith("morning"))
    return Shift(days=-1 if match["yesterday"] else 0, anchor="present")
