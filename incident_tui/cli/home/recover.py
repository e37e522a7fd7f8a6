"""`incident-tui recover`: an incident whose file is damaged or gone can be read again."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.output import print_json, print_text, tell
from incident_tui.domain.values.text import counted
from incident_tui.door import read_file
from incident_tui.store.files.errors import NoSuchIncident
from incident_tui.store.home import INCIDENT, PLAYBOOK
from incident_tui.store.log.folder_names import is_safe

if TYPE_CHECKING:
    from incident_tui.service.upkeep.log_recovery import Recovered
    from incident_tui.service.upkeep.pinned_playbook import Restored


@command("recover")
@click.argument("fragment", metavar="ID", shell_complete=choices.incidents)
@click.option(
    "--with",
    "copy",
    metavar="COPY",
    shell_complete=choices.files,
    help="Unite a sound log with another copy: a file, or a branch that has it.",
)
@json_option
def entry(invocation: Invocation, fragment: str, copy: str | None, as_json: bool) -> None:
    """Rebuild an incident's log from git, from what can be read of it, and from what waits aside.

    The damaged file stays beside the new one. A sound log only takes what waits beside it. A
    playbook that is lost or empty comes back from git, else from the one of its name. With
    --with it takes what another copy holds, as in a merge: for a clone that went on with an
    incident which was protected here.
    """
    from incident_tui.service.upkeep.log_recovery import recover
    from incident_tui.service.upkeep.pinned_playbook import restore_playbook

    if copy is not None:
        _unite(invocation, invocation.home.resolve(fragment).name, copy, as_json)
        return
    incident_id = _named(invocation, fragment)
    done = recover(invocation.service, incident_id, _versions(invocation, incident_id))
    pinned = restore_playbook(
        invocation.service, incident_id, _versions(invocation, incident_id, PLAYBOOK)
    )
    what = [*_report(done, pinned)]
    with invocation.acknowledgement(lambda: "\n".join(what), "What was recovered is recovered."):
        if as_json:
            print_json(_data(done, pinned))
        else:
            print_text("\n".join(what))


def _unite(invocation: Invocation, incident_id: str, copy: str, as_json: bool) -> None:
    from incident_tui.service.upkeep.copy_union import copy_in_git, unite

    path = invocation.world.cwd / copy
    if path.is_dir():
        path = path / INCIDENT
    if path.is_file():
        try:
            data = read_file(path, below=path.parent)
        except OSError as error:
            raise Failure(f"{path} cannot be read: {error.strerror or error}") from error
    else:
        data = copy_in_git(invocation.service, incident_id, copy)
    done = unite(invocation.service, incident_id, data, path)

    def outcome() -> str:
        new = counted(done.new, "entry is", "entries are")
        return f"{done.id}: its log holds {done.entries} entries, {new} from {copy}"

    with invocation.acknowledgement(outcome, "What was united is united."):
        if as_json:
            print_json({"id": done.id, "entries": done.entries, "new": done.new})
        else:
            print_text(outcome())
    invocation.commit(invocation.session(incident_id))


def _data(done: "Recovered", pinned: "Restored | None") -> dict[str, object]:
    return {
        "playbook_from": (pinned.commit or pinned.name) if pinned else None,
        "id": done.id,
        "changed": done.changed,
        "entries": done.entries,
        "commit": done.commit or None,
        "from_git": done.from_git,
        "from_file": done.from_file,
        "from_aside": done.from_aside,
        "unread": list(done.unread),
        "damaged": str(done.damaged) if done.damaged else None,
    }


def _report(done: "Recovered", pinned: "Restored | None") -> Iterator[str]:
    entries = counted(done.entries, "entry", "entries")
    if pinned:
        yield f"{done.id}: {pinned.summary}"
    if not done.changed and pinned:
        return
    if not done.changed:
        yield f"{done.id}: nothing to recover, its log is sound ({entries})"
        return
    yield f"{done.id}: its log holds {entries} again"
    if done.commit:
        yield f"  {done.from_git} from git, commit {done.commit[:12]}"
    if done.from_file:
        yield f"  {done.from_file} that could still be read in the damaged file"
    if done.from_aside:
        yield f"  {done.from_aside} that waited in the side file"
    if done.unread:
        yield f"  not recovered, whatever it was: event {', '.join(done.unread)}"
    if done.damaged:
        yield f"The damaged file is {done.damaged}."
        yield f"Look it over: incident-tui verify {done.id}"


def _named(invocation: Invocation, fragment: str) -> str:
    """The incident that is meant, also one whose folder is gone."""
    try:
        return invocation.home.resolve(fragment).name
    except NoSuchIncident:
        folder = invocation.home.path / fragment
        if not is_safe(fragment):
            raise
        left = folder.is_dir() or invocation.service.aside(fragment).entries()
        if not left and not any(_versions(invocation, fragment)):
            raise
        return fragment


def _versions(
    invocation: Invocation, incident_id: str, name: str = INCIDENT
) -> Iterator[tuple[str, bytes]]:
    """What git has of a file of the incident, newest first; trouble is told and ends it."""
    from incident_tui.history import GitUnavailableError
    from incident_tui.history.commits.own_repository import repository_of
    from incident_tui.history.versions.file_versions import versions_of

    folder = invocation.home.path / incident_id
    try:
        repository = repository_of(folder, invocation.world.env, long_lived=True)
        inside = PurePosixPath((folder / name).resolve())
        yield from versions_of(repository, inside.relative_to(repository.top))
    except GitUnavailableError as unavailable:
        tell(f"git has nothing to offer: {unavailable.reason}")
