"""Gates: whether a stage may be left, what is missing, attestations and waivers."""

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
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.rules import Missing, rule
from incident_tui.domain.process.artifacts import Artifacts, FieldValue
from incident_tui.domain.process.episodes import Episodes, present
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.process.runs import CLOSE, missing_run
from incident_tui.domain.values.playbook import Check, Stage
from incident_tui.domain.values.text import label


@facts(names="check", act=True)
class _CheckAnswered(NamedEvent, frozen=True, tag=False):
    stage: Reference
    check: Reference

    def title(self, incident: Incident) -> str:
        """The check as its gate shows it, also by a playbook that has it no longer."""
        stage = incident.playbook.stage(self.stage)
        checks = stage.checks if stage else incident.playbook.closing
        declared = next((each for each in checks if each.id == self.check), None)
        title = (declared and declared.title) or ""
        if not title and (known := rule(self.check)):
            title = known.title
        if not title and stage is not None and stage.produces is not None:
            fields = {f"artifact.{field.id}": field.title for field in stage.produces.fields}
            title = fields.get(self.check, "")
        return title or label(self.check)


@facts(kind="attested")
class CheckAttested(_CheckAnswered, frozen=True, tag="gate.attested"):
    """A person ticked a check."""

    text: Words = ""


@facts(kind="waived")
class CheckWaived(_CheckAnswered, frozen=True, tag="gate.waived"):
    """A check was answered "not needed", with the reason."""

    text: Words


class Gates(Projection):
    """Attestations and waivers by stage and check."""

    attested: dict[tuple[str, str], Entry] = {}
    waived: dict[tuple[str, str], Entry] = {}


@projects(CheckAttested, Gates)
def _attested(gates: Gates, event: CheckAttested, entry: Entry) -> None:
    gates.attested[(event.stage, event.check)] = entry


@projects(CheckWaived, Gates)
def _waived(gates: Gates, event: CheckWaived, entry: Entry) -> None:
    gates.waived[(event.stage, event.check)] = entry


def tick(incident: Incident, stage_id: str, check_id: str) -> Entry | None:
    """The entry by which a check is ticked; None where none counts any more."""
    ticked = earlier_tick(incident, stage_id, check_id)
    record = incident.of(Lifecycle).record(stage_id)
    judged_from = record.judged_from if record else 0
    return ticked if ticked is not None and incident.number(ticked.id) > judged_from else None


def earlier_tick(incident: Incident, stage_id: str, check_id: str) -> Entry | None:
    """The newest tick of a check in this episode, even where its document was sent back since."""
    return present(incident).of(Gates).attested.get((stage_id, check_id))


class CheckResult(msgspec.Struct, frozen=True):
    """One check as it stands. `state` is passed, failing or waived."""

    id: str
    title: str
    kind: str
    state: str
    why: str = ""
    mend: str = ""
    waivable: bool = False


class GateReport(msgspec.Struct, frozen=True):
    """A gate as it stands: failing checks first."""

    stage: Stage
    checks: tuple[CheckResult, ...]

    @property
    def passes(self) -> bool:
        """Nothing fails."""
        return not self.failed

    @property
    def failed(self) -> list[CheckResult]:
        """The checks that keep the gate shut."""
        return [check for check in self.checks if check.state == "failing"]

    @property
    def done(self) -> int:
        """How many checks no longer stand in the way."""
        return len(self.checks) - len(self.failed)

    @property
    def waived(self) -> dict[str, str]:
        """Waived checks with their reasons."""
        return {check.id: check.why for check in self.checks if check.state == "waived"}


def gate(incident: Incident, stage: Stage | None = None) -> GateReport:
    """The gate of a stage (of the current one by default).

    What it reads is the present episode: acts and judgements of an earlier one are not there.
    What acts (severity, hats, impact, a word to others) stands before what is written of it.
    """
    stage = stage or incident.of(Lifecycle).current.stage
    incident = present(incident)
    results = [
        *(_result(incident, stage.id, c) for c in stage.checks),
        *_field_results(incident, stage),
    ]
    return GateReport(stage, _failing_first(results))


