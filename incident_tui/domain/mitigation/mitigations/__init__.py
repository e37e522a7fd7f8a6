"""Changes to production and mitigations: what was done, how it is undone, whether it worked."""

from typing import ClassVar

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    command,
    completes,
)
from incident_tui.domain.core.events import (
    Emphasis,
    Entry,
    Event,
    Incident,
    Reference,
    Words,
    projects,
)
from incident_tui.domain.core.numbered import NumberedItem, NumberedProjection, numbers
from incident_tui.domain.core.playbook_words import one_of, titles
from incident_tui.domain.core.rules import Missing, check, reported, source
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.readings import Readings
from incident_tui.domain.values.field_text import Rows, step
from incident_tui.domain.values.time_grammar import iso

# status now -> what may be said of it -> status then
OUTCOMES = {
    "in flight": {"verify": "verified", "fail": "failed", "undo": "undone"},
    "verified": {"fail": "failed", "undo": "undone"},
    "failed": {"verify": "verified", "undo": "undone"},
    "undone": {},
}
IN_EFFECT = ("in flight", "verified", "failed")


class ChangeMade(Event, frozen=True, tag="change.made"):
    """Production was changed; `mitigates` names the kind where it is meant to stop the impact."""

    kind: ClassVar[str] = "change"
    act: ClassVar[bool] = True
    changes_production: ClassVar[bool] = True
    wants_source: ClassVar[bool] = True
    in_documents: ClassVar[bool] = True
    emphasis: ClassVar[Emphasis] = "strong"
    in_story: ClassVar[bool] = True
    says_what_happened: ClassVar[bool] = True
    text: Words
    mitigates: Reference = ""
    undo: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its kind, text and present status."""
        item = incident.of(Mitigations).by_id.get(entry.id)
        kind = f"{self.mitigates}: " if self.mitigates else ""
        counts = item is not None and item in incident.of(Mitigations).during()
        return f"{kind}{self.text}" + (f" ({item.status})" if item and counts else "")


class _Outcome(Event, frozen=True, tag=False):
    act: ClassVar[bool] = True
    in_story: ClassVar[bool] = True
    says_what_happened: ClassVar[bool] = True
    mitigation: Reference
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which change, and what is said of it."""
        line = f"change {incident.of(Mitigations).number_of(self.mitigation)}"
        return f"{line}: {self.text}" if self.text else line


class MitigationVerified(_Outcome, frozen=True, tag="mitigation.verified"):
    """A change did what it was meant to do."""

    kind: ClassVar[str] = "verified"


class MitigationFailed(_Outcome, frozen=True, tag="mitigation.failed"):
    """A change did not do what it was meant to do."""

    kind: ClassVar[str] = "failed"


class MitigationUndone(_Outcome, frozen=True, tag="mitigation.undone"):
    """A change is no longer in effect."""

    kind: ClassVar[str] = "undone"


class Mitigation(NumberedItem, kw_only=True):
    """One change and its fate. `settled` is when it was verified, failed or undone."""

    kind: str
    undo: str
    status: str = "in flight"
    outcome: str = ""
    settled: Entry | None = None
    was_verified: bool = False
    """Whether it once did what it was meant to do, whatever became of it later."""


class Mitigations(NumberedProjection[Mitigation]):
    """Every change in the order made."""

    what = "change"
    first = ("record what you change", "> what was changed")
    steps = OUTCOMES

    def during(self) -> list[Mitigation]:
        """Those made since the incident began; an earlier change is a suspect, not a mitigation."""
        started = self.incident.of(Milestones).at("started")
        return [item for item in self.items if started is None or item.entry.at >= started]

    def in_flight(self) -> list[Mitigation]:
        """Made, in effect, and nobody has said yet whether they worked."""
        return [item for item in self.during() if item.status == "in flight"]


@projects(ChangeMade, Mitigations)
def _made(mitigations: Mitigations, event: ChangeMade, entry: Entry) -> None:
    kind = event.mitigates or "change"
    mitigations.add(Mitigation(entry, event.text, kind=kind, undo=event.undo))


