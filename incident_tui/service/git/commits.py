"""Committing an incident as far as its log goes, with trouble as an answer: for both doors.

What a commit says is made in `commit_message`, how git is run in history; on which thread, the
doors decide.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from incident_tui.domain.confidential.protection import Protection
from incident_tui.history import (
    CommitOptions,
    CommitRequest,
    Committed,
    GitHome,
    GitUnavailableError,
    NothingToCommit,
    Outcome,
    Pending,
    Reach,
    committing,
    last_position,
    open_or_create,
    reach_of,
)
from incident_tui.history.commits.own_repository import around, own_repository, withdraw
from incident_tui.service.confidential.permissions import hide_from_git
from incident_tui.service.git.commit_message import Recorder, person_called
from incident_tui.service.secrets.texts import HeldBack
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.store.files.errors import StoreError
from incident_tui.store.home import Home
from incident_tui.store.log.folder_names import is_neutral
from incident_tui.store.log.former_names import known_before
from incident_tui.store.log.incident_file import IncidentFile

_TRIES = 5


def committer_for(
    session: IncidentSession,
    home: Home,
    env: Mapping[str, str],
    perform: Callable[[CommitRequest], Outcome] | None = None,
    *,
    lasting: bool = False,
) -> Callable[[], Outcome]:
    """What commits the incident as far as its log goes, each time it is called.

    Trouble is an answer (`Pending`), never an exception; what stayed pending earlier belongs to
    the next commit. `env` is the whole environment git runs with. A home that is in no repository
    becomes one; a protected incident has one of its own, and is taken out of the home's. Where git
    knows nobody who commits, whoever types does. With
    `perform`, that commits in the place of git, from the start of the log. One that is `lasting`,
    the console's, reads the repository through GitPython.
    """
    repositories: dict[bool, GitHome] = {}
    known: dict[bool, Reach] = {}
    withdrawn = False

    def repository(own: bool) -> GitHome:
        if own not in repositories:
            repositories[own] = (
                own_repository(session.folder, env, lasting=lasting)
                if own
                else open_or_create(home.path, create=True, env=env, lasting=lasting)
            )
        return repositories[own]

    def rest() -> None:
        for asked in repositories.values():
            asked.rest()

    def forget() -> None:
        rest()
        repositories.clear()
        known.clear()

    def reach(folder: Path, own: bool) -> Reach:
        if perform:
            return known.get(own, Reach())
        found = reach_of(repository(own), folder, known.get(own))
        if found.position is None and own and (outer := around(folder, env)):
            # It was protected later.
            found = Reach(found.tip, last_position(outer, known_before(folder)))
        known[own] = found
        return found

    # A view of its own: what is read here must still be new to the console that shares the session.
    recorder = Recorder(home.file(session.id), session.playbook, reach)

    def one_commit(options: CommitOptions) -> Outcome:
        request = recorder.request()
        if request is None:
            return NothingToCommit()
        request = replace(request, person=person_called(session.identity.actor))
        own = recorder.protected
        commit = perform or committing(lambda: repository(own), options=options)
        outcome = commit(request)
        if isinstance(outcome, Committed):
            known[own] = Reach(outcome.sha, request.mark)
        elif isinstance(outcome, NothingToCommit):
            known[own] = Reach(request.parent or "", request.mark)
        return outcome

    def attempt() -> Outcome:
        nonlocal withdrawn
        git = home.config.git
        options = CommitOptions(hooks=git.hooks, sign=git.sign)
        if not perform and _renamed(session, recorder.file, home):
            forget()
        for _ in range(_TRIES):
            outcome = one_commit(options)
            # Another console may have committed the same transition, or somebody anything else.
            if not (isinstance(outcome, Pending) and outcome.outdated):
                break
        if (
            recorder.protected
            and not (perform or withdrawn)
            and (outer := around(session.folder, env))
        ):
            hide_from_git(outer, session.folder)
        if recorder.protected and not (perform or withdrawn or isinstance(outcome, Pending)):
            left = _withdrawn(session, env, options)
            withdrawn = left is None
            return left or outcome
        return outcome

    def commit_now() -> Outcome:
        try:
            outcome = attempt()
        except GitUnavailableError as unavailable:
            outcome = Pending(unavailable.reason)
        except HeldBack as held:
            outcome = Pending(str(held))
        except StoreError as error:
            outcome = Pending(str(error))
        except OSError as error:
            why = error.strerror or error
            outcome = Pending(f"the documents cannot be written ({why}) in {session.folder}")
        rest()
        if isinstance(outcome, Pending):
            # Git or the repository may be another one at the next try, and so its history.
            forget()
        return outcome

    return commit_now


def _renamed(session: IncidentSession, file: IncidentFile, home: Home) -> bool:
    """Give a protected incident a name that tells nothing; whether it has another than before.

    Raises `StoreError`.
    """
    before = file.path
    session.file.follow()
    if session.incident.of(Protection).protected and not is_neutral(session.id):
        session.file.move(home.neutral_path(session.world.new_id))
    file.follow()
    return file.path != before


def _withdrawn(
    session: IncidentSession, env: Mapping[str, str], options: CommitOptions
) -> Pending | None:
    """Take a protected incident out of the repository around the home, where it was before."""
    outer = around(session.folder, env)
    if outer is None:
        return None
    subject = "An incident is protected, and from here on in a repository of its own"
    now, person = session.world.clock(), person_called(session.identity.actor)
    return withdraw(outer, known_before(session.folder), subject, now, options, person)
