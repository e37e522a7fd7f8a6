"""Composing the summary of a postmortem from what the log already says, and the line that sets it.

A proposal is never recorded by itself: it is put into the log line or the form, for a person.
"""

from incident_tui.domain.core.commands import CommandContext, Planned, Proposed, Refused, command
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.metrics import whole
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.impact.impact import Impact
from incident_tui.domain.learning.fixes import Fixes
from incident_tui.domain.learning.postmortem import trigger_text
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.artifacts import set_field
from incident_tui.domain.process.lifecycle import title_text, zone_of
from incident_tui.domain.values.time_grammar import format_stamp

FIELDS = ("summary", "what-happened")
"""How playbooks call the field that holds the story in short."""


def field_of_summary(incident: Incident) -> str:
    """The field of the postmortem that holds its summary; empty where there is no postmortem."""
    stage = incident.playbook.postmortem_stage()
    own = stage.produces.fields if stage and stage.produces else ()
    return next((field.id for field in own if field.id in FIELDS), "")


def propose(incident: Incident) -> str:
    """What the log says in short. What it does not know is left out, and so is what was set aside.

    Each part stands behind a colon, so that any title and any words of users fit.
    """
    started = incident.of(Milestones).at("started")
    worked = [m.named for m in incident.of(Mitigations).during() if m.verdict == "verified"]
    causes = [item.text for item in incident.of(Hypotheses).with_status("confirmed")]
    impact = incident.of(Impact).fields
    parts = {
        "": title_text(incident),
        "Began": format_stamp(started, zone_of(incident)) if started else "",
        "Lasted": whole(incident),
        "Affected": impact.get("users", ""),
        "Data": impact.get("data", ""),
        "Set off by": trigger_text(incident),
        "Cause": "; ".join(causes),
        "Stopped by": "; ".join(worked),
        "Fixed by": "; ".join(incident.of(Fixes).in_words),
    }
    lines = [f"{name}: {text}" if name else text for name, text in parts.items() if text]
    return " ".join(f"{' '.join(text.split()).rstrip('.')}." for text in lines)


def proposal_for(incident: Incident, field: str) -> str:
    """What a form starts from, where a field is empty; empty for every field but the summary."""
    return propose(incident) if field and field == field_of_summary(incident) else ""


@command(
    "/summary [TEXT]",
    words=("tldr", "abstract"),
    help="the summary of the postmortem; without text it is proposed from the record",
    example="/summary A deploy used up the pool, and orders were refused for half an hour.",
    lines=True,
)
def summarise(context: CommandContext, text: str = "") -> Planned:
    """The postmortem says in short what somebody wrote, or confirmed.

    `Proposed` without a text; `Refused` where the playbook has no postmortem.
    """
    field = field_of_summary(context.incident)
    if not field:
        raise Refused(
            f"the playbook {context.incident.playbook.id} has no stage for a postmortem",
            [("write it down as a fact", "what happened, in short")],
        )
    if not text:
        proposal = propose(context.incident)
        set_field(context, field=field, value=proposal)  # which says why it cannot be set now
        raise Proposed(
            "proposed from the record: change what is wrong, and enter it",
            [("what the record says, for you to change", f"/summary {proposal}")],
        )
    return set_field(context, field=field, value=text)