def closing_gate(incident: Incident) -> GateReport:
    """What must hold before the incident is closed at its end."""
    incident = present(incident)
    lifecycle = incident.of(Lifecycle)
    last = lifecycle.stages[-1].stage
    results = [_result(incident, CLOSE, check) for check in lifecycle.closing_checks]
    current = lifecycle.current
    if current.state != "passed" and current.stage.id != last.id:
        left = [record.stage.title for record in lifecycle.stages if record.state != "passed"]
        why = f"{', '.join(left)} come first"
        mend = next_line(incident)
        results.insert(
            0, CheckResult("stages.done", "every stage is done", "automatic", "failing", why, mend)
        )
    elif not gate(incident, last).passes and current.state != "passed":
        results = [*gate(incident, last).checks, *results]
    return GateReport(last, _failing_first(results))


def closes_next(incident: Incident) -> bool:
    """Whether the close is the next step: at the end, with no gate of a stage before it."""
    lifecycle = incident.of(Lifecycle)
    current = lifecycle.current
    at_the_end = current is lifecycle.stages[-1]
    return at_the_end and (current.state == "passed" or current.stage.review == "none")


def next_gate(incident: Incident) -> GateReport:
    """What stands before the next step: the gate of the current stage, at the end the close."""
    return closing_gate(incident) if closes_next(incident) else gate(incident)


def next_step(incident: Incident, report: GateReport) -> Missing:
    """What takes an incident on behind the gate of `report`: what that lacks first, else a step."""
    current = incident.of(Lifecycle).current
    if report.failed:
        return Missing(report.failed[0].title, report.failed[0].mend)
    if closes_next(incident):
        return Missing("everything holds", "/close")
    if current.state != "review":
        return Missing("everything holds", "/advance")
    if current.stage.review == "external":
        return Missing("or /deliver, where others merge its document", "/approve by:NAME ref:…")
    return Missing("its document waits for approval", "/approve")


def _failing_first(results: list[CheckResult]) -> tuple[CheckResult, ...]:
    order = {"failing": 0, "waived": 2}
    return tuple(sorted(results, key=lambda result: order.get(result.state, 1)))


def _field_results(incident: Incident, stage: Stage) -> list[CheckResult]:
    """A check for each required field: an artifact with an empty field is not finished."""
    if stage.review == "none":
        return []
    results = []
    for value in incident.of(Artifacts).values(stage):
        against = contradiction(incident, value)
        if not value.field.required and not against:
            continue
        missing = None
        if value.field.required and not value.text.strip():
            options = "|".join(value.field.choices) or "…"
            missing = Missing(
                value.field.help or f"{value.field.title} is empty",
                f"/set {value.field.id} {options}",
            )
        check = Check(id=f"artifact.{value.field.id}")
        result = _outcome(incident, stage.id, check, value.field.title, missing)
        results.append(msgspec.structs.replace(result, why=against) if against else result)
    return results


def contradiction(incident: Incident, value: FieldValue) -> str:
    """What the log says against a choice that somebody made by hand; empty where it agrees."""
    if not value.given or value.field.type != "choice":
        return ""
    by_log = incident.of(Artifacts).from_log(value.field)
    return (
        f"{value.text!r} by hand, {by_log!r} by the log" if by_log not in ("", value.text) else ""
    )


def _result(incident: Incident, stage_id: str, check: Check) -> CheckResult:
    if check.kind == "attestation":
        return _attestation(incident, stage_id, check)
    if check.kind == "command":
        missing_command = missing_run(incident, stage_id, check)
        return _outcome(incident, stage_id, check, check.title, missing_command)
    rules = {name: rule(name) for name in check.rules or (check.id,)}
    title = check.title or next((known.title for known in rules.values() if known), check.id)
    decisions = [
        known.decide(incident, **known.among(check.args))
        if known
        else Missing("this version does not know the check", f"/waive {check.id} …")
        for known in rules.values()
    ]
    left = [missing for missing in decisions if missing is not None]
    # One line at a time mends it; what else is missing is told along.
    joined = Missing("; ".join(missing.why for missing in left), left[0].mend) if left else None
    return _outcome(incident, stage_id, check, title, joined)


def _attestation(incident: Incident, stage_id: str, check: Check) -> CheckResult:
    ticked = tick(incident, stage_id, check.id)
    if ticked is not None:
        return CheckResult(check.id, check.title, check.kind, "passed", f"by {ticked.actor}")
    if _is_shown(incident, stage_id, check):
        return CheckResult(check.id, check.title, check.kind, "passed", "the log shows it")
    why = "a person has to say so, with a reference" if check.note else "a person has to say so"
    missing = Missing(why, f"/attest {check.id} …" if check.note else f"/attest {check.id}")
    if (before := earlier_tick(incident, stage_id, check.id)) is not None:
        why = f"{before.actor} said so before it was sent back or opened again: is it still so?"
        missing = Missing(why, f"/attest {check.id}")
    return _outcome(incident, stage_id, check, check.title, missing)


