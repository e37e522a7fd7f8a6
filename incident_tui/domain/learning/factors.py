"""Contributing factors by layer, and the chain of whys."""

from typing import ClassVar

import msgspec

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    completes,
    nearest,
)
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    projects,
)
from incident_tui.domain.core.rules import Missing, check, source
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.wording import blame_in


class FactorNamed(Event, frozen=True, tag="factor.named"):
    """Something contributed to the incident; a candidate is yet to be verified."""

    kind: ClassVar[str] = "factor"
    in_documents: ClassVar[bool] = True
    layer: Reference
    text: Words
    candidate: bool = False

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Layer and text."""
        return f"{self.layer}: {self.text}" + (" (candidate)" if self.candidate else "")


class WhyAnswered(Event, frozen=True, tag="why.answered"):
    """The next answer in the chain of whys."""

    kind: ClassVar[str] = "why"
    in_documents: ClassVar[bool] = True
    text: Words


class Factor(msgspec.Struct, frozen=True):
    """One contributing factor."""

    number: int
    entry: Entry
    layer: str
    text: str
    candidate: bool


class Factors(Projection):
    """Contributing factors and whys, in the order given."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.items: list[Factor] = []
        self.whys: list[str] = []


@projects(FactorNamed, Factors)
def _named(factors: Factors, event: FactorNamed, entry: Entry) -> None:
    number = len(factors.items) + 1
    factors.items.append(Factor(number, entry, event.layer, event.text, event.candidate))


@projects(WhyAnswered, Factors)
def _answered(factors: Factors, event: WhyAnswered, entry: Entry) -> None:
    factors.whys.append(event.text)


def _blameless(text: str, line: str) -> None:
    if words := blame_in(text):
        raise Refused(
            f"{words!r} ends the inquiry where it should begin",
            [("what made that easy to do, and hard to notice?", line)],
        )


@command(
    "/factor LAYER TEXT",
    help="a contributing factor; end with the word candidate while it is unverified",
    example="/factor detection no alert on pool usage candidate",
)
def name_factor(context: CommandContext, layer: str, text: str) -> Planned:
    """Something that contributed, on one of the playbook's layers."""
    layers = context.incident.playbook.layers
    if layer not in {known.id for known in layers}:
        raise Refused(
            f"{layer!r} is not a layer of this playbook: {nearest(layer, [k.id for k in layers])}",
            [(known.title, f"/factor {known.id} …") for known in layers],
        )
    _blameless(text, f"/factor {layer} …")
    told = text.removesuffix(" candidate").removesuffix(" (candidate)").strip()
    return FactorNamed(layer=layer, text=told, candidate=told != text.strip())


@command(
    "/why TEXT", help="the next answer in the chain of whys", example="/why retries are unbounded"
)
def answer_why(context: CommandContext, text: str) -> Planned:
    """Why the last answer was so."""
    _blameless(text, "/why …")
    return WhyAnswered(text=text)


@completes("LAYER")
def _layers(incident: Incident) -> list[tuple[str, str]]:
    return [(layer.id, layer.title) for layer in incident.playbook.layers]


@check("factors.enough", title="contributing factors are named across layers")
def enough(incident: Incident, factors: int = 3, layers: int = 2) -> Missing | None:
    """At least `factors` factors on at least `layers` layers."""
    items = incident.of(Factors).items
    used = {item.layer for item in items}
    unused = [layer.id for layer in incident.playbook.layers if layer.id not in used]
    mend = f"/factor {(unused or [incident.playbook.layers[0].id])[0]} …"
    if len(items) < factors:
        return Missing(f"{counted(len(items), 'factor')} of at least {factors}", mend)
    if len(used) < layers:
        return Missing(f"all on {counted(len(used), 'layer')} of at least {layers}", mend)
    return None


@check("factors.named", title="a contributing factor is told apart from the trigger")
def named(incident: Incident) -> Missing | None:
    """At least one factor."""
    if incident.of(Factors).items:
        return None
    layer = incident.playbook.layers[0].id
    return Missing("no contributing factor is named", f"/factor {layer} …")


@source("factors.all")
def listed(incident: Incident) -> str:
    """Each factor with its layer, one a line."""
    titles = {layer.id: layer.title for layer in incident.playbook.layers}
    return "\n".join(
        f"{titles.get(item.layer, item.layer)}: {item.text}"
        + (" (candidate, to verify)" if item.candidate else "")
        for item in incident.of(Factors).items
    )


@source("factors.whys")
def whys(incident: Incident) -> str:
    """The chain of whys, one a line."""
    return "\n".join(incident.of(Factors).whys)
