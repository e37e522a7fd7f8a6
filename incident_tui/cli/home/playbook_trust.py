"""`incident-tui playbook trust`: let a playbook that was read run the commands of its checks."""

import sys
from pathlib import Path

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure, RefusedFailure, UsageFailure
from incident_tui.cli.frame.output import print_text, tell
from incident_tui.domain import discovery
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.values.playbook import Check, Playbook, PlaybookError
from incident_tui.door import read_file
from incident_tui.store import playbook_files
from incident_tui.store.files.toml_text import LARGEST

SHOWN = 12
"""Characters of the hash that are asked for."""


@command("trust")
@click.argument("file", shell_complete=choices.playbooks)
@click.option("--yes", "given", default="", metavar="HASH", help="The hash of what you have read.")
def trust_playbook(invocation: Invocation, file: str, given: str) -> None:
    """Show a playbook whole, and trust exactly this content to run the commands of its checks.

    FILE is a file or the name of a playbook.
    """
    import shlex

    from incident_tui.domain.process.runs import command_of
    from incident_tui.service.runtime.trust import hash_of, trust

    path = _path(invocation, file)
    try:
        content = read_file(path, below=path.parent, limit=LARGEST)
        playbook = playbook_files.parse(content, str(path), discovery.vocabulary)
    except OSError as error:
        raise UsageFailure(f"{path} cannot be read: {error.strerror or error}") from error
    except PlaybookError as error:
        raise UsageFailure(f"the playbook cannot be used:\n{error}") from error
    known = hash_of(content)
    print_text(content.decode())
    commands = [shlex.join(command_of(check)) for check in _commands(playbook)]
    if not commands:
        raise Failure(f"{path} runs no command: there is nothing to trust.")
    tell(f"{path} would run, as you:")
    for words in commands:
        tell(f"    {words}")
    tell(f"Its hash is {known}.")
    if not given and sys.stdin is not None and sys.stdin.isatty():
        given = click.prompt(f"Type the first {SHOWN} characters of the hash to trust it", err=True)
    given = given.strip().lower()
    if len(given) < SHOWN or not known.startswith(given):
        what = "that is not its hash" if given else "it is not trusted"
        again = f"incident-tui playbook trust {shlex.quote(file)} --yes {known[:SHOWN]}"
        reasons = [("trust it, once you have read it", again)]
        raise RefusedFailure(Refused(what, reasons), as_json=False)
    mark = trust(invocation.home, content)
    tell(f"Trusted on this machine, as it is now, byte for byte. Deleting {mark} takes it back.")


def _path(invocation: Invocation, file: str) -> Path:
    path = invocation.world.cwd / file
    if path.is_file():
        return path
    return playbook_files.find(file, invocation.home.path, cwd=invocation.world.cwd)


def _commands(playbook: Playbook) -> list[Check]:
    checks = [check for stage in playbook.stages for check in stage.checks]
    return [check for check in (*checks, *playbook.closing) if check.kind == "command"]
