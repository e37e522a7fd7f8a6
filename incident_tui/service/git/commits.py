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
    last_position,
    lazy_commit,
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
    long_lived: bool = False,
) -> Callable[[], Outcome]:
    """What commits the incident as far as its log goes, each time it is called.

    Trouble is an answer (`Pending`), never an exception; what stayed pending earlier belongs to
    the next commit. `env` is the whole environment git runs with. A home that is in no repository
    becomes one; a protected incident has one of its own, and is taken out of the home's. Where git
    knows nobody who commits, whoever types does. With
    `perform`, that commits in the place of git, from the start of the log. One that is
    `long_lived`, the console's, reads the repository through GitPython.
    """
    return _IncidentCommits(session, home, env, perform, long_lived).commit


class _Histories:
    """Where an incident is committed, in the home's repository or in its own (`own`): how far each
    of them has its log. Without git, what was committed last is known, and nothing else.
    """

    def __init__(
        self,
        session: IncidentSession,
        home: Home,
        env: Mapping[str, str],
        *,
        with_git: bool,
        long_lived: bool,
    ) -> None:
        self._session = session
        self._home = home
        self._env = env
        self._with_git = with_git
        self._long_lived = long_lived
        self._repositories: dict[bool, GitHome] = {}
        self._known: dict[bool, Reach] = {}

    def repository(self, own: bool) -> GitHome:
        """The repository, made where there is none. Raises `GitUnavailableError`."""
        if own not in self._repositories:
            env, long_lived = self._env, self._long_lived
            self._repositories[own] = (
                own_repository(self._session.folder, env, long_lived=long_lived)
                if own
                else open_or_create(self._home.path, create=True, env=env, long_lived=long_lived)
            )
        return self._repositories[own]

    def reach(self, folder: Path, own: bool) -> Reach:
        """How far the log of the folder is committed. Raises `GitUnavailableError`."""
        if not self._with_git:
            return self._known.get(own, Reach())
        reach = reach_of(self.repository(own), folder, self._known.get(own))
        if reach.position is None and own and (outer := around(folder, self._env)):
            # It was protected later.
            reach = Reach(reach.tip, last_position(outer, known_before(folder)))
        self._known[own] = reach
        return reach

    def reached(self, own: bool, reach: Reach) -> None:
        """Take over how far the log is committed now."""
        self._known[own] = reach

    def rest(self) -> None:
        """Let go of the processes that answer until the next commit."""
        for asked in self._repositories.values():
            asked.rest()

    def forget(self) -> None:
        """Look at the repositories anew: they may be others by the next commit."""
        self.rest()
        self._repositories.clear()
        self._known.clear()


class _IncidentCommits:
    """Commits one incident; see `committer_for`."""

    def __init__(
        self,
        session: IncidentSession,
        home: Home,
        env: Mapping[str, str],
        perform: Callable[[CommitRequest], Outcome] | None,
        long_lived: bool,
    ) -> None:
        self._session = session
        self._home = home
        self._env = env
        self._perform = perform
        with_git = perform is None
        self._histories = _Histories(session, home, env, with_git=with_git, long_lived=long_lived)
        # A view of its own: what is read here must still be new to the console that shares the
        # session.
        file = home.file(session.id)
        self._recorder = Recorder(file, session.playbook, self._histories.reach)
        self._withdrawn = False

    def commit(self) -> Outcome:
        """Commit as far as the log goes; trouble is an answer."""
        outcome = self._answer(self._attempt)
        self._histories.rest()
        if isinstance(outcome, Pending):
            # Git or the repository may be another one at the next try, and so its history.
            self._histories.forget()
        return outcome

    def _answer(self, attempt: Callable[[], Outcome]) -> Outcome:
        """What an attempt gives, trouble as an answer; without git the documents are written."""
        try:
            return attempt()
        except GitUnavailableError as unavailable:
            reason = unavailable.reason
            return self._answer(lambda: self._without_git(reason))
        except HeldBack as held:
            return Pending(str(held))
        except StoreError as error:
            return Pending(str(error))
        except OSError as error:
            why, folder = error.strerror or error, self._session.folder
            return Pending(f"the documents cannot be written ({why}) in {folder}")

    def _without_git(self, reason: str) -> Outcome:
        self._recorder.write_documents()
        return Pending(reason)

    def _attempt(self) -> Outcome:
        git = self._home.config.git
        options = CommitOptions(hooks=git.hooks, sign=git.sign)
        if not self._perform:
            _rename(self._session, self._recorder.file, self._home)
        for _ in range(_TRIES):
            outcome = self._one_commit(options)
            # Another console may have committed the same transition, or somebody anything else.
            if not (isinstance(outcome, Pending) and outcome.outdated):
                break
        if self._recorder.protected and not (self._perform or self._withdrawn):
            return self._withdraw(outcome, options)
        return outcome

    def _one_commit(self, options: CommitOptions) -> Outcome:
        request = self._recorder.request()
        if request is None:
            return NothingToCommit()
        request = replace(request, person=person_called(self._session.identity.actor))
        own, histories = self._recorder.protected, self._histories
        commit = self._perform or lazy_commit(lambda: histories.repository(own), options=options)
        outcome = commit(request)
        if isinstance(outcome, Committed):
            histories.reached(own, Reach(outcome.sha, request.mark))
        elif isinstance(outcome, NothingToCommit):
            histories.reached(own, Reach(request.parent or "", request.mark))
        return outcome

    def _withdraw(self, outcome: Outcome, options: CommitOptions) -> Outcome:
        """Take a protected incident out of the repository around the home, once it is committed."""
        outer = around(self._session.folder, self._env)
        if outer is not None:
            hide_from_git(outer, self._session.folder)
        if isinstance(outcome, Pending):
            return outcome
        left = _withdrawn(self._session, outer, options) if outer is not None else None
        self._withdrawn = left is None
        return left or outcome


def _rename(session: IncidentSession, file: IncidentFile, home: Home) -> None:
    """Give a protected incident a name that tells nothing. Raises `StoreError`."""
    session.file.follow()
    if session.incident.of(Protection).protected and not is_neutral(session.id):
        session.file.move(home.neutral_path(session.world.new_id))
    file.follow()


def _withdrawn(session: IncidentSession, outer: GitHome, options: CommitOptions) -> Pending | None:
    """Take a protected incident out of the repository around the home, where it was before."""
    subject = "An incident is protected, and from here on in a repository of its own"
    now, person = session.world.clock(), person_called(session.identity.actor)
    return withdraw(outer, known_before(session.folder), subject, now, options, person)
