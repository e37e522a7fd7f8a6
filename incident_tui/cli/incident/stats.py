"""`incident-tui stats`: how the incidents of the home went, in numbers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import click
import msgspec

from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.lines import columns
from incident_tui.cli.frame.output import print_json, print_lines, tell
from incident_tui.cli.frame.reading import reading
from incident_tui.domain.values.search_query.periods import beginning
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import WhenError, format_duration, zone_named

if TYPE_CHECKING:
    from incident_tui.service.across.statistics import Statistics


@command("stats")
@click.option(
    "--since", metavar="WHEN", default="", help="Only incidents that began then or later."
)
@json_option
def entry(invocation: Invocation, since: str, as_json: bool) -> None:
    """Count incidents, how long they took, and what was promised and kept."""
    from incident_tui.service.across.statistics import statistics

    begin = None
    if since:
        zone = zone_named(invocation.service.zone_name)
        try:
            begin = beginning(since, now=invocation.world.clock(), zone=zone)
        except WhenError as error:
            raise click.BadParameter(error.reason, param_hint="--since") from error
    with reading(invocation.service) as progress:
        found = statistics(invocation.service, since=begin, progress=progress)
    if as_json:
        told = msgspec.to_builtins(found)
        print_json(told | {"unread": [name for name, _ in found.unread]})
    elif found.incidents or found.drills or found.none:
        print_lines(_page(found))
    elif not found.unread:
        tell("No incident began since then." if since else "There is no incident yet.")
    for name, problem in found.unread:
        tell(f"{name} is not counted: {problem}")
    if found.unread and not (found.incidents or found.drills or found.none):
        raise Failure("none of the incidents can be read. Try `incident-tui verify --all`.")


def _page(found: "Statistics") -> Iterator[str]:
    yield from columns([("incidents", str(found.incidents), _more(found))])
    if found.severities:
        told = "  ".join(f"{level} {number}" for level, number in found.severities.items())
        yield f"severity   {told}"
    if found.durations:
        yield ""
        yield from columns(
            [
                ("", "median", "longest", "known of"),
                *(
                    (
                        name.replace("_", " "),
                        format_duration(timedelta(seconds=spread.median)),
                        format_duration(timedelta(seconds=spread.longest)),
                        str(spread.incidents),
                    )
                    for name, spread in found.durations.items()
                ),
            ]
        )
    items = found.actions
    yield ""
    yield (
        f"action items {items.total}: {items.settled} settled, "
        f"{items.total - items.settled} open, {items.overdue} of them overdue"
    )
    waived, reopened = counted(found.waived, "check"), counted(found.reopened, "stage")
    yield f"gates: {waived} waived, {reopened} reopened"


def _more(found: "Statistics") -> str:
    parts = [f"{found.going_on} going on"] if found.going_on else []
    if found.drills:
        parts.append(f"{counted(found.drills, 'drill')} left out")
    if found.none:
        parts.append(f"{found.none} closed early left out")
    return "; ".join(parts)
