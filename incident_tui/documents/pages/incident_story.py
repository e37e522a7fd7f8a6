"""The course of an incident as the postmortem tells it: noticed, told, stopped, explained."""

from incident_tui.documents.pages import shared_facts
from incident_tui.documents.pages.shared_facts import Rows
from incident_tui.documents.pages.update_pages import update_path, update_title
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import Markdown, inline, labelled, link, within
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.findings.decisions import Decisions
from incident_tui.domain.findings.hypotheses import Hypotheses, Hypothesis, evidence
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.findings.milestones import MilestoneReached, Milestones
from incident_tui.domain.findings.readings import Readings, change_in_words
from incident_tui.domain.findings.timeline import FactRecorded, reading_key
from incident_tui.domain.handover.handoffs import listed as handed_off_rows
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.learning.fixes import Fixes
from incident_tui.domain.learning.quotes import Quotes
from incident_tui.domain.mitigation.containment import Containments
from incident_tui.domain.mitigation.mitigations import Mitigation, Mitigations
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.time_grammar import format_measured


def detection(incident: Incident, moments: Moments) -> str:
    """By which signal the incident was noticed, and how long after its start."""
    first_signal = incident.of(Readings).first_signal
    at = incident.of(Milestones).at("detected")
    taken = durations(incident)["time_to_detect"]
    after = f", {format_measured(taken)} after the start" if taken else ""
    stated = incident.of(Milestones).stated.get("detected")
    seen = _what_was_seen(incident, stated) if stated else None
    event = seen.event if seen else None
    words = event.own_words if isinstance(event, MilestoneReached) else getattr(event, "text", "")
    if seen is not None and words:
        origin = shared_facts.source(incident, seen)
        where = f" ({origin})" if origin else ""
        return f"Noticed at {moments.near(seen.at)}{after}: {words.rstrip('.')}{where}."
    if first_signal is not None:
        change = change_in_words(first_signal.before, first_signal.after)
        text = f"Shown by {first_signal.name}: {change} ({first_signal.entry.source})."
        return f"{text} Noticed at {moments.near(at)}{after}." if at else text
    return f"Noticed at {moments.near(at)}{after}." if at else ""


def _what_was_seen(incident: Incident, stated: Entry) -> Entry:
    """The fact of the same moment, where the record of others has one: its label says less."""
    if not incident.of(Lifecycle).is_history:
        return stated
    facts = (e for e in incident.entries if isinstance(e.event, FactRecorded) and e.at == stated.at)
    return next(facts, stated)


def quotes(incident: Incident) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the original record says besides, by its headings: texts with where they stood."""
    return [
        (heading, [(event.text, shared_facts.source(incident, entry)) for entry, event in items])
        for heading, items in incident.of(Quotes).by_heading().items()
    ]


def communication(incident: Incident, moments: Moments) -> list[Markdown]:
    """What people were told, and when."""
    items = incident.of(Updates).items
    return [
        Markdown(
            f"{moments.near(item.entry.at)}, {link(update_title(item), update_path(item))}: "
            f"{within(item.text)}"
        )
        for item in items
    ]


def changes_before(incident: Incident, moments: Moments) -> list[str]:
    """Changes to production from before the incident began: suspects, not mitigations."""
    mitigations = incident.of(Mitigations)
    during = {item.number for item in mitigations.during()}
    return [
        f"{moments.near(item.entry.at)}, {item.text}"
        + (f" ({item.entry.source})" if item.entry.source else "")
        for item in mitigations.items
        if item.number not in during
    ]


def mitigations(incident: Incident, moments: Moments) -> Rows:
    """Each change made against the impact: number, time, kind, what, outcome, undo, by."""
    return [
        [item.number, moments.near(item.entry.at), item.kind, item.text,
         outcome(incident, item, moments), item.undo, item.entry.actor, item.entry.source]
        for item in incident.of(Mitigations).during()
    ]  # fmt: skip


def unjudged(incident: Incident) -> str:
    """What is said of a change whose verdict is missing: once it is over, nobody waits for one."""
    return "not judged" if incident.of(Lifecycle).closed else "in flight"


def outcome(incident: Incident, item: Mitigation, moments: Moments) -> str:
    """Every verdict with its time and words, and whether the change is still in effect."""
    parts = [
        f"{verdict.outcome} at {moments.near(verdict.entry.at)}"
        + (f" ({verdict.text})" if verdict.text else "")
        for verdict in item.verdicts
    ] or ([unjudged(incident)] if item.in_effect else [])
    if item.effect != "yes" and item.moved is not None:
        words = f" ({item.effect_text})" if item.effect_text else ""
        parts.append(f"{item.effect}{_since(item, moments)}{words}")
    return "; ".join(parts)


def _since(item: Mitigation, moments: Moments) -> str:
    word = "at" if item.effect == "undone" else "since"
    return f" {word} {moments.near(item.moved.at)}" if item.moved else ""


def readings(incident: Incident, moments: Moments) -> Rows:
    """Each reading: time, signal, before, after, source."""
    items = sorted(incident.of(Readings).items, key=lambda item: reading_key(item.entry))
    return [
        [moments.near(item.entry.at), item.name, item.before, item.after, item.entry.source]
        for item in items
    ]


def fixes(incident: Incident, moments: Moments) -> Rows:
    """The fix of each confirmed cause: cause, fix, its test, its change, when it was deployed."""
    return [
        [fix.cause.text, fix.text, fix.test, fix.ref,
         moments.near(fix.deployed.at) if fix.deployed else ""]
        for fix in incident.of(Fixes).items
    ]  # fmt: skip


def containment(incident: Incident, moments: Moments) -> list[str]:
    """What was decided about the unsafe path, each time, with the reason."""
    return [
        f"{moments.near(item.entry.at)}, {item.title}: {item.why}"
        for item in incident.of(Containments).items
    ]


def decisions(incident: Incident, moments: Moments) -> list[str]:
    """What was decided, when and by whom, and where that stands."""
    entries = sorted(incident.of(Decisions).items, key=reading_key)
    return [
        f"{moments.near(entry.at)}, {entry.event.in_words(entry, incident)} ({entry.actor}"
        + (f", {entry.source})" if entry.source else ")")
        for entry in entries
    ]


def handed_off(incident: Incident) -> list[str]:
    """What goes on elsewhere, and where."""
    return [row.text for row in handed_off_rows(incident)]


_VERDICTS = {
    "confirmed": "Confirmed",
    "refuted": "Ruled out",
    "testing": "Undecided",
    "open": "Undecided",
}


def hypotheses(incident: Incident) -> list[tuple[str, list[Markdown]]]:
    """The hypotheses by verdict: confirmed, ruled out, undecided."""
    groups: dict[str, list[Markdown]] = {verdict: [] for verdict in _VERDICTS.values()}
    for item in incident.of(Hypotheses).items:
        groups[_VERDICTS[item.status]].append(_hypothesis(item))
    return [(verdict, items) for verdict, items in groups.items() if items]


def _hypothesis(item: Hypothesis) -> Markdown:
    """One hypothesis as a list item with what is known of it below."""
    seen = item.verdict_entry.source if item.verdict_entry else ""
    verdict = f"{item.verdict} ({seen})" if seen else item.verdict
    known = labelled([("Because", verdict), *evidence(item)])
    below = "".join(f"\n  {line}" for line in known.split("\n") if line)
    return Markdown(f"{inline(item.text) or item.number}{below}")
