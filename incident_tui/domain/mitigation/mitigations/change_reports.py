"""Changes as documents and the JSON of an incident tell them."""

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import reported, source
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.episodes import Episodes, present
from incident_tui.domain.process.lifecycle import zone_of
from incident_tui.domain.values.field_text import Rows, step
from incident_tui.domain.values.time_grammar import format_stamp, iso


@source("mitigations.strategy")
def strategy(incident: Incident) -> str:
    """What is being done against the impact: the newest change that is not failed or undone.

    Once the impact is back, only what was done against it since then.
    """
    changes = present(incident).of(Mitigations).during()
    effective = [item for item in changes if item.in_effect and item.verdict != "failed"]
    return effective[-1].named if effective else ""


@source("mitigations.steps")
def steps(incident: Incident) -> Rows:
    """Each change and what came of it."""
    rows = []
    for item in incident.of(Mitigations).during():
        facts = (
            ("Made at", format_stamp(item.entry.at, zone_of(incident))),
            ("By", item.entry.actor),
            ("Kind", item.kind),
            ("How it is undone", item.undo),
            ("Source", item.entry.source),
        )
        rows.append(step(item.text, item.result, facts))
    return rows


@reported("mitigations")
def _mitigations(incident: Incident) -> list[dict[str, object]]:
    """Each change, its kind and its fate."""
    return [
        {
            "number": item.number,
            "kind": item.kind,
            "text": item.text,
            "undo": item.undo,
            "status": item.status,
            "outcome": item.outcome,
            "at": iso(item.entry.at),
            "verdict": item.verdict,
            "verdicts": [
                {
                    "verdict": verdict.outcome,
                    "at": iso(verdict.entry.at),
                    "by": verdict.entry.actor,
                    "text": verdict.text,
                    "reading": incident.number(verdict.reading.entry.id)
                    if verdict.reading
                    else None,
                }
                for verdict in item.verdicts
            ],
            "in_effect": item.effect,
            "effect_at": iso(item.moved.at) if item.moved else None,
            "effect_by": item.moved.actor if item.moved else None,
            "effect_text": item.effect_text,
            "episode": incident.of(Episodes).of_entry(item.entry),
        }
        for item in incident.of(Mitigations).items
    ]
