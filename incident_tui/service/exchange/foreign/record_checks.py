"""What is doubtful in a record of an incident, whoever wrote it: the findings of a linter.

Each names a line and says what is wrong; which of them matter is for those who keep the record.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.milestones import MILESTONES, Milestones
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.time_grammar import format_duration, iso
from incident_tui.intake.foreign_timeline import SECOND_OF_ITS_KIND, SLIPS
from incident_tui.service.exchange.foreign.stated_durations import compared
from incident_tui.service.exchange.foreign.timeline_import import Plan, Row

_PERMALINK: Final = re.compile(r"slack\.com/archives/\w+/p([0-9]{10})([0-9]{6})")
_SAME: Final = timedelta(minutes=10)
_WANTED: Final = ("started", "detected", "mitigated", "resolved")
_IN_ORDER: Final = (
    ("started", "detected"),
    ("started", "mitigated"),
    ("started", "resolved"),
    ("detected", "resolved"),
    ("mitigated", "resolved"),
)
_HARMLESS: Final = frozenset({"approximate time", "range, start taken", "code block left out"})


class Finding(msgspec.Struct, frozen=True):
    """One thing to look at; `line` 0 means the whole text."""

    rule: str
    line: int
    text: str


def plan_of(incident: Incident) -> tuple[Plan, str]:
    """An incident's own entries as rows of a record, their numbers for lines; and their texts."""
    lifecycle, milestones = incident.of(Lifecycle), incident.of(Milestones)
    zone = lifecycle.declared.zone if lifecycle.declared is not None else "UTC"
    reached = {at: name for name in MILESTONES if (at := milestones.at(name)) is not None}
    rows = tuple(
        Row(
            line=incident.number(entry.id),
            at=entry.at,
            event=entry.event,
            text=entry.event.tell(entry, incident),
            source=entry.source,
            zone=zone,
            zone_from="the incident",
            label=reached.get(entry.at, ""),
        )
        for entry in incident.entries
        if incident.counts(entry)
    )
    texts = {row.line: f"{row.text} {row.source}" for row in rows}
    whole = "\n".join(texts.get(number, "") for number in range(1, max(texts, default=0) + 1))
    title = lifecycle.declared.title if lifecycle.declared is not None else ""
    return Plan(title, zone, "log", "", rows, (), zone_from="the incident"), whole


def findings(plan: Plan, text: str) -> list[Finding]:
    """Everything doubtful in a record: order, slips, zones, labels, durations, links, gaps."""
    return sorted(
        [
            *(Finding("not-read", left.line, left.reason) for left in plan.left),
            *_flags(plan),
            *_zones(plan),
            *_durations(plan),
            *_links(plan, text),
            *_milestones(plan),
            *_label_order(plan),
        ],
        key=lambda finding: (finding.line, finding.rule),
    )


def _flags(plan: Plan) -> Iterator[Finding]:
    for row in plan.rows:
        for flag in row.flags:
            if flag not in _HARMLESS:
                words = _label_twice(plan, row) if flag == SECOND_OF_ITS_KIND else flag
                yield Finding(flag.replace(" ", "-").replace(",", ""), row.line, words)


def _label_order(plan: Plan) -> Iterator[Finding]:
    """Milestones that no incident reaches in this order, whatever the order of the rows."""
    times: dict[str, list[Row]] = {}
    sure = [row for row in plan.rows if row.day is None and not SLIPS.intersection(row.flags)]
    for row in sorted(sure, key=lambda row: row.at):
        times.setdefault(row.label, []).append(row)
    for earlier, later in _IN_ORDER:
        if earlier in times and later in times and times[earlier][0].at > times[later][-1].at:
            first, last = times[earlier][0], times[later][-1]
            text = f"{earlier} {iso(first.at)} in line {first.line}"
            yield Finding("label-order", last.line, f"{later} {iso(last.at)} lies before {text}")


def _label_twice(plan: Plan, row: Row) -> str:
    """Which other rows have the label of this one, and when they say that it was."""
    others = [each for each in plan.rows if each.label == row.label and each.at != row.at]
    text = ", ".join(f"{iso(each.at)} in line {each.line}" for each in others)
    return f"{row.label} {iso(row.at)} here and {text}" if text else SECOND_OF_ITS_KIND


def _zones(plan: Plan) -> Iterator[Finding]:
    names = sorted({row.zone for row in plan.rows})
    if len(names) > 1:
        yield Finding("several-zones", 0, f"its times are in several zones: {', '.join(names)}")
    if plan.rows and not plan.zone_from:
        yield Finding("no-zone", 0, f"names no time zone; read in {plan.zone}")


def _durations(plan: Plan) -> Iterator[Finding]:
    for one in compared(plan):
        if one.agrees is False and one.computed is not None:
            given = format_duration(one.computed)
            text = f'"{one.stated.text}", and lines {one.first} and {one.last} give {given}'
            yield Finding("duration-differs", one.stated.line, text)


def _links(plan: Plan, text: str) -> Iterator[Finding]:
    """Permalinks of Slack hold the moment of the message; a row may say another."""
    lines = text.split("\n")
    for row in plan.rows:
        if row.day is not None or row.line > len(lines):
            continue
        whole = "\n".join(lines[row.line - 1 : max(row.line, row.last_line)])
        for seconds, _ in _PERMALINK.findall(whole):
            sent = datetime.fromtimestamp(int(seconds), UTC)
            if abs(sent - row.at) > _SAME:
                words = f"says {iso(row.at)}, and its link was sent at {iso(sent)}"
                yield Finding("link-differs", row.line, words)


def _milestones(plan: Plan) -> Iterator[Finding]:
    there = {row.label for row in plan.rows}
    missing = [name for name in _WANTED if name not in there]
    if plan.rows and missing:
        yield Finding("no-milestone", 0, f"no row says when it was {', '.join(missing)}")
