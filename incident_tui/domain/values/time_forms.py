"""The forms of times as patterns: what a moment, a span or a deadline may look like.

What they mean is in `time_parts` and `time_grammar`.
"""

import re
from datetime import time, timedelta
from functools import cache

from incident_tui.domain.values.zone_words import ABBREVIATIONS

END_OF_DAY = time(23, 59)
"""The time, in the incident's zone, of a deadline that names only a day."""

LONGEST_SPAN = timedelta(days=366)
"""The longest span that may be written; further away, a date says more than a number."""

FURTHEST_AHEAD = timedelta(days=5 * 366)
"""The furthest deadline; a later one is taken for a slip in the year."""

UNITS = {
    name: timedelta(seconds=seconds)
    for seconds, names in (
        (604_800, "w week weeks"),
        (86_400, "d day days"),
        (3_600, "h hr hrs hour hours"),
        (60, "m min mins minute minutes"),
        (1, "s sec secs second seconds"),
    )
    for name in names.split()
}

PIECE = r"[0-9]+[ \t]*[a-z]+"
SPAN = rf"{PIECE}(?:[ \t]*{PIECE})*"
DAY = r"""(?:
    (?P<word>today|yesterday|tomorrow)
  | (?P<weekday>mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?
      |sun(?:day)?)
  | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})
  | (?P<day>[0-9]{1,2})[ \t]+(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may
      |june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)
    (?:[ \t]+(?P<year>[0-9]{4}))?
)"""
# The blank before an offset is the habit of `git log --date=iso`, which always has seconds. Zone
# abbreviations other than UTC count in upper case only: `est` and `ist` are words.
CLOCK = r"""
    (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})
    (?: :(?P<second>[0-9]{2})(?P<fraction>[.,][0-9]{1,9})?)?
    (?: (?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?
          |(?(second)[ \t]+[+-][0-9]{2}:?[0-9]{2}(?![0-9])|(?!)))
      | (?:[ \t]*(?P<half>[ap]\.?m\b\.?))?
        (?:[ \t]+(?P<abbreviation>UTC|GMT|(?-i:ABBREVIATIONS))\b)?
    )""".replace("ABBREVIATIONS", "|".join(ABBREVIATIONS))
BLANK_OR_T = r"(?:[ \t]+|(?<=[0-9])T)(?=[0-9])"
MOMENT = rf"(?:{DAY}(?:{BLANK_OR_T}|\Z))?(?:{CLOCK})?"
BACK = rf"-(?P<tight>(?:[0-9]+[a-z]+)+)|(?P<loose>{SPAN})[ \t]+ago"
SIGNED = rf"(?P<sign>[+-]?)[ \t]*(?P<span>{SPAN})(?P<ago>[ \t]+ago)?"
AMOUNT = r"(?P<amount>[0-9]+)[ \t]*(?P<unit>[a-z]+)"
# What stands at the beginning of a line. Whatever is glued to a half of the day or to a zone is
# taken along, so that it is refused instead of changing what the time before it means.
TAKEN = (
    "now",
    # A second amount behind a blank would change the first one: it is taken, and refused.
    rf"-(?:[0-9]+[a-z]+)+(?:[ \t]+[0-9]+(?:{'|'.join(UNITS)})\b)*",
    rf"-?{SPAN}[ \t]+ago",
    rf"(?:{DAY}{BLANK_OR_T})?{CLOCK}(?(half)\S*|(?(abbreviation)\S*))",
)
SLIPS = {
    r"[0-9]{1,2}[.,/][0-9]{1,2}[.,/]?": "may be a day or a time",
    r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2,4}\b.*": "may begin with the day or the month",
    r"[+-]?[0-9]+": "is only a number",
    r"[0-9]{1,2}:[0-9]": "needs two digits for the minutes",
    r'"[^"]*': "has no closing quote",
    r"(?s:.*[^\t -~].*)": "has characters that no time is written with",
}


@cache
def form_of(pattern: str) -> re.Pattern[str]:
    """Compiled at its first use: most starts of the program read no time, and all forms cost 8 ms.

    ASCII only, because other scripts have digits too, and letters that equal ours but for case.
    """
    return re.compile(pattern, re.ASCII | re.IGNORECASE | re.VERBOSE)
