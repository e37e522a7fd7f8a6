"""Contributing factors by layer, and the chain of whys."""

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
)
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.numbered import NumberedItem, NumberedProjection
from incident_tui.domain.core.playbook_words import completes_by, one_of, title_of, titles
from incident_tui.domain.core.rules import Missing, check, reported, source
from incident_tui.domain.findings.hypotheses import is_confirmed
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.playbook import Choice
from incident_tui.domain.values.text import counted


@facts(kind="factor", about="cause", in_documents=True, concludes=True)
class FactorNamed(Event, frozen=True, tag="factor.named"):
    """Something contributed to the incident; a candidate is yet to be verified."""

    layer: Reference
    text: Words
    candidate: bool = False
    verifies: Reference = ""
    """Id of the entry that named the candidate which this verifies; empty for another factor."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Layer and text."""
        return f"{self.layer}: {self.text}" + (" (candidate)" if self.candidate else "")

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """The layer by its title, and the text."""
        text = f"{_before(incident, '' if entry.copied else self.layer)}{self.text}"
        return f"{text} (candidate, to verify)" if self.candidate else text


def layer_name(incident: Incident, layer: str) -> str:
    """The title of a layer before what explains it; empty where it says but that it contributed."""
    name = title_of(incident.playbook.layers, layer).partition(":")[0]
    return "" if name.casefold() == "contributing factor" else name


def _before(incident: Incident, layer: str) -> str:
    """What stands before a factor to say on which layer it is, if on any."""
    name = layer_name(incident, layer)
    return f"{name}: " if name else ""


@facts(kind="why", about="cause", in_documents=True, concludes=True)
class WhyAnswered(Event, frozen=True, tag="why.answered"):
    """The next answer in the chain of whys."""

    text: Words


class Factor(NumberedItem, kw_only=True):
    """One contributing factor."""

    layer: str
    candidate: bool


class Factors(NumberedProjection[Factor]):
    """Contributing factors and whys, in the order given."""

    what = "contributing factor"

    whys: list[str] = []

    def begin(self) -> tuple[str, str]:
        """The line that names one in the first layer of the playbook."""
        return ("name one", f"/factor {self.incident.playbook.layers[0].id} …")

    def named(self, layer: str, text: str) -> Factor | None:
        """The factor that says this already."""
        words = text.casefold()
        same = (f for f in self.items if f.layer == layer and f.text.casefold() == words)
        return next(same, None)


@projects(FactorNamed, Factors)
def _named(factors: Factors, event: FactorNamed, entry: Entry) -> None:
    known = factors.by_id.get(event.verifies)
    if known is None:
        factors.add(Factor(entry, event.text, layer=event.layer, candidate=event.candidate))
        return
    known.text, known.candidate = event.text, False
    factors.by_id[entry.id] = known


@projects(WhyAnswered, Factors)
def _answered(factors: Factors, event: WhyAnswered, entry: Entry) -> None:
    factors.whys.append(event.text)


@command(
    "/factor LAYER TEXT [src:TEXT]",
    doubted=True,
    help="a contributing factor; end with the word candidate while it is unverified, and repeat it "
    "without the word once it is verified",
    example="/factor detection no alert on pool usage candidate",
    words=("contributing",),
)
def name_factor(context: CommandContext, layer: str, text: str, src: str = "") -> Planned:
    """Something that contributed, on one of the playbook's layers.

    `Refused` where it stands there already; a candidate is verified by naming it again.
    """
    layers = titles(context.incident.playbook.layers)
    layer = one_of(layer, layers, what="a layer of this playbook", line="/factor {} …")
    words = text.removesuffix(" candidate").removesuffix(" (candidate)").strip()
    candidate = words != text.strip()
    known = context.incident.of(Factors).named(layer, words)
    if known is not None and (candidate or not known.candidate):
        raise Refused(f"contributing factor {known.number} says so already")
    return FactorNamed(
        layer=layer, text=words, candidate=candidate, verifies=known.entry.id if known else ""
    )


@command(
    "/why TEXT [src:TEXT]",
    doubted=True,
    help="the next answer in the chain of whys",
    example="/why retries are unbounded",
)
def answer_why(context: CommandContext, text: str, src: str = "") -> Planned:
    """Why the last answer was so."""
    return WhyAnswered(text=text)


