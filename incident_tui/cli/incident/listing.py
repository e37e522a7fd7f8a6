"""`incident-tui list`: the incidents of the home."""

from collections.abc import Collection, Mapping

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.lines import Tone, Toned, columns
from incident_tui.cli.frame.log_progress import log_progress
from incident_tui.cli.frame.output import is_terminal, print_json, print_lines, tell
from incident_tui.cli.frame.periods import period_options, period_or_usage
from incident_tui.domain.values.search_query import Query
from incident_tui.service.home_service import Listed

NEWEST = 50
"""Incidents that a terminal is shown; a file or a pipe gets all."""


@command("list")
@click.option("--all", "all_of_them", is_flag=True, help="On a terminal, more than the newest 50.")
@click.option(
    "--severity",
    multiple=True,
    metavar="LEVEL",
    shell_complete=choices.severities,
    help="Only of this severity.",
)
@click.option("--state", multiple=True, metavar="STATE", help="Only in this state: active, closed…")
@click.option("--tag", multiple=True, metavar="TAG", help="Only with this tag.")
@click.option("--service", multiple=True, metavar="NAME", help="Only where this was affected.")
@period_options("incidents that began")
@json_option
def entry(
    invocation: Invocation,
    all_of_them: bool,
    since: str,
    until: str,
    as_json: bool,
    **filters: tuple[str, ...],
) -> None:
    """List the incidents, newest first.

    Of a filter that is given several times, each of its values will do.
    """
    from incident_tui.service.session.spool_report import every_spooled
    from incident_tui.service.session.unverified_entries import beside, left_beside, look

    with log_progress(invocation.service) as progress:
        listed = invocation.service.listed(progress)
        meant = _meant(invocation, filters, since, until)
        listed = [item for item in listed if meant is None or item.id in meant]
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
    elif meant is not None:
        tell("No incident is like that.")
    else:
        tell(
            f"There is no incident in {invocation.home.path} yet. "
            'Declare one with `incident-tui declare "TITLE"`.'
        )
    for waits in every_spooled(invocation.home):
        tell(f"{waits.id}: {waits.summary}. {waits.mend}")
    former = invocation.home.state.former()
    with_leftovers = beside(invocation.home, former)
    for item in [one for one in listed if one is listed[0] or one.id in with_leftovers]:
        drafts = left_beside(invocation.home, item.id, former)
        # What a move left is of the whole home: the newest incident stands for it.
        text = drafts.summary() if drafts.files or item is listed[0] else ""
        if text:
            tell(f"{item.id}: {text}. {look(item.id)}")
    if unread and len(unread) == len(listed):
        raise Failure("none of the incidents can be read. Try `incident-tui verify --all`.")


def _meant(
    invocation: Invocation, filters: Mapping[str, tuple[str, ...]], since: str, until: str
) -> Collection[str] | None:
    """The incidents that the filters mean; None where nothing was asked."""
    first, last = period_or_usage(invocation, since, until)
    query = Query((), {name: values for name, values in filters.items() if values})
    if not query and first is None and last is None:
        return None
    from incident_tui.service.across.entry_search import is_meant

    outlines, _ = invocation.service.catalogue.outlines()
    return {
        name
        for name, known in outlines.items()
        if is_meant(known, query)
        and (first is None or known.began >= first)
        and (last is None or known.began <= last)
    }


def _row(item: Listed) -> tuple[str, ...]:
    data = item.summary
    if data is None:
        return item.id, "-", Toned("unreadable", Tone.BAD), "-", item.problem
    marks = [data["kind"]] if data["kind"] != "incident" else []
    marks += ["protected"] if data["protected"] else []
    title = f"{data['title']} ({', '.join(marks)})" if marks else data["title"]
    return item.id, data["severity"] or "-", data["status"], item.stage_title, title
