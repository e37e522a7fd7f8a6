"""The top of the war room: how bad, how long, what is owed, who types, and where in the process."""

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content
from textual.reactive import reactive

from incident_tui.domain.findings.impact_spans import spans, time_of_impact
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.handover.attention import waiting_for, way_on
from incident_tui.domain.impact.response import response
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.process.flags import Flag
from incident_tui.domain.process.lifecycle import Lifecycle, StageRecord
from incident_tui.domain.values.time_grammar import format_duration, format_when
from incident_tui.screens.painted_text import cut, cut_before, line
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.terminal.themes import (
    FLAG,
    IN_FLIGHT,
    OVERDUE,
    PASSED,
    SOON,
    severity_look,
)
from incident_tui.screens.widgets.chrome.keyed_row import KeyedRow, KeyPart, joined

AMBER = 0.8
"""The part of the interval between updates after which the time left is shown as a warning."""

RAIL_MARKS = {"passed": "✓", "open": "●", "review": "◉", "ahead": "○", "stale": "◌"}


class Header(KeyedRow):
    """One line, two where there is little space."""

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(id="header")
        self.controller = controller

    def make_content(self) -> Content:
        pieces = self._facts()
        facts, self.parts = joined(pieces, at_line=1)
        lifecycle = self.controller.incident.of(Lifecycle)
        title = lifecycle.declared.title if lifecycle.declared else ""
        drill = " DRILL" if lifecycle.declared and lifecycle.declared.drill else ""
        width = self.size.width
        # What waits for whoever types comes before what they know already.
        waits = line(*((f" {one} ", IN_FLIGHT) for one in self._awaited()))
        if self.size.height > 1:
            title_line = cut(line(waits, f" {title}{drill}"), width)
            return Content("\n").join([title_line, cut(facts, width)])
        free = width - facts.cell_length - 2
        content = cut(line(waits, (f" {title}", "bold"), drill), max(free, 12))
        gap = max(1, width - content.cell_length - facts.cell_length - 1)
        facts, self.parts = joined(pieces, content.cell_length + gap)
        return cut(line(content, " " * gap, facts), width)

    def _awaited(self) -> list[str]:
        """What waits for whoever types, each with the line that shows it."""
        incident, session = self.controller.incident, self.controller.session
        return [f"{one.text}: {one.line}" for one in waiting_for(incident, session.identity.actor)]

    def _quiet(self) -> str:
        """Until when nothing rings; it ends by itself."""
        until, now = self.controller.quiet_until, self.controller.now()
        if until is None:
            return ""
        return f"quiet until {format_when(until, self.controller.session.zone, reference=now)}  "

    def _facts(self) -> list[tuple[Content, str]]:
        """What is known, each with the id of the key that changes it."""
        incident = self.controller.incident
        severity = incident.of(SeverityState).severity
        scale = [level.id for level in incident.playbook.severities]
        shape, loud = severity_look(severity.id if severity else "", scale)
        status = incident.of(Lifecycle).status
        now = self.controller.now()
        age = self._age(now)
        actor = self.controller.session.identity.actor
        hat = self.controller.session.hat
        return [
            (line((f" {shape} {severity.id if severity else 'no severity'} ", loud)), "verb.sev"),
            (line(f"  {status.upper()} {age}  "), ""),
            (self._response(now), ""),
            (self._owed(now), "verb.update"),
            (line(f"  {self._quiet()}{actor}"), "verb.me"),
            (line((f" ⚑ {hat} " if hat else " ", "dim")), "verb.hat"),
        ]

    def _age(self, now: datetime) -> str:
        """How long it has lasted; once it came back, this time, and in the end the impact alone."""
        incident = self.controller.incident
        all_spans = spans(incident)
        if len(all_spans) > 1:
            lasted = time_of_impact(incident) or max(now, all_spans[-1].begin) - all_spans[-1].begin
            return format_duration(lasted)
        started = incident.of(Milestones).at("started")
        over = not incident.of(Lifecycle).unresolved
        end = (incident.of(Milestones).at("resolved") if over else None) or now
        return format_duration(max(end, started) - started) if started else ""

    def _response(self, now: datetime) -> Content:
        """How long the severity leaves for a first action; nothing once somebody has acted."""
        asked = response(self.controller.incident)
        if asked is None or asked.due is None or asked.answered_at is not None:
            return Content()
        hands = " all hands" if asked.all_hands else ""
        if now >= asked.due:
            return line((f" ! act now{hands} ", OVERDUE), "  ")
        minutes, seconds = divmod(int((asked.due - now).total_seconds()), 60)
        return line((f"◷ act in {minutes:02}:{seconds:02}{hands}  ", ""))

    def _owed(self, now: datetime) -> Content:
        """When the next update is due: a countdown, a warning, or how late it is."""
        updates = self.controller.incident.of(Updates)
        due = updates.next_due
        if due is None:
            return line(("no update owed", "dim"))
        if now >= due:
            return line((f" ! update overdue {format_duration(now - due)} ", OVERDUE))
        left = due - now
        minutes, seconds = divmod(int(left.total_seconds()), 60)
        text = f"◷ update in {minutes:02}:{seconds:02}"
        interval = updates.interval
        soon = interval is not None and left < interval * (1 - AMBER)
        return line((text, SOON if soon else ""))


