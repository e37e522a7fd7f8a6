"""An incident's log united with another copy of it that git cannot merge.

So it is where one clone protected the incident, which took its folder out of the repository around
it, while another went on. How two copies become one is `log_merge`'s.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from incident_tui.domain import discovery
from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.core.events import Incident
from incident_tui.history import GitUnavailableError
from incident_tui.history.commits.own_repository import around
from incident_tui.history.versions.file_versions import blob
from incident_tui.history.versions.other_places import branches
from incident_tui.service.confidential.log_copies import log_inside
from incident_tui.service.home_service import Service
from incident_tui.service.upkeep.log_merge import read_copy, united
from incident_tui.store.files.errors import StoreError, Unreadable
from incident_tui.store.home import INCIDENT
from incident_tui.store.log.line_storage import parse


class United(msgspec.Struct, frozen=True):
    """The log after that: how many entries it has, and how many of them are new to it."""

    id: str
    entries: int
    new: int


def unite(service: Service, incident_id: str, copy: bytes, name: Path) -> United:
    """Put what another copy of the log holds into the log; durable on return.

    It is done as in a merge, so what either redacted stays redacted. `name` names the copy in
    messages. Raises `StoreError`, where the copy is of another incident as well.
    """
    discovery.load()
    file = service.home.file(incident_id)
    other = read_copy(copy, name)
    before = len(file.read().entries)
    file.change(lambda data: parse(united([], read_copy(data, file.path), other, file.path)))
    service.open(incident_id)  # permissions, and pages without what the copy had redacted
    after = len(file.read().entries)
    return United(incident_id, after, after - before)


def copy_in_git(service: Service, incident_id: str, commit: str) -> bytes:
    """The log as a commit or branch of the repository around the home has it.

    Raises `Unreadable` where it has none.
    """
    folder = service.home.folder(incident_id)
    outer = around(folder, service.world.env)
    data = None
    try:
        data = blob(outer, commit, log_inside(outer, folder)) if outer else None
    except GitUnavailableError as unavailable:
        raise Unreadable(
            folder / INCIDENT, unavailable.reason, "Name a file in its place."
        ) from unavailable
    if data is None:
        raise Unreadable(
            folder / INCIDENT,
            f"{commit!r} is no file, and no commit around the home that holds it",
            "Name another copy of incident.json, or a branch that has it.",
        )
    return data


def going_on(incident: Incident, folder: Path, env: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Branches on which a protected incident goes on, with how many entries are only there."""
    if not incident.of(Protection).protected:
        return
    outer = around(folder, env)
    for branch in branches(outer) if outer else ():
        data = blob(outer, branch, log_inside(outer, folder)) if outer else None
        try:
            stored = read_copy(data, folder / INCIDENT).stored if data else {}
        except StoreError:
            continue
        if new := len(stored.keys() - incident.numbers.keys()):
            yield branch, new
