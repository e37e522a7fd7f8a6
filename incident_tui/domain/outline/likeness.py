"""Likeness: what of an incident tells another one that it is of its kind, and what helped then."""

from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.readings import Readings
from incident_tui.domain.findings.suspects import start_of
from incident_tui.domain.learning.fixes import Fixes
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.artifacts import Artifacts

NEXT_TIME = "incident-playbook"
"""The field of a postmortem that says what to do the next time."""
MOST = 8
"""How many of each are kept."""


def signals(incident: Incident) -> tuple[str, ...]:
    """The names of what was measured, each once, those first that were read first."""
    return _first([item.name for item in incident.of(Readings).items])


def causes(incident: Incident) -> tuple[str, ...]:
    """The hypotheses that were confirmed."""
    return _first([item.text for item in incident.of(Hypotheses).with_status("confirmed")])


def helped(incident: Incident) -> tuple[str, ...]:
    """The changes that were seen to work, and the fixes of confirmed causes.

    Where none was verified, those that nobody called failed and nobody undid; none from before the
    start, which may be the cause.
    """
    changes = incident.of(Mitigations).items
    worked = [item.text for item in changes if item.verdict == "verified"]
    if not worked:
        start = start_of(incident)
        worked = [
            item.text
            for item in changes
            if item.verdict == "open" and item.effect != "undone"
            if start is None or item.entry.at >= start
        ]
    return _first([*worked, *(fix.text for fix in incident.of(Fixes).items if fix.text)])


def next_time(incident: Incident) -> tuple[str, ...]:
    """What its postmortem says is to be done the next time."""
    stage = incident.playbook.postmortem_stage()
    values = incident.of(Artifacts).values(stage) if stage is not None else []
    return _first(
        [
            text.strip()
            for value in values
            if value.field.id == NEXT_TIME
            for text in value.items or [value.text]
        ]
    )


def _first(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))[:MOST]
