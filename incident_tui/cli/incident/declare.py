"""`incident-tui declare`: a new incident."""

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import column_option, command, playbook_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import UsageFailure
from incident_tui.cli.frame.output import print_text, tell
from incident_tui.cli.incident.declare_from import declare_from
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.service import Declaration


@command("declare")
@click.argument("title", nargs=-1)
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
@click.option(
    "--from",
    "source",
    default="",
    metavar="FILE",
    shell_complete=choices.files,
    help="An alert, a chat or another text; - is standard input.",
)
@column_option
@click.option("--dry-run", is_flag=True, help="With --from: only say what would be recorded.")
@click.option("--protected", is_flag=True, help="For those only who need to know.")
def entry(
    invocation: Invocation,
    title: tuple[str, ...],
    severity: str,
    playbook: str,
    at: str,
    drill: bool,
    source: str,
    column: str,
    dry_run: bool,
    protected: bool,
) -> None:
    """Declare an incident and print its id.

    Only the title is needed: what do users feel? With --from the JSON of a webhook, a copied chat,
    a log or a mail is what it begins with. An alert is the signal that detected it, at its start,
    and says its scope; while that incident is active the same alert adds to it. Rows keep their
    times.
    """
    if not title and not source:
        raise UsageFailure("an incident needs a title: what do users feel? --from reads a text.")
    declaration = Declaration(
        title=" ".join(title),
        severity=severity,
        playbook=playbook,
        at=at,
        drill=drill,
        protected=protected,
    )
    try:
        if source:
            declare_from(invocation, source, declaration, column=column, dry_run=dry_run)
            return
        alike = invocation.service.going_on_as(declaration.title)
        session = invocation.service.declare(declaration)
    except PlaybookError as error:
        raise UsageFailure(f"the playbook cannot be used:\n{error}") from error
    with invocation.acknowledgement(
        lambda: f"declared as {session.id}", "Do not declare it again."
    ):
        print_text(session.id)
    tell(f"Declared in {session.folder}.")
    if alike:
        tell(
            f"{alike[0]} has the same title and is not closed. If this is the same incident: "
            f'`incident-tui log -i {session.id} "/close duplicate covered by {alike[0]}"`.'
        )
    stage = session.playbook.stages[0]
    tell(
        f"Next, {stage.title}: {stage.purpose}. `incident-tui gate` says what it asks for, "
        f'`incident-tui log "/role all {session.identity.actor}"` is a first line, '
        "`incident-tui` opens the console."
    )
    invocation.commit(session)
