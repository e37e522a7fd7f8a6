"""`incident-tui purge`: how the history of git is rid of what was redacted. It runs nothing."""

from incident_tui.cli.commands import command, incident_argument
from incident_tui.cli.output import print_text, tell
from incident_tui.cli.session import Session
from incident_tui.domain.redactions import EntryRedacted, Redactions
from incident_tui.service import OpenIncident


@command("purge")
@incident_argument
def entry(session: Session, fragment: str | None) -> None:
    """Say how to remove redacted words from earlier commits; the commands are yours to run."""
    room = session.room(fragment)
    left = room.incident.of(Redactions).in_git
    if not left:
        tell("No commit is known to hold anything that was redacted.")
        return
    print_text("\n".join(steps(room)))
    for mark in left:
        if isinstance(mark.event, EntryRedacted):
            number = room.incident.number(mark.event.target)
            tell(f'When that is done: incident-tui log -i {room.id} "/purged {number}"')


def steps(room: OpenIncident) -> list[str]:
    """The commands and whom to tell; see `service.redaction.purge_steps`."""
    from incident_tui.service.redaction import purge_steps
    from incident_tui.store.home import repository_top

    folder = room.folder.absolute()
    return purge_steps(repository_top(folder) or folder.parent, folder)
