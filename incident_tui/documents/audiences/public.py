"""The public text of an incident: written for strangers, without names, hosts, addresses and links.

What was taken out is told with where it stood, for whoever has to look before it is published.
"""

import re
from collections.abc import Collection, Iterator

import msgspec

from incident_tui.documents.audiences.brief import Brief, Part
from incident_tui.documents.html import sections
from incident_tui.documents.pages import shared_facts
from incident_tui.documents.pages.artifact_pages import summary
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.confidential.shared_incident import NEED_TO_KNOW
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.quoted_entries import without_quotes
from incident_tui.domain.findings.impact_spans import spans, time_of_impact
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.stars import Stars
from incident_tui.domain.handover.publication import PARTS, Publication
from incident_tui.domain.impact.impact import Impact, impact_title
from incident_tui.domain.impact.updates import Update, Updates
from incident_tui.domain.learning.actions import Actions
from incident_tui.domain.people.known_people import KnownPeople
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.text import label
from incident_tui.domain.values.time_grammar import format_measured, format_span
from incident_tui.domain.values.wording import blame_in
from incident_tui.domain.values.wording.identifiers import perhaps_names, without_identifiers

_MOMENTS = {
    "started": "users first felt it",
    "detected": "we noticed",
    "communicated": "we first told users",
    "mitigated": "the impact stopped",
    "resolved": "it was over",
}


STRANGERS = ("", "users", "customers", "public", "the public", "status page")
"""Audiences whose updates strangers have read already; those for others stay inside."""


class Removed(msgspec.Struct, frozen=True):
    """What was taken out: what kind of thing, the words, and where they stood."""

    kind: str
    words: str
    where: str


class PublicText(msgspec.Struct, frozen=True):
    """The text for strangers, and what whoever publishes it has to know of it.

    `blame` are words that blame somebody, with where they stand: with any it is not to go out.
    `taken_over` are the parts that nobody wrote for strangers, so that the record speaks;
    `missing` those for which that has no words either. `perhaps` are words that stand in it and may
    be names, each with its first place.
    """

    brief: Brief
    removed: list[Removed]
    blame: list[tuple[str, str]]
    taken_over: list[str]
    missing: list[str]
    perhaps: list[tuple[str, str]]


class _Cleaner:
    """Texts for strangers; keeps what it took out of them."""

    def __init__(self, incident: Incident, keep: Collection[str]) -> None:
        self._people = incident.of(KnownPeople).names
        self._keep = keep
        self._known = {
            word.casefold()
            for text in (incident.of(Impact).fields.get("services", ""), *keep)
            for word in re.findall(r"\w+", text)
        }
        self.removed: list[Removed] = []
        self.blame: list[tuple[str, str]] = []
        self.perhaps: dict[str, str] = {}

    def clean(self, text: str, where: str) -> str:
        """The text without what tells who or where; nothing of one that is withheld."""
        if NEED_TO_KNOW in text:
            return ""
        if words := blame_in(text, self._people):
            self.blame.append((words, where))
        text, quotes = without_quotes(text, self._keep)
        self.removed += [Removed("entry", words, where) for words in quotes]
        cleaned, identifiers = without_identifiers(text, self._people, self._keep)
        self.removed += [Removed(item.kind, item.words, where) for item in identifiers]
        for name in perhaps_names(cleaned, self._known):
            self.perhaps.setdefault(name, where)
        return cleaned

    def all(self, texts: list[str], where: str) -> list[str]:
        """The texts, each with its place in the list as where it stood."""
        return [self.clean(text, f"{where}, item {n}") for n, text in enumerate(texts, 1)]


