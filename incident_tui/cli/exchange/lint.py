"""`incident-tui lint`: what is doubtful in records of incidents, one's own and others'."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incident_tui.cli.exchange.import_steps import Wanted, planned
from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import column_option, command, json_option, zone_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import REFUSED, UsageFailure
from incident_tui.cli.frame.foreign_text import text_of
from incident_tui.cli.frame.output import print_json, print_text, tell
from incident_tui.cli.frame.progress import steps
from incident_tui.domain.report import Data
from incident_tui.domain.values.text import counted

if TYPE_CHECKING:
    from incident_tui.service.exchange.foreign.record_checks import Finding


@command("lint")
@click.argument(
    "names", metavar="FILE|ID…", nargs=-1, required=True, shell_complete=choices.records
)
@zone_option("Where a file names no time zone.")
@column_option
@json_option
@click.pass_context
def entry(
    ctx: click.Context,
    invocation: Invocation,
    names: tuple[str, ...],
    zone: str,
    column: str,
    as_json: bool,
) -> None:
    """Say what is doubtful in records: order, slips, zones, labels, durations, links.

    A file, a folder, or the id of an incident, whose timeline is looked at. Exits with 3 where
    anything was found or a file could not be read, so that a repository of postmortems can be
    checked.
    """
    from incident_tui.cli.exchange.import_preview import column_data
    from incident_tui.cli.frame.foreign_rows import tell_columns
    from incident_tui.service.exchange.foreign.foreign_files import STDIN, files_named
    from incident_tui.service.exchange.foreign.record_checks import findings, plan_of

    wanted = Wanted(None, "", "", zone, None, False, (), True, column=column)
    cwd = invocation.world.cwd
    results: list[Data] = []
    unreadable = False
    named: list[tuple[bool, Path | None, str]] = []
    for name in names:
        if name != STDIN and not os.path.exists(cwd / name) and Path(name).suffix == "":
            named.append((True, None, name))
        else:
            named += ((False, *file) for file in files_named([name], cwd))
    for is_ours, path, shown in steps(named, "reading"):
        if is_ours:
            plan, text = plan_of(invocation.session(shown).incident)
            results.append(_result(shown, findings(plan, text)))
            continue
        try:
            text = text_of(path, shown)
            plan = planned(invocation, path, shown, wanted, text=text, many=len(named) > 1)
            tell_columns(plan)
            problem = None if plan.rows else f"{shown}: no row with a time was read in it."
            results.append(_result(shown, findings(plan, text), problem, column_data(plan)))
        except UsageFailure as error:
            unreadable = True
            results.append({"file": shown, "findings": [], "problem": str(error), "columns": []})
    for result in results:
        if result["problem"]:
            tell(result["problem"])
    if as_json:
        print_json(results)
    else:
        print_text("\n".join(_lines(results)))
    number = sum(len(result["findings"]) for result in results)
    tell(f"{counted(number, 'finding')} in {counted(len(results), 'record')}.")
    if all(result["problem"] for result in results):
        raise UsageFailure("none of them could be read.")
    if number or unreadable:
        ctx.exit(REFUSED)


def _result(
    shown: str, findings: "list[Finding]", problem: str | None = None, columns: Sequence[Data] = ()
) -> Data:
    lines = [{"rule": one.rule, "line": one.line, "text": one.text} for one in findings]
    return {"file": shown, "findings": lines, "problem": problem, "columns": list(columns)}


def _lines(results: list[Data]) -> Iterator[str]:
    for result in results:
        for one in result["findings"]:
            yield f"{result['file']}:{one['line']}: {one['rule']}: {one['text']}"
