"""`incident-tui export`: an incident as something to hand on."""

import click

from incident_tui.cli.frame.command import command, incident_argument
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.output import print_json, print_raw, tell
from incident_tui.cli.incident.show import commits
from incident_tui.service.exchange.export import FORMS, export


@command("export")
@incident_argument
@click.option(
    "--format", "form", type=click.Choice(list(FORMS)), default="md", help="What to print."
)
@click.option("--shared", "for_others", is_flag=True, help="Withhold need-to-know details.")
def entry(invocation: Invocation, fragment: str | None, form: str, for_others: bool) -> None:
    """Print an incident as Markdown, JSON, CSV or one page of HTML.

    Nothing is printed while an entry looks like it holds a secret.
    """
    from incident_tui.domain.confidential.sharing import holds_need_to_know

    session = invocation.session(fragment)
    exported = export(session, form, for_others=for_others)
    if isinstance(exported, str):
        print_raw(exported)
    else:
        # The subjects of commits quote the log.
        print_json(exported if for_others else exported | {"commits": commits(invocation, session)})
    if holds_need_to_know(session.incident):
        if for_others:
            tell("Need-to-know details were withheld. Its id and title were not: read them once.")
        else:
            tell("This holds need-to-know details; --shared withholds them.")
