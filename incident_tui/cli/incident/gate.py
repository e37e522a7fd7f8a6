"""`incident-tui gate`: what the current stage still asks for."""

from datetime import datetime

import click

from incident_tui.cli.frame.command import command, incident_argument, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import REFUSED
from incident_tui.cli.frame.lines import Tone, Toned
from incident_tui.cli.frame.output import print_json, print_lines
from incident_tui.domain.core.events import Incident
from incident_tui.domain.handover.attention import way_on
from incident_tui.domain.process.gates import GateReport, closes_next, next_gate
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.report import gate_data

_WORDS = {
    "failing": Toned("missing", Tone.BAD),
    "passed": Toned("done", Tone.GOOD),
    "waived": Toned("waived", Tone.WARNING),
}


@command("gate")
@incident_argument
@json_option
@click.pass_context
def entry(ctx: click.Context, invocation: Invocation, fragment: str | None, as_json: bool) -> None:
    """Show the gate of the current stage; exits with 3 while it does not pass."""
    session = invocation.session(fragment)
    report = next_gate(session.incident)
    if as_json:
        print_json(gate_data(report, session.incident))
    else:
        print_lines(gate_lines(session.incident, report, session.world.clock()))
    if not report.passes:
        ctx.exit(REFUSED)


def gate_lines(incident: Incident, report: GateReport, now: datetime) -> list[str]:
    """The gate to be read: failing checks first, each with what mends it, and what comes next."""
    stage = report.stage
    if incident.of(Lifecycle).closed:
        return ["The incident is closed; incident-tui deliver hands it on, /reopen opens it again"]
    of = f"Gate of {stage.title} (review: {stage.review})"
    head = "Before the close" if closes_next(incident) else of
    state = "passes" if report.passes else f"{len(report.failed)} missing"
    current = incident.of(Lifecycle).current
    if current.state == "review":
        state += ", waits for /approve or /send-back"
    lines: list[str] = [Toned(f"{head}: {state if report.checks else 'no check'}", Tone.HEAD)]
    lines += [Toned(f"  {current.sent_back_text}", Tone.BAD)] if current.sent_back_text else []
    for check in report.checks:
        word = _WORDS[check.state]
        lines.append(Toned(f"  {word:<8} {check.title} ({check.id})", word.tone))
        lines += [f"{'':11}{check.why}"] if check.why else []
        lines += [Toned(f"{'':11}{check.mend}", Tone.MEND)] if check.mend else []
    step = way_on(incident, report, now)
    return [*lines, f"next: {step.mend}  {step.why}"]
