"""`incident-tui init`: a home in the enclosing repository."""

from incident_tui.cli.commands import command
from incident_tui.cli.failures import Failure
from incident_tui.cli.output import print_text, tell
from incident_tui.cli.session import Session
from incident_tui.store.config import MARKER
from incident_tui.store.home import FOLDER, initialise, repository_top


@command("init")
def entry(session: Session) -> None:
    """Make incidents/ in this repository the home of its incidents."""
    top = repository_top(session.world.cwd)
    if top is None:
        raise Failure(
            f"{session.world.cwd} is in no git repository. Run `git init` first, "
            "or name a folder for the incidents with --home DIR.",
        )
    known = (top / FOLDER / MARKER).exists()
    home = initialise(top)
    print_text(str(home.path))
    if known:
        tell("It was a home already; nothing was changed.")
    else:
        tell(f"Incidents of this repository go there from now on. Settings: {home.path / MARKER}.")
