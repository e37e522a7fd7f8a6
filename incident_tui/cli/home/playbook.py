"""`incident-tui playbook`: list, show, check and copy the processes that incidents run on."""

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import (
    Group,
    command,
    everywhere,
    json_option,
    playbook_option,
)
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import USAGE, UsageFailure
from incident_tui.cli.frame.lines import Tone, Toned, columns
from incident_tui.cli.frame.output import print_json, print_lines, print_text, tell
from incident_tui.cli.home.playbook_page import playbook_page
from incident_tui.cli.home.playbook_trust import trust_playbook
from incident_tui.domain import discovery
from incident_tui.domain.report import playbook_data
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.domain.values.text import counted
from incident_tui.store import playbook_files


@click.group("playbook", cls=Group)
@everywhere
def entry() -> None:
    """List, show, check and copy the processes that incidents run on."""


@command("list")
@json_option
def list_all(invocation: Invocation, as_json: bool) -> None:
    """List the playbooks: built in, and the home's own."""
    available = playbook_files.available(invocation.home.path)
    if as_json:
        print_json(
            [
                {
                    "id": each.id,
                    "title": each.title,
                    "origin": each.origin,
                    "path": str(each.path),
                    "problem": each.problem or None,
                }
                for each in available
            ]
        )
        return
    print_lines(
        columns(
            (
                (e.id, e.origin, Toned(e.problem, Tone.BAD) if e.problem else e.title)
                for e in available
            ),
            head=("playbook", "from", "title"),
        )
    )


@command("show")
@click.argument("name", shell_complete=choices.playbooks)
@json_option
def show(invocation: Invocation, name: str, as_json: bool) -> None:
    """Show a playbook, by its name or its file."""
    path = playbook_files.find(name, invocation.home.path, cwd=invocation.world.cwd)
    try:
        playbook = playbook_files.load(path, discovery.vocabulary)
    except PlaybookError as error:
        raise UsageFailure(f"the playbook cannot be used:\n{error}") from error
    if as_json:
        print_json(playbook_data(playbook))
    else:
        print_lines(playbook_page(playbook))


@command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", shell_complete=choices.playbooks)
@click.pass_context
def check(ctx: click.Context, invocation: Invocation, files: tuple[str, ...]) -> None:
    """Check playbooks; prints every problem with its place, and exits with 2 when there is one."""
    problems: list[str] = []
    for name in files:
        path = invocation.world.cwd / name
        if not path.is_file():
            path = playbook_files.find(name, invocation.home.path, cwd=invocation.world.cwd)
        try:
            playbook_files.load(path, discovery.vocabulary)
        except PlaybookError as error:
            problems += [f"{name}: {problem}" for problem in error.problems]
    if not problems:
        tell(f"{counted(len(files), 'playbook')}: all well")
        return
    print_text("\n".join(problems))
    tell(f"{counted(len(problems), 'problem')}. Mend them; until then no incident can start on it.")
    ctx.exit(USAGE)


@command("new")
@click.argument("name")
@playbook_option("The playbook to start from.", "--from", "origin")
def new(invocation: Invocation, name: str, origin: str) -> None:
    """Copy a playbook into the home, to be changed there."""
    from incident_tui.service.exchange.playbook_copies import copy_playbook

    start = origin or invocation.home.config.playbook
    path = playbook_files.find(start, invocation.home.path, cwd=invocation.world.cwd)
    try:
        made = copy_playbook(path, name, invocation.home)
    except PlaybookError as error:
        raise UsageFailure(f"the playbook cannot be used:\n{error}") from error
    with invocation.acknowledgement(lambda: f"{made} was made", "It is there, to be changed."):
        print_text(str(made))
    tell(
        f"Change it as you like, then `incident-tui playbook check {name}`; "
        f"`incident-tui declare --playbook {name}` starts an incident on it."
    )


for part in (list_all, show, check, new, trust_playbook):
    entry.add_command(part)
