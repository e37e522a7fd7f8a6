"""Durations between milestones."""

from datetime import timedelta

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import source
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.values.time_grammar import format_duration

DURATIONS = {
    "time_to_detect": ("started", "detected"),
    "time_to_declare": ("detected", "declared"),
    "time_to_mitigate": ("started", "mitigated"),
    "time_to_recover": ("detected", "mitigated"),
    "time_to_resolve": ("started", "resolved"),
}
"""Name of a duration -> the milestones it is measured between. Teams differ in whether recovery
counts from the start of the impact or from its detection, so both are given."""


def durations(incident: Incident) -> dict[str, timedelta | None]:
    """Each duration; None while one of its ends is not known."""
    milestones = incident.of(Milestones)
    found: dict[str, timedelta | None] = {}
    for name, (begin, end) in DURATIONS.items():
        started, ended = milestones.at(begin), milestones.at(end)
        found[name] = ended - started if started is not None and ended is not None else None
    return found


@source("metrics.durations")
def listed(incident: Incident) -> str:
    """Each duration that is known, one a line."""
    return "\n".join(
        f"{name.replace('_', ' ')}: {format_duration(delta)}"
        for name, delta in durations(incident).items()
        if delta is not None
    )


@source("metrics.duration")
def whole(incident: Incident) -> str:
    """From the start of the impact to its resolution."""
    delta = durations(incident)["time_to_resolve"]
    return format_duration(delta) if delta is not None else ""
