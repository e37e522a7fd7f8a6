"""Blamelessness: words of blame in the record, and a lone cause that stands for the whole story.

The word lists are in `wording`; factors and whys refuse blame when they are typed.
"""

import re
from datetime import datetime
from typing import cast

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import Entry, Event, Incident, Projection, projects_where
from incident_tui.domain.core.rules import Missing, Raised, check, flag
from incident_tui.domain.findings.hypotheses import (
    Hypotheses,
)
from incident_tui.domain.learning.factors import FactorNamed, Factors, next_layer
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.wording import blame_in

_LONE = re.compile(r"^\W*(?:the )?(?:single |only |sole )?root cause(?: (?:is|was))?\b[\s:]*", re.I)


class Blame(Projection):
    """What holds words of blame: an entry, or an artifact field that nobody has rewritten."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.entries: dict[str, tuple[Entry, str]] = {}

    def mend(self, entry: Entry) -> str:
        """The line that puts other words in its place."""
        if isinstance(entry.event, FieldSet):
            return f"/set {entry.event.field} …"
        return f"/amend {self.incident.number(entry.id)} …"


@projects_where("in_documents", Blame)
def _read(blame: Blame, event: Event, entry: Entry) -> None:
    field = isinstance(event, FieldSet)
    key = f"{cast(FieldSet, event).stage}/{cast(FieldSet, event).field}" if field else entry.id
    words = blame_in(str(getattr(event, "text", "")))
    if words:
        blame.entries[key] = (entry, words)
    else:
        blame.entries.pop(key, None)


@command(
    "/cause TEXT",
    help="what set it off: one technical trigger, which is a factor among others",
    example="/cause v42 retries without a limit",
)
def name_cause(context: CommandContext, text: str) -> Planned:
    """A factor on the playbook's first layer: a cause alone is never the whole story."""
    layer = context.incident.playbook.layers[0].id
    told = _LONE.sub("", text).strip()
    if words := blame_in(text):
        raise Refused(
            f"{words!r} ends the inquiry where it should begin",
            [("what made that easy to do, and hard to notice?", "/cause …")],
        )
    if not told:
        raise Refused("the cause has no text", [("say what set it off", "/cause …")])
    return FactorNamed(layer=layer, text=told)


@check("blameless.wording", title="nobody is blamed")
def wording(incident: Incident) -> Missing | None:
    """No entry and no artifact field that counts holds words of blame."""
    blame = incident.of(Blame)
    if not blame.entries:
        return None
    entry, words = next(iter(blame.entries.values()))
    return Missing(
        f"#{incident.number(entry.id)} says {words!r}: what made that easy to do, and hard to "
        "notice?",
        blame.mend(entry),
    )


@flag("blameless.wording", why="Whoever is blamed tells no more, and nobody learns.", worst=40)
def blamed(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """An entry holds words of blame."""
    blame = incident.of(Blame)
    if not blame.entries:
        return None
    entry, words = next(iter(blame.entries.values()))
    told = f"#{incident.number(entry.id)} says {words!r}: ask what made it easy and hard to notice."
    return Raised(told, entry.recorded_at, blame.mend(entry))


@flag("blameless.single-cause", why="One cause explains a fault, never an incident.", worst=22)
def single_cause(incident: Incident, now: datetime, layers: int) -> Raised | None:
    """It is over, a cause is named, and the factors lie on fewer than `layers` layers."""
    lifecycle = incident.of(Lifecycle)
    factors = incident.of(Factors).items
    causes = incident.of(Hypotheses).with_status("confirmed")
    since = lifecycle.reached.get("resolved")
    if lifecycle.unresolved or since is None or not (factors or causes):
        return None
    if len({item.layer for item in factors}) >= layers:
        return None
    return Raised(
        "A single cause stands for the whole story: what let it happen, what let it go unseen?",
        since,
        f"/factor {next_layer(incident)} …",
    )
