"""`incident-tui completion`: the script with which a shell completes the program's words."""

import sys

import click

from incident_tui.cli.frame.choices import VARIABLE
from incident_tui.cli.frame.command import command
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.output import print_raw, tell

FILES = {
    "bash": "~/.local/share/bash-completion/completions/incident-tui",
    "zsh": "~/.zfunc/_incident-tui",
    "fish": "~/.config/fish/completions/incident-tui.fish",
}
"""Shell -> the file from which it takes a completion; zsh where `fpath` has that folder."""


@command("completion")
@click.argument("shell", metavar="SHELL", type=click.Choice(list(FILES)))
@click.pass_context
def entry(ctx: click.Context, invocation: Invocation, shell: str) -> None:
    """Print the script by which bash, zsh or fish completes commands, options, ids and log lines.

    For this shell only: eval "$(incident-tui completion bash)", or incident-tui completion fish |
    source. For good, write what it prints into the file that it names.
    """
    from incident_tui.cli.frame.shells import SHELLS

    program = ctx.find_root()
    asked = SHELLS[shell](program.command, {}, program.info_name or "incident-tui", VARIABLE)
    print_raw(asked.source())
    if sys.stdout is not None and sys.stdout.isatty():
        tell(f"To have it for good: incident-tui completion {shell} > {FILES[shell]}")
