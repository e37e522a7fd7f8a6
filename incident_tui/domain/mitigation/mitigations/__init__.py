"""Changes to production and mitigations: what was done, how it is undone, whether it worked.

Whether a change worked and whether it is in effect are two facts: neither overwrites the other.
"""

from collections.abc import Mapping

import msgspec

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
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
from incident_tui.domain.core.numbered import NumberedItem, NumberedProjection, completes_numbers
from incident_tui.domain.core.playbook_words import completes_by, one_of, titles
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.readings import Reading, Readings
from incident_tui.domain.values.text import with_words

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


@facts(
    kind="change",
    numbered=True,
    lead="production was changed",
    act=True,
    changes_production=True,
    wants_source=True,
    in_documents=True,
    emphasis="strong",
    in_story=True,
    says_what_happened=True,
    while_open=True,
)
class ChangeMade(Event, frozen=True, tag="change.made"):
    """Production was changed; `mitigates` names the kind where it is meant to stop the impact."""

    text: Words
    mitigates: Reference = ""
    undo: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its number, kind, text and present status."""
        changes = incident.of(Mitigations)
        item = changes.by_id.get(entry.id)
        kind = f"{self.mitigates}: " if self.mitigates else ""
        counts = item is not None and item in changes.during()
        text = f"{kind}{self.text}" + (f" ({item.status})" if item and counts else "")
        return changes.with_number(entry.id, text)

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Its number, kind and text, and nothing that was only known later."""
        number = incident.of(Mitigations).number_of(entry.id)
        kind = f"{self.mitigates}: " if self.mitigates else ""
        return f"{number}: {kind}{self.text}" if number else f"{kind}{self.text}"

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """What was changed, and of which kind it was."""
        kind = f" ({self.mitigates})" if self.mitigates else ""
        return f"{self.lead}{kind}: {self.text}"


@facts(act=True, in_story=True, says_what_happened=True)
class _Outcome(Event, frozen=True, tag=False):
    step = ""
    mitigation: Reference
    text: Words = ""

    @property
    def full_text(self) -> str:
        """All that is said of the change."""
        return self.text

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which change, and what is said of it."""
        number = incident.of(Mitigations).number_of(self.mitigation)
        return with_words(f"change {number}", self.full_text)

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """The change by its number, with its kind and text, and what is said of it."""
        item = incident.of(Mitigations).by_id.get(self.mitigation)
        kind = f"{item.kind}: " if item and item.named != item.text else ""
        change = f"change {item.number} ({kind}{item.text})" if item else "a change"
        return with_words(f"{change} {self.lead}", self.full_text)


@facts(kind="verified", lead="was seen to work", step="verify")
class MitigationVerified(_Outcome, frozen=True, tag="mitigation.verified"):
    """A change did what it was meant to do; `inside` says what is seen of the inside, if told."""

    inside: Words = ""
    measures: bool = False
    """The readings behind it say when the impact ended. A version before did not ask them."""

    @property
    def full_text(self) -> str:
        """What users see of it, and what the inside shows."""
        return f"{self.text}; inside: {self.inside}" if self.inside else self.text


@facts(kind="failed", lead="did not work", step="fail")
class MitigationFailed(_Outcome, frozen=True, tag="mitigation.failed"):
    """A change did not do what it was meant to do."""


@facts(kind="undone", lead="was undone", step="undo")
class MitigationUndone(_Outcome, frozen=True, tag="mitigation.undone"):
    """A change is no longer in effect."""


@facts(kind="stays", lead="was kept on purpose", act=False, step="keep")
class ChangeKept(_Outcome, frozen=True, tag="mitigation.kept"):
    """A change is meant to stay in effect."""


class Verdict(msgspec.Struct, frozen=True):
    """What was once said of a change: verified or failed, and the reading that showed it."""

    outcome: str
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
        judged = [f"{v.outcome}: {v.text}" if v.text else v.outcome for v in self.verdicts]
        now = judged[-1:] or (["in flight"] if self.in_effect else [])
        if self.effect != "yes":
            now.append(f"{self.effect}: {self.effect_text}" if self.effect_text else self.effect)
        earlier = [f"earlier {outcome}" for outcome in reversed(judged[:-1])]
        return "; ".join([*now, *earlier])

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
    first = ("record what you change", "> …")

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


@projects(_Outcome, Mitigations)
def _settle(mitigations: Mitigations, event: _Outcome, entry: Entry) -> None:
    item = mitigations.by_id.get(event.mitigation)
    if item is None or event.step not in mitigations.sayable(item):
        return
    if event.step in EFFECTS[item.effect]:
        item.effect = EFFECTS[item.effect][event.step]
        item.effect_text, item.moved = event.text, entry
    else:
        item.verdict = VERDICTS[item.verdict][event.step]
        read = mitigations.incident.of(Readings).since(item.entry.at)
        seen = read[-1] if read else None
        item.verdicts.append(Verdict(item.verdict, entry, event.full_text, seen))
    item.tell()


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
    kind = one_of(kind, kinds, what="a kind of mitigation in this playbook", line="/mitigate {} …")
    return ChangeMade(text=text, mitigates=kind, undo=undo)


@command(
    "/verify N TEXT [inside:TEXT] [src:TEXT]",
    doubted=True,
    help="proof that a change worked, by the signal that detected the incident; inside: what "
    "queues, pools or logs show; the impact ended with the reading that showed it",
    example='/verify 1 5xx back at 0.3 % on the same panel inside:"the pool is half empty"',
    words=("proof",),
    possible=Mitigations.none_yet,
)
def verify(context: CommandContext, n: int, text: str, inside: str = "", src: str = "") -> Planned:
    """Change `n` worked."""
    return MitigationVerified(_id(context, n, "verify"), text, inside=inside, measures=True)


@command(
    "/fail N WHY [src:TEXT]",
    help="a change did not work",
    example="/fail 2 no effect after 5 minutes",
    possible=Mitigations.none_yet,
)
def fail(context: CommandContext, n: int, why: str, src: str = "") -> Planned:
    """Change `n` did not work; it stays in the record."""
    return MitigationFailed(mitigation=_id(context, n, "fail"), text=why)


@command(
    "/undone N [TEXT] [src:TEXT]",
    help="a change is no longer in effect",
    example="/undone 2",
    possible=Mitigations.none_yet,
)
def undone(context: CommandContext, n: int, text: str = "", src: str = "") -> Planned:
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


def _unsettled(incident: Incident) -> list[Mitigation]:
    items = reversed(incident.of(Mitigations).items)
    return [item for item in items if item.in_effect or item.verdict == "open"]


completes_numbers("/verify N", "/fail N", "/undone N", "/reverse N", "/keep N", of=_unsettled)


completes_by("KIND", lambda playbook: playbook.mitigation_kinds)


@facts(kind="reversal", in_story=True, says_what_happened=True)
class ReversalNamed(Event, frozen=True, tag="mitigation.reversal-named"):
    """It was said, later, how a change is undone."""

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
