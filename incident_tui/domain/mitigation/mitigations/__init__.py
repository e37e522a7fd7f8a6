"""Changes to production and mitigations: what was done, how it is undone, whether it worked.

Whether a change worked and whether it is in effect are two facts: neither overwrites the other.
"""

from collections.abc import Mapping
from typing import ClassVar

import msgspec

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
from incident_tui.domain.core.rules import Missing, check
from incident_tui.domain.findings.improvement import no_better
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.readings import Reading, Readings
from incident_tui.domain.values.text import with_reason

# verdict now -> what may be said of it -> verdict then
VERDICTS = {
    "open": {"verify": "verified", "fail": "failed"},
    "verified": {"fail": "failed"},
    "failed": {"verify": "verified"},
}
# in effect now -> what may be said of it -> in effect then
EFFECTS = {
    "yes": {"undo": "undone", "keep": "meant to stay"},
    "meant to stay": {"undo": "undone"},
    "undone": {},
}


class ChangeMade(Event, frozen=True, tag="change.made"):
    """Production was changed; `mitigates` names the kind where it is meant to stop the impact."""

    kind: ClassVar[str] = "change"
    numbered: ClassVar[bool] = True
    lead: ClassVar[str] = "production was changed"
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

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Its number, kind and text, and nothing that was only known later."""
        number = incident.of(Mitigations).number_of(entry.id)
        kind = f"{self.mitigates}: " if self.mitigates else ""
        return f"{number}: {kind}{self.text}" if number else f"{kind}{self.text}"

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """What was changed, and of which kind it was."""
        kind = f" ({self.mitigates})" if self.mitigates else ""
        return f"{self.lead}{kind}: {self.text}"


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

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """The change itself and its kind, and what is said of it."""
        item = incident.of(Mitigations).by_id.get(self.mitigation)
        kind = f" ({item.kind})" if item and item.named != item.text else ""
        return with_reason(f"{self.lead}{kind}", item.text if item else "", self.text)


class MitigationVerified(_Outcome, frozen=True, tag="mitigation.verified"):
    """A change did what it was meant to do."""

    kind: ClassVar[str] = "verified"
    lead: ClassVar[str] = "it was seen to work"


class MitigationFailed(_Outcome, frozen=True, tag="mitigation.failed"):
    """A change did not do what it was meant to do."""

    kind: ClassVar[str] = "failed"
    lead: ClassVar[str] = "it did not work"


class MitigationUndone(_Outcome, frozen=True, tag="mitigation.undone"):
    """A change is no longer in effect."""

    kind: ClassVar[str] = "undone"
    lead: ClassVar[str] = "it was undone"


class ChangeKept(_Outcome, frozen=True, tag="mitigation.kept"):
    """A change is meant to stay in effect."""

    kind: ClassVar[str] = "stays"
    lead: ClassVar[str] = "it was kept on purpose"
    act: ClassVar[bool] = False


class Verdict(msgspec.Struct, frozen=True):
    """What was once said of a change: verified or failed, and the reading that showed it."""

    said: str
    entry: Entry
    text: str
    reading: Reading | None = None


class Mitigation(NumberedItem, kw_only=True):
    """One change, whether it worked (`verdict`, after all `verdicts`), and whether it is in effect.

    `status` tells both in a few words; `moved` is the entry that last changed the effect.
    """

    kind: str
    undo: str
    status: str = "in flight"
    verdict: str = "open"
    verdicts: list[Verdict] = msgspec.field(default_factory=list)
    effect: str = "yes"
    effect_text: str = ""
    moved: Entry | None = None

    @property
    def named(self) -> str:
        """Its text with its kind, which says what ``to v40`` is about; the text where it does."""
        known = self.kind == "change" or self.kind.casefold() in self.text.casefold()
        return self.text if known else f"{self.text} ({self.kind})"

    @property
    def outcome(self) -> str:
        """What was said when it was last judged; where it never was, when it was undone or kept."""
        return self.verdicts[-1].text if self.verdicts else self.effect_text

    @property
    def result(self) -> str:
        """The newest verdict, what became of the effect, and what was said of it before that."""
        judged = [f"{v.said}, {v.text}" if v.text else v.said for v in self.verdicts]
        now = judged[-1:] or (["in flight"] if self.in_effect else [])
        if self.effect != "yes":
            now.append(f"{self.effect}, {self.effect_text}" if self.effect_text else self.effect)
        earlier = [f"earlier {said}" for said in reversed(judged[:-1])]
        return "; ".join([", ".join(now), *earlier])

    @property
    def settled(self) -> Entry | None:
        """The entry of the newest verdict; without one, that which undid or kept it."""
        return self.verdicts[-1].entry if self.verdicts else self.moved

    @property
    def in_effect(self) -> bool:
        """Whether production runs with it."""
        return self.effect != "undone"

    def tell(self) -> None:
        """Put both facts into `status`."""
        verdict = {"open": "in flight"}.get(self.verdict, self.verdict)
        if self.effect == "yes":
            self.status = verdict
        elif self.effect == "undone" and self.verdict == "open":
            self.status = "undone"
        else:
            self.status = f"{verdict}, {self.effect}"


class Mitigations(NumberedProjection[Mitigation]):
    """Every change in the order made."""

    what = "change"
    first = ("record what you change", "> what was changed")

    def sayable(self, item: Mitigation) -> Mapping[str, str]:
        """What may be said of a change: a verdict, and what becomes of its effect."""
        return VERDICTS[item.verdict] | EFFECTS[item.effect]

    def during(self) -> list[Mitigation]:
        """Those made since the incident began; an earlier change is a suspect, not a mitigation."""
        started = self.incident.of(Milestones).at("started")
        return [item for item in self.items if started is None or item.entry.at >= started]

    def in_flight(self) -> list[Mitigation]:
        """Made, in effect, and nobody has said yet whether they worked."""
        return [item for item in self.during() if item.verdict == "open" and item.in_effect]


@projects(ChangeMade, Mitigations)
def _made(mitigations: Mitigations, event: ChangeMade, entry: Entry) -> None:
    kind = event.mitigates or "change"
    mitigations.add(Mitigation(entry, event.text, kind=kind, undo=event.undo))


def _judge(mitigations: Mitigations, event: _Outcome, entry: Entry, said: str) -> None:
    item = mitigations.by_id.get(event.mitigation)
    if item is None or said not in VERDICTS[item.verdict]:
        return
    item.verdict = VERDICTS[item.verdict][said]
    read = mitigations.incident.of(Readings).since(item.entry.at)
    item.verdicts.append(Verdict(item.verdict, entry, event.text, read[-1] if read else None))
    item.tell()


def _move(mitigations: Mitigations, event: _Outcome, entry: Entry, said: str) -> None:
    item = mitigations.by_id.get(event.mitigation)
    if item is not None and said in EFFECTS[item.effect]:
        item.effect = EFFECTS[item.effect][said]
        item.effect_text, item.moved = event.text, entry
        item.tell()


@projects(MitigationVerified, Mitigations)
def _verified(mitigations: Mitigations, event: MitigationVerified, entry: Entry) -> None:
    _judge(mitigations, event, entry, "verify")


@projects(MitigationFailed, Mitigations)
def _failed(mitigations: Mitigations, event: MitigationFailed, entry: Entry) -> None:
    _judge(mitigations, event, entry, "fail")


@projects(MitigationUndone, Mitigations)
def _undone(mitigations: Mitigations, event: MitigationUndone, entry: Entry) -> None:
    _move(mitigations, event, entry, "undo")


@projects(ChangeKept, Mitigations)
def _kept(mitigations: Mitigations, event: ChangeKept, entry: Entry) -> None:
    _move(mitigations, event, entry, "keep")


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
    doubted=True,
    help="proof that a change worked, by the signal that detected the incident",
    example="/verify 1 5xx back at 0.3 % on the same panel",
    words=("proof",),
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


@command(
    "/keep N [TEXT]",
    help="a change is meant to stay in effect",
    example="/keep 2 the limit stays as it is now",
    possible=Mitigations.none_yet,
)
def keep(context: CommandContext, n: int, text: str = "") -> Planned:
    """Change `n` is no leftover: it stays on purpose."""
    return ChangeKept(mitigation=_id(context, n, "keep"), text=text)


@completes("/verify N", "/fail N", "/undone N", "/reverse N", "/keep N")
def _numbers(incident: Incident) -> list[tuple[str, str]]:
    items = incident.of(Mitigations).items
    return numbers(item for item in reversed(items) if item.in_effect or item.verdict == "open")


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
        item for item in incident.of(Mitigations).during() if item.in_effect and not item.undo
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
    """A change is verified, and the signal was read again after it was made, and is better."""
    mitigations = incident.of(Mitigations)
    done = [item for item in mitigations.during() if item.verdict == "verified"]
    if not done:
        waiting = mitigations.in_flight()
        if not waiting:
            return Missing("no mitigation is verified", try_line(incident))
        return Missing("no mitigation is verified", f"/verify {waiting[-1].number} …")
    readings = incident.of(Readings)
    read = readings.since(min(item.entry.at for item in done))
    detecting = readings.detecting
    if not read and detecting is None:
        return Missing("no signal was read after the change", "= 5xx 12 % -> 0.3 %")
    if not read and detecting is not None:
        return Missing(
            f"{detecting.name}, which showed the incident, was not read again after the change",
            f"= {detecting.name} {detecting.after} -> …",
        )
    last = read[-1]
    if told := no_better(incident, read):
        return Missing(f"{last.name}: {told}", f"= {last.name} {last.after} -> …")
    return None


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
