"""Commits while somebody waits for them: what the command line does after a transition.

What a commit says is made in `recording`, how git is run in history; the console commits behind
its own back.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from incident_tui.history import (
    CommitOptions,
    GitHome,
    GitUnavailableError,
    NothingToCommit,
    Outcome,
    Pending,
    committing,
    last_position,
    open_or_create,
)
from incident_tui.service.incident import OpenIncident
from incident_tui.service.recording import Recorder
from incident_tui.store.errors import StoreError
from incident_tui.store.home import Home


def committer_for(room: OpenIncident, home: Home, env: Mapping[str, str]) -> Callable[[], Outcome]:
    """What commits the incident as far as its log goes, each time it is called.

    Trouble is an answer (`Pending`), never an exception; what stayed pending earlier belongs to
    the next commit. `env` is the whole environment git runs with. A home that is in no repository
    becomes one.
    """
    repositories: list[GitHome] = []

    def repository() -> GitHome:
        if not repositories:
            repositories.append(open_or_create(home.path, create=True, env=env))
        return repositories[0]

    def position(folder: Path) -> int | None:
        return last_position(repository(), folder)

    recorder = Recorder(room.file, room.playbook, position)

    def attempt() -> Outcome:
        git = home.config.git
        options = CommitOptions(hooks=git.hooks, sign=git.sign)
        request = recorder.request()
        if request is None:
            return NothingToCommit()
        perform = committing(repository, options=options)
        return recorder.keeping_track(perform)(request)

    def commit_now() -> Outcome:
        try:
            outcome = attempt()
        except GitUnavailableError as unavailable:
            outcome = Pending(unavailable.reason)
        except StoreError as error:
            outcome = Pending(str(error))
        except OSError as error:
            outcome = Pending(f"{room.folder} cannot be written ({error.strerror or error})")
        if isinstance(outcome, Pending):
            # Git or the repository may be another one at the next try, and so its history.
            repositories.clear()
            recorder.committed = None
        return outcome

    return commit_now
