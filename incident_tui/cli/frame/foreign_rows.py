"""Rows of foreign texts as people read them before anything is recorded, and what is doubtful."""

from collections.abc import Iterable, Sequence

from incident_tui.cli.frame.command import COLUMN_OPTION
from incident_tui.cli.frame.failures import UsageFailure
from incident_tui.cli.frame.output import tell
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import iso
from incident_tui.intake import Unread
from incident_tui.service.exchange.foreign.timeline_import import Plan, Row


def check_column(plan: Plan, name: str, *, lenient: bool = False) -> None:
    """Raise `UsageFailure` where no table of a text has a column of times of that name.

    `lenient` lets a text without tables be as it is.
    """
    wanted = name.strip().casefold()
    taken = {title.casefold() for table in plan.columns for title in table.taken}
    if not name or wanted in taken or (lenient and not plan.columns):
        return
    there = [*dict.fromkeys(t for c in plan.columns for t in (*c.taken, *c.others))]
    which = f"has these: {', '.join(there)}" if there else "has no table with titles and times"
    shown = clean_line(name)
    raise UsageFailure(f"{COLUMN_OPTION} {shown!r}: {plan.name} {which}. Nothing was recorded.")


def tell_columns(plan: Plan) -> None:
    """Say on standard error of tables with several columns of times which one was taken."""
    for table in plan.columns:
        if table.choice:
            tell(f"{plan.name}:{table.line}: {table.choice}; {COLUMN_OPTION} takes another.")


def tell_doubts(plan: Plan) -> None:
    """Say on standard error what was not read, what is doubtful, and what was assumed."""
    tell_columns(plan)
    for first, last, left in _runs(plan.left):
        lines = f"{first}" if first == last else f"{first}-{last}"
        tell(f"{plan.name}:{lines}: not read, it {left.reason}: {cut(left.text)}")
    for row in plan.rows:
        if row.flags:
            tell(f"{plan.name}:{row.line}: {', '.join(row.flags)}: {cut(row.text)}")
    if plan.rows and not plan.zone_from:
        tell(
            f"{plan.name}: no time zone is named; times were read in {plan.zone}, "
            "--zone names another."
        )


def _runs(left: Sequence[Unread]) -> Iterable[tuple[int, int, Unread]]:
    """Unread lines one below the other for one reason are told together."""
    at = 0
    while at < len(left):
        end = at
        while (
            end + 1 < len(left)
            and left[end + 1].line == left[end].line + 1
            and left[end + 1].reason == left[at].reason
        ):
            end += 1
        yield left[at].line, left[end].line, left[at]
        at = end + 1


def cut(text: str) -> str:
    """A text as long as a line can show."""
    return text if len(text) <= 200 else f"{text[:199]}…"


def row_line(row: Row) -> str:
    """One row with its kind, and where its day and its zone came from."""
    kind = getattr(row.event, "name", "") or row.event.kind
    at = f"{row.day} --:--" if row.day is not None else iso(row.at)
    parts = [f"[{row.source}]", f"zone {row.zone} from {row.zone_from or 'nowhere: assumed'}"]
    parts += [f"day from {row.day_from}"] if row.day_from else []
    parts += [f"by {row.who}"] if row.who else []
    parts += [f"until {iso(row.until)}"] if row.until is not None else []
    return f"{row.line}: {at} {kind}: {row.text} {'; '.join(parts)}"
