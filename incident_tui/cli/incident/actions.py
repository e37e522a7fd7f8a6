"""`incident-tui actions`: the action items of all incidents, the overdue first."""

from datetime import datetime

import click

from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.lines import Tone, Toned, columns
from incident_tui.cli.frame.output import print_json, print_lines, tell
from incident_tui.cli.frame.reading import reading
from incident_tui.domain.report import Data
from incident_tui.domain.values.time_grammar import format_duration, iso, zone_named
from incident_tui.service.across.action_register import Owed, register


@command("actions")
@click.option("--overdue", "only_overdue", is_flag=True, help="Only those past their day.")
@json_option
def entry(invocation: Invocation, only_overdue: bool, as_json: bool) -> None:
    """List the action items of all incidents, the overdue first, then by their day."""
    with reading(invocation.service) as progress:
        found = register(invocation.service, progress=progress)
    items = found.overdue if only_overdue else found.items
    if as_json:
        print_json([_data(item) for item in items])
    elif items:
        print_lines(_page(items, invocation))
    elif not found.unread:
        tell("No action item is overdue." if only_overdue else _NOTHING)
    for unread in found.unread:
        tell(f"{unread.incident} cannot be read: {unread.problem}")
    if found.unread and len(found.unread) == len(invocation.home.folders()):
        raise Failure("none of the incidents can be read. Try `incident-tui verify --all`.")


_NOTHING = (
    "There is no action item yet. Add one with "
    '`incident-tui log "+ what will be done owner:NAME due:2w"`.'
)


def _page(items: tuple[Owed, ...], invocation: Invocation) -> list[str]:
    zone, now = zone_named(invocation.service.zone_name), invocation.world.clock()
    rows = columns(
        (
            (
                f"{item.incident} #{item.number}",
                _standing(item, now),
                item.due.astimezone(zone).date().isoformat() if item.due else "no day",
                item.priority or "-",
                item.action_class or "-",
                item.owner or "nobody",
                item.text,
            )
            for item in items
        ),
        head=("item", "status", "due", "priority", "class", "owner", "text"),
    )
    lines: list[str] = []
    for row, item in zip(rows, items, strict=True):
        lines.append(row)
        lines += [Toned(f"    {name}: {text}", Tone.FAINT) for name, text in _more(item) if text]
    return lines


def _standing(item: Owed, now: datetime) -> str:
    if item.overdue and item.due is not None:
        return Toned(f"overdue {format_duration(now - item.due)}", Tone.BAD)
    return item.status


def _more(item: Owed) -> list[tuple[str, str]]:
    return [
        ("seen when", item.verify),
        ("answers", item.factor),
        ("term", item.term),
        ("ref", item.ref),
        (item.status, item.outcome),
    ]


def _data(item: Owed) -> Data:
    return {
        "incident": item.incident,
        "title": item.title,
        "kind": "drill" if item.drill else "incident",
        "protected": item.protected,
        "number": item.number,
        "text": item.text,
        "owner": item.owner,
        "due": iso(item.due),
        "overdue": item.overdue,
        "class": item.action_class,
        "priority": item.priority,
        "status": item.status,
        "verify": item.verify,
        "outcome": item.outcome,
        "factor": item.factor,
        "term": item.term,
        "ref": item.ref,
    }
