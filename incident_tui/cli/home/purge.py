"""`incident-tui purge`: how the history of git is rid of what was redacted. It runs nothing."""

from incident_tui.cli.frame.command import command, incident_argument
from incident_tui.cli.frame.context import Session
from incident_tui.cli.frame.output import print_text, tell
from incident_tui.domain.confidential.history_left_behind import unpurged
from incident_tui.service import OpenIncident


@command("purge")
@incident_argument
def entry(session: Session, fragment: str | None) -> None:
    """Say how to remove redacted words from earlier commits; the commands are yours to run."""
    room = session.room(fragment)
    told = steps(room)
    if told:
        print_text("\n".join(told))
    else:
        tell("No commit is known to hold anything that was redacted, or protected later.")
    for left in unpurged(room.incident):
        number = room.incident.number(left.id)
        tell(f'When that is done: incident-tui log -i {room.id} "/purged {number}"')


def steps(room: OpenIncident) -> list[str]:
    """The commands and whom to tell; see `service.purging`."""
    from incident_tui.service.confidential.history_rewrite import purge

    return purge(room.incident, room.folder, room.world.env)
