"""The calendar as people write it: names of months and days, and hours that clocks skip or repeat.

The names are the same on every machine, whatever its locale says. Log lines know the English ones;
what was written elsewhere may use any of those in `MONTH_WORDS` and `WEEKDAY_WORDS`.
"""

from datetime import UTC, datetime, tzinfo
from typing import Final

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# English, German, French, Spanish, Portuguese, Italian, Dutch, Danish and Swedish, with and
# without accents, whole and cut off as these languages do it.
_MONTH_NAMES: Final = (
    "january jan januar jänner jaenner jän janvier janv enero ene janeiro gennaio januari",
    "february feb februar février fevrier févr fevr fév febrero fevereiro fev febbraio februari",
    "march mar märz maerz mär mrz mars marzo março marco maart mrt marts",
    "april apr avril avr abril abr aprile",
    "may mai mayo maio maggio mei maj",
    "june jun juni juin junio junho giugno giu",
    "july jul juli juillet juil julio julho luglio lug",
    "august aug août aout agosto ago augustus augusti",
    "september sep sept septembre septiembre setiembre setembro set settembre",
    "october oct oktober okt octobre octubre outubro out ottobre ott",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre",
)
_WEEKDAY_NAMES: Final = (
    "monday mon montag lundi lun lunes segunda-feira segunda lunedì maandag mandag",
    "tuesday tue tues dienstag die mardi martes terça-feira terça martedì dinsdag tirsdag",
    "wednesday wed mittwoch mit mercredi mer miércoles miercoles mié quarta-feira quarta woensdag "
    "onsdag",
    "thursday thu thur thurs donnerstag don jeudi jeu jueves jue quinta-feira quinta donderdag "
    "torsdag",
    "friday fri freitag fre vendredi ven viernes vie sexta-feira sexta venerdì vrijdag fredag",
    "saturday sat samstag sam sonnabend samedi sábado sabado sáb sabato zaterdag lørdag",
    "sunday sun sonntag son dimanche dim domingo dom domenica zondag søndag",
)
MONTH_WORDS: Final = {
    word: number for number, words in enumerate(_MONTH_NAMES, 1) for word in words.split()
}
"""The number of a month by its name in small letters, in any of the languages."""
WEEKDAY_WORDS: Final = {
    word: number for number, words in enumerate(_WEEKDAY_NAMES) for word in words.split()
}
"""0 (Monday) to 6 by the name of a day in small letters, in any of the languages."""


def month_number(name: str) -> int:
    """1 to 12 for the name of a month, whole or cut off after three letters or more."""
    return [month[:3].lower() for month in MONTHS].index(name[:3].lower()) + 1


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for the name of a day, whole or cut off after three letters or more."""
    return [day[:3].lower() for day in WEEKDAYS].index(name[:3].lower())


def moments_at(wall: datetime, zone: tzinfo) -> list[datetime]:
    """The moments, in UTC, at which the clocks of `zone` show `wall`, which names no zone.

    There is none where they are put forward over it, and there are two where they are put back.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None, fold=0) != wall:
        return []
    return [first] if first == second else [first, second]
