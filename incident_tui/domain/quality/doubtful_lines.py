"""What is asked once before it is recorded, since the record would say what nobody has seen.

Each rule is about events, so it holds against every command that records them, in every playbook.
"""

import msgspec

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.core.commands import CommandContext
from incident_tui.domain.core.doubts import Doubt, DoubtOverruled, doubted
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.corrections import EntryAmended
from incident_tui.domain.findings.hypotheses import Hypotheses, HypothesisConfirmed
from incident_tui.domain.findings.hypotheses.linked_evidence import is_linked
from incident_tui.domain.findings.improvement import NORMAL, NOTHING, no_better, recovered
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.findings.readings import Reading, Readings
from incident_tui.domain.impact.impact import ImpactSet
from incident_tui.domain.impact.updates import UpdatePosted
from incident_tui.domain.impact.updates.next_word import contradicted_promise, relative_time
from incident_tui.domain.learning.fixes import Deployed, FixDeployed, Fixes
from incident_tui.domain.mitigation.mitigations import Mitigation, Mitigations, MitigationVerified
from incident_tui.domain.people.hats import Hats
from incident_tui.domain.people.hats.time_in_role import HatTimes
from incident_tui.domain.people.known_people import may_be_one
from incident_tui.domain.process.artifacts import Artifacts, FieldSet
from incident_tui.domain.process.episodes import Episodes, present
from incident_tui.domain.process.gates import CheckAttested, contradiction, tick
from incident_tui.domain.process.lifecycle import (
    IncidentClosed,
    Lifecycle,
    ReviewRequested,
    StagePassed,
    StatusChanged,
)
from incident_tui.domain.process.transitions import authors
from incident_tui.domain.values.playbook import Check

OVER = ("mitigated", "monitoring", "resolved", "postmortem-only")
MAKERS = ("author", "tracker", "engineer")
"""Hats whose wearers make the documents that somebody from outside approves; the commander, too."""


@doubted(
    "lifecycle.unverified",
    asks="that users are better off was seen: a verified change, or the signal back to normal",
    of=(StatusChanged, MilestoneReached),
)
def over_unseen(context: CommandContext, event: StatusChanged | MilestoneReached) -> Doubt | None:
    """The impact is said to have stopped, and nothing in this episode shows it, or the contrary."""
    return _unseen(context, _says_over(context, event), reasoned=False)


@doubted(
    "lifecycle.ended-unverified",
    asks="a stage or a close that ends the impact has seen that users are better off",
    of=(StagePassed, IncidentClosed),
)
def ended_unseen(context: CommandContext, event: StagePassed | IncidentClosed) -> Doubt | None:
    """A stage with which the playbook ends the impact, or the close, and nothing shows that end.

    Whatever a playbook asks before it; but a gate that waived the proof has its reason, and of a
    light incident a person says it.
    """
    lifecycle = context.incident.of(Lifecycle)
    if lifecycle.status != "active" or lifecycle.light:
        return None
    if isinstance(event, IncidentClosed):
        return None if event.reason else _unseen(context, "over", reasoned=True)
    stage = context.incident.playbook.stage(event.stage)
    if stage is None or "mitigations.verified" in event.waived:
        return None
    return _unseen(context, stage.status_after, reasoned=True)


def _unseen(context: CommandContext, status: str, *, reasoned: bool) -> Doubt | None:
    """The doubt about `status`, which says that the impact has stopped; none where it is empty.

    Where it is said at a gate, a verification without a reading counts by the reason that was given
    for it (`reasoned`); such a reason answers no claim that is made later, in a line of its own.
    """
    if not status:
        return None
    episode = present(context.incident)
    read = _newest(episode)
    share = recovered(episode, read) if read is not None else None
    worked = [
        item
        for item in episode.of(Mitigations).during()
        if _seen_to_work(episode, item, reasoned=reasoned)
    ]
    settled = max(((item.settled or item.entry).at for item in worked), default=None)
    if settled is None and share is not None and share >= NORMAL:
        return None
    shown = episode.of(Readings).first_signal
    signal = f"{shown.name} {shown.after}" if shown else "SIGNAL …"
    text = f"nothing on record shows that it is {status}"
    if settled is not None:
        if read is None or share is None or read.entry.at < settled or share > NOTHING:
            return None
        signal = f"{read.name} {read.after}"
        text = f"{read.name} was read at {read.after} since, which is not {status}"
    mends = [("read the signal again", f"= {signal} -> … src:…")]
    if open_ones := episode.of(Mitigations).in_flight():
        mends.append(("say what it shows", f"/verify {open_ones[-1].number} …"))
    return Doubt(text, tuple(mends))


def _seen_to_work(episode: Incident, item: Mitigation, *, reasoned: bool) -> bool:
    """Whether a change is verified by a reading that still stands, or `reasoned` without one."""
    if item.verdict != "verified":
        return False
    reading, verdict = item.verdicts[-1].reading, item.verdicts[-1].entry.id
    read = episode.of(Readings).since(item.entry.at)
    if reading in read and not no_better(episode, read[: read.index(reading) + 1]):
        return True
    return reasoned and any(
        isinstance(entry.event, DoubtOverruled)
        and entry.part_of == verdict
        and entry.event.rule == "mitigations.unread"
        and entry.event.text
        and episode.counts(entry)
        for entry in episode.entries
    )


