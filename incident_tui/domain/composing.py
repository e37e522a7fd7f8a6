"""Composing a status update from what the log already says, and the verb that posts one."""

import re
from datetime import timedelta

from incident_tui.domain.hypotheses import leading
from incident_tui.domain.impact import Impact
from incident_tui.domain.kernel import Incident
from incident_tui.domain.lifecycle import Lifecycle
from incident_tui.domain.metrics import whole
from incident_tui.domain.mitigations import strategy
from incident_tui.domain.postmortems import due_text
from incident_tui.domain.questions import Questions
from incident_tui.domain.severity import SeverityState
from incident_tui.domain.updates import UpdatePosted, Updates
from incident_tui.domain.verbs import Call, Planned, Refused, verb
from incident_tui.domain.when import WhenError, format_duration, parse_ahead


def form_of_next(incident: Incident) -> str:
    """Which kind of update comes next: initial, update or resolution."""
    if not incident.of(Lifecycle).unresolved:
        return "resolution"
    return "update" if incident.of(Updates).items else "initial"


def compose(incident: Incident) -> str:
    """An update to start from, made of what the log already says."""
    lifecycle = incident.of(Lifecycle)
    severity = incident.of(SeverityState).severity
    impact = incident.of(Impact).fields
    interval = incident.of(Updates).interval
    facts = {
        "title": lifecycle.declared.title if lifecycle.declared else "",
        "severity": f"{severity.id} ({severity.title})" if severity else "severity not set yet",
        "status": lifecycle.status,
        "users": impact.get("users", "unknown"),
        "services": impact.get("services", "unknown"),
        "data": impact.get("data", "unknown"),
        "doing": strategy(incident) or "looking for the fastest safe way to stop the impact",
        "cause": leading(incident) or "not known yet",
        "unknown": "; ".join(item.text for item in incident.of(Questions).open) or "nothing named",
        "every": f"within {format_duration(interval)}" if interval else "as agreed",
        "duration": whole(incident) or "not known",
        "postmortem": due_text(incident) or "to be agreed",
    }
    template = getattr(incident.playbook.messages, form_of_next(incident))
    return re.sub(r"\{(\w+)\}", lambda found: facts.get(found[1], found[0]), str(template))


@verb(
    "/update [TEXT] [next:WHEN]",
    help="post a status update; without text the composer opens",
    example="/update Checkout fails for some users; rolling back. next:+30m",
    key="f5",
)
def post(call: Call, text: str = "", next: str = "") -> Planned:
    """An update with the time of the next one."""
    incident = call.incident
    if not text:
        interval = incident.of(Updates).interval or timedelta(minutes=30)
        proposal = compose(incident).replace("\n", " ")
        raise Refused(
            "the update has no text",
            [
                (
                    "post what the log says so far",
                    f"/update {proposal} next:+{int(interval.total_seconds() // 60)}m",
                )
            ],
        )
    next_at = None
    if next:
        try:
            next_at = parse_ahead(next, now=call.now, zone=call.zone)
        except WhenError as error:
            raise Refused(f"the time of the next update {next!r}: {error.reason}") from error
    elif incident.of(Lifecycle).unresolved:
        raise Refused(
            "an update without the time of the next one leaves people waiting",
            [("say when they hear from you again", f"/update {text} next:+30m")],
        )
    return UpdatePosted(text=text, form=form_of_next(incident), next_at=next_at)
