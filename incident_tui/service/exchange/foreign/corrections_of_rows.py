"""Corrections of rows before anything is recorded: another day, another zone, another kind, out.

Pure: a plan in, a plan out.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import msgspec

from incident_tui.domain.core.events import Event
from incident_tui.domain.findings.milestones import MILESTONES, MilestoneReached
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.values.time_grammar import WhenError, zone_named
from incident_tui.service.exchange.foreign.timeline_import import (
    Plan,
    Row,
    recorded_text,
    zone_chosen,
)

CORRECTED = "corrected here"
FORMS = "12=+1d, 12=-1d, 12=zone:Europe/Berlin, 12=fact, 12=detected or 12=out"
_FORM = re.compile(r"(?P<from>[0-9]{1,7})(?:-(?P<to>[0-9]{1,7}))?=(?P<what>\S+)")
_DAYS = re.compile(r"([+-][0-9]{1,4})d")


class CorrectionError(ValueError):
    """A correction that is not understood, or of a line that is no row."""


def corrected(plan: Plan, corrections: Iterable[str]) -> Plan:
    """The plan with its rows corrected, each as in `FORMS`; 12-20 stands for the rows of lines.

    Raises `CorrectionError`.
    """
    rows = list(plan.rows)
    for text in corrections:
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise CorrectionError(f"{text!r} is no correction: write {FORMS}")
        first, last = int(match["from"]), int(match["to"] or match["from"])
        if not any(first <= row.line <= last for row in rows):
            raise CorrectionError(f"{text!r}: no row stands in line {match['from']}")
        rows = [
            kept
            for row in rows
            if (kept := _correct(row, match["what"]) if first <= row.line <= last else row)
        ]
    ordered = tuple(sorted(rows, key=lambda row: (row.at, row.line)))
    return msgspec.structs.replace(plan, rows=ordered)


def _correct(row: Row, what: str) -> Row | None:
    if what == "out":
        return None
    if days := _DAYS.fullmatch(what):
        return _changed(row, at=row.at + timedelta(days=int(days[1])))
    if what.startswith("zone:"):
        return _rezoned(row, what.removeprefix("zone:"))
    event: Event
    if what == "fact":
        event = FactRecorded(text=recorded_text(row.event))
    elif what in MILESTONES:
        event = MilestoneReached(name=what, text=recorded_text(row.event))
    else:
        raise CorrectionError(f"{what!r} is no correction: write {FORMS}")
    return _changed(row, event=event, label=what if what in MILESTONES else "")


def _rezoned(row: Row, word: str) -> Row:
    """The row with the same clock, in another zone."""
    from incident_tui.intake.times.zones import zone_named as foreign_zone

    try:
        name = zone_chosen(word)
    except WhenError as error:
        raise CorrectionError(error.reason) from error
    before = foreign_zone(row.zone)
    wall = row.at.astimezone(before.rules if before is not None else UTC).replace(tzinfo=None)
    at = wall.replace(tzinfo=zone_named(name)).astimezone(UTC)
    return _changed(row, at=at, zone=name, zone_from="a correction")


def _changed(row: Row, **changes: Any) -> Row:
    flags = tuple(dict.fromkeys([*row.flags, CORRECTED]))
    return replace(row, flags=flags, **changes)
