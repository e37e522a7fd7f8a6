"""Legal conclusions: what something means in law, kept apart from the facts that it rests on.

They are in no shared export; what those hold is decided in `shared_incident`.
"""

from incident_tui.domain.core.commands import CommandContext, Planned, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Projection,
    Words,
    facts,
    projects,
)


@facts(kind="legal")
class LegalConclusion(Event, frozen=True, tag="legal.concluded"):
    """What somebody concludes in law."""

    text: Words


class Legal(Projection):
    """The conclusions that count, in the order recorded."""

    conclusions: list[Entry] = []


@projects(LegalConclusion, Legal)
def _concluded(legal: Legal, event: LegalConclusion, entry: Entry) -> None:
    legal.conclusions.append(entry)


@command(
    "/legal TEXT",
    help="record a legal conclusion, apart from the facts",
    example="/legal the regulator has to be told within 72 hours",
    words=("lawyer",),
)
def conclude(context: CommandContext, text: str) -> Planned:
    """A legal conclusion."""
    return LegalConclusion(text=text)
