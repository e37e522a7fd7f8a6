"""The incidents of one home: declare, open, list, find."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from incident_tui.domain import discovery
from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.confidential.redactions import Redactions
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Entry, Incident, fold
from incident_tui.domain.impact.severity import SeverityChanged, level_named
from incident_tui.domain.people.identity import Identity
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.values.playbook import Playbook, PlaybookError
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import parse_past, zone_named
from incident_tui.door import read_file
from incident_tui.service.catalogue.logs import Logs, Progress, unheard
from incident_tui.service.catalogue.standings import active
from incident_tui.service.confidential.permissions import keep_private, make_private_to_owner
from incident_tui.service.runtime.world import World
from incident_tui.service.secrets.texts import without_secrets
from incident_tui.service.session.duplicates import DuplicateLinks
from incident_tui.service.session.incident_session import IncidentSession, _on_this_thread
from incident_tui.service.session.introduction import Introduction
from incident_tui.store import playbook_files
from incident_tui.store.config import default_zone
from incident_tui.store.console.console import Console
from incident_tui.store.console.side_file import Aside
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.files.errors import StoreError, not_saved
from incident_tui.store.home import PLAYBOOK, Home
from incident_tui.store.log.folder_names import is_named_for
from incident_tui.store.log.former_names import former_names
from incident_tui.store.log.incident_file import IncidentFile
from incident_tui.store.log.schema import SCHEMA, Meta
from incident_tui.store.user_settings import UserSettings

if TYPE_CHECKING:
    from incident_tui.domain.report import Data
    from incident_tui.service.catalogue.catalogue import Catalogue


class Declaration(msgspec.Struct, frozen=True):
    """What is said when an incident is declared. Only the title is needed."""

    title: str
    severity: str = ""
    playbook: str = ""
    at: str = ""
    drill: bool = False
    protected: bool = False
    zone: str = ""
    afterwards: bool = False
    """Whether it is recorded from what was kept elsewhere."""
    day: date | None = None
    """The day that its id begins with, where that is neither its start nor today."""


class Listed(msgspec.Struct, frozen=True):
    """An incident of the list; `problem` says why its file cannot be read, if so."""

    id: str
    summary: "Data | None"
    problem: str = ""

    @property
    def stage_title(self) -> str:
        """The title of the stage it is in; "-" where it is closed or cannot be read."""
        if self.summary is None or self.summary["status"] == "closed":
            return "-"
        at = self.summary["stage"]
        return next(str(one["title"]) for one in self.summary["stages"] if one["id"] == at)


class Service:
    """One home. `actor` is who types unless a line says otherwise.

    With `settings` that is only supposed, and what they say themselves is kept there.
    """

    def __init__(
        self,
        home: Home,
        world: World,
        actor: str,
        *,
        version: str,
        settings: UserSettings | None = None,
    ) -> None:
        self.home = home
        self.world = world
        self.introduction = Introduction(actor, settings, world.shown)
        self.version = version
        self._read: IncidentFile | None = None
        """The file read last: asking which incident is active and opening it read it once."""
        self._pinned: dict[bytes, Playbook] = {}
        """Playbooks by their content: thousands of incidents have a few, and parsing one takes
        longer than reading a log."""
        discovery.load()

    @property
    def actor(self) -> str:
        """Who types."""
        return self.introduction.name

    @property
    def home_text(self) -> str:
        """Where the home is, as people write it: with a tilde below their own folder."""
        return self.world.shown(self.home.path)

    @property
    def zone_name(self) -> str:
        """The zone of new incidents: the home's, else that of the machine."""
        return self.home.config.zone or default_zone(self.world.env, self.world.localtime)

    def playbook(self, name: str = "") -> tuple[Playbook, Path]:
        """A playbook by name or path (by default that of the home), and its file.

        Raises `NoSuchPlaybook` and `PlaybookError`.
        """
        path = playbook_files.find(
            name or self.home.config.playbook, self.home.path, cwd=self.world.cwd
        )
        own = self.home.path if path.is_relative_to(self.home.path) else None
        return playbook_files.load(path, discovery.vocabulary, below=own), path

    def severity_scale(self, name: str) -> tuple[str, ...]:
        """The levels of a playbook from the worst on; none where it is no longer there."""
        try:
            return tuple(level.id for level in self.playbook(name)[0].severities)
        except PlaybookError:
            return ()

    def declare(self, declaration: Declaration) -> IncidentSession:
        """Make the incident folder with its first entries; durable on return.

        Raises `Refused`, `WhenError`, `PlaybookError` and `StoreError`.
        """
        title = clean_line(declaration.title)
        if not title:
            raise Refused("an incident needs a title: what do users feel?")
        playbook, path = self.playbook(declaration.playbook)
        now = self.world.clock()
        zone_name = declaration.zone or self.zone_name
        zone = zone_named(zone_name)
        at = declaration.at.removeprefix("@")
        started = parse_past(at, now=now, zone=zone) if declaration.at else None
        level = level_named(playbook, declaration.severity) if declaration.severity else ""
        day = declaration.day or (started or now).astimezone(zone).date()
        if declaration.protected:
            folder = self.home.create_neutral_folder(self.world.new_id)
        else:
            # The name of the folder cannot be redacted later.
            folder = self.home.create_folder(day, without_secrets(title, ""))
        event = IncidentDeclared(
            incident=folder.name,
            title=title,
            playbook=playbook.id,
            zone=zone_name,
            drill=declaration.drill,
            protected=declaration.protected,
            started_at=started,
            afterwards=declaration.afterwards,
        )
        entries = [Entry(self.world.new_id(), 1, now, now, self.actor, event)]
        if level:
            changed = SeverityChanged(level=level)
            entries.append(Entry(self.world.new_id(), 2, now, now, self.actor, changed))
        try:
            if declaration.protected:
                folder.chmod(0o700)
            # Without it the log cannot be read, so it is durable before there is a log.
            replace_file(folder / PLAYBOOK, read_file(path, below=path.parent))
            if declaration.protected:
                make_private_to_owner(folder)
        except OSError as error:
            raise not_saved(folder / PLAYBOOK, error) from error
        self.home.file(folder.name).create(Meta(SCHEMA, folder.name, self.version), entries)
        return self.open(folder.name)

    def open(
        self,
        fragment: str,
        *,
        apply_on: Callable[[Callable[[], None]], None] = _on_this_thread,
    ) -> IncidentSession:
        """The incident of that id or unique part of one. Raises `StoreError`, `PlaybookError`."""
        folder = self.home.resolve(fragment)
        playbook = playbook_files.load(
            folder / PLAYBOOK, discovery.vocabulary, below=self.home.path
        )
        known, self._read = self._read, None
        file = self.home.file(folder.name)
        session = IncidentSession(
            known if known is not None and known.path == file.path else file,
            playbook,
            self.world,
            Identity(self.actor),
            self_review=self.home.config.self_review,
            introduction=self.introduction,
            duplicates=DuplicateLinks(self.home.logs, self.open),
            apply_on=apply_on,
        )
        if session.incident.of(Protection).protected:
            keep_private(folder)
            for name in former_names(folder):
                self.home.state.rename_incident(name, folder.name)
        if session.incident.of(Redactions).done:
            from incident_tui.service.git.commit_message import mend_documents

            mend_documents(session)
        return session

    def aside(self, incident_id: str) -> Aside:
        """The entries of an incident that its file could not take; see `spooler`."""
        return self.home.aside(incident_id)

    def console(self, incident_id: str = "") -> Console:
        """What a console keeps beside an incident, or beside one that is being declared."""
        return self.home.console(incident_id, self.actor)

    @property
    def _logs(self) -> Logs:
        return Logs(self.home, self._entries, lambda name: self.read(self.home.path / name))

    @cached_property
    def catalogue(self) -> "Catalogue":
        """What is known of every incident."""
        from incident_tui.service.catalogue.catalogue import Catalogue  # a line asks for none of it

        return Catalogue(self._logs)

    def listed(self, progress: Progress = unheard) -> list[Listed]:
        """Every incident, newest first; one that cannot be read says why and hides no other."""
        summaries, unread = self.catalogue.summaries(progress)
        ordered = self.catalogue.by_start(summaries, unread) if unread else summaries
        return [Listed(name, summaries.get(name), unread.get(name, "")) for name in ordered]

    def read_all(self) -> tuple[dict[str, Incident], dict[str, str]]:
        """The state of every incident by its id, from the logs; and why not of others.

        For what no index keeps: it takes as long as there are logs.
        """
        read: dict[str, Incident] = {}
        unread: dict[str, str] = {}
        for folder in self.home.folders():
            try:
                read[folder.name] = self.read(folder)
            except (StoreError, PlaybookError) as problem:
                unread[folder.name] = str(problem)
        return read, unread

    def read(self, folder: Path) -> Incident:
        """The state of the incident in a folder. Raises `StoreError` and `PlaybookError`."""
        path = folder / PLAYBOOK
        content = playbook_files.content_of(path, below=self.home.path)
        playbook = self._pinned.get(content)
        if playbook is None:
            playbook = playbook_files.parse(content, str(path), discovery.vocabulary)
            self._pinned[content] = playbook
        return fold(self.home.file(folder.name).read().entries, playbook)

    def active(self) -> list[str]:
        """Ids of the incidents that are not closed, newest first; unreadable ones are left out."""
        return active(self._logs)

    def going_on_as(self, title: str) -> list[str]:
        """Ids of the active incidents that are named for such a title, newest first."""
        return [name for name in self.active() if is_named_for(name, title)]

    def _entries(self, name: str) -> list[Entry]:
        file = self.home.file(name)
        entries = file.read().entries
        self._read = file
        return entries
