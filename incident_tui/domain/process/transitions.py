"""The commands that move an incident: advance, approve, revise, reopen, state and close.

Each is refused with what mends it, and changes nothing then. The course itself is in `lifecycle`.
"""

from collections.abc import Sequence

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    completes,
    nearest,
    records_nothing,
)
from incident_tui.domain.core.events import Event, Incident
from incident_tui.domain.core.playbook_words import one_of
from incident_tui.domain.core.rules import Missing
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.process.document_changes import is_as_sent_back, withdrawn
from incident_tui.domain.process.gates import closes_next, closing_gate, gate, refusal
from incident_tui.domain.process.lifecycle import (
    EARLY_REASONS,
    STATUSES,
    IncidentClosed,
    Lifecycle,
    ReviewRequested,
    SentBack,
    StagePassed,
    StageRecord,
    StageReopened,
    StatusChanged,
)

_SETTABLE = dict.fromkeys((status for status in STATUSES if status != "closed"), "")
"""The states that somebody may say."""


def is_closed(incident: Incident) -> str | None:
    """Nothing is moved in a closed incident."""
    return "the incident is closed" if incident.of(Lifecycle).closed else None


def _not_while_closed(incident: Incident) -> None:
    if reason := is_closed(incident):
        raise Refused(reason, [("reopen a stage to go on", "/reopen STAGE WHY")])


def _nothing_left(incident: Incident) -> str | None:
    """Stages that are all done, or an artifact that waits, let nobody advance."""
    current = incident.of(Lifecycle).current
    if current.state == "passed":
        return is_closed(incident) or "every stage is done"
    waits = f"{current.stage.title} waits for approval" if current.state == "review" else None
    return is_closed(incident) or waits


def _nothing_waits(incident: Incident) -> str | None:
    """Only what waits for approval is approved or sent back."""
    current = incident.of(Lifecycle).current
    text = f"nothing waits for approval: {current.stage.title} is {_state_text(current)}"
    return is_closed(incident) or (None if current.state == "review" else text)


def _nothing_passed(incident: Incident) -> str | None:
    lifecycle = incident.of(Lifecycle)
    passed = any(record.state == "passed" for record in lifecycle.stages)
    return None if passed or lifecycle.closed else "no stage was passed yet"


def _closed_already(incident: Incident) -> str | None:
    return "the incident is closed already" if is_closed(incident) else None


def _open(context: CommandContext) -> StageRecord:
    """The current stage; refused when the incident is closed or the stage is no longer current."""
    lifecycle = context.incident.of(Lifecycle)
    _not_while_closed(context.incident)
    current = lifecycle.current
    if context.seen_stage and context.seen_stage != current.stage.id:
        raise Refused(
            f"{context.seen_stage} is not the current stage any more: it is {current.stage.title}"
        )
    return current


command(
    "/gate",
    help="what the gate of this stage still asks for",
    example="/gate",
    words=("checks", "checklist", "missing"),
    key="ctrl+g",
    opens="gate",
)(records_nothing)


@command(
    "/advance [NOTE]",
    words=("next", "proceed"),
    doubted=True,
    help="leave the stage, if its gate passes",
    example="/advance",
    key="f8",
    opens="gate",
    possible=_nothing_left,
)
def advance(context: CommandContext, note: str = "") -> Planned:
    """To the next stage, or to the review of the artifact.

    `Refused` while the gate does not pass, or a review is under way.
    """
    current = _open(context)
    stage = current.stage
    if reason := _nothing_left(context.incident):
        waits = [("approve it", _approve_line(current)), ("send it back", "/revise NOTE")]
        raise Refused(
            reason, waits if current.state == "review" else [("close the incident", "/close")]
        )
    report = gate(context.incident, stage)
    if not report.passes:
        raise refusal(report, stage.title)
    _not_as_sent_back(context.incident, current)
    if stage.review in ("ask", "external"):
        return ReviewRequested(stage=stage.id, revision=len(current.revisions) + 1, text=note)
    return StagePassed(
        stage=stage.id,
        review=stage.review,
        cycle=current.cycles,
        waived=report.waived,
        text=note,
        withdraws=withdrawn(context.incident, current),
    )


def _not_as_sent_back(incident: Incident, current: StageRecord) -> None:
    """Refuse a document that was sent back and reads as it did then."""
    if (asked := asked_back(incident, current)) is not None:
        raise Refused(
            f"{current.stage.title} reads as it did when {asked.why}",
            [("change what the note asks for", asked.mend)],
        )


