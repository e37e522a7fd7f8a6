"""The first page of the postmortem, for whoever has a minute. What is unknown is said as such."""

from incident_tui.documents.pages import incident_story, shared_facts
from incident_tui.documents.pages.shared_facts import Pairs, Rows
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import Markdown
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.playbook_words import title_of
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.impact_spans import impact_by_level, levels_held
from incident_tui.domain.learning.factors import Factor, Factors
from incident_tui.domain.learning.fixes import Fixes
from incident_tui.domain.learning.postmortem import limit, trigger_text
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.people.hats import Hats
from incident_tui.domain.people.hats.time_in_role import HatTimes, worn_by_person
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.process.lifecycle import (
    Lifecycle,
    ReviewRequested,
    SentBack,
    StagePassed,
    StageRecord,
)
from incident_tui.domain.values.text import counted, label
from incident_tui.domain.values.time_grammar import format_measured

UNKNOWN = "not on record"
Typed = dict[str, str]
"""What stands in the fields of the postmortem, by the id of the field."""


def head(
    incident: Incident, record: StageRecord | None, typed: Typed, status: Markdown, moments: Moments
) -> Pairs:
    """Where the document stands, whose it is, who wrote and read it, and whether it is in time."""
    return [
        ("Status", status),
        ("Owner", typed.get("owner") or _owner(incident, record)),
        ("Authors", typed.get("authors") or _authors(incident, record, moments)),
        ("Reviewers", typed.get("reviewers") or _reviewers(record, moments)),
        ("Limit", limit_text(incident, moments)),
        ("Times are in", moments.zone_name),
    ]


def in_short(incident: Incident, typed: Typed, moments: Moments) -> Pairs:
    """What it was, why, how it was noticed, what stopped it and what fixes it."""
    lifecycle = incident.of(Lifecycle)
    return [
        ("Incident", lifecycle.declared.incident if lifecycle.declared else ""),
        ("State", label(lifecycle.status)),
        ("Severity", shared_facts.severity(incident) or UNKNOWN),
        ("Impact", shared_facts.impact_times(incident, moments) or UNKNOWN),
        ("Trigger", typed.get("trigger") or trigger_text(incident) or UNKNOWN),
        (cause_label(incident), cause(incident) or UNKNOWN),
        ("Detection", incident_story.detection(incident, moments) or UNKNOWN),
        (stopped_label(incident), what_stopped_it(incident, moments) or UNKNOWN),
        ("What fixes it", what_fixes_it(incident, moments) or UNKNOWN),
    ]


def cause(incident: Incident) -> str:
    """The causes that are confirmed; empty while none is.

    Where none was asked for, the contributing factors, once the impact has stopped.
    """
    causes = [
        f"{item.text}{shared_facts.held(incident, item.verdict_entry)}"
        for item in incident.of(Hypotheses).with_status("confirmed")
    ]
    if not causes and incident.of(Lifecycle).status != "active":
        trigger = trigger_text(incident)
        items = incident.of(Factors).items
        causes = [
            _factor(incident, item) for item in items if item.text != trigger or len(items) == 1
        ]
    return "; ".join(causes)


def _factor(incident: Incident, item: Factor) -> str:
    if item.entry.copied:  # its record says that it led to it, and not on which layer
        return item.text + (" (to verify)" if item.candidate else "")
    layer = title_of(incident.playbook.layers, item.layer).lower()
    return f"{item.text} ({layer}{', to verify' if item.candidate else ''})"


def cause_label(incident: Incident) -> str:
    """How what led to it is called: contributing factors are no cause that somebody confirmed."""
    named = incident.of(Factors).items
    confirmed = bool(incident.of(Hypotheses).with_status("confirmed")) or (
        bool(named) and all(item.entry.copied and not item.candidate for item in named)
    )
    return "Cause" if confirmed or not cause(incident) else "What contributed"


def stopped_label(incident: Incident) -> str:
    """How changes that were seen to work are called: the impact may go on all the same."""
    goes_on = incident.of(Lifecycle).status == "active"
    return "What helped so far" if goes_on else "What stopped it"


def what_stopped_it(incident: Incident, moments: Moments) -> str:
    """The changes that were seen to work; empty while none was."""
    changes = [item for item in incident.of(Mitigations).during() if item.verdict == "verified"]
    return "; ".join(
        f"{item.text} ({item.kind}, made {moments.near(item.entry.at)})"
        if item.kind != "change"
        else f"{item.text} (made {moments.near(item.entry.at)})"
        for item in changes
    )


def what_fixes_it(incident: Incident, moments: Moments) -> str:
    """The permanent fix of each cause; empty while none is named."""
    parts = []
    for fix in incident.of(Fixes).items:
        when = f"deployed {moments.near(fix.deployed.at)}" if fix.deployed else ""
        back = incident.of(Fixes).came_back(fix)
        details = ", ".join(part for part in (fix.ref, when, back) if part)
        parts.append(f"{fix.text} ({details})" if details else fix.text)
    return "; ".join(parts)


