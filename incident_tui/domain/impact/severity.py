"""Severity: how bad it is for users now, on the scale of the playbook."""

import re
from datetime import datetime, timedelta

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    completes,
)
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.playbook import Playbook, Severity
from incident_tui.domain.values.text import with_words


@facts(
    kind="severity",
    lead="the severity was set",
    emphasis="strong",
    in_story=True,
    while_open=True,
)
class SeverityChanged(Event, frozen=True, tag="severity.changed"):
    """The severity was set or changed."""

    level: Reference
    why: Words = ""
    before: Reference = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """From which level to which, or the first one, and why."""
        changed = self.before not in ("", self.level)
        return with_words(f"{self.before} -> {self.level}" if changed else self.level, self.why)

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Which level it is now, which it was, and why."""
        changed = self.before not in ("", self.level)
        line = f"{self.level}, after {self.before}" if changed else self.level
        return with_words(line, self.why)

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """From which level to which."""
        return f"{self.before or 'severity'} → {self.level}"

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """Which level it is now, and why."""
        change = f"was changed from {self.before} to {self.level}"
        if self.before in ("", self.level):
            change = f"{'stayed at' if self.before else 'was set to'} {self.level}"
        return with_words(f"the severity {change}", self.why)


class SeverityState(Projection):
    """The present level and every change to it."""

    level: str = ""
    history: list[Entry] = []
    raised: Entry | None = None
    """The newest change to a worse level than before; setting the first one is none."""
    light: bool = True
    """Whether every level so far was a light one."""

    @property
    def severity(self) -> Severity | None:
        """The level as the playbook describes it; None until it is set."""
        return self.incident.playbook.severity(self.level) if self.level else None


@projects(SeverityChanged, SeverityState)
def _changed(severity_state: SeverityState, event: SeverityChanged, entry: Entry) -> None:
    playbook = severity_state.incident.playbook
    known = [each.id for each in playbook.severities]  # the worst first
    before = severity_state.level
    if before in known and event.level in known and known.index(event.level) < known.index(before):
        severity_state.raised = entry
    severity_state.level = event.level
    severity_state.history.append(entry)
    level = playbook.severity(event.level)
    severity_state.light = severity_state.light and level is not None and level.light
    severity_state.incident.of(Lifecycle).go(light=severity_state.light)


_SCALE = r"(?:s|sev|severity|p|prio|priority)"
_NUMBERED = later(rf"(?:(?P<scale>{_SCALE})[-_ ]?)?(?P<number>[0-9]+)", re.IGNORECASE)
"""A level by its number, as the tools for alerts and tickets write it."""
_APART = later(rf"(?P<level>{_SCALE} [0-9]+)(?: +(?P<why>.*))?", re.IGNORECASE | re.DOTALL)
"""A level whose number stands apart from the word before it, and the reason."""


def level_named(playbook: Playbook, level: str, *, line: str = "") -> str:
    """The id of the level that is meant, by its name or its number (`2`, `s2`, `sev-2`, `P2`).

    `Refused`, with `line` for all that there are: no one of them is guessed, since at night the
    guess would be taken. The worst of one scale is SEV1, that of another P0: where levels are
    counted from 0, only the playbook's own word stands before a number.
    """
    known = [severity.id for severity in playbook.severities]
    numbered = _NUMBERED.fullmatch(level)
    if numbered and (scale := numbered["scale"]) and known[0].endswith("0"):
        numbered = numbered if scale[0].casefold() == known[0][0].casefold() else None
    for each in known:
        if level and level.casefold() == each.casefold():
            return each
    for each in known:
        if numbered and numbered["number"] == "".join(filter(str.isdigit, each)):
            return each
    raise Refused(
        f"{level!r} is not a severity of the playbook {playbook.id}: one of {', '.join(known)}",
        [("say which one it is", line.format("|".join(known)))] if line else [],
    )


@command(
    "/sev LEVEL [WHY]",
    words=("severity", "level", "priority"),
    help="set or change the severity, by present impact on users",
    example="/sev SEV2 checkout fails for a region",
    key="f4",
)
def set_severity(context: CommandContext, level: str, why: str = "") -> Planned:
    """The severity is `level` from now on. `Refused` when it is already, without a reason."""
    if apart := _APART.fullmatch(f"{level} {why}"):
        level, why = apart["level"], apart["why"] or ""
    level = level_named(context.incident.playbook, level, line="/sev {}")
    before = context.incident.of(SeverityState).level
    if level == before and not why:
        raise Refused(f"the severity is {before} already")
    return SeverityChanged(level=level, why=why, before=before)


@completes("LEVEL", "severity")
def _levels(incident: Incident) -> list[tuple[str, str]]:
    return [(level.id, level.description) for level in incident.playbook.severities]


@check("severity.set", title="the severity is set")
def is_set(incident: Incident) -> Missing | None:
    """Some level is set."""
    return Missing("no severity is set", line_that_sets(incident.playbook)).unless(
        incident.of(SeverityState).level
    )


def line_that_sets(playbook: Playbook) -> str:
    """The line that sets the severity, with what it may say: `/judge` where two answers give it."""
    if matrix := playbook.judgement:
        radii = "|".join(item.id for item in matrix.radius)
        return f"/judge {radii} {'|'.join(item.id for item in matrix.urgency)}"
    return f"/sev {'|'.join(level.id for level in playbook.severities)}"


@source("severity.level")
def level_text(incident: Incident) -> str:
    """The present level with its title."""
    severity = incident.of(SeverityState).severity
    return severity.named if severity else ""


@flag("severity.missing", why="Without a severity nobody knows who must be woken.", worst=60)
def missing(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """No severity `minutes` after declaration."""
    if incident.of(SeverityState).level or not incident.entries:
        return None
    due = incident.entries[0].recorded_at + timedelta(minutes=minutes)
    return Raised("The severity is not set yet.", due, line_that_sets(incident.playbook)).once_due(
        now
    )