def asked_back(incident: Incident, current: StageRecord) -> Missing | None:
    """What the note asks for that sent a document back which reads as it did then."""
    if not is_as_sent_back(incident, current):
        return None
    answer = next(each.answer for each in reversed(current.revisions) if each.answer)
    fields = current.stage.produces.fields if current.stage.produces else ()
    line = next((f"/set {field.id} …" for field in fields if not field.source), "/gate")
    return Missing(f"{answer.actor} sent it back: {getattr(answer.event, 'text', '')}", line)


def final_step(incident: Incident, events: Sequence[Event]) -> str:
    """What of these events is asked about where one key entered them; else empty.

    A stage that was passed can only be worked on again (`/reopen`), with its whole gate before it.
    """
    steps = [
        f"passes {passed.title}"
        for event in events
        if isinstance(event, StagePassed) and (passed := incident.playbook.stage(event.stage))
    ]
    if any(isinstance(event, IncidentClosed) for event in events):
        steps.append("closes the incident")
    if steps:
        return f"{' and '.join(steps)}, which nobody can undo"
    return " and ".join(
        f"asks for the approval of {asked.title}"
        for event in events
        if isinstance(event, ReviewRequested) and (asked := incident.playbook.stage(event.stage))
    )


def _approve_line(current: StageRecord) -> str:
    return "/approve by:NAME ref:…" if current.stage.review == "external" else "/approve"


@command(
    "/approve [NOTE] [by:NAME] [ref:TEXT]",
    words=("accept", "lgtm"),
    doubted=True,
    help="approve the artifact that is shown; external review takes by: and ref:",
    example="/approve by:ben ref:https://example.org/pull/7",
    opens="gate",
    possible=_nothing_waits,
)
def approve(context: CommandContext, note: str = "", by: str = "", ref: str = "") -> Planned:
    """The stage is left; a gate that no longer passes refuses.

    `Refused` when nothing is under review, too.
    """
    current = _open(context)
    stage = current.stage
    if reason := _nothing_waits(context.incident):
        raise Refused(reason, [("ask for the review first", "/advance")])
    report = gate(context.incident, stage)
    if not report.passes:
        raise refusal(report, stage.title)
    _not_as_sent_back(context.incident, current)
    reviewer, self_reviewed = by.strip() or context.actor, False
    if stage.review == "external":
        self_reviewed = _external(context, current, reviewer, ref)
    return StagePassed(
        stage=stage.id,
        review=stage.review,
        cycle=current.cycles,
        revision=len(current.revisions),
        by=reviewer,
        ref=ref,
        self_reviewed=self_reviewed,
        waived=report.waived,
        text=note,
        withdraws=withdrawn(context.incident, current),
    )


def _external(context: CommandContext, current: StageRecord, reviewer: str, ref: str) -> bool:
    """Whether this is a self review; refused where that or a missing reference is not allowed."""
    if reviewer.casefold() in {author.casefold() for author in authors(context.incident, current)}:
        if context.self_review:
            return True
        raise Refused(
            f"{reviewer} is an author of {current.stage.title}: somebody else has to approve it",
            [
                ("name who approved it, and where", "/approve by:NAME ref:…"),
                ("working alone, allow it in incident-tui.toml of the home", "self-review = true"),
            ],
        )
    if not ref:
        raise Refused(
            "an approval from outside needs a reference: a pull request, a mail, a ticket",
            [("say where it stands", f"/approve by:{reviewer} ref:…")],
        )
    return False


def authors(incident: Incident, current: StageRecord) -> set[str]:
    """Who wrote the artifact of a stage: typed its fields, or anything while it was open.

    Sending it back is the work of a reviewer, and makes nobody an author.
    """
    entered = current.entered_at
    return {
        entry.actor
        for entry in incident.entries
        if incident.counts(entry)
        and (
            (isinstance(entry.event, FieldSet) and entry.event.stage == current.stage.id)
            or (entered is not None and entry.recorded_at >= entered)
        )
        and not isinstance(entry.event, (StagePassed, SentBack))
    }


def _state_text(current: StageRecord) -> str:
    return {"open": "still being worked on", "passed": "done"}.get(current.state, current.state)


@command(
    "/revise NOTE",
    help="send the artifact back with a note",
    example="/revise name the zone that is affected",
    words=("reject", "send-back"),
    possible=_nothing_waits,
)
def revise(context: CommandContext, note: str) -> Planned:
    """The stage is open again; what was said stays with the revision.

    `Refused` when nothing is under review.
    """
    current = _open(context)
    if reason := _nothing_waits(context.incident):
        raise Refused(reason, [("ask for the review first", "/advance")])
    return SentBack(stage=current.stage.id, revision=len(current.revisions), text=note, renews=True)


