"""`incident-tui show`: an incident as a page or as JSON."""

from incident_tui.cli.frame.command import command, incident_argument, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.output import print_json, print_lines
from incident_tui.domain.report import Data, report
from incident_tui.service import IncidentSession


@command("show")
@incident_argument
@json_option
def entry(invocation: Invocation, fragment: str | None, as_json: bool) -> None:
    """Show an incident: how bad, how long, what is owed, what is known."""
    session = invocation.session(fragment)
    now = invocation.world.clock()
    data = report(session.incident, now)
    if as_json:
        print_json(data | {"commits": commits(invocation, session)})
        return
    from incident_tui.cli.incident.incident_page import page

    print_lines(page(data, now=now, zone=session.zone))


def commits(invocation: Invocation, session: IncidentSession) -> list[Data]:
    """The commits of the incident, newest first; none where git cannot tell."""
    from incident_tui.domain.values.time_grammar import iso
    from incident_tui.history import GitUnavailableError, commits_of
    from incident_tui.history.commits.own_repository import repository_of

    try:
        shas = commits_of(repository_of(session.folder, invocation.world.env), session.folder)
    except GitUnavailableError:
        return []
    return [{"sha": each.sha, "at": iso(each.at), "subject": each.subject} for each in shas]
