"""The home: the folder that holds the incident folders, and what belongs to it.

What stands inside an incident file is `incident_file`'s; commits are history's.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from incident_tui.door import check_way, open_file
from incident_tui.store.config import DEFAULT_TEXT, MARKER, Config, load_config
from incident_tui.store.console.console import Console
from incident_tui.store.console.console_folder import ConsoleFolder
from incident_tui.store.console.machine_state import State
from incident_tui.store.console.side_file import Aside, aside_in
from incident_tui.store.files.atomic import fsync_folder, make_folders, replace_file
from incident_tui.store.files.errors import Ambiguous, NoSuchIncident, NotSaved, not_saved
from incident_tui.store.log.folder_names import (
    is_neutral,
    is_safe,
    name_for,
    neutral_name,
    newest_first,
)
from incident_tui.store.log.former_names import former_names, moved_to
from incident_tui.store.log.incident_file import WAIT, IncidentFile
from incident_tui.store.log.lock import lock_of

FOLDER = "incidents"
INCIDENT = "incident.json"
PLAYBOOK = "playbook.toml"
_HEAD = 4096
"""Bytes at the beginning of a log that hold its first entry."""
_DECLARED = re.compile(rb'"recorded_at"\s*:\s*"(\d{4}-\d{2}-\d{2})')
IN_THE_WAY = ("there is a file of that name", "Move it away, or use a home elsewhere.")


def find_home(
    *, flag: str | None, env: Mapping[str, str], cwd: Path, data_dir: Callable[[], Path]
) -> Path:
    """Where the incidents are; the folder need not exist yet.

    The first that applies: `flag` (--home), INCIDENT_TUI_HOME, an `incidents` folder made by
    `incident-tui init` between `cwd` and the top of its repository, `data_dir`.
    """
    named = flag or env.get("INCIDENT_TUI_HOME")
    if named:
        if named == "~" or named.startswith("~/"):
            named = env.get("HOME", "~") + named[1:]
        return cwd / named
    top = repository_top(cwd)
    if top is not None:
        for folder in (cwd, *cwd.parents):
            if (folder / FOLDER / MARKER).is_file():
                return folder / FOLDER
            if folder == top:
                break
    return data_dir()


def repository_top(folder: Path) -> Path | None:
    """The top of the git repository around `folder`; None when there is none."""
    # A worktree and a submodule have a file there.
    return next((at for at in (folder, *folder.parents) if (at / ".git").exists()), None)


def initialise(top: Path) -> "Home":
    """Make `top`/incidents a home, with a configuration of commented defaults.

    What is already there is kept. Raises `NotSaved`.
    """
    folder = top / FOLDER
    marker = folder / MARKER
    try:
        check_way(marker, top)
        if not folder.is_dir():
            make_folders(folder)
        if not os.path.lexists(marker):
            replace_file(marker, DEFAULT_TEXT.encode())
    except FileExistsError:
        raise NotSaved(folder, *IN_THE_WAY) from None
    except OSError as error:
        raise not_saved(marker, error) from error
    return Home(folder)


class Home:
    """A folder of incident folders; it is made with the first incident.

    `state_root` is the user's state folder for this program; with None nothing but incidents is
    kept: no drafts, no side files, no trust.
    """

    def __init__(self, path: Path, state_root: Path | None = None) -> None:
        self.path = path
        self.state = State(state_root, path)

    @cached_property
    def config(self) -> Config:
        """The home's settings. Raises `BadConfig`."""
        return load_config(self.path / MARKER)

    @property
    def playbooks(self) -> Path:
        """Where the home's own playbooks lie."""
        return self.path / "playbooks"

    def folders(self) -> list[Path]:
        """The incident folders, newest first."""
        try:
            found = [path for path in self.path.iterdir() if _has_log(path)]
        except OSError:
            return []
        # A merge may have put the folder back that an incident had before it was protected.
        left = {name for path in found for name in former_names(path)}
        found = [path for path in found if path.name not in left]
        return sorted(found, key=lambda path: newest_first(path.name, _day_of(path)), reverse=True)

    def folder(self, incident_id: str) -> Path:
        """The folder of an incident, which need not exist.

        Raises `NoSuchIncident` when the id cannot be the name of one.
        """
        if not is_safe(incident_id) and all(at.name != incident_id for at in self.folders()):
            raise NoSuchIncident(incident_id, [])
        folder = self.path / incident_id
        if os.path.lexists(folder):
            return folder
        return moved_to(folder) or folder

    def resolve(self, fragment: str) -> Path:
        """The one folder that has this name, or else has it as a part of its name.

        Raises `NoSuchIncident` and `Ambiguous`.
        """
        folders = self.folders()
        by_name = {path.name: path for path in folders}
        if fragment in by_name:
            return by_name[fragment]
        former = {name: path for path in folders for name in former_names(path)}
        by_name = {**former, **by_name}
        wanted = fragment.casefold().strip()
        matches = [name for name in by_name if wanted and wanted in name.casefold()]
        if len({by_name[name] for name in matches}) > 1 and fragment not in by_name:
            raise Ambiguous(fragment, matches)
        if not matches:
            raise NoSuchIncident(fragment, _nearest(wanted, by_name))
        return by_name[fragment if fragment in by_name else matches[0]]

    def new_id(self, day: date, title: str) -> str:
        """A free name for an incident, such as ``2026-11-20-checkout-5xx``."""
        return name_for(day, title, lambda name: os.path.lexists(self.path / name))

    def create_folder(self, day: date, title: str) -> Path:
        """Make the folder of a new incident; no two processes get the same. Raises `NotSaved`."""
        return self._create(lambda: self.new_id(day, title), 0o777)

    def create_neutral_folder(self, new_token: Callable[[], str]) -> Path:
        """Make the folder of a protected incident, closed to others. Raises `NotSaved`.

        Its name comes from random tokens and says nothing of the incident.
        """
        return self._create(lambda: neutral_name(new_token()), 0o700)

    def neutral_path(self, new_token: Callable[[], str]) -> Path:
        """A free path for the folder of an incident that is protected from now on."""
        while True:
            folder = self.path / neutral_name(new_token())
            if not os.path.lexists(folder):
                return folder

    def _create(self, new_name: Callable[[], str], mode: int) -> Path:
        while True:
            folder = self.path / new_name()
            try:
                if not self.path.is_dir():
                    make_folders(self.path)
                    self.state.found()
                folder.mkdir(mode)
                fsync_folder(str(self.path))
            except FileExistsError:
                if not self.path.is_dir():
                    raise NotSaved(self.path, *IN_THE_WAY) from None
            except OSError as error:
                raise not_saved(folder, error) from error
            else:
                return folder

    def file(self, incident_id: str, *, wait: float = WAIT) -> IncidentFile:
        """The incident file, with its lock outside of what git sees. See `folder` for errors."""
        path = self.folder(incident_id) / INCIDENT
        return IncidentFile(path, lock=lock_of(self.path, path.parent.name), wait=wait)

    def console(self, incident_id: str, actor: str) -> Console:
        """What a console of `actor` keeps beside an incident ("": one to be declared)."""
        return Console(self.state, incident_id, actor)

    def aside(self, incident_id: str) -> Aside:
        """The entries of an incident that could not be written, in whichever console."""
        return aside_in(ConsoleFolder(self.state, self.folder(incident_id).name))


