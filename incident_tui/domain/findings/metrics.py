"""Durations between milestones."""

from datetime import timedelta

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import source
from incident_tui.domain.findings.impact_spans import spans, time_of_impact
from incident_tui.domain.findings.milestones import A_MINUTE, Milestones
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.time_grammar import format_measured

DURATIONS = {
    "time_to_detect": ("started", "detected"),
    "time_to_declare": ("detected", "declared"),
    "time_to_mitigate": ("started", "mitigated"),
    "time_to_recover": ("detected", "mitigated"),
    "time_of_impact": ("started", "mitigated"),
    "time_to_resolve": ("started", "resolved"),
}
"""Name of a duration -> the milestones it is measured between. Teams differ in whether recovery
counts from the start of the impact or from its detection, so both are given. The time of impact is
that of all spans together, without the healthy times between them."""


def durations(incident: Incident) -> dict[str, timedelta | None]:
    """Each duration; None while one of its ends is not known, or lies before the other."""
    milestones = incident.of(Milestones)
    lengths: dict[str, timedelta | None] = {}
    first = next(iter(spans(incident)[:-1]), None)
    for name, (begin, end) in DURATIONS.items():
        started, ended = milestones.at(begin), milestones.at(end)
        if name == "time_to_detect" and milestones.begins_as_noticed:
            started = None  # nobody knows for how long users had felt it by then
        if end == "mitigated" and first is not None:
            ended = first.end  # it came back later: what was quick to stop stays so
        # Where one moment is stated wrongly nothing is measured between it and another.
        length = ended - started if started is not None and ended is not None else None
        if length is not None and -A_MINUTE < length < timedelta():
            length = timedelta()  # people write minutes: those two moments are one
        lengths[name] = length if length is not None and length >= timedelta() else None
    return lengths | {"time_of_impact": time_of_impact(incident)}


@source("metrics.durations")
def listed(incident: Incident) -> Rows:
    """Each duration that is known, one a line."""
    return item_rows(
        f"{name.replace('_', ' ')}: {format_measured(delta)}"
        for name, delta in durations(incident).items()
        if delta is not None
    )


@source("metrics.duration")
def whole(incident: Incident) -> str:
    """From the start of the impact to its resolution, and for how long of it users were affected.

    Empty while it is not resolved.
    """
    known = durations(incident)
    resolved = known["time_to_resolve"]
    if resolved is None:
        return ""
    return length_text(resolved, known["time_of_impact"], len(spans(incident)))


def length_text(resolved: timedelta, impact: timedelta | None, episodes: int) -> str:
    """The time to the resolution; where users were affected for less, that time, too.

    `episodes` is the number of spans in which they were.
    """
    if impact is None or impact == resolved:
        return format_measured(resolved)
    affected = format_measured(impact) + (f" in {episodes} spans" if episodes > 1 else "")
    return f"{format_measured(resolved)}; users were affected for {affected}"
