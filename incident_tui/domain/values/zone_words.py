"""Words for time zones as people write them, with the places whose clocks they mean.

The one set for the grammar of log lines, which refuses all but UTC because they are not the same
everywhere, and for what was written elsewhere, where the words cannot be changed any more.
"""

from typing import Final

# Authors write PST all year round and mean the wall clock of the place, hence places.
PLACES: Final[dict[str, str]] = {
    "CET": "CET", "CEST": "CET", "MEZ": "CET", "MESZ": "CET",
    "WET": "WET", "WEST": "WET", "EET": "EET", "EEST": "EET",
    "BST": "Europe/London",
    "PT": "America/Los_Angeles", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "MT": "America/Denver", "MST": "America/Denver", "MDT": "America/Denver",
    "CDT": "America/Chicago",
    "ET": "America/New_York", "EST": "America/New_York", "EDT": "America/New_York",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "AWST": "Australia/Perth",
    "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
    "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong",
    "MSK": "Europe/Moscow", "SAST": "Africa/Johannesburg", "BRT": "America/Sao_Paulo",
    "AKST": "America/Anchorage", "AKDT": "America/Anchorage", "HST": "Pacific/Honolulu",
}  # fmt: skip
SPOKEN: Final[dict[str, str]] = {
    "eastern": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver",
    "pacific": "America/Los_Angeles", "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu",
    "central european": "CET", "eastern european": "EET", "western european": "WET",
    "british": "Europe/London", "uk": "Europe/London", "irish": "Europe/Dublin",
    "german": "Europe/Berlin", "french": "Europe/Paris", "spanish": "Europe/Madrid",
    "japan": "Asia/Tokyo", "singapore": "Asia/Singapore", "indian": "Asia/Kolkata",
    "india": "Asia/Kolkata", "israel": "Asia/Jerusalem", "moscow": "Europe/Moscow",
    "san francisco": "America/Los_Angeles", "munich": "Europe/Berlin", "hamburg": "Europe/Berlin",
    "münchen": "Europe/Berlin", "seattle": "America/Los_Angeles", "boston": "America/New_York",
    "washington": "America/New_York", "bangalore": "Asia/Kolkata", "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata", "beijing": "Asia/Shanghai", "geneva": "Europe/Zurich",
    "peninsular": "Europe/Madrid", "canaria": "Atlantic/Canary", "brasília": "America/Sao_Paulo",
    "brasilia": "America/Sao_Paulo", "méxico": "America/Mexico_City", "lisboa": "Europe/Lisbon",
    "londres": "Europe/London", "bogotá": "America/Bogota", "mitteleuropäische": "CET",
    "wien": "Europe/Vienna", "zürich": "Europe/Zurich",
    "zürch": "Europe/Zurich", "münch": "Europe/Berlin", "genève": "Europe/Zurich",
    "bruxelles": "Europe/Brussels", "são paulo": "America/Sao_Paulo",
    "barcelona": "Europe/Madrid", "milan": "Europe/Rome",
    "buenos aires": "America/Argentina/Buenos_Aires", "new york": "America/New_York",
    "nueva york": "America/New_York", "nova york": "America/New_York",
}  # fmt: skip
"""What stands before "time" when a zone is spoken of; cities of the zone files are known beside."""

SEVERAL_MEANINGS: Final = frozenset({"IST", "CST", "AST", "ECT", "AMT", "SST", "GST"})
"""Abbreviations in use for more than one zone."""

ABBREVIATIONS: Final = tuple(
    sorted({*(word for word in PLACES if len(word) > 2), "IST", "CST", "AST"})
)
"""Those that a line of a log may name by mistake; shorter ones are words too."""