def _has_log(folder: Path) -> bool:
    """Whether something stands in the place of a log; what it is, is told when it is read.

    A folder that we may not enter is none for us, and hides no other.
    """
    try:
        os.stat(folder / INCIDENT, follow_symlinks=False)
    except OSError:
        return False
    return True


def _day_of(folder: Path) -> str:
    """The day on which an incident was declared whose name does not tell it; else empty.

    It stands in the first entry of the log, which need not be sound for that.
    """
    if not is_neutral(folder.name):
        return ""
    try:
        with open(open_file(folder / INCIDENT, os.O_RDONLY, below=folder), "rb") as file:
            found = _DECLARED.search(file.read(_HEAD))
    except OSError:
        return ""
    return found[1].decode() if found else ""


def _nearest(wanted: str, names: Iterable[str]) -> list[str]:
    from difflib import SequenceMatcher

    def likeness(name: str) -> float:
        title = name[11:] if newest_first(name)[0] else name
        return max(SequenceMatcher(None, wanted, part).ratio() for part in (name, title))

    scored = sorted(((likeness(name), name) for name in names), reverse=True)
    # Equal dates make all names alike, so the best one sets the standard.
    enough = max(0.5, scored[0][0] - 0.2) if scored else 1
    return [name for score, name in scored if score >= enough][:3]
