"""`incident-tui stats`: how the incidents of the home went, in numbers."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

import click
import msgspec

from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.lines import columns
from incident_tui.cli.frame.output import print_json, print_lines, tell
from incident_tui.cli.frame.reading import reading
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import (
    WhenError,
    format_duration,
    parse_past,
    zone_named,
)

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
            begin = _beginning(since.removeprefix("@"), invocation.world.clock(), zone)
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


def _beginning(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment that --since means: a day begins at midnight, -2y is two years ago.

    Raises `WhenError`.
    """
    back = re.fullmatch(r"-([0-9]{1,2})\s?(y|mo)", text.strip(), re.IGNORECASE)
    if back is not None:
        from dateutil.relativedelta import relativedelta

        years = back[2].lower() == "y"
        number = int(back[1])
        span = relativedelta(years=number) if years else relativedelta(months=number)
        return now - span
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip()):
        text = f"{text.strip()} 00:00"
    return parse_past(text, now=now, zone=zone)


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
