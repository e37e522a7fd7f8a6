"""Likeness: what of an incident tells another one that it is of its kind, and what helped then."""

from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.readings import Readings
from incident_tui.domain.learning.fixes import Fixes
from incident_tui.domain.mitigation.mitigations import Mitigations

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

    Where none was verified, those that nobody called failed and nobody undid.
    """
    changes = incident.of(Mitigations).items
    worked = [item.text for item in changes if item.verdict == "verified"]
    if not worked:
        worked = [
            item.text for item in changes if item.verdict == "open" and item.effect != "undone"
        ]
    return _first([*worked, *(fix.text for fix in incident.of(Fixes).items if fix.text)])


def _first(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))[:MOST]
