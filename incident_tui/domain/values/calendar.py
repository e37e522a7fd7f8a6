"""The calendar as people write it: names of months and days, and hours that clocks skip or repeat.

The names are English on every machine, whatever its locale says.
"""

from datetime import UTC, datetime, tzinfo

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def month_number(name: str) -> int:
    """1 to 12 for the name of a month, whole or cut off after three letters or more."""
    return [month[:3].lower() for month in MONTHS].index(name[:3].lower()) + 1


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for the name of a day, whole or cut off after three letters or more."""
    return [day[:3].lower() for day in WEEKDAYS].index(name[:3].lower())


def moments_showing(wall: datetime, zone: tzinfo) -> list[datetime]:
    """The moments, in UTC, at which the clocks of `zone` show `wall`, which names no zone.

    There is none where they are put forward over it, and there are two where they are put back.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None, fold=0) != wall:
        return []
    return [first] if first == second else [first, second]
