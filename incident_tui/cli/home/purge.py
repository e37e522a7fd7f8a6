"""`incident-tui purge`: how the history of git is rid of what was redacted. It runs nothing."""

from incident_tui.cli.frame.command import command, incident_argument
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.output import print_text, tell
from incident_tui.domain.confidential.redactions import unpurged
from incident_tui.service import IncidentSession


@command("purge")
@incident_argument
def entry(invocation: Invocation, fragment: str | None) -> None:
    """Say how to remove redacted words from earlier commits; the commands are yours to run."""
    session = invocation.session(fragment)
    advice = steps(session)
    if advice:
        print_text("\n".join(advice))
    else:
        tell("No commit is known to hold anything that was redacted, or protected later.")
    for left in unpurged(session.incident):
        number = session.incident.number(left.id)
        tell(f'When that is done: incident-tui log -i {session.id} "/purged {number}"')


def steps(session: IncidentSession) -> list[str]:
    """The commands and whom to tell; see `history_rewrite`."""
    from incident_tui.service.confidential.history_rewrite import purge

    return purge(session.incident, session.folder, session.world.env)
