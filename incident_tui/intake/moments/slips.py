"""Rows whose date is likely a slip of the pen: one field away from what stands around them.

A slip is flagged and kept as it was written: only the authors know what they meant.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from incident_tui.intake.foreign_timeline import WRONG_DAY, WRONG_MONTH, WRONG_YEAR

_NEAR: Final = timedelta(days=2)
_BACK: Final = timedelta(hours=12)
_FAR: Final = timedelta(days=20)
_SHORT: Final = timedelta(days=10)
_FIELDS: Final = (("year", WRONG_YEAR), ("month", WRONG_MONTH), ("day", WRONG_DAY))


def slips(walls: Sequence[datetime], dated: Sequence[bool]) -> list[str]:
    """For each wall clock time the flag for the field of its date that looks wrong, or "".

    `dated` says which of them have a date of their own: only those can be slips. Text order.
    """
    flags = [""] * len(walls)
    if len(walls) < 2:
        return flags
    years = Counter(wall.year for wall in walls)
    sane = sorted(walls)
    typical = sane[len(sane) // 2]
    good: list[int] = []
    for index, wall in enumerate(walls):
        before = walls[good[-1]] if good else None
        after = _next_sane(walls, index, typical)
        if dated[index]:
            flags[index] = _slip(wall, before, after, years, typical)
        if not flags[index]:
            good.append(index)
    return flags


def _next_sane(walls: Sequence[datetime], index: int, typical: datetime) -> datetime | None:
    """The next moment that is not itself far from the middle of all, or else just the next."""
    later = walls[index + 1 : index + 4]
    near = [wall for wall in later if abs(wall - typical) <= _FAR]
    return next(iter([*near, *later]), None)


def _slip(
    wall: datetime,
    before: datetime | None,
    after: datetime | None,
    years: Counter[int],
    typical: datetime,
) -> str:
    around = [each for each in (before, after) if each is not None]
    if not around or not _stands_out(wall, before, after, typical):
        return ""
    low, high = min(around) - _NEAR, max(around) + _NEAR
    for name, flag in _FIELDS:
        for other in {getattr(each, name) for each in around} - {getattr(wall, name)}:
            moved = _moved(wall, name, other)
            if moved is None or not low <= moved <= high:
                continue
            if name == "year" and years[other] <= years[wall.year]:
                continue
            if name == "day" and not _one_digit(wall.day, other):
                continue
            return flag
    return ""


def _stands_out(
    wall: datetime, before: datetime | None, after: datetime | None, typical: datetime
) -> bool:
    """Whether a moment lies off the line through its neighbours."""
    if before is not None and after is not None and before <= after:
        if not before <= wall <= after and _fits_on_a_day_of(wall, before, after):
            return True
        inside = before - _BACK <= wall <= after + _BACK
        return not inside and min(abs(wall - before), abs(wall - after)) > _NEAR
    near = [abs(wall - each) for each in (before, after) if each is not None]
    if before is not None and wall < before - _NEAR:
        return True
    return min(near) > _FAR and abs(wall - typical) > _FAR


def _fits_on_a_day_of(wall: datetime, before: datetime, after: datetime) -> bool:
    """Whether the clock of a moment lies between its neighbours, on the day of one of them."""
    days = {before.date(), after.date()} - {wall.date()}
    return any(before <= datetime.combine(day, wall.time()) <= after for day in days)


def _moved(wall: datetime, name: str, value: int) -> datetime | None:
    try:
        if name == "year":
            return wall.replace(year=value)
        return wall.replace(month=value) if name == "month" else wall.replace(day=value)
    except ValueError:
        return None


def _one_digit(first: int, second: int) -> bool:
    """Whether two days of a month differ in a single digit, or have their digits swapped."""
    one, two = f"{first:02}", f"{second:02}"
    return sum(a != b for a, b in zip(one, two, strict=True)) == 1 or one == two[::-1]
