"""Hypotheses: what might be the cause, the check that would tell, evidence and verdict."""

import msgspec

from incident_tui.domain.core.commands import CommandContext, Planned, command
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
from incident_tui.domain.core.rules import Missing, check, reported, source
from incident_tui.domain.values.field_text import Facts, Rows, item_row

# verdict now -> what may be said of it -> verdict then
VERDICTS = {
    "open": {"test": "testing", "refute": "refuted", "confirm": "confirmed"},
    "testing": {"test": "testing", "refute": "refuted", "confirm": "confirmed"},
    "refuted": {"test": "testing", "confirm": "confirmed"},
    "confirmed": {"test": "confirmed", "refute": "refuted"},
}
"""What is confirmed stays so when a test is named: a gate asks for one, which is no doubt."""


@facts(
    kind="hypothesis",
    numbered=True,
    lead="it was suspected",
    in_documents=True,
    emphasis="tentative",
    in_story=True,
)
class HypothesisProposed(Event, frozen=True, tag="hypothesis.proposed"):
    """Somebody suspects a cause."""

    text: Words
    test: Words = ""
    """The check that would tell, where it was named at once."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its number and text, and the check that came with it."""
        text = f"{self.text} (test: {self.test})" if self.test else self.text
        return incident.of(Hypotheses).with_number(entry.id, text)

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Its number and text, and the check that came with it."""
        text = f"{self.text} (test: {self.test})" if self.test else self.text
        return incident.of(Hypotheses).in_a_row(entry.id, text)

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """What was suspected."""
        return f"{self.lead}: {self.text}"


class _About(Event, frozen=True, tag=False):
    hypothesis: Reference
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which hypothesis, and what is said of it."""
        return f"hypothesis {incident.of(Hypotheses).number_of(self.hypothesis)}: {self.text}"


@facts(kind="test")
class HypothesisTested(_About, frozen=True, tag="hypothesis.tested"):
    """The check that would tell was named."""


