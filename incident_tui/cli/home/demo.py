"""`incident-tui demo`: a worked example in a temporary home."""

import click

from incident_tui.cli.frame.command import command
from incident_tui.cli.frame.context import Invocation, where_it_stays
from incident_tui.cli.frame.output import print_text, tell


@command("demo")
@click.option("--no-console", is_flag=True, help="Only build it and print where it is.")
@click.pass_context
def entry(ctx: click.Context, invocation: Invocation, no_console: bool) -> None:
    """Open a worked, fictional incident in a home of its own."""
    if not no_console:
        invocation.need_terminal()
    service = invocation.make_demo()
    code = 0 if no_console else invocation.open_console(None, service)
    path = service.home.path
    with invocation.acknowledgement(
        lambda: f"the example is in {path}", "Remove it when you like."
    ):
        print_text(str(path))
    if no_console:
        tell(where_it_stays(service))
    ctx.exit(code)
