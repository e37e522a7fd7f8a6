"""Impact and scope: what users feel, and where the fault lies. `unknown` is an answer."""

from datetime import datetime, timedelta

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    command,
    completes_with,
)
from incident_tui.domain.core.events import (
    Entry,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.playbook_words import one_of
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.playbook import Playbook
from incident_tui.domain.values.text import label

IMPACT_FIELDS = {
    "users": "who is affected, and how many",
    "services": "which services or journeys are affected",
    "data": "data loss or corruption: none, read degraded, write degraded, data loss",
    "status": "what users see right now",
    "business": "whether a business-critical period is hit",
    "requests": "how many requests failed or were slow",
    "tickets": "how many tickets and calls came in",
    "money": "what it cost, in money",
    "objective": "which objective was missed, and what it took of the error budget",
}
_TITLES = {
    "status": "What users see",
    "business": "Business-critical period",
    "objective": "Objective missed",
}


def impact_title(field: str) -> str:
    """What documents call a field of the impact."""
    return _TITLES.get(field) or label(field)


SCOPE_KINDS = {
    "users": "users or tenants",
    "fault-domain": "region, zone, cluster, host",
    "dependency": "what it depends on, and how that is",
    "recent-change": "deploy, configuration, traffic",
}


@facts(kind="impact", names="field")
class ImpactSet(NamedEvent, frozen=True, tag="impact.set"):
    """One field of the impact was answered."""

    field: Reference
    text: Words

    def title(self, incident: Incident) -> str:
        """What documents call the field."""
        return impact_title(self.field)


@facts(kind="scope", names="row")
class ScopeSet(NamedEvent, frozen=True, tag="scope.set"):
    """One row of the scope table was answered."""

    row: Reference
    text: Words

    def title(self, incident: Incident) -> str:
        """The row as a label."""
        return label(self.row)


class Impact(Projection):
    """The impact fields and scope rows that are answered."""

    fields: dict[str, str] = {}
    scope: dict[str, str] = {}
    answers: dict[str, Entry] = {}
    """The entry that answered one last, by ``impact`` or ``scope`` and its name."""


@projects(ImpactSet, Impact)
def _impact(impact: Impact, event: ImpactSet, entry: Entry) -> None:
    impact.fields[event.field] = event.text
    impact.answers[f"impact {event.field}"] = entry


@projects(ScopeSet, Impact)
def _scope(impact: Impact, event: ScopeSet, entry: Entry) -> None:
    impact.scope[event.row] = event.text
    impact.answers[f"scope {event.row}"] = entry


@command(
    "/impact IMPACT VALUE [src:TEXT]",
    doubted=True,
    help="what users feel; unknown is an answer",
    example="/impact users 12 % of checkouts in eu-west",
    words=("affected",),
)
def set_impact(context: CommandContext, impact: str, value: str, src: str = "") -> Planned:
    """One field of the impact."""
    field = one_of(impact, IMPACT_FIELDS, what="an impact field", line="/impact {} …")
    return ImpactSet(field=field, text=value)


@command(
    "/scope SCOPE VALUE",
    help="where the fault lies; unknown is an answer",
    example="/scope fault-domain eu-west-1",
)
def set_scope(context: CommandContext, scope: str, value: str) -> Planned:
    """One row of the scope table."""
    row = one_of(scope, SCOPE_KINDS, what="a row of the scope table", line="/scope {} …")
    return ScopeSet(row=row, text=value)


completes_with("IMPACT", IMPACT_FIELDS)


completes_with("SCOPE", SCOPE_KINDS)


@check("impact.known", title="the impact on users is known", words={"fields": tuple(IMPACT_FIELDS)})
def known(incident: Incident, fields: str = "users services data") -> Missing | None:
    """Each of `fields` is answered, be it with unknown."""
    answered = incident.of(Impact).fields
    missing = [name for name in fields.split() if name not in answered]
    if not missing:
        return None
    return Missing(
        "not answered: " + ", ".join(f"{name} ({IMPACT_FIELDS[name]})" for name in missing),
        f"/impact {missing[0]} …",
    )


@check("impact.scoped", title="the scope table is answered")
def scoped(incident: Incident) -> Missing | None:
    """Each row of the scope table is answered, be it with unknown."""
    answered = incident.of(Impact).scope
    missing = [name for name in SCOPE_KINDS if name not in answered]
    if not missing:
        return None
    return Missing("no answer yet for " + ", ".join(missing), f"/scope {missing[0]} …")


ALWAYS_ASKED = ("users", "services", "data")


def asked_fields(playbook: Playbook) -> list[str]:
    """The fields of the impact that a playbook asks for, in their usual order."""
    checks = [item for stage in playbook.stages for item in stage.checks]
    parts = [
        str(item.args.get("fields", " ".join(ALWAYS_ASKED)))
        for item in checks
        if "impact.known" in (item.id, *item.rules)
    ]
    parts += [
        field.source.removeprefix("impact.")
        for stage in playbook.stages
        for field in (stage.produces.fields if stage.produces else ())
        if field.required and field.source.startswith("impact.")
    ]
    wanted = set(" ".join(parts).split())
    return [name for name in IMPACT_FIELDS if name in (wanted or ALWAYS_ASKED)]


def asks_for_scope(playbook: Playbook) -> bool:
    """Whether a gate of a playbook wants the scope table."""
    checks = (item for stage in playbook.stages for item in stage.checks)
    return any("impact.scoped" in (item.id, *item.rules) for item in checks)


def services_of(incident: Incident) -> tuple[str, ...]:
    """The services that its impact names, separated by commas there."""
    named = incident.of(Impact).fields.get("services", "")
    return tuple(dict.fromkeys(name.strip() for name in named.split(",") if name.strip()))


@source("impact.users")
def users(incident: Incident) -> str:
    """Who is affected."""
    return incident.of(Impact).fields.get("users", "")


@source("impact.services")
def services(incident: Incident) -> Rows:
    """What is affected, one a line."""
    return item_rows(services_of(incident))


@source("impact.data")
def data(incident: Incident) -> str:
    """What it means for data."""
    return incident.of(Impact).fields.get("data", "")


@source("impact.status")
def status(incident: Incident) -> str:
    """What users see."""
    return incident.of(Impact).fields.get("status", "")


@source("impact.business")
def business(incident: Incident) -> str:
    """Whether a business-critical period is hit."""
    return incident.of(Impact).fields.get("business", "")


@source("impact.scope")
def scope_text(incident: Incident) -> Rows:
    """The scope table, one row a line."""
    scope = incident.of(Impact).scope
    return item_rows(f"{label(kind)}: {scope[kind]}" for kind in SCOPE_KINDS if kind in scope)


@flag("impact.missing", why="What users feel decides everything else.", worst=55)
def missing_flag(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """No impact on record `minutes` after declaration."""
    if incident.of(Impact).fields or not incident.entries:
        return None
    due = incident.entries[0].recorded_at + timedelta(minutes=minutes)
    return Raised("Nobody has said yet what users feel.", due, "/impact users …").once_due(now)
