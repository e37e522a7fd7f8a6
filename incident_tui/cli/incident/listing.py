"""`incident-tui list`: the incidents of the home."""

import click

from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.lines import Tone, Toned, columns
from incident_tui.cli.frame.output import is_terminal, print_json, print_lines, tell
from incident_tui.cli.frame.reading import reading
from incident_tui.service.home_service import Listed

NEWEST = 50
"""Incidents that a terminal is shown; a file or a pipe gets all."""


@command("list")
@click.option("--all", "all_of_them", is_flag=True, help="On a terminal, more than the newest 50.")
@json_option
def entry(invocation: Invocation, all_of_them: bool, as_json: bool) -> None:
    """List the incidents, newest first."""
    from incident_tui.service.session.spool_report import every_spooled
    from incident_tui.service.session.unverified_entries import beside, found_beside, look

    with reading(invocation.service) as progress:
        listed = invocation.service.listed(progress)
    unread = [item for item in listed if item.summary is None]
    if as_json:
        print_json([item.summary for item in listed if item.summary is not None])
        for item in unread:
            tell(f"{item.id} cannot be read: {item.problem}")
    elif listed:
        shown = listed if all_of_them or not is_terminal() else listed[:NEWEST]
        head = ("incident", "severity", "status", "stage", "title")
        print_lines(columns((_row(item) for item in shown), head=head))
        if len(shown) < len(listed):
            tell(f"{len(listed) - len(shown)} more, --all")
    else:
        tell(
            f"There is no incident in {invocation.home.path} yet. "
            'Declare one with `incident-tui declare "TITLE"`.'
        )
    for waits in every_spooled(invocation.home):
        tell(f"{waits.id}: {waits.summary}. {waits.mend}")
    former = invocation.home.state.former()
    lying = beside(invocation.home, former)
    for item in [one for one in listed if one is listed[0] or one.id in lying]:
        found = found_beside(invocation.home, item.id, former)
        # What a move left is of the whole home: the newest incident stands for it.
        told = found.summary() if found.files or item is listed[0] else ""
        if told:
            tell(f"{item.id}: {told}. {look(item.id)}")
    if unread and len(unread) == len(listed):
        raise Failure("none of the incidents can be read. Try `incident-tui verify --all`.")


def _row(item: Listed) -> tuple[str, ...]:
    data = item.summary
    if data is None:
        return item.id, "-", Toned("unreadable", Tone.BAD), "-", item.problem
    stage = next(stage["title"] for stage in data["stages"] if stage["id"] == data["stage"])
    marks = [data["kind"]] if data["kind"] != "incident" else []
    marks += ["protected"] if data["protected"] else []
    title = f"{data['title']} ({', '.join(marks)})" if marks else data["title"]
    return item.id, data["severity"] or "-", data["status"], stage, title