def _says_over(context: CommandContext, event: StatusChanged | MilestoneReached) -> str:
    """What the event says of the impact where that is new: that it has stopped; else empty.

    A milestone of an incident that is over, or of an earlier episode, sets only a time right.
    """
    if isinstance(event, StatusChanged):
        return event.status if event.status in OVER and event.status != event.before else ""
    if event.name not in OVER or context.incident.of(Lifecycle).status in OVER:
        return ""
    episode = context.incident.of(Episodes).present
    earlier = episode is not None and episode.number > 1 and context.moment < episode.begun_at
    return "" if earlier else event.name


def _newest(episode: Incident) -> Reading | None:
    readings = episode.of(Readings)
    shown = readings.first_signal
    return readings.last(shown.name) if shown else None


@doubted(
    "mitigations.unread",
    asks="the signal was read after the change, and is better than before",
    of=(MitigationVerified,),
)
def verified_unread(context: CommandContext, event: MitigationVerified) -> Doubt | None:
    """A change is said to have worked, and no reading after it shows that."""
    item = context.incident.of(Mitigations).by_id.get(event.mitigation)
    if item is None:
        return None
    readings = context.incident.of(Readings)
    read, shown = readings.since(item.entry.at), readings.first_signal
    if read:
        why = no_better(context.incident, read)
        again = f"= {read[-1].name} {read[-1].after} -> …"
        fail = ("or it did not work", f"/fail {item.number} …")
        return Doubt(f"{read[-1].name}: {why}", (("read it again", again), fail)) if why else None
    name = f"{shown.name} {shown.after}" if shown else "SIGNAL …"
    what = shown.name if shown else "no signal"
    was = "was not read" if shown else "was read"
    return Doubt(f"{what} {was} after change {item.number}", (("read it", f"= {name} -> …"),))


@doubted(
    "hypotheses.unproven",
    asks="something speaks for it; where the process wants evidence linked, it says where it is",
    of=(HypothesisConfirmed,),
)
def confirmed_unproven(context: CommandContext, event: HypothesisConfirmed) -> Doubt | None:
    """A cause is confirmed on no evidence, or on evidence that nobody can look up."""
    incident = context.incident
    item = incident.of(Hypotheses).by_id.get(event.hypothesis)
    if item is None:
        return None
    mend = (("say what speaks for it", f"/hyp {item.number} for … src:…"),)
    if not item.evidence_for:
        return Doubt(f"nothing speaks for hypothesis {item.number} yet", mend)
    if incident.playbook.asks_for("hypotheses.linked") and not is_linked(
        incident, event.hypothesis
    ):
        return Doubt(f"no evidence for hypothesis {item.number} names its source", mend)
    return None


def _declared(incident: Incident, event: CheckAttested) -> Check | None:
    stage = incident.playbook.stage(event.stage)
    checks = stage.checks if stage else ()
    return next((check for check in checks if check.id == event.check), None)


@doubted(
    "gates.order",
    asks="the steps before it are ticked",
    of=(CheckAttested,),
)
def ticked_early(context: CommandContext, event: CheckAttested) -> Doubt | None:
    """A step is ticked before one that comes first, such as a deployment before its test."""
    declared = _declared(context.incident, event)
    left = [
        check
        for check in (declared.after if declared else ())
        if tick(context.incident, event.stage, check) is None
    ]
    if not left:
        return None
    return Doubt(
        f"{left[0]} comes first, and nobody ticked it", (("tick it", f"/attest {left[0]} …"),)
    )


@doubted(
    "gates.ticker",
    asks="whoever wears the hat of the check ticks it",
    of=(CheckAttested,),
)
def ticked_by_another(context: CommandContext, event: CheckAttested) -> Doubt | None:
    """A review is ticked by another than the reviewer, or by who did the work of the stage."""
    declared = _declared(context.incident, event)
    stage = context.incident.playbook.stage(event.stage)
    if declared is None or not declared.by or stage is None:
        return None
    hats = context.incident.of(Hats)
    worn = hats.worn.get(declared.by)
    people = worn.people if worn else []
    if any(person.casefold() == context.actor.casefold() for person in people):
        return None
    if not people and not set(hats.of_person(context.actor)) & set(stage.hats):
        return None
    text = f"{declared.by} is {' and '.join(people)}" if people else f"nobody wears {declared.by}"
    return Doubt(
        f"{declared.by} is to tick this, and {text}, not {context.actor}",
        (("hand the hat out", f"/role {declared.by} PERSON"),),
    )


@doubted(
    "fixes.ticked-untested",
    asks="a test is named that would have caught the incident",
    of=(CheckAttested,),
)
def ticked_untested(context: CommandContext, event: CheckAttested) -> Doubt | None:
    """A step is ticked by which the permanent fix is in production, and no test is named."""
    declared = _declared(context.incident, event)
    deploys = declared is not None and declared.milestone == "fix-deployed"
    return _untested(context) if deploys else None


