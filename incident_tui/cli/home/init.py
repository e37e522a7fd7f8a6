"""`incident-tui init`: a home in the enclosing repository."""

import sys
from shlex import quote
from shutil import which

from incident_tui.cli.frame.command import command
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.output import print_text, tell
from incident_tui.store.config import MARKER
from incident_tui.store.home import FOLDER, initialise, repository_top


@command("init")
def entry(invocation: Invocation) -> None:
    """Make incidents/ in this repository the home of its incidents.

    It also tells this clone how two copies of an incident are merged; once in each clone.
    """
    top = repository_top(invocation.world.cwd)
    if top is None:
        raise Failure(
            f"{invocation.world.cwd} is in no git repository. Run `git init` first, "
            "or name a folder for the incidents with --home DIR.",
        )
    from incident_tui.history import GitUnavailableError, open_or_create
    from incident_tui.history.git.setup import ATTRIBUTES, set_up_merging

    known = (top / FOLDER / MARKER).exists()
    home = initialise(top)
    with invocation.acknowledging(lambda: f"the home is {home.path}", "It need not be made again."):
        print_text(str(home.path))
    changed = False
    try:
        repository = open_or_create(home.path, create=False, env=invocation.world.env)
        changed = set_up_merging(repository, home.path, _program(invocation))
    except GitUnavailableError as unavailable:
        tell(f"git was not told how to merge incidents: {unavailable.reason}. Then run this again.")
    if not known:
        tell(f"Incidents of this repository go there from now on. Settings: {home.path / MARKER}.")
    elif not changed:
        tell("It was a home already; nothing was changed.")
    if changed:
        tell(
            f"Commit {home.path / ATTRIBUTES}, and run `incident-tui init` in other clones: "
            "then copies of an incident are merged."
        )


def _program(invocation: Invocation) -> str:
    """How git starts this program: by its name where that is found, else by where it lies."""
    name = "incident-tui"
    if which(name, path=invocation.world.env.get("PATH", "")):
        return name
    return f"{quote(sys.executable)} -m incident_tui"