class Rail(KeyedRow):
    """The stages in order: done, current, ahead."""

    brief: reactive[bool] = reactive(False)
    """Whether the gate is not in sight, so that what comes next is said here."""

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(id="rail")
        self.controller = controller

    def make_content(self) -> Content:
        lifecycle = self.controller.incident.of(Lifecycle)
        if lifecycle.is_history:
            self.parts = []
            note = line((" recorded afterwards: no stage was gone through here", "dim"))
            return cut(note, self.size.width)
        current = lifecycle.current
        report = self.controller.gate()
        text = "no gate" if not report.checks else f"gate {report.done} of {len(report.checks)}"
        if lifecycle.closed:
            text = "closed"
        elif current.state == "review":
            delivered = self.controller.delivered
            text = "to approve" if delivered is None or delivered.merged else "to be merged"
        width = self.size.width
        self.parts = [KeyPart("verb.gate", 0, width)]
        stages = [
            (
                f"{RAIL_MARKS[_state(lifecycle, record)]} {record.stage.title}",
                _style(_state(lifecycle, record), record is current),
            )
            for record in lifecycle.stages
        ]
        joined = Content(" ── ").join([line(stage) for stage in stages])
        step = way_on(self.controller.incident, report, self.controller.now())
        tells_next = self.brief and not lifecycle.closed
        if tells_next or joined.cell_length + len(text) + 4 > width:
            joined = line(
                (f"{RAIL_MARKS[current.state]} {current.stage.title}", "bold"),
                f" {lifecycle.stages.index(current) + 1}/{len(lifecycle.stages)} ",
            )
        if tells_next:
            free = width - joined.cell_length - len(text) - 4
            joined = line(joined, cut(line("· next: ", (step.mend, "bold"), f"  {step.why}"), free))
        gap = max(1, width - joined.cell_length - len(text) - 2)
        return cut(line(" ", joined, " " * gap, (text, "bold")), width)


def _state(lifecycle: Lifecycle, record: StageRecord) -> str:
    """A stage that was passed, and no longer is until an earlier one is again, says so."""
    return "stale" if lifecycle.is_stale(record) else record.state


def _style(state: str, current: bool) -> str:
    return "bold reverse" if current else {"passed": PASSED, "stale": IN_FLIGHT}.get(state, "dim")


class FlagStrip(KeyedRow):
    """The worst red flag and what to do about it; nothing where none is up."""

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(id="flags")
        self.controller = controller
        self._flags: Sequence[Flag] = ()

    def show(self, flags: Sequence[Flag]) -> None:
        """Show the worst of these flags, or what stands in the way of saving."""
        self._flags = flags
        self.display = bool(flags or self.controller.trouble)
        self.tick()

    def make_content(self) -> Content:
        self.parts = [KeyPart("room.flags", 0, self.size.width)]
        if self.controller.trouble:
            return cut(line((f" ! {self.controller.trouble}", FLAG)), self.size.width)
        if not self._flags:
            return Content()
        first = self._flags[0]
        key = key_text(self, "room.flags")
        more = f"  (+{len(self._flags) - 1} more, {key})" if len(self._flags) > 1 else f"  {key}"
        free = self.size.width - len(more)
        mend = line((f"  {first.mend}".rstrip(), "bold"))
        return line(cut_before(line((f" ! {first.text}", FLAG)), mend, free), (more, "dim"))
