"""`incident-tui show`: an incident as a page or as JSON."""

from incident_tui.cli.frame.command import command, incident_argument, json_option
from incident_tui.cli.frame.context import Session
from incident_tui.cli.frame.output import print_json, print_text
from incident_tui.domain.report import Data, report
from incident_tui.service import OpenIncident


@command("show")
@incident_argument
@json_option
def entry(session: Session, fragment: str | None, as_json: bool) -> None:
    """Show an incident: how bad, how long, what is owed, what is known."""
    room = session.room(fragment)
    now = session.world.clock()
    data = report(room.incident, now)
    if as_json:
        print_json(data | {"commits": commits(session, room)})
        return
    from incident_tui.cli.incident.incident_page import page

    print_text(page(data, now=now, zone=room.zone))


def commits(session: Session, room: OpenIncident) -> list[Data]:
    """The commits of the incident, newest first; none where git cannot tell."""
    from incident_tui.domain.report import iso
    from incident_tui.history import GitUnavailableError, commits_of
    from incident_tui.history.commits.own_repository import holding

    try:
        found = commits_of(holding(room.folder, session.world.env), room.folder)
    except GitUnavailableError:
        return []
    return [{"sha": each.sha, "at": iso(each.at), "subject": each.subject} for each in found]
