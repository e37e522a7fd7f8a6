"""`incident-tui import`: timelines that were kept elsewhere become entries."""

from datetime import date
from pathlib import Path

import click

from incident_tui.cli.exchange.import_preview import plan_data, print_plan, tell_proposals
from incident_tui.cli.exchange.import_steps import (
    Wanted,
    no_rows,
    outcome,
    outcome_text,
    planned,
    recorded,
)
from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import (
    column_option,
    command,
    incident_option,
    json_option,
    playbook_option,
    zone_option,
)
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import UsageFailure
from incident_tui.cli.frame.foreign_rows import tell_doubts
from incident_tui.cli.frame.output import print_json, print_text, tell
from incident_tui.domain.values.text import clean_line, counted


@command("import")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, shell_complete=choices.files)
@incident_option("Into this incident.")
@click.option("--title", default="", help="The title of the new incident.")
@playbook_option("The process of the new incident.")
@zone_option("Where the file names no time zone.")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="Where rows have no date.")
@column_option
@click.option("--over", is_flag=True, help="It is history: closed as recorded afterwards.")
@click.option(
    "--fix",
    "fixes",
    multiple=True,
    metavar="LINE=HOW",
    help="Correct a row: 12=+1d, 12=zone:CET, 12=fact, 12=detected, 12=out.",
)
@click.option(
    "--take",
    multiple=True,
    metavar="FIELD,…",
    help="Fill these fields with what the text says under their headings; all for each.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be recorded.")
@json_option
@click.pass_context
def entry(
    ctx: click.Context,
    invocation: Invocation,
    files: tuple[str, ...],
    fragment: str | None,
    title: str,
    playbook: str,
    zone: str,
    day: str,
    column: str,
    over: bool,
    fixes: tuple[str, ...],
    take: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read timelines from files, each into a new incident, or all into one that there is.

    Markdown, plain text, tables, chats, logs and exports are told apart by what is in them. - is
    standard input; a folder stands for the files in it. Prints the ids. What looks like a part of a
    timeline and cannot be read is told on standard error. Importing again adds only what is new.
    What stands under headings such as Impact or Lessons is proposed, and --take fills it in. What
    no field has a place for is told, too; --take rest quotes it.
    """
    from incident_tui.service.exchange.foreign.foreign_files import files_named

    wanted = Wanted(fragment, title, playbook, zone, _day(day), over, fixes, dry_run, take, column)
    named = list(files_named(files, invocation.world.cwd))
    if not named:
        raise UsageFailure(f"{files[0]} holds no file to read. Nothing was recorded.")
    if len(named) == 1:
        _import_one(invocation, *named[0], wanted, as_json)
        return
    if title or fixes:
        raise UsageFailure("--title and --fix are for one file at a time.")
    from incident_tui.cli.exchange.import_many import import_many

    ctx.exit(import_many(invocation, named, wanted, as_json))


def _import_one(
    invocation: Invocation, path: Path | None, shown: str, wanted: Wanted, as_json: bool
) -> None:
    from incident_tui.service.exchange.foreign.recorded_import import KnownRows

    plan = planned(invocation, path, shown, wanted)
    tell_doubts(plan)
    if not plan.rows:
        raise UsageFailure(no_rows(shown, plan))
    if wanted.dry_run:
        if as_json:
            print_json(plan_data(plan) | {"incident": None, "recorded": 0, "known": 0, "taken": []})
        else:
            print_plan(plan)
        return
    done = recorded(invocation, plan, wanted, KnownRows(invocation.service))
    with invocation.acknowledgement(
        lambda: f"{counted(len(done.recorded), 'row')} recorded in {done.session.id}",
        "Rows that are there already are left out by "
        f"`incident-tui import … -i {done.session.id}`.",
    ):
        if as_json:
            print_json(plan_data(plan) | outcome(done))
        else:
            print_text(done.session.id)
    tell(f"{outcome_text(plan, done)}.")
    if plan.over and not wanted.over:
        tell(f"It tells its own end: import --over -i {done.session.id} records it as history.")
    if not plan.take:
        tell_proposals(plan)
    if not wanted.fragment:  # a run that was broken off may have recorded and not committed
        invocation.commit(done.session)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageFailure(
            f"--date {clean_line(text)!r} is not a day: write it as 2026-11-20."
        ) from None