def limit_text(incident: Incident, moments: Moments) -> str:
    """By when the postmortem was due, and whether that was kept; empty where nothing was asked."""
    reached = limit(incident)
    if reached is None:
        return ""
    hours = counted(reached.hours, "hour")
    due = f"due {hours} after the resolution, by {moments.stamp(reached.due)}"
    if reached.done is None:
        return f"{due}; not done yet"
    apart = format_measured(abs(reached.done - reached.due))
    if reached.kept:
        return f"{due}; kept, with {apart} to spare"
    return f"{due}; missed by {apart}"


def severity_times(incident: Incident, moments: Moments) -> Rows:
    """How long each level held while it lasted: level, from, until, length."""
    rows: Rows = []
    for level, since, until in levels_held(incident):
        if until == since:  # only found out, or put on record, once it was over
            continue
        length = format_measured(until - since) if until is not None else ""
        rows.append([level, moments.near(since), moments.near(until) or "goes on", length])
    return rows


def impact_at_each_level(incident: Incident) -> str:
    """For how long users were affected at each severity; empty while that goes on or is unknown."""
    levels = impact_by_level(incident) or {}
    return ", ".join(f"{name} {format_measured(length)}" for name, length in levels.items() if name)


def responders(incident: Incident, moments: Moments) -> Rows:
    """See `RESPONDER_HEADS`; a hat that nobody needed, with the reason.

    Whoever passed a hat on within the minute, and typed nothing under it, did not work in it.
    """
    known = incident.playbook.hats
    rows: Rows = []
    for worn in worn_by_person(incident):
        passed_on = all(
            moments.stamp(each.since) == moments.stamp(each.until) for each in worn.spans
        )
        if passed_on and not worn.entries:
            continue
        when = "; ".join(
            moments.span(span.since, span.until)
            if span.until
            else f"since {moments.near(span.since)}"
            for span in worn.spans
        )
        length = format_measured(worn.length) if worn.length is not None else ""
        rows.append([title_of(known, worn.hat), worn.person, when, length, worn.entries or ""])
    for hat, why in incident.of(Hats).not_needed.items():
        rows.append([title_of(known, hat), f"not needed: {why}", "", "", ""])
    return rows


RESPONDER_HEADS = ["Hat", "Who", "When", "In all", "Entries typed in it"]


def without_hat(incident: Incident) -> str:
    """Who wrote into the log without ever wearing a hat."""
    worn = {span.person.casefold() for span in incident.of(HatTimes).spans}
    others = dict.fromkeys(e.actor for e in incident.entries if e.actor.casefold() not in worn)
    return ", ".join(others)


def _owner(incident: Incident, record: StageRecord | None) -> str:
    """Who wears the first hat of its stage and did not review it; else who owns the incident."""
    worn, commander = incident.of(Hats).worn, incident.of(Hats).commander
    hats = record.stage.hats if record else ()
    people = [worn[hat].person for hat in hats if hat in worn]
    answers = [revision.answer for revision in record.revisions] if record else []
    reviewed = {getattr(each.event, "by", "") or each.actor for each in answers if each}
    return next((who for who in people if who not in reviewed), commander or "".join(people[:1]))


def _authors(incident: Incident, record: StageRecord | None, moments: Moments) -> str:
    """Who wrote fields of it or handed it in, each with the day of the last time."""
    if record is None:
        return ""
    written: dict[str, Entry] = {}
    for entry in incident.entries:
        event = entry.event
        own = isinstance(event, FieldSet | ReviewRequested) and event.stage == record.stage.id
        if own and not entry.copied:
            written[entry.actor] = entry
    return ", ".join(f"{who} ({moments.date(entry.at)})" for who, entry in written.items())


def _reviewers(record: StageRecord | None, moments: Moments) -> str:
    """Who approved it or sent it back, and when."""
    reviews: dict[str, list[str]] = {}
    for answer in [revision.answer for revision in record.revisions] if record else []:
        if answer is None:
            continue
        event = answer.event
        if isinstance(event, SentBack):
            reviews.setdefault(answer.actor, []).append(f"sent back {moments.stamp(answer.at)}")
        elif isinstance(event, StagePassed):
            alone = ", self-reviewed" if event.self_reviewed else ""
            ref = f", {event.ref}" if event.ref else ""
            approved = f"approved {moments.stamp(answer.at)}{alone}{ref}"
            reviews.setdefault(event.by or answer.actor, []).append(approved)
    return "; ".join(f"{who} ({'; '.join(verdicts)})" for who, verdicts in reviews.items())
