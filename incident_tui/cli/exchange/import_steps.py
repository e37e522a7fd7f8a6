"""The steps of an import that one file and many have in common: plan, record, say what became."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import UsageFailure
from incident_tui.cli.frame.foreign_text import text_of
from incident_tui.domain.report import Data
from incident_tui.domain.values.text import counted

if TYPE_CHECKING:
    from incident_tui.service.exchange.foreign.recorded_import import Imported, KnownRows
    from incident_tui.service.exchange.foreign.timeline_import import Plan


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options say, for every file alike."""

    fragment: str | None
    title: str
    playbook: str
    zone: str
    day: date | None
    over: bool
    fixes: tuple[str, ...]
    dry_run: bool
    take: tuple[str, ...] = ()
    column: str = ""


def planned(
    invocation: Invocation,
    path: Path | None,
    shown: str,
    wanted: Wanted,
    *,
    text: str = "",
    many: bool = False,
) -> "Plan":
    """The plan for one file, which is one of `many` or the only one.

    Raises `UsageFailure` where it is no text, it has no such column, a correction is none, or a
    field to take is none.
    """
    from msgspec.structs import replace

    from incident_tui.cli.frame.foreign_rows import check_column
    from incident_tui.service.exchange.foreign.corrections_of_rows import CorrectionError, corrected
    from incident_tui.service.exchange.foreign.import_fields import TakeError, names_taken
    from incident_tui.service.exchange.foreign.timeline_import import plan_import

    text = text or text_of(path, shown)
    name = "standard input" if path is None else shown
    plan = plan_import(
        invocation.service,
        text,
        name,
        title=wanted.title,
        zone=wanted.zone,
        day=wanted.day,
        column=wanted.column,
    )
    check_column(plan, wanted.column, lenient=many)
    try:
        plan = corrected(plan, wanted.fixes)
        return replace(plan, take=names_taken(plan.passages, wanted.take, lenient=many))
    except CorrectionError as error:
        raise UsageFailure(f"--fix {error}. Nothing was recorded.") from error
    except TakeError as error:
        raise UsageFailure(f"--take {error}. Nothing was recorded.") from error


def recorded(
    invocation: Invocation, plan: "Plan", wanted: Wanted, known: "KnownRows"
) -> "Imported":
    """Record a plan where the options say. Raises `Refused` and `StoreError`, as recording does."""
    from incident_tui.service.exchange.foreign.recorded_import import import_into, import_new

    if wanted.fragment:
        return import_into(invocation.session(wanted.fragment), plan, over=wanted.over)
    return import_new(
        invocation.service, plan, playbook=wanted.playbook, over=wanted.over, known=known
    )


def no_rows(shown: str, plan: "Plan") -> str:
    """What is said of a text in which no time was found, or none whose day is known."""
    named = plan.name if shown == "-" else shown
    refused = f"{named} has no row with a time that could be read; nothing was recorded. "
    if any(each.reason.startswith(("has no date", "has no year")) for each in plan.left):
        return f"{refused}--date YYYY-MM-DD names the day of those that have none."
    return (
        f"{refused}Lists, tables, headings and lines that begin with a time are understood, and "
        "exports of chats, logs and status pages."
    )


def outcome_text(plan: "Plan", done: "Imported") -> str:
    """What became of the rows of a file, in one sentence."""
    known = f", {counted(len(done.known), 'row')} there already" if done.known else ""
    known += f", {', '.join(done.filled)} taken" if done.filled else ""
    left_over = f", {counted(len(plan.left), 'line')} not read" if plan.left else ""
    if done.known and not done.recorded and not done.filled:
        return (
            f"nothing new: all {counted(len(done.known), 'row')} are in {done.session.id} already"
        )
    return f"{counted(len(done.recorded), 'row')} recorded{known}{left_over}"


def outcome(done: "Imported") -> Data:
    """What was recorded where, for programs."""
    return {
        "incident": done.session.id,
        "recorded": len(done.recorded),
        "known": len(done.known),
        "taken": list(done.filled),
    }
