"""What is said beside the acknowledgement of a line that holds a secret, or takes one out."""

from incident_tui.cli.frame.output import tell
from incident_tui.domain.confidential.protection import IncidentProtected
from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.confidential.secrets import SecretSuspected, ways_out
from incident_tui.service import IncidentSession, Receipt


def tell_of_secrets(session: IncidentSession, receipt: Receipt) -> None:
    """Ask what is to become of a suspected secret; say where a redacted one still is."""
    for entry in receipt.entries:
        match entry.event:
            case SecretSuspected(target=target, what=what):
                number = session.incident.number(target)
                tell(
                    f"{number} looks like it holds a secret ({what}). It is recorded here, and "
                    "nothing is committed or exported until you say what becomes of it:"
                )
                for does, line in ways_out(number):
                    tell(f"    {line}  ({does})")
            case EntryRedacted(target=target, in_git=True):
                from incident_tui.cli.home.purge import steps

                number = session.incident.number(target)
                tell(f"Earlier commits still hold the words of {number}. To be rid of them:")
                for step in steps(session):
                    tell(f"    {step}")
                tell(f"Then: /purged {number}")
            case IncidentProtected():
                tell(
                    "A clone that goes on with it can no longer be merged by git; what it records "
                    f"is taken over by: incident-tui recover {session.id} --with BRANCH_OR_FILE"
                )
    if any(isinstance(entry.event, EntryRedacted) for entry in receipt.entries):
        for copy in session.search.copies:
            tell(f"{copy.text}.")
            tell(f"    {copy.mend}")