def _settle(mitigations: Mitigations, event: _Outcome, entry: Entry, said: str) -> None:
    if item := mitigations.moved(event.mitigation, said):
        item.outcome, item.settled = event.text, entry


@projects(MitigationVerified, Mitigations)
def _verified(mitigations: Mitigations, event: MitigationVerified, entry: Entry) -> None:
    _settle(mitigations, event, entry, "verify")
    if item := mitigations.by_id.get(event.mitigation):
        item.was_verified = True


@projects(MitigationFailed, Mitigations)
def _failed(mitigations: Mitigations, event: MitigationFailed, entry: Entry) -> None:
    _settle(mitigations, event, entry, "fail")
    if item := mitigations.by_id.get(event.mitigation):
        item.was_verified = False


@projects(MitigationUndone, Mitigations)
def _undone(mitigations: Mitigations, event: MitigationUndone, entry: Entry) -> None:
    _settle(mitigations, event, entry, "undo")


def _id(context: CommandContext, number: int, step: str) -> str:
    return context.incident.of(Mitigations).nth(number, step).entry.id


@command(
    "> TEXT [undo:TEXT] [src:TEXT]",
    help="a change made to production",
    example="> rolled back checkout to v41",
)
def change(context: CommandContext, text: str, undo: str = "", src: str = "") -> Planned:
    """Production was changed."""
    return ChangeMade(text=text, undo=undo)


@command(
    "/mitigate KIND TEXT [undo:TEXT] [src:TEXT]",
    help="a change meant to stop the impact, and how it is reversed",
    example='/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
)
def mitigate(
    context: CommandContext, kind: str, text: str, undo: str = "", src: str = ""
) -> Planned:
    """A mitigation of one of the playbook's kinds."""
    kinds = titles(context.incident.playbook.mitigation_kinds)
    what = "a kind of mitigation in this playbook"
    kind = one_of(kind, kinds, what=what, line="/mitigate {} …")
    return ChangeMade(text=text, mitigates=kind, undo=undo)


@command(
    "/verify N TEXT [src:TEXT]",
    help="proof that a change worked, by the signal that detected the incident",
    example="/verify 1 5xx back at 0.3 % on the same panel",
    possible=Mitigations.none_yet,
)
def verify(context: CommandContext, n: int, text: str, src: str = "") -> Planned:
    """Change `n` worked."""
    return MitigationVerified(mitigation=_id(context, n, "verify"), text=text)


@command(
    "/fail N WHY",
    help="a change did not work",
    example="/fail 2 no effect after 5 minutes",
    possible=Mitigations.none_yet,
)
def fail(context: CommandContext, n: int, why: str) -> Planned:
    """Change `n` did not work; it stays in the record."""
    return MitigationFailed(mitigation=_id(context, n, "fail"), text=why)


@command(
    "/undone N [TEXT]",
    help="a change is no longer in effect",
    example="/undone 2",
    possible=Mitigations.none_yet,
)
def undone(context: CommandContext, n: int, text: str = "") -> Planned:
    """Change `n` was taken back."""
    return MitigationUndone(mitigation=_id(context, n, "undo"), text=text)


@completes("/verify N", "/fail N", "/undone N", "/reverse N")
def _numbers(incident: Incident) -> list[tuple[str, str]]:
    items = [item for item in incident.of(Mitigations).items if OUTCOMES[item.status]]
    return numbers(reversed(items))


@completes("KIND")
def _kinds(incident: Incident) -> list[tuple[str, str]]:
    return [(kind.id, kind.title) for kind in incident.playbook.mitigation_kinds]


@check("mitigations.tried", title="a mitigation is tried")
def tried(incident: Incident) -> Missing | None:
    """At least one change was made since the incident began."""
    if incident.of(Mitigations).during():
        return None
    return Missing("nothing was tried yet to stop the impact", try_line(incident))


