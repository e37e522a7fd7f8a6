"""Misdated entries: times that cannot be right. The order of reading is in `timeline`."""

from datetime import datetime, timedelta

from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.rules import Raised, flag
from incident_tui.domain.findings.milestones import Milestones


def _mend(incident: Incident, entry: Entry) -> str:
    """A time can be amended, unless the entry moved the incident."""
    number = incident.number(entry.id)
    return f"/amend {number} @14:02" if entry.event.correctable else "/gate"


@flag("timeline.future", why="What has not happened yet cannot have been seen.", worst=21)
def in_the_future(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """An entry lies more than `minutes` after the moment at which it was recorded."""
    tolerance = timedelta(minutes=minutes)
    for entry in incident.entries:
        if entry.at > entry.recorded_at + tolerance and incident.counts(entry):
            number = incident.number(entry.id)
            return Raised(
                f"#{number} lies in the future of its own recording: is a clock wrong?",
                entry.recorded_at,
                _mend(incident, entry),
            )
    return None


@flag(
    "timeline.wrong-year", why="Around the turn of the year, the wrong one is typed fast.", worst=23
)
def wrong_year(incident: Incident, now: datetime, days: int) -> Raised | None:
    """An entry lies a whole year, give or take `days`, from the moment it was recorded."""
    tolerance = timedelta(days=days)
    year = timedelta(days=365)
    for entry in incident.entries:
        away = abs(entry.at - entry.recorded_at)
        if away < year - tolerance or not incident.counts(entry):
            continue
        if abs(away - year * round(away / year)) <= tolerance * round(away / year):
            number = incident.number(entry.id)
            return Raised(
                f"#{number} lies {round(away / year)} year(s) away from its recording: is the "
                "year right?",
                entry.recorded_at,
                _mend(incident, entry),
            )
    return None


@flag("timeline.milestones", why="Without its milestones no duration can be told.", worst=14)
def missing_milestone(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """The incident has been over for `minutes`, and one of the moments in between is not known."""
    milestones = incident.of(Milestones)
    resolved = milestones.at("resolved")
    if resolved is None or now < resolved + timedelta(minutes=minutes):
        return None
    for name in ("detected", "communicated", "cause-identified", "mitigated"):
        if milestones.at(name) is None:
            since = resolved + timedelta(minutes=minutes)
            return Raised(f"Nobody said when it was {name}.", since, f"@14:02 /milestone {name}")
    return None
