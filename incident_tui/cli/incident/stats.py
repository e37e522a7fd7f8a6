"""`incident-tui stats`: how the incidents of the home went, in numbers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.lines import Bar, Tone, Toned, columns
from incident_tui.cli.frame.log_progress import log_progress
from incident_tui.cli.frame.output import is_terminal, print_json, print_lines, print_raw, tell
from incident_tui.cli.frame.periods import period_options, period_or_usage
from incident_tui.domain.findings.metrics import DURATIONS
from incident_tui.domain.findings.milestones import MILESTONES

if TYPE_CHECKING:
    from incident_tui.service.across.numbers import Statistics
    from incident_tui.service.across.numbers.tables import Table

KINDS = ("incidents", "imported", "drills")
BREAKDOWNS = (
    "month", "quarter", "severity", "service", "tag", "playbook", "layer", "detection",
    "milestones", "people",
)  # fmt: skip
PERIODS = ("month", "quarter")
"""Breakdowns by time, of which the newest rows are shown."""
ON_THE_PAGE = 12
"""Rows of a breakdown on the whole page; alone it is shown with all."""


@command("stats")
@period_options("incidents that began")
@click.option(
    "--of",
    "kind",
    type=click.Choice(KINDS),
    default="incidents",
    help="What is counted: these are never mixed.",
)
@click.option("--by", "view", type=click.Choice(BREAKDOWNS), help="One breakdown only, whole.")
@click.option(
    "--time",
    "duration",
    default="time_of_impact",
    type=click.Choice([*DURATIONS]),
    help="The duration that groups are told with.",
)
@click.option(
    "--between",
    nargs=2,
    metavar="FROM TO",
    type=click.Choice([*MILESTONES]),
    help="Only the time from one milestone to another.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print each group and duration as CSV.")
@click.option(
    "--openmetrics", "as_metrics", is_flag=True, help="Print OpenMetrics text, to be scraped."
)
@json_option
def entry(
    invocation: Invocation,
    since: str,
    until: str,
    kind: str,
    view: str | None,
    duration: str,
    between: tuple[str, str] | None,
    as_csv: bool,
    as_metrics: bool,
    as_json: bool,
) -> None:
    """Count incidents, how long they took, what was promised and kept, and who bore it.

    Medians, and how many incidents they rest on; what is not known is not counted. Drills and
    imported history are counted apart (--of); --json, --csv and --openmetrics hold all kinds.
    """  # fmt: skip
    from incident_tui.service.across.numbers import statistics

    first, last = period_or_usage(invocation, since, until)
    with log_progress(invocation.service) as progress:
        numbers = statistics(invocation.service, since=first, until=last, progress=progress)
    if as_json:
        print_json(_data(numbers))
    elif as_csv:
        from incident_tui.service.across.numbers.comma_separated import comma_separated

        print_raw(comma_separated(numbers))
    elif as_metrics:
        from incident_tui.service.across.numbers.open_metrics import open_metrics

        print_raw(open_metrics(numbers))
    elif numbers.total:
        print_lines(_page(numbers, kind, view, duration, between))
    elif not numbers.unread:
        tell("No incident began then." if first or last else "There is no incident yet.")
    for name, problem in numbers.unread:
        tell(f"{name} is not counted: {problem}")
    if numbers.unread and not numbers.total:
        raise Failure("none of the incidents can be read. Try `incident-tui verify --all`.")


def _data(statistics: "Statistics") -> dict[str, Any]:
    """The numbers of incidents, and beside them those of what is counted apart."""
    apart = {kind: one for kind, one in statistics.kinds.items() if kind != KINDS[0]}
    return {
        **statistics.of().data(),
        **{kind: one.incidents for kind, one in apart.items()},
        "none": statistics.none,
        "apart": {kind: one.data() for kind, one in apart.items()},
        "unread": [name for name, _ in statistics.unread],
    }


def _page(
    statistics: "Statistics",
    kind: str,
    view: str | None,
    duration: str,
    between: tuple[str, str] | None,
) -> Iterator[str]:
    from incident_tui.service.across.numbers.tables import (
        OVERVIEW,
        WHY,
        spread_cells,
        summary,
        tables,
    )

    numbers = statistics.of(kind)
    yield Toned(f"{kind}: {summary(numbers)}", Tone.HEAD)
    if apart := _apart(statistics, kind):
        yield Toned(apart, Tone.FAINT)
    if between:
        begin, end = between
        row = (f"{begin} to {end}", *spread_cells(numbers.between(begin, end)))
        yield from columns([row], head=("", "known of", "median", "p90", "longest"))
        return
    if not numbers.incidents:
        return
    if view:
        for table in tables(numbers, view, duration):
            yield ""
            yield from _table(table, None, newest=view in PERIODS)
        return
    missing = []
    for name in (OVERVIEW, *BREAKDOWNS):
        for table in tables(numbers, name, duration):
            if not table.lines:
                missing.append(table.nothing)
                continue
            yield ""
            yield from _table(table, ON_THE_PAGE, newest=name in PERIODS)
    for remark in (" ".join(missing), WHY):
        if remark:
            yield ""
            yield Toned(remark, Tone.FAINT)


def _table(table: "Table", most: int | None, *, newest: bool) -> Iterator[str]:
    lines = table.lines
    left = len(lines) - most if most is not None and len(lines) > most else 0
    if left:
        lines = lines[-len(lines) + left :] if newest else lines[: len(lines) - left]
    yield Toned(table.title + (f" ({left} more: --by)" if left else ""), Tone.HEAD)
    if not lines:
        yield f"  {table.nothing}"
        return
    shown = []
    for line in lines:
        cells = list(line.cells)
        if line.share is not None:
            cells[table.compared] = Bar(cells[table.compared], line.share)
        shown.append(cells)
    # Elsewhere than on a terminal the heads would be missing from columns that need them.
    rows = shown if is_terminal() else [list(table.heads), *shown]
    yield from columns(rows, indent="  ", head=table.heads if is_terminal() else ())


def _apart(statistics: "Statistics", kind: str) -> str:
    from incident_tui.service.across.numbers.tables import apart

    parts = apart(statistics.kinds, kind)
    sentences = [f"counted apart (--of): {', '.join(parts)}"] if parts else []
    sentences += [f"{statistics.none} closed early left out"] if statistics.none else []
    return "; ".join(sentences)
