"""`incident-tui declare`: a new incident."""

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command, playbook_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import UsageFailure
from incident_tui.cli.frame.output import print_text, tell
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.service import Declaration


@command("declare")
@click.argument("title", nargs=-1, required=True)
@click.option(
    "--severity",
    default="",
    metavar="LEVEL",
    shell_complete=choices.severities,
    help="A level of the playbook.",
)
@playbook_option("A playbook by name or file.")
@click.option("--at", default="", metavar="WHEN", help="When users first felt it: 14:02, -5m.")
@click.option("--drill", is_flag=True, help="An exercise, no real incident.")
@click.option("--protected", is_flag=True, help="For those only who need to know.")
def entry(
    invocation: Invocation,
    title: tuple[str, ...],
    severity: str,
    playbook: str,
    at: str,
    drill: bool,
    protected: bool,
) -> None:
    """Declare an incident and print its id.

    Only the title is needed: what do users feel?
    """
    declaration = Declaration(
        title=" ".join(title),
        severity=severity,
        playbook=playbook,
        at=at,
        drill=drill,
        protected=protected,
    )
    try:
        session = invocation.service.declare(declaration)
    except PlaybookError as error:
        raise UsageFailure(f"the playbook cannot be used:\n{error}") from error
    with invocation.acknowledging(lambda: f"declared as {session.id}", "Do not declare it again."):
        print_text(session.id)
    tell(f"Declared in {session.folder}.")
    stage = session.playbook.stages[0]
    tell(
        f"Next, {stage.title}: {stage.purpose}. `incident-tui gate` says what it asks for, "
        f'`incident-tui log "/role all {session.identity.actor}"` is a first line, '
        "`incident-tui` opens the console."
    )
    invocation.commit(session)
