"""Postmortems: when one is due, how much of one is needed, and what is held back until then."""

from datetime import datetime, timedelta

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.learning.actions import Actions
from incident_tui.domain.learning.factors import Factors, enough
from incident_tui.domain.process.lifecycle import Lifecycle, StageRecord
from incident_tui.domain.values.playbook import Choice
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_duration


def record_of(incident: Incident) -> StageRecord | None:
    """What happened to the stage that holds the postmortem; None where there is no such stage."""
    return incident.of(Lifecycle).record(incident.playbook.deadlines.postmortem_stage)


def due_at(incident: Incident) -> datetime | None:
    """When the postmortem is due; None while the incident goes on or none is asked for."""
    lifecycle = incident.of(Lifecycle)
    resolved = lifecycle.reached.get("resolved")
    if lifecycle.unresolved or resolved is None or record_of(incident) is None:
        return None
    return resolved + timedelta(hours=incident.playbook.deadlines.postmortem_hours)


def is_light(incident: Incident) -> bool:
    """Whether a light postmortem will do: the playbook names the present severity for one."""
    record, level = record_of(incident), incident.of(SeverityState).level.lower()
    checks = record.stage.checks if record else ()
    named = " ".join(str(check.args.get("light", "")) for check in checks)
    return bool(level) and level in named.lower().split()


@source("postmortem.due")
def due_text(incident: Incident) -> str:
    """The day by which the postmortem is due."""
    due = due_at(incident)
    return due.date().isoformat() if due else ""


@check("postmortem.withheld", title="no conclusion is final while users are affected")
def withheld(incident: Incident) -> Missing | None:
    """The impact has stopped: until then a conclusion would be a guess."""
    if incident.of(Lifecycle).status != "active":
        return None
    return Missing(
        "users are still affected, so conclusions have to wait", "/state mitigated what shows it"
    )


@check("postmortem.factors", title="contributing factors are named, in proportion to the severity")
def factors(
    incident: Incident, factors: int = 3, layers: int = 2, light: str = ""
) -> Missing | None:
    """At least `factors` on `layers` layers; one is enough at the severities named in `light`."""
    level = incident.of(SeverityState).level.lower()
    if level and level in light.lower().split():
        return enough(incident, factors=1, layers=1)
    return enough(incident, factors=factors, layers=layers)


@check("factors.on-layers", title="each kind of factor is named")
def on_layers(incident: Incident, layers: str) -> Missing | None:
    """At least one factor on each of `layers`, which are ids of the playbook's layers."""
    used = {item.layer for item in incident.of(Factors).items}
    missing = [layer for layer in layers.split() if layer not in used]
    if not missing:
        return None
    titles = {layer.id: layer.title for layer in incident.playbook.layers}
    told = ", ".join(titles.get(layer, layer) for layer in missing)
    return Missing(f"nothing is named for: {told}", f"/factor {missing[0]} …")


@check("factors.whys", title="the chain of whys goes deep enough")
def why_chain(incident: Incident, minimum: int = 5) -> Missing | None:
    """At least `minimum` answers to why."""
    whys = len(incident.of(Factors).whys)
    if whys >= minimum:
        return None
    return Missing(f"{counted(whys, 'why')} of at least {minimum}", "/why …")


@check("factors.candidates", title="what was only inferred is marked as a candidate or verified")
def candidates(incident: Incident) -> Missing | None:
    """Not every factor is a candidate: something of the story is verified."""
    items = incident.of(Factors).items
    if not items:
        layer = incident.playbook.layers[0].id
        return Missing("no contributing factor is named", f"/factor {layer} …")
    if any(not item.candidate for item in items):
        return None
    return Missing(
        "every factor is still a candidate: verify one",
        f"/factor {items[0].layer} {items[0].text}",
    )


def _on(incident: Incident, layers: tuple[Choice, ...]) -> str:
    names = {layer.id for layer in layers}
    return "\n".join(
        item.text + (" (candidate, to verify)" if item.candidate else "")
        for item in incident.of(Factors).items
        if item.layer in names
    )


# A playbook lists its layers from what set it off to what lies deepest.
@source("factors.between")
def between(incident: Incident) -> str:
    """Factors on the layers between the trigger's and the deepest one, one a line."""
    return _on(incident, incident.playbook.layers[1:-1])


@source("factors.deepest")
def deepest(incident: Incident) -> str:
    """Factors on the deepest layer, one a line."""
    return _on(incident, incident.playbook.layers[-1:])


@flag(
    "postmortem.due", why="Memory fades within days, and with it what could be learned.", worst=28
)
def due(incident: Incident, now: datetime, hours: int) -> Raised | None:
    """The postmortem is due within `hours`, or overdue, and its stage is not passed."""
    deadline, record = due_at(incident), record_of(incident)
    if deadline is None or record is None or record.state == "passed":
        return None
    since = deadline - timedelta(hours=hours)
    if now < since:
        return None
    title = record.stage.title
    if now < deadline:
        return Raised(f"{title} is due in {format_duration(deadline - now)}.", since, "/gate")
    return Raised(f"{title} is overdue by {format_duration(now - deadline)}.", deadline, "/gate")


@flag("actions.none", why="A postmortem without action items is a story, not a repair.", worst=19)
def no_actions(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """The postmortem has been open for `minutes`, or is done, without a single action item."""
    record = record_of(incident)
    if record is None or record.entered_at is None or incident.of(Actions).live:
        return None
    due = record.entered_at + timedelta(minutes=minutes)
    if now < due:
        return None
    return Raised(
        f"{record.stage.title} names no action item.", due, "+ what will be done owner:NAME due:2w"
    )