@command(
    "/reopen STAGE WHY [state:STATE]",
    help="open a stage again that was passed; state: where the impact is not back",
    example="/reopen mitigate the rollback did not hold",
    words=("regress",),
    possible=_nothing_passed,
)
def reopen(context: CommandContext, stage: str, why: str, state: str = "") -> Planned:
    """Its gate has to be passed once more; a closed incident goes on.

    The state falls back to what held before the stage, unless another one is said. `Refused`
    where there is no such stage, or it is not done.
    """
    lifecycle = context.incident.of(Lifecycle)
    target = context.incident.playbook.stage(stage)
    record = lifecycle.record(target.id) if target else None
    if record is None:
        known = [record.stage.id for record in lifecycle.stages]
        raise Refused(f"there is no stage {stage!r}: {nearest(stage, known)}")
    goes_on = lifecycle.closed is not None and record is lifecycle.current
    if record.state != "passed" and not goes_on:
        text = "still ahead" if record.state == "ahead" else "open already"
        raise Refused(f"{record.stage.title} is {text}")
    status = lifecycle.state_before(record)
    if state:
        line = f"/reopen {record.stage.id} {why} state:{{}}"
        status = one_of(state, _SETTABLE, what="a state", line=line)
    return StageReopened(stage=record.stage.id, text=why, status=status)


@command(
    "/state STATE [WHY]",
    words=("status",),
    doubted=True,
    help="set the state: active, mitigated, monitoring, resolved or postmortem-only",
    example="@-2m /state mitigated 5xx below 0.5 %",
    possible=is_closed,
)
def set_state(context: CommandContext, state: str, why: str = "") -> Planned:
    """The incident is in that state from the line's time on. `Refused` when it is already."""
    lifecycle = context.incident.of(Lifecycle)
    _not_while_closed(context.incident)
    state = one_of(state, _SETTABLE, what="a state")
    # Said again with a reason, or with the time at which it really came back, it is recorded.
    if state == lifecycle.status and not why:
        raise Refused(f"the incident is {lifecycle.status} already")
    recurs = state == "active" and lifecycle.status != "active"
    return StatusChanged(status=state, before=lifecycle.status, text=why, recurs=recurs)


@command(
    "/close [REASON] [WHY]",
    words=("end", "finish"),
    doubted=True,
    help="close at the end; or early, with a reason",
    example="/close duplicate covered by 2026-11-20-checkout-5xx",
    opens="gate",
    possible=_closed_already,
)
def close(context: CommandContext, reason: str = "", why: str = "") -> Planned:
    """At the end every stage is done; early, no gate is claimed as passed.

    `Refused` while a gate stands in the way, or without a reason for closing early.
    """
    if closed := _closed_already(context.incident):
        raise Refused(closed)
    if reason:
        reason = one_of(reason, EARLY_REASONS, what="a reason to close early", line="/close {} WHY")
        if not why:
            raise Refused("closing early needs its reason", [("say why", f"/close {reason} …")])
        return IncidentClosed(reason=reason, text=why)
    current = _open(context)
    report = closing_gate(context.incident)
    if not report.passes:
        refused = refusal(report, "the close")
        early = ("or close early, with a reason", f"/close {'|'.join(EARLY_REASONS)} WHY")
        raise Refused(refused.message, [*refused.reasons, early])
    events: list[Event] = []
    if current.state == "open":
        if current.stage.review in ("ask", "external"):
            raise Refused(
                f"{current.stage.title} is not approved yet", [("ask for its review", "/advance")]
            )
        events.append(
            StagePassed(
                stage=current.stage.id,
                review=current.stage.review,
                cycle=current.cycles,
                waived=gate(context.incident, current.stage).waived,
            )
        )
    elif current.state == "review":
        raise Refused(
            f"{current.stage.title} waits for approval", [("approve it", _approve_line(current))]
        )
    return [*events, IncidentClosed(waived=report.waived)]


@completes("STAGE")
def _stages(incident: Incident) -> list[tuple[str, str]]:
    return [(stage.id, stage.purpose) for stage in incident.playbook.stages]


@completes("STATE", "state")
def _states(incident: Incident) -> list[tuple[str, str]]:
    return [(status, "") for status in STATUSES[incident.of(Lifecycle).status]]


@completes("REASON")
def _reasons(incident: Incident) -> list[tuple[str, str]]:
    """None at the end, where it is closed without one."""
    return [] if closes_next(incident) else list(EARLY_REASONS.items())
