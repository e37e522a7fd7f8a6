"""The postmortem: when it is due, how much of it is needed, and what is held back until then."""

from datetime import datetime, timedelta

import msgspec

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.learning.factors import enough, first_layer
from incident_tui.domain.process.artifacts import Artifacts
from incident_tui.domain.process.gates import next_line
from incident_tui.domain.process.lifecycle import Lifecycle, StageRecord, zone_of
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
    return due.astimezone(zone_of(incident)).date().isoformat() if due else ""


class Limit(msgspec.Struct, frozen=True):
    """The limit of a postmortem: by when it was due, and when it was done; None while it is not."""

    hours: int
    due: datetime
    done: datetime | None

    @property
    def kept(self) -> bool | None:
        """Whether it was done in time; None while it is not done."""
        return None if self.done is None else self.done <= self.due


def limit(incident: Incident) -> Limit | None:
    """What became of the limit; None while the incident goes on or where there is none."""
    due, record = due_at(incident), record_of(incident)
    if due is None or record is None:
        return None
    passed = record.passed if record.state == "passed" else None
    return Limit(incident.playbook.deadlines.postmortem_hours, due, passed.at if passed else None)


TRIGGERS = ("triggering-event", "what-changed")
"""Fields in which playbooks ask for what set it off."""


@source("postmortem.trigger")
def trigger_text(incident: Incident) -> str:
    """What set it off: as an earlier document says; else the factors on the first layer."""
    for (_, field), event in incident.of(Artifacts).typed.items():
        if field in TRIGGERS:
            return event.text
    return first_layer(incident)


@check("postmortem.withheld", title="no conclusion is final while users are affected")
def withheld(incident: Incident) -> Missing | None:
    """The impact has stopped: until then a conclusion would be a guess."""
    return Missing(
        "users are still affected, so conclusions have to wait", "/state mitigated …"
    ).unless(incident.of(Lifecycle).status != "active")


@check("postmortem.factors", title="contributing factors are named, in proportion to the severity")
def factors(
    incident: Incident, factors: int = 3, layers: int = 2, light: str = ""
) -> Missing | None:
    """At least `factors` on `layers` layers; one is enough at the severities named in `light`."""
    level = incident.of(SeverityState).level.lower()
    if level and level in light.lower().split():
        return enough(incident, factors=1, layers=1)
    return enough(incident, factors=factors, layers=layers)


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
    line = next_line(incident)
    if now < deadline:
        return Raised(f"{title} is due in {format_duration(deadline - now)}.", since, line)
    return Raised(f"{title} is overdue by {format_duration(now - deadline)}.", deadline, line)
