"""Homes for tests of the service: a clock set by hand, ids that count, no waiting on disks."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from incident_tui.domain.core.events import Entry
from incident_tui.domain.people.identity import Identity
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.values.playbook import Playbook
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.store.files.atomic import SYSTEM, System
from incident_tui.store.log.incident_file import IncidentFile
from incident_tui.store.log.schema import SCHEMA, Meta
from tests.support.incidents import DECLARED_AT
from tests.support.playbooks.engine import bakery
from tests.support.world import Clock, make_world

UNSYNCED = replace(SYSTEM, fsync=lambda descriptor: None)
INCIDENT = "2026-11-20-bread"


class Kitchen:
    """A home with one incident under the invented playbook, which any number may open."""

    def __init__(
        self,
        path: Path,
        *,
        zone: str = "UTC",
        under: Playbook | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.path = path
        self.clock = Clock(DECLARED_AT + timedelta(minutes=1))
        self.playbook = under or bakery()
        self.world = make_world(path, self.clock, env or {}, ids="id{:04}")
        declared = IncidentDeclared(
            incident=INCIDENT, title="No bread", playbook=self.playbook.id, zone=zone
        )
        (path / INCIDENT).mkdir()
        entry = Entry("id0000", 1, DECLARED_AT, DECLARED_AT, "ana", declared)
        self.file().create(Meta(SCHEMA, INCIDENT, "0.1.0"), [entry])

    @property
    def folder(self) -> Path:
        """The incident folder."""
        return self.path / INCIDENT

    def file(self, system: System = UNSYNCED) -> IncidentFile:
        """The incident file, as another process would open it."""
        return IncidentFile(
            self.folder / "incident.json", lock=self.path / ".locks" / "bread.lock", system=system
        )

    def open(
        self,
        actor: str = "ana",
        *,
        system: System = UNSYNCED,
        self_review: bool = False,
        apply_on: Callable[[Callable[[], None]], None] = lambda change: change(),
    ) -> IncidentSession:
        """The incident, opened by somebody."""
        return IncidentSession(
            self.file(system),
            self.playbook,
            self.world,
            Identity(actor),
            self_review=self_review,
            apply_on=apply_on,
        )