def public_text(incident: Incident, keep: Collection[str] = ()) -> PublicText:
    """The text, made of what may be shared; `keep` are words that strangers may read."""
    moments, cleaner = Moments(incident), _Cleaner(incident, keep)
    written = incident.of(Publication)
    given = incident.of(Impact).fields
    facts = [("State", _state(incident)), ("Users were affected", _affected(incident, moments))]
    facts += [
        (impact_title(name), cleaner.clean(given[name], f"the impact on {name}"))
        for name in ("users", "services", "data")
        if given.get(name)
    ]
    happened = written.text("what-happened") or summary(incident)
    cause = [written.text("cause")] if written.text("cause") else sections.confirmed(incident)
    planned = written.text("prevention")
    there = {"what-happened": happened, "cause": cause, "prevention": _planned(incident)}
    taken_over = [part for part, text in there.items() if text and not written.text(part)]
    missing = [part for part in PARTS if not (written.text(part) or there.get(part))]
    title = cleaner.clean(shared_facts.title(incident), "the title")
    parts = [
        Part("What happened", [cleaner.clean(happened, "what happened")]),
        Part("When", items=_times(incident, moments)),
        Part("What we told users", items=list(_paragraphs(incident, moments, cleaner))),
        Part("Why it happened", items=cleaner.all(cause, "the cause")),
        Part("What we did", items=cleaner.all(_done(incident), "what was done")),
        Part(
            "What we do so that it does not happen again",
            [cleaner.clean(planned, "the prevention")] if planned else [],
            [] if planned else cleaner.all(_planned(incident), "the action items"),
        ),
        Part("An apology", [cleaner.clean(written.text("apology"), "the apology")]),
    ]
    standing = f"Times are in {moments.zone_name}."
    return PublicText(
        Brief(title, standing, facts, parts),
        cleaner.removed,
        cleaner.blame,
        taken_over,
        missing,
        list(cleaner.perhaps.items()),
    )


def _state(incident: Incident) -> str:
    status = incident.of(Lifecycle).status
    return "Resolved" if status in ("closed", "postmortem-only") else label(status)


def _affected(incident: Incident, moments: Moments) -> str:
    parts = [
        f"{format_span(span.begin, span.end, moments.zone)} ({format_measured(span.length)})"
        for span in spans(incident)
        if span.end is not None and span.length is not None
    ]
    whole = time_of_impact(incident)
    if len(parts) > 1 and whole is not None:
        parts.append(f"together {format_measured(whole)}")
    return "; ".join(parts)


def _times(incident: Incident, moments: Moments) -> list[str]:
    milestones, impact = incident.of(Milestones), spans(incident)
    names = dict(_MOMENTS)
    if milestones.begins_as_noticed:
        del names["started"]
    known = [(at, label) for name, label in names.items() if (at := milestones.at(name))]
    stops = [span.end for span in impact[:-1] if span.end is not None]
    known += [(at, _MOMENTS["mitigated"]) for at in stops]
    known += [(span.begin, "it came back") for span in impact[1:]]
    # What was reached in the same minute stands in the order of `_MOMENTS`.
    return [f"{moments.stamp(at)}: {label}" for at, label in sorted(known, key=lambda it: it[0])]


def _paragraphs(incident: Incident, moments: Moments, cleaner: _Cleaner) -> Iterator[str]:
    for item in _public(incident):
        where = f"update {item.number} (#{incident.number(item.entry.id)})"
        if text := cleaner.clean(item.text, where):
            yield f"{moments.stamp(item.entry.at)}: {text}"


def _public(incident: Incident) -> list[Update]:
    """The updates that strangers got, without those that were set aside."""
    stars = incident.of(Stars)
    public = [
        item
        for item in incident.of(Updates).items
        if item.audience.casefold() in STRANGERS and not stars.is_aside(item.entry)
    ]
    return sorted(public, key=lambda item: item.entry.at)


def _done(incident: Incident) -> list[str]:
    return sections.stopped_by(incident) + sections.fixed_by(incident)


def _planned(incident: Incident) -> list[str]:
    """What will be done; neither by whom nor by when, which is a promise of its own."""
    return [item.text for item in incident.of(Actions).items if item.status != "dropped"]
