"""`incident-tui gate`: what the current stage still asks for."""

import click

from incident_tui.cli.frame.command import command, incident_argument, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import REFUSED
from incident_tui.cli.frame.lines import Tone, Toned
from incident_tui.cli.frame.output import print_json, print_lines
from incident_tui.domain.process.gates import GateReport, gate
from incident_tui.domain.process.lifecycle import Lifecycle, StageRecord
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
    report = gate(session.incident)
    if as_json:
        print_json(gate_data(report, session.incident))
    else:
        print_lines(gate_lines(report, session.incident.of(Lifecycle).current))
    if not report.passes:
        ctx.exit(REFUSED)


def gate_lines(report: GateReport, current: StageRecord) -> list[str]:
    """The gate to be read: what sent it back, then failing checks with what mends them."""
    stage = report.stage
    if not report.checks:
        return [f"{stage.title} has no gate; leave it with /advance"]
    state = "passes" if report.passes else f"{len(report.failed)} missing"
    if current.state == "review":
        state += ", waits for /approve or /send-back"
    head = f"Gate of {stage.title} (review: {stage.review}): {state}"
    lines: list[str] = [Toned(head, Tone.HEAD)]
    lines += [Toned(f"  {current.sent_back_text}", Tone.BAD)] if current.sent_back_text else []
    for check in report.checks:
        word = _WORDS[check.state]
        lines.append(Toned(f"  {word:<8} {check.title} ({check.id})", word.tone))
        lines += [f"{'':11}{check.why}"] if check.why else []
        lines += [Toned(f"{'':11}{check.mend}", Tone.MEND)] if check.mend else []
    return lines
