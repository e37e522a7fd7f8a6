"""Tags: words by which an incident is found again among thousands, and counted with its like."""

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command, completes
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.rules import reported, source
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.patterns import later

_TAG = later(r"[^\W_][\w.+/-]*")


@facts(kind="tag", about="cause")
class Tagged(Event, frozen=True, tag="incident.tagged"):
    """Tags were put on the incident; they stand in `text` one after the other."""

    text: Words


@facts(kind="untagged")
class Untagged(Event, frozen=True, tag="incident.untagged"):
    """Tags were taken off the incident."""

    text: Words


class Tags(Projection):
    """The tags of the incident, in the order in which they were put on."""

    names: list[str] = []


@projects(Tagged, Tags)
def _tagged(tags: Tags, event: Tagged, entry: Entry) -> None:
    tags.names += [name for name in tags_in(event.text) if name not in tags.names]


@projects(Untagged, Tags)
def _untagged(tags: Tags, event: Untagged, entry: Entry) -> None:
    gone = tags_in(event.text)
    tags.names = [name for name in tags.names if name not in gone]


def tags_in(text: str) -> list[str]:
    """The tags that a text names, in small letters, each once: ``Retries, #config`` are two."""
    return list(dict.fromkeys(name.rstrip(".-/") for name in _TAG.findall(text.casefold())))


@command(
    "/tag TAGS",
    words=("label",),
    help="put tags on the incident: words by which it is found again",
    example="/tag retries config-change",
)
def put_on(context: CommandContext, tags: str) -> Planned:
    """The tags that it does not have yet. `Refused` when it has them all, or none is a word."""
    names = tags_in(tags)
    if not names:
        raise Refused("a tag is a word", [("such as retries", "/tag …")])
    new = [name for name in names if name not in context.incident.of(Tags).names]
    if not new:
        raise Refused(f"it has {'the tag' if len(names) == 1 else 'those tags'} already")
    return Tagged(text=" ".join(new))


def _none_yet(incident: Incident) -> str | None:
    return None if incident.of(Tags).names else "it has no tag yet"


@command(
    "/untag TAGS",
    help="take tags off the incident",
    example="/untag retries",
    possible=_none_yet,
)
def take_off(context: CommandContext, tags: str) -> Planned:
    """The tags that it has. `Refused` when it has none of them."""
    present = context.incident.of(Tags).names
    gone = [name for name in tags_in(tags) if name in present]
    if reason := _none_yet(context.incident):
        raise Refused(reason)
    if not gone:
        mend = ("take off one of them", f"/untag {present[0]}")
        raise Refused(f"it has no such tag; its tags: {', '.join(present)}", [mend])
    return Untagged(text=" ".join(gone))


@completes("/untag TAGS")
def _present(incident: Incident) -> list[tuple[str, str]]:
    return [(name, "") for name in incident.of(Tags).names]


@source("tags.all")
def listed(incident: Incident) -> Rows:
    """The tags, one a line."""
    return item_rows(incident.of(Tags).names)


@reported("tags")
def _tags(incident: Incident) -> list[str]:
    """The tags of the incident."""
    return list(incident.of(Tags).names)
