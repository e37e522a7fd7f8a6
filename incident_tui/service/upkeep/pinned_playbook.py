"""The pinned playbook of an incident, without which its log cannot be read: put back where lost."""

from collections.abc import Iterator

import msgspec

from incident_tui.domain import discovery
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.door import check_file, read_file
from incident_tui.service.home_service import Service
from incident_tui.store import playbook_files
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.files.errors import NoSuchPlaybook, StoreError, Unreadable, not_saved
from incident_tui.store.home import PLAYBOOK


class Restored(msgspec.Struct, frozen=True):
    """Where a pinned playbook was put back from: a commit, or the playbook of that name here."""

    commit: str = ""
    name: str = ""

    @property
    def summary(self) -> str:
        """Whether it can be relied on."""
        if self.commit:
            return f"its playbook is back from git, commit {self.commit[:12]}"
        return (
            f"its playbook is that of the name {self.name!r} as it is here: git has none, so look "
            "whether its gates are those that the incident was run on"
        )


def restore_playbook(
    service: Service, incident_id: str, versions: Iterator[tuple[str, bytes]]
) -> Restored | None:
    """Put a playbook back that is lost, empty or damaged; None where it can be read as it is.

    `versions` are those of git, newest first. Durable on return. Raises `Unreadable` where neither
    git nor any playbook of its name can be used, and `NotSaved`.
    """
    path = service.home.folder(incident_id) / PLAYBOOK
    try:
        playbook_files.load(path, discovery.vocabulary, below=service.home.path)
    except PlaybookError as error:
        problem = error.problems[0]
    else:
        return None
    sound = (version for version in versions if _is_playbook(version[1]))
    commit, content = next(sound, ("", b""))
    name = ""
    if not commit:
        name, content = _of_its_name(service, incident_id)
    if not content:
        raise Unreadable(
            path,
            f"{problem}; git has no sound version, and there is no playbook of its name",
            "Copy the playbook there that the incident was declared under.",
        )
    try:
        check_file(path, service.home.path)
        replace_file(path, content)
    except OSError as error:
        raise not_saved(path, error) from error
    return Restored(commit, name)


def _is_playbook(content: bytes) -> bool:
    try:
        playbook_files.parse(content, PLAYBOOK, discovery.vocabulary)
    except PlaybookError:
        return False
    return True


def _of_its_name(service: Service, incident_id: str) -> tuple[str, bytes]:
    """The name of the playbook that the log was declared under, and what stands under it here."""
    try:
        entries = service.home.file(incident_id).read().entries
    except StoreError:
        return "", b""
    for entry in entries:
        if isinstance(entry.event, IncidentDeclared):
            name = entry.event.playbook
            try:
                path = playbook_files.find(name, service.home.path, cwd=playbook_files.BUILT_IN)
                content = read_file(path, below=path.parent)
            except (NoSuchPlaybook, OSError):
                return "", b""
            return (name, content) if _is_playbook(content) else ("", b"")
    return "", b""