@doubted(
    "fixes.untested",
    asks="a test is named that would have caught the incident",
    of=(FixDeployed, MilestoneReached),
)
def deployed_untested(
    context: CommandContext, event: FixDeployed | MilestoneReached
) -> Doubt | None:
    """The permanent fix is said to be in production, and no test is named."""
    if isinstance(event, MilestoneReached) and event.name != "fix-deployed":
        return None
    return _untested(context)


def _untested(context: CommandContext) -> Doubt | None:
    fixes = context.incident.of(Fixes).items
    if context.incident.of(Deployed).tests or (fixes and all(fix.test for fix in fixes)):
        return None
    left = next((fix.cause.number for fix in fixes if not fix.test), None)
    line = f"/fix {left} … test:NAME" if left else "/tested …"
    return Doubt("no test is named that would have caught it", (("name it", line),))


@doubted(
    "protection.claimed",
    asks="an incident that is called protected is protected",
    of=(FieldSet,),
)
def called_protected(context: CommandContext, event: FieldSet) -> Doubt | None:
    """A document says "protected", and whoever reads the repository reads it."""
    stage = context.incident.playbook.stage(event.stage)
    fields = stage.produces.fields if stage and stage.produces else ()
    states = any(field.id == event.field and field.type == "choice" for field in fields)
    if not states or not event.text.casefold().startswith("protected"):
        return None
    if context.incident.of(Protection).protected:
        return None
    return Doubt("the incident is not protected by saying so", (("protect it", "/protect WHY"),))


@doubted(
    "updates.two-times",
    asks="the text of an update goes on promising what was promised with it",
    of=(EntryAmended,),
)
def promised_anew(context: CommandContext, event: EntryAmended) -> Doubt | None:
    """The new text of an update names another time for the next one than was promised."""
    number = context.incident.number(event.target)
    target = context.incident.by_number(number)
    if target is None or not isinstance(target.event, UpdatePosted):
        return None
    promised, text = target.event.next_at, event.text or target.event.text
    then = msgspec.structs.replace(context, at=event.at or target.at)
    words = contradicted_promise(then, text, promised) if promised else ""
    reason = f"the text says {words!r}, and #{number} promised another time"
    if not words and event.at is not None and event.text is None:
        words = relative_time(text)
        reason = f"#{number} says {words!r}, which counts from the time that it had"
    if not words:
        return None
    mends = (
        ("say what was promised", f"/amend {number} …"),
        ("or promise it anew", "/update … next:…"),
    )
    return Doubt(reason, mends)


@doubted(
    "impact.list",
    asks="one of the answers that the process lists",
    of=(ImpactSet,),
)
def beside_the_list(context: CommandContext, event: ImpactSet) -> Doubt | None:
    """The process lists the answers, and this is none of them."""
    fields = [
        field
        for stage in context.incident.playbook.stages
        for field in (stage.produces.fields if stage.produces else ())
        if field.type == "choice" and field.source == f"impact.{event.field}"
    ]
    if not fields or event.text in (*fields[0].choices, "unknown"):
        return None
    listed = ", ".join(fields[0].choices)
    mend = ("say which one it is", f"/impact {event.field} {'|'.join(fields[0].choices)}")
    return Doubt(f"{event.text!r} is none of: {listed}", (mend,))


@doubted(
    "artifacts.contradicted",
    asks="a choice made by hand says what the log says",
    of=(ReviewRequested, StagePassed),
)
def contradicted(context: CommandContext, event: ReviewRequested | StagePassed) -> Doubt | None:
    """A document says one thing by hand and the log another."""
    stage = context.incident.playbook.stage(event.stage)
    episode = present(context.incident)
    for value in episode.of(Artifacts).values(stage) if stage else ():
        if why := contradiction(episode, value):
            mend = (("let the log fill it", f"/set {value.field.id} -"),)
            return Doubt(f"{value.field.title}: {why}", mend)
    return None


@doubted(
    "hats.outsider",
    asks="who approves from outside wears no hat that makes the document",
    of=(StagePassed,),
)
def approved_from_inside(context: CommandContext, event: StagePassed) -> Doubt | None:
    """The approval from outside is that of somebody whose work it is to make the document."""
    if event.review != "external" or event.self_reviewed:
        return None
    makers = (*MAKERS, context.incident.playbook.commanding_hat().id)
    worn = [
        (span.hat, span.person)
        for span in context.incident.of(HatTimes).spans
        if span.hat in makers and may_be_one(span.person, event.by)
    ]
    typed = authors(context.incident, context.incident.of(Lifecycle).current)
    if worn:
        hat, person = worn[-1]
        of_whom = "" if person.casefold() == event.by.casefold() else f" as {person}"
        text = f"{event.by}{of_whom} wears or wore {hat}, which makes the document"
    elif wrote := next((name for name in sorted(typed) if may_be_one(name, event.by)), ""):
        text = f"{wrote} is an author of the document, and may be {event.by}"
    else:
        return None
    return Doubt(
        f"{text}: somebody else has to approve it",
        (("name who approved it, and where", "/approve by:NAME ref:…"),),
    )
