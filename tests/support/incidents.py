"""Incidents for tests, told line by line: what a user types, folded step by step.

The clock, the ids and the people are the story's own, so that the same story is always the same.
"""

from collections.abc import Iterable
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import cache

from msgspec.structs import replace

from incident_tui.domain import discovery
from incident_tui.domain.core.commands import CommandContext, PendingEvent
from incident_tui.domain.core.events import Entry, Event, Incident, extend, fold
from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import Plan, entry_of, planned
from incident_tui.domain.people.identity import Identity
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.values.playbook import Playbook
from incident_tui.domain.values.time_grammar import zone_named
from incident_tui.store.playbook_files import BUILT_IN, load

DECLARED_AT = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)


def playbook(name: str = "war-room") -> Playbook:
    """A playbook that ships with the product; its flags are free to be changed."""
    shipped = _shipped(name)
    return replace(shipped, flags=dict(shipped.flags))


@cache
def _shipped(name: str) -> Playbook:
    return load(BUILT_IN / f"{name}.toml", discovery.vocabulary)


class Story:
    """An incident under way. Each line is a minute after the last, unless it says otherwise."""

    def __init__(
        self,
        under: Playbook | None = None,
        *,
        title: str = "Checkout returns 5xx in eu-west",
        zone: str = "UTC",
        started_at: datetime | None = None,
        drill: bool = False,
        protected: bool = False,
        self_review: bool = True,
        afterwards: bool = False,
    ) -> None:
        self.playbook = under or playbook()
        self.zone = zone_named(zone)
        self.now = DECLARED_AT
        self.self_review = self_review
        self.incident: Incident = fold([], self.playbook)
        declared = IncidentDeclared(
            incident="2026-11-20-checkout-5xx",
            title=title,
            playbook=self.playbook.id,
            zone=zone,
            drill=drill,
            protected=protected,
            started_at=started_at,
            afterwards=afterwards,
        )
        self.record([PendingEvent(declared)], actor="ana")

    def copy(self) -> "Story":
        """The same story so far, which goes on apart from this one."""
        other = copy(self)
        other.playbook = replace(self.playbook, flags=dict(self.playbook.flags))
        other.incident = fold(self.entries, other.playbook)
        return other

    @property
    def entries(self) -> list[Entry]:
        """The log as recorded."""
        return list(self.incident.recorded)

    def say(
        self, line: str, *, at: datetime | None = None, actor: str = "ana", seen_stage: str = ""
    ) -> list[Entry]:
        """Type a log line at `at` (a minute after the last); raises what the command raises."""
        self.now = at or self.now + timedelta(minutes=1)
        plan = self.plan(line, actor=actor, seen_stage=seen_stage)
        return self._append(plan.events, plan.context)

    def plan(self, line: str, *, actor: str = "ana", seen_stage: str = "") -> Plan:
        """What the line would record now; raises what the command raises."""
        return planned(
            parse(line),
            self.incident,
            Identity(actor),
            now=self.now,
            zone=self.zone,
            self_review=self.self_review,
            seen_stage=seen_stage,
        )

    def tell(self, lines: Iterable[str], *, actor: str = "ana") -> "Story":
        """Type several lines; returns the story itself."""
        for line in lines:
            self.say(line, actor=actor)
        return self

    def record(
        self,
        drafts: Iterable[Event | PendingEvent],
        *,
        actor: str = "ana",
        hat: str = "",
        at: datetime | None = None,
        source: str = "",
    ) -> list[Entry]:
        """Append events as they are, past the commands."""
        context = CommandContext(self.incident, self.now, self.zone, actor, hat, at)
        pending = [PendingEvent(d, source=source) if isinstance(d, Event) else d for d in drafts]
        return self._append(pending, context)

    def _append(self, pending: Iterable[PendingEvent], context: CommandContext) -> list[Entry]:
        entries: list[Entry] = []
        for each in pending:
            order = len(self.incident.recorded) + len(entries) + 1
            line = entries[0].id if entries else ""
            entries.append(
                entry_of(each, context, entry_id=f"e{order:05}", order=order, part_of=line)
            )
        self.incident = extend(self.incident, entries)
        return entries