def try_line(incident: Incident) -> str:
    """The line that records a first attempt to stop the impact."""
    return f"/mitigate {incident.playbook.mitigation_kinds[0].id} … undo:…"


@check("mitigations.reversible", title="each mitigation says how it is undone")
def reversible(incident: Incident) -> Missing | None:
    """Each change in effect names its reversal."""
    open_ended = [
        item
        for item in incident.of(Mitigations).during()
        if item.status in IN_EFFECT and not item.undo
    ]
    if not open_ended:
        return None
    item = open_ended[0]
    return Missing(
        f"change {item.number} ({item.text}) does not say how it is undone",
        f"/reverse {item.number} how it is undone",
    )


class ReversalNamed(Event, frozen=True, tag="mitigation.reversal-named"):
    """It was said, later, how a change is undone."""

    kind: ClassVar[str] = "reversal"
    in_story: ClassVar[bool] = True
    says_what_happened: ClassVar[bool] = True
    mitigation: Reference
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which change, and how it is undone."""
        return f"change {incident.of(Mitigations).number_of(self.mitigation)}: {self.text}"


@projects(ReversalNamed, Mitigations)
def _reversal(mitigations: Mitigations, event: ReversalNamed, entry: Entry) -> None:
    if item := mitigations.by_id.get(event.mitigation):
        item.undo = event.text


@command(
    "/reverse N TEXT",
    help="say how a change is undone",
    example="/reverse 1 deploy v42 again",
    possible=Mitigations.none_yet,
)
def name_reversal(context: CommandContext, n: int, text: str) -> Planned:
    """How change `n` can be taken back."""
    return ReversalNamed(mitigation=context.incident.of(Mitigations).nth(n).entry.id, text=text)


@check("mitigations.verified", title="verified by the signal that detected the incident")
def verified(incident: Incident) -> Missing | None:
    """A change is verified, and the detecting signal was read again after it was made."""
    mitigations = incident.of(Mitigations)
    done = [item for item in mitigations.during() if item.status == "verified"]
    if not done:
        waiting = [item for item in mitigations.during() if "verify" in OUTCOMES[item.status]]
        if not waiting:
            return Missing("no mitigation is verified", try_line(incident))
        return Missing("no mitigation is verified", f"/verify {waiting[-1].number} …")
    detecting = incident.of(Readings).detecting
    if detecting is None:
        return None
    last = incident.of(Readings).last(detecting.name)
    if last is not None and last.entry.at >= min(item.entry.at for item in done):
        return None
    return Missing(
        f"{detecting.name}, which showed the incident, was not read again after the change",
        f"= {detecting.name} {detecting.after} -> …",
    )


@check("mitigations.settled", title="no change is left in flight")
def settled(incident: Incident) -> Missing | None:
    """Of every change it is said whether it worked."""
    left = incident.of(Mitigations).in_flight()
    if not left:
        return None
    return Missing(
        f"of change {left[0].number} ({left[0].text}) nobody said whether it worked",
        f"/verify {left[0].number} …",
    )


@source("mitigations.strategy")
def strategy(incident: Incident) -> str:
    """What is being done against the impact: the newest change that is not failed or undone."""
    working = [
        i for i in incident.of(Mitigations).during() if i.status in ("in flight", "verified")
    ]
    return working[-1].text if working else ""


@source("mitigations.steps")
def steps(incident: Incident) -> Rows:
    """Each change and what came of it."""
    return [
        step(item.text, item.status + (f", {item.outcome}" if item.outcome else ""))
        for item in incident.of(Mitigations).during()
    ]


@reported("mitigations")
def _mitigations(incident: Incident) -> list[dict[str, object]]:
    """Each change, its kind and its fate."""
    return [
        {
            "number": item.number,
            "kind": item.kind,
            "text": item.text,
            "undo": item.undo,
            "status": item.status,
            "outcome": item.outcome,
            "at": iso(item.entry.at),
        }
        for item in incident.of(Mitigations).items
    ]