completes_by("LAYER", lambda playbook: playbook.layers)


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
    mend = f"/factor {incident.playbook.layers[0].id} …"
    return Missing("no contributing factor is named", mend).unless(incident.of(Factors).items)


@source("factors.all")
def listed(incident: Incident) -> Rows:
    """Each factor with its layer, one a line."""
    return item_rows(
        f"{_before(incident, '' if item.entry.copied else item.layer)}{item.text}"
        + (" (candidate, to verify)" if item.candidate else "")
        for item in incident.of(Factors).items
    )


@source("factors.whys")
def whys(incident: Incident) -> Rows:
    """The chain of whys, one a line."""
    return item_rows(incident.of(Factors).whys)


@check("factors.on-layers", title="each kind of factor is named")
def on_layers(incident: Incident, layers: str) -> Missing | None:
    """At least one factor on each of `layers`, which are ids of the playbook's layers."""
    used = {item.layer for item in incident.of(Factors).items}
    missing = [layer for layer in layers.split() if layer not in used]
    if not missing:
        return None
    text = ", ".join(title_of(incident.playbook.layers, layer) for layer in missing)
    return Missing(f"nothing is named for: {text}", f"/factor {missing[0]} …")


@check("factors.whys", title="the chain of whys goes deep enough")
def why_chain(incident: Incident, minimum: int = 5) -> Missing | None:
    """At least `minimum` answers to why."""
    whys = len(incident.of(Factors).whys)
    return Missing(f"{counted(whys, 'why')} of at least {minimum}", "/why …").unless(
        whys >= minimum
    )


@check("factors.candidates", title="what was only inferred is marked as a candidate or verified")
def candidates(incident: Incident) -> Missing | None:
    """Not every factor is a candidate: something of the story is verified."""
    items = incident.of(Factors).items
    if not items:
        layer = incident.playbook.layers[0].id
        return Missing("no contributing factor is named", f"/factor {layer} …")
    if any(not item.candidate for item in items):
        return None
    return Missing(
        f"every factor is still a candidate, first {items[0].text}: repeat one once verified",
        f"/factor {items[0].layer} …",
    )


def _on(incident: Incident, layers: tuple[Choice, ...]) -> Rows:
    names = {layer.id for layer in layers}
    return item_rows(
        item.text + (" (candidate, to verify)" if item.candidate else "")
        for item in incident.of(Factors).items
        if item.layer in names
    )


@source("factors.first")
def first_layer(incident: Incident) -> str:
    """Factors on the layer of what set it off; the record of others says nothing of layers."""
    first = incident.playbook.layers[0].id
    items = [item for item in incident.of(Factors).items if not item.entry.copied]
    return "; ".join(item.text for item in items if item.layer == first)


# A playbook lists its layers from what set it off to what lies deepest.
@source("factors.between")
def between(incident: Incident) -> Rows:
    """Factors on the layers between the trigger's and the deepest one, one a line."""
    return _on(incident, incident.playbook.layers[1:-1])


@source("factors.deepest")
def deepest(incident: Incident) -> Rows:
    """Factors on the deepest layer, one a line."""
    return _on(incident, incident.playbook.layers[-1:])


def next_layer(incident: Incident) -> str:
    """The next layer to name a factor on: the first unused one after the trigger's, or the last."""
    used = {item.layer for item in incident.of(Factors).items}
    layers = [layer.id for layer in incident.playbook.layers]
    return next((layer for layer in layers[1:] if layer not in used), layers[-1])


@check("factors.apart", title="the cause is told apart from what contributed")
def apart(incident: Incident) -> Missing | None:
    """A cause is confirmed, and at least one factor lies on another layer than the trigger's."""
    if unconfirmed := is_confirmed(incident):
        return unconfirmed
    first = incident.playbook.layers[0].id
    return Missing(
        "nothing is named that let it happen or go unseen",
        f"/factor {next_layer(incident)} …",
    ).unless(any(item.layer != first for item in incident.of(Factors).items))


@reported("factors")
def _factors(incident: Incident) -> list[dict[str, object]]:
    """Each contributing factor."""
    return [
        {
            "number": item.number,
            "layer": item.layer,
            "text": item.text,
            "candidate": item.candidate,
        }
        for item in incident.of(Factors).items
    ]


@reported("whys")
def _whys(incident: Incident) -> list[str]:
    """The answers to why, the first one first."""
    return list(incident.of(Factors).whys)
