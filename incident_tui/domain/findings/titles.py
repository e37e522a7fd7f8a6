"""The title of an incident: what it is called, which may be put right once more is known."""

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import Entry, Event, Words, facts, projects
from incident_tui.domain.process.lifecycle import Lifecycle, retitle


@facts(kind="title", in_documents=True)
class TitleChanged(Event, frozen=True, tag="title.changed"):
    """The incident is called something else. The name of its folder stays."""

    text: Words


@projects(TitleChanged, Lifecycle)
def _changed(lifecycle: Lifecycle, event: TitleChanged, entry: Entry) -> None:
    retitle(lifecycle, event.text)


@command(
    "/title TEXT",
    help="call the incident something else; the name of its folder stays",
    example="/title Checkout returns 5xx for cards of one bank",
    words=("name", "headline", "rename"),
)
def set_title(context: CommandContext, text: str) -> Planned:
    """The incident is called `text` from now on, in its documents and lists.

    `Refused` when it is called so already.
    """
    declared = context.incident.of(Lifecycle).declared
    if declared is not None and declared.title == text:
        raise Refused(f"it is called {text!r} already")
    return TitleChanged(text=text)
