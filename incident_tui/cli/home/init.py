"""`incident-tui init`: a home in the enclosing repository."""

import os
import sys
from pathlib import Path
from shlex import quote
from shutil import which

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure, UsageFailure
from incident_tui.cli.frame.output import print_text, tell
from incident_tui.store.config import MARKER, add_watched
from incident_tui.store.home import FOLDER, initialise, repository_top


@command("init")
@click.option(
    "--watch", "watched", multiple=True, metavar="PATH", shell_complete=choices.folders,
    help="A repository in which `changes` looks for what changed; may be given again.",
)  # fmt: skip
def entry(invocation: Invocation, watched: tuple[str, ...]) -> None:
    """Make incidents/ in this repository the home of its incidents.

    It also tells this clone how two copies of an incident are merged; once in each clone.
    """
    for path in watched:
        if repository_top(invocation.world.cwd / path) is None:
            raise UsageFailure(f"{path} is in no git repository: nothing would be found there")
    top = repository_top(invocation.world.cwd)
    if top is None:
        raise Failure(
            f"{invocation.world.cwd} is in no git repository. Run `git init` first, "
            "or name a folder for the incidents with --home DIR.",
        )
    from incident_tui.history import GitUnavailableError, open_or_create
    from incident_tui.history.git.setup import ATTRIBUTES, set_up_merges

    known = (top / FOLDER / MARKER).exists()
    home = initialise(top)
    with invocation.acknowledgement(
        lambda: f"the home is {home.path}", "It need not be made again."
    ):
        print_text(str(home.path))
    changed = False
    try:
        repository = open_or_create(home.path, create=False, env=invocation.world.env)
        changed = set_up_merges(repository, home.path, _program(invocation))
    except GitUnavailableError as unavailable:
        tell(f"git was not told how to merge incidents: {unavailable.reason}. Then run this again.")
    if not known:
        tell(f"Incidents of this repository go there from now on. Settings: {home.path / MARKER}.")
    elif not changed:
        tell("It was a home already; nothing was changed.")
    for path in watched:
        folder = _seen_from(home.path, invocation.world.cwd, path)
        added = add_watched(home.path / MARKER, folder)
        tell(f"{folder} is {'watched from now on' if added else 'watched already'}.")
    if changed:
        tell(
            f"Commit {home.path / ATTRIBUTES}, and run `incident-tui init` in other clones: "
            "then copies of an incident are merged."
        )


def _seen_from(home: Path, cwd: Path, path: str) -> str:
    """A folder as the configuration names it: what was given from here, seen from the home.

    So it is found in another clone too, where the repositories lie beside each other.
    """
    if os.path.isabs(path) or path.startswith("~"):
        return path
    return os.path.relpath(cwd / path, home)


def _program(invocation: Invocation) -> str:
    """How git starts this program: by its name where that is found, else by where it lies."""
    name = "incident-tui"
    if which(name, path=invocation.world.env.get("PATH", "")):
        return name
    return f"{quote(sys.executable)} -m incident_tui"
