"""The numbers of an incident as OpenMetrics text: what is not known has no sample."""

from collections import Counter
from datetime import datetime

from incident_tui.documents.text.open_metrics import Family, Sample, exposition
from incident_tui.service.exchange.forms.exported import Exported


def render(exported: Exported) -> str:
    """Each family with the incident as its label; durations in seconds, moments since 1970."""
    data = exported.data
    own = {"incident": str(data["id"])}
    about = own | {
        name: str(data[name] or "") for name in ("title", "kind", "playbook", "status", "severity")
    }
    kinds = Counter(str(row["kind"]) for row in data["timeline"])
    actions = Counter(str(item["status"]) for item in data["actions"])
    durations: list[Sample] = [
        Sample(own | {"span": name}, seconds)
        for name, seconds in data["durations"].items()
        if seconds is not None
    ]
    moments: list[Sample] = [
        Sample(own | {"milestone": name}, datetime.fromisoformat(at).timestamp())
        for name, at in data["milestones"].items()
        if at is not None
    ]
    return exposition(
        [
            Family("incident", "What the incident is.", [Sample(about, 1)], type="info"),
            Family("incident_duration_seconds", "Time between two moments of the incident.",
                   durations, unit="seconds"),
            Family("incident_milestone_timestamp_seconds", "When a milestone was reached.",
                   moments, unit="seconds"),
            Family("incident_updates", "Status updates that were posted.",
                   [Sample(own, len(data["updates"]))]),
            Family("incident_actions", "Action items by their standing.",
                   [Sample(own | {"status": status}, count) for status, count in actions.items()]),
            Family("incident_entries", "Entries of the timeline by kind.",
                   [Sample(own | {"kind": kind}, count) for kind, count in kinds.items()]),
        ]
    )  # fmt: skip