@facts(kind="evidence")
class EvidenceWeighed(_About, frozen=True, tag="hypothesis.evidence"):
    """Something speaks for or against a hypothesis."""

    speaks_for: bool

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which hypothesis, in which direction."""
        return f"{'for' if self.speaks_for else 'against'} {super().tell(entry, incident)}"


@facts(in_story=True)
class _Verdict(_About, frozen=True, tag=False):
    status = ""

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """The hypothesis itself, and why."""
        item = incident.of(Hypotheses).by_id.get(self.hypothesis)
        return f"{self.lead}: {item.text} ({self.text})" if item else f"{self.lead}: {self.text}"


@facts(kind="ruled out", about="label", lead="it was ruled out", status="refuted")
class HypothesisRefuted(_Verdict, frozen=True, tag="hypothesis.refuted"):
    """A hypothesis is ruled out."""


@facts(
    kind="confirmed",
    about="cause",
    lead="the cause was confirmed",
    in_documents=True,
    concludes=True,
    status="confirmed",
)
class HypothesisConfirmed(_Verdict, frozen=True, tag="hypothesis.confirmed"):
    """A hypothesis is the cause, or one of them."""


class Hypothesis(NumberedItem):
    """One suspicion and what is known of it."""

    status: str = "open"
    test: str = ""
    evidence_for: list[str] = msgspec.field(default_factory=list)
    evidence_against: list[str] = msgspec.field(default_factory=list)
    weighed: list[Entry] = msgspec.field(default_factory=list)
    """The entries with evidence for or against it, each of which may name its source."""
    verdict: str = ""
    verdict_entry: Entry | None = None


class Hypotheses(NumberedProjection[Hypothesis]):
    """Every hypothesis in the order proposed."""

    what = "hypothesis"
    first = ("propose one", "? …")
    steps = VERDICTS

    def ranked(self) -> list[Hypothesis]:
        """Confirmed first, then by least contradiction (Heuer), ruled out last."""
        order = {"confirmed": 0, "testing": 1, "open": 1, "refuted": 2}
        return sorted(
            self.items,
            key=lambda item: (
                order[item.status],
                len(item.evidence_against),
                -len(item.evidence_for),
                item.number,
            ),
        )

    def with_status(self, *statuses: str) -> list[Hypothesis]:
        """Those of the given statuses."""
        return [item for item in self.items if item.status in statuses]


@projects(HypothesisProposed, Hypotheses)
def _proposed(hypotheses: Hypotheses, event: HypothesisProposed, entry: Entry) -> None:
    status = "testing" if event.test else "open"
    hypotheses.add(Hypothesis(entry, event.text, status=status, test=event.test))


@projects(HypothesisTested, Hypotheses)
def _tested(hypotheses: Hypotheses, event: HypothesisTested, entry: Entry) -> None:
    if item := hypotheses.moved(event.hypothesis, "test"):
        item.test = event.text
        if item.status != "confirmed":
            item.verdict, item.verdict_entry = "", None


@projects(EvidenceWeighed, Hypotheses)
def _weighed(hypotheses: Hypotheses, event: EvidenceWeighed, entry: Entry) -> None:
    if item := hypotheses.by_id.get(event.hypothesis):
        (item.evidence_for if event.speaks_for else item.evidence_against).append(event.text)
        item.weighed.append(entry)


@projects(_Verdict, Hypotheses)
def _judged(hypotheses: Hypotheses, event: _Verdict, entry: Entry) -> None:
    if item := hypotheses.by_id.get(event.hypothesis):
        item.status, item.verdict, item.verdict_entry = event.status, event.text, entry


def _id(context: CommandContext, number: int, step: str = "") -> str:
    return context.incident.of(Hypotheses).nth(number, step).entry.id


@command(
    "? TEXT [test:TEXT] [src:TEXT]",
    help="propose a hypothesis, with the check that would tell if you know it",
    example="? connection pool exhausted by the retry storm",
    words=("suspect", "theory", "hypothesis", "guess"),
)
def propose(context: CommandContext, text: str, test: str = "", src: str = "") -> Planned:
    """A numbered suspicion."""
    return HypothesisProposed(text=text, test=test)


@command(
    "/hyp N test TEXT",
    help="name the check that would tell whether a hypothesis holds",
    example="/hyp 1 test pool wait metric on one pod",
    possible=Hypotheses.none_yet,
)
def test(context: CommandContext, n: int, text: str) -> Planned:
    """What is looked at to decide it."""
    return HypothesisTested(hypothesis=_id(context, n, "test"), text=text)


@command(
    "/hyp N for TEXT [src:TEXT]",
    help="evidence that supports a hypothesis; #12 refers to the timeline",
    example="/hyp 1 for pool wait rises with the 5xx, see #12",
    possible=Hypotheses.none_yet,
)
def weigh_for(context: CommandContext, n: int, text: str, src: str = "") -> Planned:
    """Evidence in favour."""
    return EvidenceWeighed(hypothesis=_id(context, n), text=text, speaks_for=True)


@command(
    "/hyp N against TEXT [src:TEXT]",
    help="evidence that contradicts a hypothesis",
    example="/hyp 2 against certificate is valid until March",
    possible=Hypotheses.none_yet,
)
def weigh_against(context: CommandContext, n: int, text: str, src: str = "") -> Planned:
    """Evidence against."""
    return EvidenceWeighed(hypothesis=_id(context, n), text=text, speaks_for=False)


@command(
    "/hyp N refute WHY [src:TEXT]",
    help="rule a hypothesis out",
    example="/hyp 2 refute certificate is valid",
    possible=Hypotheses.none_yet,
)
def refute(context: CommandContext, n: int, why: str, src: str = "") -> Planned:
    """It is not the cause."""
    return HypothesisRefuted(hypothesis=_id(context, n, "refute"), text=why)


@command(
    "/hyp N confirm WHY [src:TEXT]",
    doubted=True,
    help="a hypothesis is the cause",
    example="/hyp 1 confirm pool metrics prove it",
    possible=Hypotheses.none_yet,
)
def confirm(context: CommandContext, n: int, why: str, src: str = "") -> Planned:
    """It is the cause, or one of them."""
    return HypothesisConfirmed(hypothesis=_id(context, n, "confirm"), text=why)


completes_numbers("/hyp N", of=lambda incident: incident.of(Hypotheses).ranked())


@check("hypotheses.proposed", title="a first hypothesis is on record")
def has_one(incident: Incident) -> Missing | None:
    """At least one hypothesis."""
    return Missing("no hypothesis is on record", "? …").unless(incident.of(Hypotheses).items)


@check("hypotheses.tested", title="a hypothesis is tested, with evidence for or against it")
def is_tested(incident: Incident) -> Missing | None:
    """At least one hypothesis has a test and evidence or a verdict."""
    items = incident.of(Hypotheses).items
    if not items:
        return Missing("no hypothesis is on record", "? …")
    for item in items:
        weighed = item.evidence_for or item.evidence_against or item.verdict
        if item.test and weighed:
            return None
    untested = next((item for item in items if not item.test), None)
    if untested is not None:
        return Missing(
            f"hypothesis {untested.number} names no check that would tell",
            f"/hyp {untested.number} test …",
        )
    return Missing("no evidence is weighed yet", f"/hyp {items[0].number} for …")


@check("hypotheses.confirmed", title="the cause is confirmed")
def is_confirmed(incident: Incident) -> Missing | None:
    """At least one hypothesis is confirmed."""
    hypotheses = incident.of(Hypotheses)
    if hypotheses.with_status("confirmed"):
        return None
    best = hypotheses.ranked()[0].number if hypotheses.items else None
    return Missing(
        "no hypothesis is confirmed",
        f"/hyp {best} confirm …" if best else "? …",
    )


@check("hypotheses.settled", title="no hypothesis is left open")
def is_settled(incident: Incident) -> Missing | None:
    """Every hypothesis is confirmed or ruled out."""
    left = incident.of(Hypotheses).with_status("open", "testing")
    if not left:
        return None
    numbers = ", ".join(str(item.number) for item in left)
    return Missing(f"undecided: {numbers}", f"/hyp {left[0].number} refute …")


@source("hypotheses.leading")
def best_hypothesis(incident: Incident) -> str:
    """The hypothesis that stands best, with its status."""
    ranked = [item for item in incident.of(Hypotheses).ranked() if item.status != "refuted"]
    return f"{ranked[0].text} ({ranked[0].status})" if ranked else ""


@source("hypotheses.confirmed")
def confirmed_text(incident: Incident) -> Rows:
    """What is confirmed, with the reason, one a line."""
    return _with_reasons(incident, "confirmed")


@source("hypotheses.refuted")
def refuted_text(incident: Incident) -> Rows:
    """What is ruled out, with the reason, one a line."""
    return _with_reasons(incident, "refuted")


def _with_reasons(incident: Incident, status: str) -> Rows:
    items = incident.of(Hypotheses).with_status(status)
    return [item_row(f"{item.text}: {item.verdict}", evidence(item)) for item in items]


def evidence(item: Hypothesis) -> Facts:
    """What is known of a hypothesis: its test, what speaks for and against it, with sources."""
    known = [("Tested by", item.test)] if item.test else []
    for entry in item.weighed:
        if isinstance(entry.event, EvidenceWeighed):
            source_of = f" ({entry.source})" if entry.source else ""
            side = "For" if entry.event.speaks_for else "Against"
            known.append((side, f"{entry.event.text}{source_of}"))
    return tuple(known)


@reported("hypotheses")
def _hypotheses(incident: Incident) -> list[dict[str, object]]:
    """Each hypothesis with what speaks for and against it."""
    return [
        {
            "number": item.number,
            "text": item.text,
            "status": item.status,
            "test": item.test,
            "for": list(item.evidence_for),
            "against": list(item.evidence_against),
            "verdict": item.verdict,
        }
        for item in incident.of(Hypotheses).items
    ]
