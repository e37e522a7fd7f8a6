"""Publication: what strangers are told of an incident, in words that were written for them.

Where nobody wrote any, the public text takes what the record says; when it may go out is decided
here, after the gate of the process. What must not be in it is taken out where it is rendered.
"""

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    command,
    completes_with,
)
from incident_tui.domain.core.events import (
    Entry,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.playbook_words import one_of
from incident_tui.domain.core.rules import Missing, check, source
from incident_tui.domain.learning.postmortem import record_of
from incident_tui.domain.process.gates import next_line
from incident_tui.domain.process.lifecycle import Lifecycle

PARTS = {
    "what-happened": "what users felt, from when to when, without jargon",
    "cause": "why it happened, so that a user understands it",
    "prevention": "what is done so that it does not happen again",
    "apology": "that we are sorry, and for what",
}
"""Part of the public text -> what it says."""


@facts(kind="public", names="part", in_documents=True, concludes=True)
class PublicTextWritten(NamedEvent, frozen=True, tag="publication.written"):
    """A part of the public text was written, or written anew; an empty text takes it back."""

    part: Reference
    text: Words


class Publication(Projection):
    """The newest words of each part of the public text."""

    parts: dict[str, Entry] = {}

    def text(self, part: str) -> str:
        """The words of a part; empty where nobody wrote it."""
        entry = self.parts.get(part)
        return str(getattr(entry.event, "text", "")) if entry else ""


@projects(PublicTextWritten, Publication)
def _written(publication: Publication, event: PublicTextWritten, entry: Entry) -> None:
    publication.parts[event.part] = entry


@command(
    "/public PART TEXT",
    doubted=True,
    words=("apology", "publish"),
    help="words for the public text of this incident, which `export --audience public` prints",
    example="/public apology We are sorry for the orders that failed.",
    lines=True,
)
def write(context: CommandContext, part: str, text: str) -> Planned:
    """A part of what strangers will read."""
    named = one_of(part, PARTS, what="a part of the public text", line="/public {} …")
    return PublicTextWritten(part=named, text=text)


completes_with("PART", PARTS)


def withheld(incident: Incident) -> Missing | None:
    """Why nothing of it may be published yet, with the line that takes it on; None if it may.

    Nothing before the postmortem is approved, as its process has it; nothing while users are
    affected; never what is for those only who need to know, or what turned out to be none.
    """
    lifecycle, record = incident.of(Lifecycle), record_of(incident)
    if incident.of(Protection).protected:
        return Missing("the incident is for those only who need to know", "")
    if lifecycle.status == "active":
        return Missing(
            "users are still affected: updates tell them, and nothing is final", "/update …"
        )
    closed = lifecycle.closed
    if lifecycle.is_history:
        return None
    if closed is not None and closed.reason:
        return Missing(f"it was closed early as {closed.reason}: there is nothing to publish", "")
    if record is None:
        over = not lifecycle.unresolved
        return None if over else Missing("the incident is not resolved yet", "/state resolved …")
    if record.state == "passed" and not lifecycle.is_stale(record):
        return None
    return Missing(f"{record.stage.title} is not approved yet", next_line(incident))


@check("publication.apology", title="the public text says that we are sorry")
def apologised(incident: Incident) -> Missing | None:
    """Somebody wrote an apology."""
    return Missing("nobody wrote an apology for the public text", "/public apology …").unless(
        incident.of(Publication).text("apology")
    )


@source("publication.apology")
def apology(incident: Incident) -> str:
    """The apology of the public text."""
    return incident.of(Publication).text("apology")