def _is_shown(incident: Incident, stage_id: str, check: Check) -> bool:
    """Whether the log says the same by itself, and nobody has sent that back since."""
    record = incident.of(Lifecycle).record(stage_id)
    episode = incident.whole.of(Episodes).present
    begun = incident.number(episode.begun.id) if episode else 0
    if not check.shown_by or (record is not None and record.judged_from > begun):
        return False
    shown = (rule(name) for name in check.shown_by)
    return all(known is not None and known.decide(incident) is None for known in shown)


def _outcome(
    incident: Incident, stage_id: str, check: Check, title: str, missing: Missing | None
) -> CheckResult:
    if missing is None:
        return CheckResult(check.id, title, check.kind, "passed", waivable=check.waivable)
    waiver = incident.of(Gates).waived.get((stage_id, check.id))
    if waiver is not None:
        why = str(getattr(waiver.event, "text", ""))
        return CheckResult(check.id, title, check.kind, "waived", why, waivable=True)
    return CheckResult(
        check.id, title, check.kind, "failing", missing.why, missing.mend, check.waivable
    )


def refusal(report: GateReport, what: str) -> Refused:
    """The refusal of a gate: each missing thing with what mends it."""
    return Refused(
        f"the gate of {what} is shut",
        [(f"{check.title}: {check.why}", check.mend) for check in report.failed],
    )


def _declared(incident: Incident, check_id: str) -> tuple[str, Check]:
    """The check of that id in the current gate, else in the closing gate."""
    stage = incident.of(Lifecycle).current.stage
    for where, checks in ((stage.id, stage.checks), (CLOSE, incident.playbook.closing)):
        for check in checks:
            if check.id == check_id:
                return where, check
    ahead = [record.stage for record in incident.of(Lifecycle).stages if record.state == "ahead"]
    for other in ahead:
        if any(check.id == check_id for check in other.checks):
            raise Refused(
                f"{check_id} belongs to {other.title}, and {stage.title} is not left yet",
                [(f"finish {stage.title} first", "/gate")],
            )
    known = [check.id for check in (*stage.checks, *incident.playbook.closing)]
    raise Refused(
        f"{stage.title} has no check {check_id!r}: {nearest(check_id, known)}",
        [("see the gate", "/gate")],
    )


@command(
    "/attest CHECK [NOTE]",
    doubted=True,
    help="tick a check that only a person can judge",
    example="/attest impact-reduced checkout works again for testers",
)
def attest(context: CommandContext, check: str, note: str = "") -> Planned:
    """A person says that it holds.

    `Refused` for a check that the log decides, that is ticked, or that lacks its reference.
    """
    where, declared = _declared(context.incident, check)
    if declared.kind != "attestation":
        raise Refused(
            f"{check} is not for a person to tick: the log decides it", [("see the gate", "/gate")]
        )
    if tick(context.incident, where, check) is not None:
        raise Refused(f"{check} is ticked already")
    if (before := earlier_tick(context.incident, where, check)) is not None:
        # What it rested on is not typed again where it is still true.
        note = note or str(getattr(before.event, "text", ""))
    if declared.note and not note:
        raise Refused(
            f"{check} needs the reference where it can be seen",
            [("name a commit, a run, a ticket or a link", f"/attest {check} …")],
        )
    return CheckAttested(stage=where, check=check, text=note)


@command(
    "/waive CHECK WHY",
    help="answer a check with not needed or unknown, with the reason",
    example="/waive mitigations.verified the provider fixed it on their side",
)
def waive(context: CommandContext, check: str, why: str) -> Planned:
    """The check no longer stands in the way; the reason is named in commit and postmortem.

    `Refused` where the playbook says that it cannot be.
    """
    where, declared = _declared(context.incident, check)
    if not declared.waivable:
        raise Refused(
            f"{check} cannot be waived in this playbook", [("see what it needs", "/gate")]
        )
    return CheckWaived(stage=where, check=check, text=why)


@completes("CHECK")
def _checks(incident: Incident) -> list[tuple[str, str]]:
    return [
        (check.id, check.title)
        for check in gate(incident).checks
        if check.kind == "attestation" or check.waivable
    ]


def next_line(incident: Incident) -> str:
    """The line that takes the present stage on: what its gate lacks first, else the step."""
    return next_step(incident, gate(incident)).mend
