"""The command `incident-tui`: which commands there are, and what it does without one."""

import sys
from importlib import import_module
from typing import Any

import click

from incident_tui import __version__
from incident_tui.cli.frame.choices import VARIABLE
from incident_tui.cli.frame.command import Group, everywhere, invocation_of
from incident_tui.cli.frame.context import Invocation, Outside
from incident_tui.cli.frame.output import ENVIRONMENT, let_go_of_output, tell

COMMANDS = {
    "declare": "incident.declare",
    "list": "incident.listing",
    "show": "incident.show",
    "log": "incident.log",
    "gate": "incident.gate",
    "changes": "exchange.changes",
    "actions": "incident.actions",
    "stats": "incident.stats",
    "standards": "incident.standards",
    "import": "exchange.import_timeline",
    "intake": "exchange.intake",
    "lint": "exchange.lint",
    "verify": "home.verify",
    "recover": "home.recover",
    "search": "incident.search",
    "similar": "incident.similar",
    "export": "exchange.export",
    "send": "exchange.send",
    "run": "incident.run",
    "purge": "home.purge",
    "deliver": "exchange.deliver",
    "playbook": "home.playbook",
    "init": "home.init",
    "doctor": "home.doctor",
    "completion": "home.completion",
    "merge-log": "exchange.merge_log",
    "demo": "home.demo",
    "serve": "exchange.serve",
}
"""Command -> its module, in the order of the help; loaded when the command is called."""


class Root(Group):
    """Loads a command when it is asked for."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run the program; where even click's own help or complaint cannot be written, fail."""
        outside = settings.get("obj")
        if isinstance(outside, Outside) and VARIABLE in outside.world.env:
            from incident_tui.cli.frame.shells import register

            register()
        try:
            return super().main(*arguments, **settings)
        except OSError as error:
            let_go_of_output()
            tell(f"incident-tui: the answer cannot be written: {error.strerror or error}.")
            sys.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        loaded = import_module(f"incident_tui.cli.{module}").entry
        assert isinstance(loaded, click.Command)
        return loaded

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: object,
    ) -> click.Context:
        # The options of the group are read while its context is made, so the session comes first.
        outside = extra.pop("obj", None)
        invocation = Invocation(outside) if isinstance(outside, Outside) else None
        context = super().make_context(info_name, args, parent, obj=invocation, **extra)
        if invocation is not None:
            context.meta[ENVIRONMENT] = invocation.world.env
        return context


@click.group(
    "incident-tui",
    cls=Root,
    invoke_without_command=True,
    epilog="Exit codes: 0 done; 1 failed; 2 usage or unreadable input; 3 refused by a gate or "
    "rule; 4 no such incident; 5 busy.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@everywhere
@click.pass_context
def root(ctx: click.Context) -> None:
    """Run an incident from the first alert to the last verified action item.

    Without a command it opens the console. Commands print data to standard output and messages
    to standard error.
    """
    if ctx.invoked_subcommand is not None:
        return
    invocation = invocation_of(ctx)
    invocation.need_terminal()
    active = invocation.service.active()
    ctx.exit(invocation.open_console(active[0] if len(active) == 1 else None))
