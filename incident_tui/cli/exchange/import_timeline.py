"""`incident-tui import`: a timeline that was kept elsewhere becomes entries."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import UsageFailure
from incident_tui.cli.frame.output import print_json, print_text, tell
from incident_tui.domain.report import Data
from incident_tui.domain.values.text import clean_line, counted
from incident_tui.domain.values.time_grammar import iso

if TYPE_CHECKING:
    from incident_tui.service.exchange.timeline_import import Imported, Plan


@command("import")
@click.argument("file", metavar="FILE")
@click.option("-i", "--incident", "fragment", metavar="ID", help="Into this incident.")
@click.option("--title", default="", help="The title of the new incident.")
@click.option("--playbook", default="", metavar="NAME", help="The process of the new incident.")
@click.option("--zone", default="", metavar="ZONE", help="Where the file names no time zone.")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="Where rows have no date.")
@click.option("--dry-run", is_flag=True, help="Only say what would be recorded.")
@json_option
def entry(
    invocation: Invocation,
    file: str,
    fragment: str | None,
    title: str,
    playbook: str,
    zone: str,
    day: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read a timeline from a Markdown file, into a new incident or one that there is.

    Prints the id. Lines that look like a part of the timeline and cannot be read are told on
    standard error.
    """
    from incident_tui.service.exchange.timeline_import import import_into, import_new, plan_import

    text = _read(invocation.world.cwd / file)
    plan = plan_import(invocation.service, text, file, title=title, zone=zone, day=_day(day))
    for left in plan.left:
        tell(f"{file}:{left.line}: not read, it {left.reason}: {left.text}")
    for row in plan.rows:
        if row.flags:
            tell(f"{file}:{row.line}: {', '.join(row.flags)}: {row.text}")
    if not plan.rows:
        raise UsageFailure(
            f"{file} has no row with a time that could be read; nothing was recorded. "
            "Tables, lists and lines that begin with a time are understood.",
        )
    if dry_run:
        _print_plan(plan, as_json)
        return
    if fragment:
        done = import_into(invocation.session(fragment), plan)
    else:
        done = import_new(invocation.service, plan, playbook=playbook)
    with invocation.acknowledging(
        lambda: f"{counted(len(done.recorded), 'row')} recorded in {done.session.id}",
        "Rows that are there already are left out by "
        f"`incident-tui import … -i {done.session.id}`.",
    ):
        if as_json:
            print_json(_data(plan) | _outcome(done))
        else:
            print_text(done.session.id)
    known = f", {counted(len(done.known), 'row')} were there already" if done.known else ""
    left_over = f", {counted(len(plan.left), 'line')} not read" if plan.left else ""
    tell(f"{counted(len(done.recorded), 'row')} recorded{known}{left_over}.")
    if not fragment:
        invocation.commit(done.session)


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageFailure(
            f"{path} cannot be read: {error.strerror or error}. Nothing was recorded."
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        tell(f"{path} is not UTF-8 text (byte {error.start}): what cannot be read is shown as �.")
        return data.decode("utf-8-sig", errors="replace")


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageFailure(
            f"--date {clean_line(text)!r} is not a day: write it as 2026-11-20."
        ) from None


def _print_plan(plan: "Plan", as_json: bool) -> None:
    if as_json:
        print_json(_data(plan) | {"incident": None, "recorded": 0, "known": 0})
        return
    lines = [f"{plan.title} ({plan.zone})"]
    lines += [f"{row.line}: {iso(row.at)} {row.text} [{row.source}]" for row in plan.rows]
    print_text("\n".join(lines))
    tell(f"{counted(len(plan.rows), 'row')} would be recorded; nothing was.")


def _data(plan: "Plan") -> Data:
    return {
        "title": plan.title,
        "zone": plan.zone,
        "form": plan.form,
        "day_from": plan.day_from or None,
        "rows": [
            {
                "line": row.line,
                "at": iso(row.at),
                "kind": row.event.kind,
                "text": row.text,
                "source": row.source,
                "flags": list(row.flags),
            }
            for row in plan.rows
        ],
        "unread": [
            {"line": left.line, "text": left.text, "reason": left.reason} for left in plan.left
        ],
    }


def _outcome(done: "Imported") -> Data:
    return {
        "incident": done.session.id,
        "recorded": len(done.recorded),
        "known": len(done.known),
    }
