"""The home: the folder that holds the incident folders, and what belongs to it.

What stands inside an incident file is `incident_file`'s; commits are history's.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from incident_tui.domain.values.patterns import later
from incident_tui.door import check_way, open_file
from incident_tui.store.config import DEFAULT_TEXT, MARKER, Config, load_config
from incident_tui.store.console.console import Console
from incident_tui.store.console.console_folder import ConsoleFolder
from incident_tui.store.console.machine_state import State, identity_of
from incident_tui.store.console.side_file import Aside, aside_in
from incident_tui.store.files.atomic import fsync_folder, make_folders, replace_file
from incident_tui.store.files.errors import Ambiguous, NoSuchIncident, NotSaved, not_saved
from incident_tui.store.files.user_folders import cache_root, state_root
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
_DATED = later(r"\d{4}-\d\d-\d\d-((.+?)(?:-\d+)?)")
"""The name of a folder: what is behind the day, and that without the number of a further one."""
_HEAD = 4096
"""Bytes at the beginning of a log that hold its first entry."""
_DECLARED = re.compile(rb'"recorded_at"\s*:\s*"(\d{4}-\d{2}-\d{2})')
if TYPE_CHECKING:
    from incident_tui.store.index.index_file import IndexFile

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
            if os.path.isfile(folder / FOLDER / MARKER):
                return folder / FOLDER
            if folder == top:
                break
    return data_dir()


def home_at(path: Path, env: Mapping[str, str]) -> "Home":
    """The home at `path`, with the folders for state and cache that the environment names."""
    return Home(path, state_root(env), cache_root(env))


def repository_top(folder: Path) -> Path | None:
    """The top of the git repository around `folder`; None when there is none."""
    # A worktree and a submodule have a file there; where nobody may look (`os.path` says no, `Path`
    # raises) is none of ours.
    return next((at for at in (folder, *folder.parents) if os.path.exists(at / ".git")), None)


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
    kept: no drafts, no side files, no trust. `cache_root` is the user's cache folder for it; with
    None there is no index.
    """

    def __init__(
        self, path: Path, state_root: Path | None = None, cache_root: Path | None = None
    ) -> None:
        self.path = path
        self.state = State(state_root, path)
        self._cache_root = cache_root

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
        return [self.path / name for name in self.in_order(self.logs())]

    def logs(self) -> dict[str, os.stat_result]:
        """What `stat` says of each log, by the name of its folder, in no order.

        Something else may stand in its place; what it is, is told when it is read. A folder that
        we may not enter is none for us, and hides no other.
        """
        # There may be thousands: what a path object costs for each is longer than the rest.
        home, logs_by_name = str(self.path), {}
        for name in self._names():
            try:
                logs_by_name[name] = os.lstat(f"{home}/{name}/{INCIDENT}")
            except OSError:
                continue
        # A merge may have put the folder back that an incident had before it was protected.
        for name in [name for name in logs_by_name if is_neutral(name)]:
            for left in former_names(self.path / name):
                logs_by_name.pop(left, None)
        return logs_by_name

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Names of incident folders, newest first."""
        return sorted(names, key=lambda name: newest_first(name, self._day_of(name)), reverse=True)

    def _names(self) -> list[str]:
        try:
            return os.listdir(self.path)
        except OSError:
            return []

    def index(self, edition: str) -> "IndexFile | None":
        """What is kept of all logs in the cache; None where there is no place for it.

        `edition` names what reads and writes it.
        """
        folder = self.index_folder
        if folder is None or self._cache_root is None:
            return None
        from incident_tui.store.index.index_file import IndexFile

        return IndexFile(self._cache_root, folder, edition)

    @property
    def index_folder(self) -> Path | None:
        """Where what is kept of all logs lies, if there is any; None where there is no place."""
        if self._cache_root is None:
            return None
        identity = identity_of(self.path)
        return self._cache_root / "homes" / identity.key if identity is not None else None

    def folder(self, incident_id: str) -> Path:
        """The folder of an incident, which need not exist.

        Raises `NoSuchIncident` when the id cannot be the name of one.
        """
        if not is_safe(incident_id) and incident_id not in self.logs():
            raise NoSuchIncident(incident_id, [])
        folder = self.path / incident_id
        if os.path.lexists(folder):
            return folder
        return moved_to(folder) or folder

    def resolve(self, fragment: str) -> Path:
        """The one folder of this name, whole or behind its day, or else with it as a part.

        Raises `NoSuchIncident` and `Ambiguous`.
        """
        names = self._names()
        former = {
            former: name
            for name in names
            if is_neutral(name) and self._has_log(name)
            for former in former_names(self.path / name)
        }
        # The whole name is what scripts give, and asks nothing of thousands of others.
        if fragment in names and fragment not in former and self._has_log(fragment):
            return self.path / fragment
        wanted = fragment.casefold().strip()
        # Only what may be meant is looked at: there may be thousands of others.
        alike = [name for name in names if wanted and wanted in name.casefold()]
        matches = {name: name for name in alike if name not in former and self._has_log(name)}
        matches |= {
            name: now for name, now in former.items() if wanted and wanted in name.casefold()
        }
        if len(set(matches.values())) > 1 and fragment not in matches:
            titled = [name for name in matches if _is_titled(name, wanted)]
            if len(titled) == 1 and titled[0].casefold().endswith(f"-{wanted}"):
                return self.path / matches[titled[0]]
            raise Ambiguous(fragment, self.in_order(matches))
        if not matches:
            raise NoSuchIncident(fragment, _nearest(wanted, [*self.logs(), *former]))
        return self.path / matches[fragment if fragment in matches else next(iter(matches))]

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

    def _day_of(self, name: str) -> str:
        """The day on which an incident was declared whose name does not tell it; else empty.

        It stands in the first entry of the log, which need not be sound for that.
        """
        if not is_neutral(name):
            return ""
        folder = self.path / name
        try:
            with open(open_file(folder / INCIDENT, os.O_RDONLY, below=folder), "rb") as file:
                match = _DECLARED.search(file.read(_HEAD))
        except OSError:
            return ""
        return match[1].decode() if match else ""

    def _has_log(self, name: str) -> bool:
        return os.path.lexists(f"{self.path}/{name}/{INCIDENT}")

    def _create(self, new_name: Callable[[], str], mode: int) -> Path:
        while True:
            folder = self.path / new_name()
            try:
                if not self.path.is_dir():
                    make_folders(self.path)
                    self.state.adopt_home()
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
        """The incident file, with its lock outside of what git sees. See `folder` for errors.

        `wait` is for how many seconds its lock is waited for.
        """
        path = self.folder(incident_id) / INCIDENT
        return IncidentFile(path, lock=lock_of(self.path, path.parent.name), wait=wait)

    def console(self, incident_id: str, actor: str) -> Console:
        """What a console of `actor` keeps beside an incident ("": one to be declared)."""
        return Console(self.state, incident_id, actor)

    def aside(self, incident_id: str) -> Aside:
        """The entries of an incident that could not be written, in whichever console.

        See `folder` for errors.
        """
        return aside_in(ConsoleFolder(self.state, self.folder(incident_id).name))


def _is_titled(name: str, wanted: str) -> bool:
    """Whether a folder has this title behind its day, or is a further one of that title."""
    dated = _DATED.fullmatch(name.casefold())
    return dated is not None and wanted in (dated[1], dated[2])


def _nearest(wanted: str, names: Iterable[str]) -> list[str]:
    from difflib import SequenceMatcher

    def likeness(name: str) -> float:
        title = name[11:] if newest_first(name)[0] else name
        return max(SequenceMatcher(None, wanted, part).ratio() for part in (name, title))

    scored = sorted(((likeness(name), name) for name in names), reverse=True)
    # Equal dates make all names alike, so the best one sets the standard.
    enough = max(0.5, scored[0][0] - 0.2) if scored else 1
    return [name for score, name in scored if score >= enough][:3]
