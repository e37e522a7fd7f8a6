"""Composing a status update from what the log already says, and the command that posts one."""

import re
from datetime import datetime, tzinfo

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
)
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.metrics import whole
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.questions import Questions
from incident_tui.domain.findings.stars import Stars
from incident_tui.domain.impact.impact import Impact
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.impact.updates import UpdatePosted, Updates, usual_next
from incident_tui.domain.impact.updates.next_word import promised_at, too_late
from incident_tui.domain.learning.postmortem import due_text
from incident_tui.domain.mitigation.mitigations.change_reports import strategy
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.time_grammar import (
    format_when,
)

SECTIONS = {
    "known": "Known",
    "unknown": "Not known yet",
    "users": "Affected",
    "doing": "Being done",
    "ruled_out": "Ruled out",
}
"""What an update tells people -> how it is called, where the playbook's message leaves it out."""
EVERYBODY = ("everybody", "everyone", "all")
_NAMED = later(r"\{(\w+)\}")
_NEXT_SENTENCE = later(r"(?:(?<=[.!?])[ \t]*|^)[^.!?\n]*\{every\}[^.!?\n]*[.!?]?", re.MULTILINE)


def form_of_next(incident: Incident, moment: datetime | None = None) -> str:
    """Which kind of update comes next, or came at an earlier `moment`: initial, update, resolution.

    An update that is put on record late was none that said it is over, where it was not over yet.
    """
    over = incident.of(Milestones).at("resolved")
    before = moment is not None and over is not None and moment < over
    if not incident.of(Lifecycle).unresolved and not before:
        return "resolution"
    return "update" if incident.of(Updates).items else "initial"


def compose(incident: Incident) -> str:
    """The playbook's message for the next update, filled from what the log already says."""
    facts = _facts(incident)
    filled = _NAMED.sub(lambda match: facts.get(match[1], match[0]), _message(incident))
    return "\n".join(line.strip() for line in filled.split("\n")).strip()


def draft(incident: Incident) -> str:
    """An update to start from: the playbook's message, and a line for what it leaves unsaid."""
    message = _message(incident)
    if form_of_next(incident) == "resolution":
        return compose(incident)
    named, facts = set(_NAMED.findall(message)), _facts(incident)
    causes = [] if "cause" in named else _judged(incident, "confirmed")
    open_ones = _unknown(incident, cause_named="cause" in named)
    stars = incident.of(Stars)
    public = [entry for entry in incident.signals if not stars.is_aside(entry)]
    seen = [entry.event.tell(entry, incident) for entry in public[-1:]]
    contents = {
        "known": "; ".join(causes + seen),
        "unknown": "; ".join(open_ones),
        "users": facts["users"],
        "doing": facts["doing"],
        "ruled_out": "; ".join(_judged(incident, "refuted")),
    }
    unsaid = [name for name in SECTIONS if name not in named and contents[name]]
    return "\n".join(
        [compose(incident), *(f"{SECTIONS[name]}: {contents[name]}" for name in unsaid)]
    )


def nothing_new(incident: Incident, zone: tzinfo) -> str:
    """An honest update for when there is no news; times in `zone`."""
    facts, items = _facts(incident), incident.of(Updates).items
    if not items:
        return f"Nothing is known yet beyond this: {facts['title']}. We are looking into it."
    since = format_when(items[-1].entry.at, zone)
    return (
        f"Nothing new since {since}. {facts['title']}: still {facts['status']}. "
        f"Affected: {facts['users']}. Being done: {facts['doing']}."
    )


def _message(incident: Incident) -> str:
    """The playbook's message without the sentence about the next update.

    It would say a second time, and before it is chosen, what its time says below each message.
    """
    return _NEXT_SENTENCE.sub("", str(getattr(incident.playbook.messages, form_of_next(incident))))


def _judged(incident: Incident, verdict: str) -> list[str]:
    """The hypotheses that are confirmed, or refuted."""
    return [item.text for item in incident.of(Hypotheses).with_status(verdict)]


def _unknown(incident: Incident, *, cause_named: bool = False) -> list[str]:
    """The cause, while none is confirmed, with what is suspected; and the open questions.

    `cause_named` says that the message itself says that the cause is not known. A hypothesis that
    is open is never told as known, however well it stands.
    """
    questions = [item.text for item in incident.of(Questions).open]
    hypotheses = incident.of(Hypotheses)
    if hypotheses.with_status("confirmed"):
        return questions
    suspected = [i.text for i in hypotheses.ranked() if i.status in ("open", "testing")][:1]
    if suspected:
        return [f"the cause (suspected: {suspected[0]})", *questions]
    return questions if cause_named else ["the cause", *questions]


def _facts(incident: Incident) -> dict[str, str]:
    """What a message can name -> its text."""
    lifecycle = incident.of(Lifecycle)
    severity = incident.of(SeverityState).severity
    impact = incident.of(Impact).fields
    return {
        "title": lifecycle.declared.title.rstrip(".") if lifecycle.declared else "",
        "severity": severity.named if severity else "not yet rated",
        "status": lifecycle.status,
        "users": impact.get("users", "unknown"),
        "services": impact.get("services", "unknown"),
        "data": impact.get("data", "unknown"),
        "doing": strategy(incident) or "looking for the fastest safe way to stop the impact",
        "cause": "; ".join(_judged(incident, "confirmed")) or "not known yet",
        "known": "; ".join(_judged(incident, "confirmed")) or "nothing for sure",
        "unknown": "; ".join(_unknown(incident)) or "nothing named",
        "ruled_out": "; ".join(_judged(incident, "refuted")) or "nothing yet",
        "duration": whole(incident) or "not known",
        "postmortem": due_text(incident) or "to be agreed",
    }


@command(
    "/update [TEXT] [audience:TEXT] [next:WHEN] [why:TEXT]",
    help="post a status update; without text the composer opens; audience: whom alone it is for; "
    "why: where next: is later than the severity allows",
    words=("post", "announce", "slack", "tell"),
    example="/update Checkout fails for some users; rolling back. next:+30m",
    key="f5",
    opens="composer",
    composed=True,
    lines=True,
)
def post(
    context: CommandContext, text: str = "", audience: str = "", next: str = "", why: str = ""
) -> Planned:
    """An update with the time of the next one, which counts from when the update went out.

    `Refused` without a text, with a draft of one.
    """
    incident = context.incident
    if not text:
        proposal = compose(incident).replace("\n", " ")
        after = usual_next(incident)
        raise Refused(
            "the update has no text",
            [
                (
                    "post what the log says so far",
                    f"/update {proposal} next:{after}" if after else f"/update {proposal}",
                )
            ],
        )
    audience = _as_before(context.incident, audience)
    rest = f' audience:"{audience}"' if audience else ""
    next_at = promised_at(context, text, next, why, rest=rest)
    beyond = next_at is not None and too_late(context, next_at)
    return UpdatePosted(
        text=text,
        form=form_of_next(incident, context.at),
        next_at=next_at,
        why=why if beyond else "",
        audience=audience,
    )


def _as_before(incident: Incident, audience: str) -> str:
    """The audience as it was typed first; empty where it is everybody, who needs no name."""
    if audience.casefold() in EVERYBODY:
        return ""
    return incident.of(Updates).audiences.get(audience.casefold(), audience)
