"""`incident-tui verify`: whether incidents are whole and their documents say what the log says."""

import click

from incident_tui.cli.frame.command import command, incident_argument, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.lines import Tone, Toned
from incident_tui.cli.frame.output import print_json, print_lines
from incident_tui.cli.frame.progress import steps


@command("verify")
@incident_argument
@click.option("--all", "every", is_flag=True, help="Every incident of the home.")
@json_option
@click.pass_context
def entry(
    ctx: click.Context, invocation: Invocation, fragment: str | None, every: bool, as_json: bool
) -> None:
    """Check an incident: its log, its playbook, its documents, its evidence.

    Exits with 1 when something is wrong.
    """
    from incident_tui.service.session.spool_report import homeless
    from incident_tui.service.upkeep.verification import verify

    home, env = invocation.home, invocation.world.env
    if every and fragment:
        raise click.UsageError("either name an incident or take --all of them")
    if every:
        ids = [*(folder.name for folder in home.folders()), *homeless(home)]
    elif fragment in homeless(home):
        ids = [fragment]
    else:
        ids = [home.resolve(fragment or invocation.only_active()).name]
    verdicts = [verify(home, incident_id, env) for incident_id in steps(ids, "checking")]
    well = all(verdict.well for verdict in verdicts)
    if as_json:
        incidents = [
            {
                "id": verdict.id,
                "ok": verdict.well,
                "findings": [
                    {
                        "about": finding.about,
                        "text": finding.text,
                        "mend": finding.mend,
                        "wrong": finding.wrong,
                    }
                    for finding in verdict.findings
                ],
            }
            for verdict in verdicts
        ]
        print_json({"ok": well, "incidents": incidents})
    else:
        lines: list[str] = []
        for verdict in verdicts:
            text = "all well" if verdict.well else "something is wrong"
            tone = Tone.GOOD if verdict.well else Tone.BAD
            lines.append(Toned(f"{verdict.id}: {text}", tone))
            for finding in verdict.findings:
                lines.append(f"  {finding.about}: {finding.text}")
                lines += [Toned(f"    {finding.mend}", Tone.MEND)] if finding.mend else []
        print_lines(lines or ["There is no incident to check."])
    if not well:
        ctx.exit(1)