TRIAGE = (
    "/role all ana",
    "@14:02 = 5xx 0.2 % -> 12 % src:pager",
    "/sev SEV2 checkout fails for a region",
    "/impact users 12 % of checkouts in eu-west",
    "/impact services checkout, payments",
    "/impact data none",
    "/scope users eu-west",
    "/scope fault-domain eu-west-1",
    "/scope dependency payments provider: green",
    "/scope recent-change deploy v42 at 13:58",
    "? v42 exhausts the connection pool",
    "! roll back to v41",
    "/update Checkout fails for some users in eu-west; rolling back. next:+30m",
    "/advance",
    "/approve",
)
MITIGATE = (
    "@13:58 > deployed checkout v42 src:deploys",
    "? a certificate expired",
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
    '/mitigate scale 12 more pods undo:"scale back to 8"',
    "/fail 3 no effect after five minutes",
    "/undone 3 scaled back",
    "= 5xx 12 % -> 0.3 % src:pager",
    "/verify 2 5xx back at 0.3 % on the panel that paged",
    "/set residual-risk v42 must not be deployed again before the pool is bounded",
    "/guardrail deploys of checkout are frozen",
    "/attest impact-reduced checkout works for testers in eu-west",
    "/advance",
    "/revise say who may lift the freeze",
    "/set residual-risk v42 must not be deployed again; only ana lifts the freeze",
    "/attest impact-reduced",
    "/advance",
    "/approve",
    "/update Checkout works again for everybody; we are looking for the cause. next:+60m",
    "/set audience users and the payments team",
    "/advance",
)
INVESTIGATE = (
    "/hyp 1 test connections per pod before and after v42",
    "/hyp 1 for 200 connections per pod since 13:58, 20 before src:dashboard",
    "/hyp 2 refute it is valid until March",
    "/hyp 1 confirm the pool is exhausted as soon as retries start",
    "/why v42 retries without a limit",
    "/why the client library changed its default",
    "/factor trigger retries without a limit in v42",
    "/factor detection no alert on pool usage",
    "/factor control the canary has no payment traffic candidate",
    "/question were webhooks lost?",
    "/set triggering-event deploy of v42 at 13:58",
    "/advance",
    "/approve",
)
RESOLVE = (
    "/fix 1 v43 bounds retries to three and the pool to 40 test:test_pool_survives_retry_storm",
    "/waive fix-reviewed ana is alone this week",
    "/attest users-fine",
    "/attest inside-fine no alert for an hour",
    "/advance",
    "/approve",
    "/update It is over: checkout is back to normal since 14:40.",
)
POSTMORTEM = (
    "/answer 1 no, all were replayed",
    "/guardrail the pool alert pages at 60 %",
    "/lift 1 v43 is out",
    "+ alert on pool usage owner:ana due:2w class:detect prio:P1 verify:\"page fires in staging\"",
    "+ payment traffic in the canary owner:ben due:4w class:prevent prio:P2 verify:\"its graph\"",
    "/set summary A deploy raised the number of connections until the pool was empty.",
    "/set went-well rollback within ten minutes\nthe pager fired first",
    "/set went-poorly the canary saw nothing",
    "/set lessons a canary without the traffic that matters is none",
    "/set missed-defences an upper bound for retries",
    "/advance",
    "/approve",
)  # fmt: skip
FOLLOW_UP = (
    "/act 1 done merged in #812",
    "/act 1 verify the page fired in staging",
    "/act 2 hand-over platform team, PLAT-311",
    "/lift 2 the alert is permanent now",
    "/close",
)
CHAPTERS = (TRIAGE, MITIGATE, INVESTIGATE, RESOLVE, POSTMORTEM, FOLLOW_UP)
"""A whole incident under the default playbook, from the first signal to the close."""


def story(chapters: int = len(CHAPTERS)) -> Story:
    """The worked incident as far as that many of its chapters."""
    whole = Story(started_at=datetime(2026, 11, 20, 14, 0, tzinfo=UTC))
    for chapter in CHAPTERS[:chapters]:
        whole.tell(chapter)
    return whole


def counted(incident: Incident, kind: type[Event]) -> list[Entry]:
    """The entries with an event of that kind that count, in the order of the log."""
    return [e for e in incident.entries if isinstance(e.event, kind) and incident.counts(e)]
