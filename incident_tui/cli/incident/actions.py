"""`incident-tui actions`: the action items of all incidents, the overdue first."""

from datetime import datetime

import click

from incident_tui.cli.frame.command import command, incident_option, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure, UsageFailure
from incident_tui.cli.frame.lines import Tone, Toned, columns
from incident_tui.cli.frame.log_progress import log_progress
from incident_tui.cli.frame.output import print_json, print_lines, tell
from incident_tui.domain.report import Data
from incident_tui.domain.values.time_grammar import format_duration, iso, zone_named
from incident_tui.service.across.action_register import Owed, register


@command("actions")
@click.option("--overdue", "only_overdue", is_flag=True, help="Only those past their day.")
@click.option(
    "--to", "tracker", type=click.Choice(["gh", "glab"]), default=None,
    help="Print the lines that make issues of the items; --as gh says the same.",
)  # fmt: skip
@click.option("--repo", default="", metavar="NAME", help="With --to: the repository they go to.")
@click.option("--run", "run", is_flag=True, help="With --to: run the lines; refs come back.")
@click.option("--check", "check", is_flag=True, help="Read the state of the issues that refs name.")
@incident_option("Only this incident's items, where they are handed on or checked.")
@json_option
def entry(
    invocation: Invocation,
    only_overdue: bool,
    tracker: str | None,
    repo: str,
    run: bool,
    check: bool,
    fragment: str | None,
    as_json: bool,
) -> None:
    """List the action items of all incidents, the overdue first, then by their day.

    With --to they are handed on to GitHub or GitLab: the lines are printed, and run with --run
    only. Nothing of a protected incident is among them.
    """
    if tracker is None and invocation.me_flag in ("gh", "glab"):
        tracker, invocation.me_flag = invocation.me_flag, None
    if (run or repo) and tracker is None:
        raise UsageFailure("--run and --repo are for --to gh or --to glab")
    if tracker is not None or check:
        from incident_tui.cli.incident import tracker_lines

        sessions = tracker_lines.sessions(invocation, fragment)
        if tracker is not None:
            tracker_lines.hand_on(invocation, sessions, tracker, repo, run=run, as_json=as_json)
        else:
            tracker_lines.check(sessions, as_json=as_json)
        return
    with log_progress(invocation.service) as progress:
        owed = register(invocation.service, progress=progress)
    items = owed.overdue if only_overdue else owed.items
    if as_json:
        print_json([_data(item) for item in items])
    elif items:
        print_lines(_page(items, invocation))
    elif not owed.unread:
        tell("No action item is overdue." if only_overdue else _NOTHING)
    for unread in owed.unread:
        tell(f"{unread.incident} cannot be read: {unread.problem}")
    if owed.unread and len(owed.unread) == len(invocation.home.folders()):
        raise Failure("none of the incidents can be read. Try `incident-tui verify --all`.")


_NOTHING = 'There is no action item yet. Add one with `incident-tui log "+ … owner:NAME due:2w"`.'


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
