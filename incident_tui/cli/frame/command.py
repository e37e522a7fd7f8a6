"""How commands are declared: options that all of them take, and failures told in one way."""

from collections.abc import Callable
from typing import Any

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure, UsageFailure, as_failures
from incident_tui.domain.values.text import clean_line

Function = Callable[..., None]


class Command(click.Command):
    """A command whose failures have the exit codes of this program."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with as_failures(as_json=bool(ctx.params.get("as_json"))):
                result = super().invoke(ctx)
        except click.exceptions.Exit as ended:
            if ended.exit_code:
                raise
            result = None
        if invocation_of(ctx).unacknowledged:
            ctx.exit(1)
        return result


class Group(click.Group):
    """A group of such commands."""

    command_class = Command

    def invoke(self, ctx: click.Context) -> Any:
        with as_failures(as_json=False):
            return super().invoke(ctx)


def invocation_of(ctx: click.Context) -> Invocation:
    """The session of this call. Raises `Failure` where the program was not started by its door."""
    invocation = ctx.find_object(Invocation)
    if invocation is None:
        raise Failure("the program was not started by its door. Start `incident-tui`.")
    return invocation


def _set_home(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        invocation_of(ctx).home_flag = value


def _set_me(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if not clean_line(value):
        raise UsageFailure("--as needs a name: who is typing?")
    invocation_of(ctx).me_flag = value


def everywhere(function: Function) -> Function:
    """The options that stand before or after the name of a command."""
    home = click.option(
        "--home", metavar="DIR", expose_value=False, callback=_set_home, is_eager=True,
        shell_complete=choices.folders, help="Where the incidents are.",
    )  # fmt: skip
    me = click.option(
        "--as", metavar="NAME", expose_value=False, callback=_set_me, is_eager=True,
        help="Who is typing.",
    )  # fmt: skip
    return home(me(function))


def command(name: str) -> Callable[[Function], Command]:
    """Declare a command; its function gets the `Session` first."""

    def declare(function: Function) -> Command:
        return click.command(name, cls=Command)(everywhere(click.pass_obj(function)))

    return declare


COLUMN_OPTION = "--time-column"
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
column_option = click.option(
    COLUMN_OPTION, "column", default="", metavar="TITLE", help="The column of times in tables."
)
incident_argument = click.argument(
    "fragment", metavar="[ID]", required=False, shell_complete=choices.incidents
)


def incident_option(text: str = "The incident that is meant.") -> Callable[[Function], Function]:
    """The option that names an incident, where words are an argument."""
    return click.option(
        "-i", "--incident", "fragment", metavar="ID",
        shell_complete=choices.incidents, help=text,
    )  # fmt: skip


def zone_option(text: str) -> Callable[[Function], Function]:
    """The option that names a time zone."""
    return click.option(
        "--zone", default="", metavar="ZONE", shell_complete=choices.zones, help=text
    )


def playbook_option(text: str, *names: str) -> Callable[[Function], Function]:
    """An option that names a playbook, `--playbook` unless other `names` are given."""
    return click.option(
        *(names or ("--playbook",)), default="", metavar="NAME",
        shell_complete=choices.playbooks, help=text,
    )  # fmt: skip
