"""Rows from moments: flags that only their neighbours can give, labels, people at their heads."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from incident_tui.intake.foreign_timeline import OUT_OF_ORDER, SECOND_OF_ITS_KIND, TimelineRow
from incident_tui.intake.moments.resolved_times import Moment
from incident_tui.intake.moments.slips import slips
from incident_tui.intake.prose.labels import milestone_in_row
from incident_tui.intake.prose.people import heads
from incident_tui.intake.times.dates import Day

_TURNS: Final = {
    "started": ("mitigated", "resolved"),
    "recurred": ("mitigated", "resolved", "recurred"),
    "mitigated": ("started",),
    "resolved": ("started",),
}
"""What may be told once more behind each of these: an impact that stopped may come back."""


def rows_of(moments: Sequence[Moment], *, backwards: bool = False) -> list[TimelineRow]:
    """The rows in the order given, flagged where out of order or likely misdated."""
    dated = [isinstance(moment.stamp.day, Day) for moment in moments]
    wrong = slips([moment.wall for moment in moments], dated)
    if backwards:
        wrong = slips([m.wall for m in reversed(moments)], dated[::-1])[::-1]
    people = heads([moment.entry.text for moment in moments])
    rows: list[TimelineRow] = []
    latest = None
    for moment, slip, head in zip(moments, wrong, people, strict=True):
        flags = list(moment.flags)
        behind = latest is not None and (moment.at > latest if backwards else moment.at < latest)
        if behind and not moment.date_only:
            flags.append(OUT_OF_ORDER)
        if slip:
            flags.append(slip)
        elif not moment.date_only:
            latest = moment.at
        entry = moment.entry
        text = entry.text if entry.is_data or entry.who else head.text
        rows.append(
            TimelineRow(
                at=moment.at,
                text=text,
                source=entry.source,
                line=entry.line,
                flags=tuple(flags),
                last_line=max(entry.last_line, entry.line),
                written=moment.stamp.written,
                zone=moment.zone.name,
                zone_from=moment.zone_from,
                day_from=moment.day_from,
                who=entry.who or ("" if entry.is_data else head.who),
                label=entry.label or _label(entry.marked, text) or _label(entry.marked, entry.head),
                until=moment.until,
                day=moment.wall.date() if moment.date_only else None,
                form=entry.form,
            )
        )
    return rows


def without_doubles(
    rows: Sequence[TimelineRow], marks: Sequence[TimelineRow]
) -> tuple[list[TimelineRow], list[TimelineRow]]:
    """The same rows, flagged where two of one label stand at different minutes."""
    doubtful: set[str] = set()
    last: dict[str, datetime] = {}
    for row in sorted((row for row in [*rows, *marks] if row.label), key=lambda row: row.at):
        minute = row.at.replace(second=0, microsecond=0)
        if last.get(row.label, minute) != minute:
            doubtful.add(row.label)
        last[row.label] = minute
        # What began again ends again, and is no second word for the first end.
        for other in _TURNS.get(row.label, ()):
            last.pop(other, None)

    def flagged(row: TimelineRow) -> TimelineRow:
        if row.label not in doubtful:
            return row
        return replace(row, flags=(*row.flags, SECOND_OF_ITS_KIND))

    return [flagged(row) for row in rows], [flagged(row) for row in marks]


def _label(marked: str, text: str) -> str:
    return milestone_in_row(_behind(marked, text), text) if text else ""


def _behind(marked: str, text: str) -> str:
    """The part of a marked line that its text begins in, with the bold sign before it if any."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    at = marked.find(first.strip("*_`")) if first else -1
    if at < 0:
        return ""
    while at > 0 and marked[at - 1] in "*_":
        at -= 1
    return marked[at:]
