"""`incident-tui merge-log`: what git calls to merge the files of an incident; not for people.

`incident-tui init` tells git about it. See gitattributes(5).
"""

from pathlib import Path, PurePosixPath

import click

from incident_tui.cli.frame.command import command
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.output import tell
from incident_tui.store.home import INCIDENT


@command("merge-log")
@click.argument("base", metavar="%O")
@click.argument("ours", metavar="%A")
@click.argument("theirs", metavar="%B")
@click.argument("place", metavar="%P")
def entry(invocation: Invocation, base: str, ours: str, theirs: str, place: str) -> None:
    """Merge an incident's log, or a page made from it, as git's merge driver."""
    where = invocation.world.cwd
    if PurePosixPath(place).name == INCIDENT:
        _unite(where / base, where / ours, where / theirs, Path(place))
    else:
        _render(invocation, where / ours, where / theirs, PurePosixPath(place))


entry.hidden = True


def _unite(base: Path, ours: Path, theirs: Path, place: Path) -> None:
    """Put the united log in the place of our copy. `Failure` leaves git with a conflict."""
    from incident_tui.domain import discovery
    from incident_tui.service.upkeep.log_merge import Copy, read_copy, united
    from incident_tui.store.files.errors import StoreError

    discovery.load()

    def read(path: Path) -> Copy:
        return read_copy(path.read_bytes(), place)

    try:
        # Where both sides began the file there is no base, and git gives an empty one.
        bases = [read(base)] if base.stat().st_size else []
        ours.write_bytes(united(bases, read(ours), read(theirs), place))
    except StoreError as error:
        raise Failure(f"the two versions cannot be united: {error}") from error


def _render(invocation: Invocation, ours: Path, theirs: Path, place: PurePosixPath) -> None:
    """Make the page anew from both logs; where they cannot be had, one of the two stays.

    That is the one from which more was redacted. It is made anew with the next commit of the
    incident in any case.
    """
    from incident_tui.domain.core.typed_text import REMOVED
    from incident_tui.history import GitUnavailableError
    from incident_tui.service.upkeep.merged_pages import page_after_merge
    from incident_tui.store.files.errors import StoreError

    try:
        text = page_after_merge(invocation.world.cwd, invocation.world.env, place)
    except (GitUnavailableError, StoreError) as problem:
        tell(f"{place} is as it was; it is rendered anew with the next commit: {problem}")
        text = None
    if text is not None:
        ours.write_text(text, encoding="utf-8")
        return
    mark, other = REMOVED.encode(), theirs.read_bytes()
    if other.count(mark) > ours.read_bytes().count(mark):
        ours.write_bytes(other)
