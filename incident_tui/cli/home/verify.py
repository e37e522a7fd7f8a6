"""`incident-tui verify`: whether incidents are whole and their documents say what the log says."""

import click

from incident_tui.cli.frame.command import command, incident_argument, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.output import print_json, print_text


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
    verdicts = [verify(home, incident_id, env) for incident_id in ids]
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
        lines = []
        for verdict in verdicts:
            lines.append(f"{verdict.id}: {'all well' if verdict.well else 'something is wrong'}")
            for finding in verdict.findings:
                lines.append(f"  {finding.about}: {finding.text}")
                lines += [f"    {finding.mend}"] if finding.mend else []
        print_text("\n".join(lines) if lines else "There is no incident to check.")
    if not well:
        ctx.exit(1)
