"""Copies of a log beside it that still hold what the log says is redacted, told by ids of entries.

The words themselves are not known any more. What is done while they are is `word_search`'s.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from shlex import quote

import msgspec

from incident_tui.domain.confidential.redactions import Redactions
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.stored_entries import encode
from incident_tui.domain.core.typed_text import REMOVED
from incident_tui.door import read_file
from incident_tui.history import GitHome, GitUnavailableError
from incident_tui.history.commits.own_repository import around, repository_of
from incident_tui.history.versions.other_places import stashed, worktrees
from incident_tui.service.confidential.salvage import documents, entry_in
from incident_tui.store.console.side_file import FILE as SIDE_FILE
from incident_tui.store.home import INCIDENT, Home
from incident_tui.store.log.former_names import former_names, known_before
from incident_tui.store.log.lock import FOLDER as IN_HOME

DAMAGED = f"{INCIDENT}.damaged-*"
_MARK = REMOVED.encode()


class Copy(msgspec.Struct, frozen=True):
    """Something that still holds redacted words: what it is `of`, what of them, what to do."""

    of: str
    text: str
    mend: str


class Unredacted:
    """Tells of the bytes of a copy which redacted entries it still has as they were."""

    def __init__(self, incident: Incident) -> None:
        self._incident = incident
        self._targets = set(incident.of(Redactions).done)
        self._known = {entry.id: entry for entry in incident.recorded}

    def __bool__(self) -> bool:
        return bool(self._targets)

    def numbers(self, data: bytes) -> list[int]:
        """The numbers of these entries; an entry that names one in a damaged part counts."""
        text = data.decode(errors="surrogateescape")
        ids: set[str] = set()
        at = 0
        for part in documents(text):
            entry = entry_in(part.document)
            if entry is not None:
                ids |= self._named_in(text[at : part.start])
                at = part.end
                if self._has_more(entry):
                    ids.add(entry.id)
        ids |= self._named_in(text[at:])
        return sorted(self._incident.number(name) for name in ids)

    def _named_in(self, text: str) -> set[str]:
        return {name for name in self._targets if name in text}

    def _has_more(self, entry: Entry) -> bool:
        """Whether words were taken out of the entry in the log that it has here."""
        known = self._known.get(entry.id)
        if known is None or known == entry:
            return False
        return encode(known).count(_MARK) > encode(entry).count(_MARK)


def held_copies(
    home: Home, incident: Incident, folder: Path, env: Mapping[str, str]
) -> Iterator[Copy]:
    """Every copy that still holds redacted words; nothing is changed, trouble is left out."""
    unredacted = Unredacted(incident)
    if not unredacted:
        return
    for path, below in _files(home, folder):
        try:
            numbers = unredacted.numbers(read_file(path, below=below))
        except FileNotFoundError:
            continue
        except OSError as error:
            why = error.strerror or error
            yield Copy(path.name, f"{path} may hold redacted words: {why}", removal(path))
            continue
        if numbers:
            yield Copy(path.name, f"{path} still holds {_words_of(numbers)}", removal(path))
    yield from in_git(incident, folder, env)


def in_git(incident: Incident, folder: Path, env: Mapping[str, str]) -> Iterator[Copy]:
    """Other worktrees and stashes of its repositories that hold redacted words."""
    unredacted = Unredacted(incident)
    for repository in histories(folder, env) if unredacted else ():
        inside = log_inside(repository, folder)
        for tree in worktrees(repository):
            try:
                data = read_file(tree.path / inside, below=tree.path)
            except OSError:
                continue
            if numbers := unredacted.numbers(data):
                yield Copy(
                    "worktree",
                    f"the worktree {tree.path} still holds {_words_of(numbers)}",
                    f"Bring it up to date (git -C {quote(str(tree.path))} merge …), or take it "
                    f"away: git worktree remove {quote(str(tree.path))}",
                )
        held: dict[str, set[int]] = {}
        for name, data in stashed(repository, inside):
            held.setdefault(name, set()).update(unredacted.numbers(data))
        for name, left in held.items():
            if left:
                yield Copy(
                    "stash",
                    f"{name} of {repository.top} still holds {_words_of(sorted(left))}",
                    f"Take over what you need of it, then: git -C {quote(str(repository.top))} "
                    f"stash drop {quote(name)}",
                )


def histories(folder: Path, env: Mapping[str, str]) -> list[GitHome]:
    """The repository around an incident and that of its own, as far as there are any."""
    outer = around(folder, env)
    repositories = [outer] if outer else []
    if (folder / ".git").is_dir():
        try:
            repositories.append(repository_of(folder, env))
        except GitUnavailableError:
            return repositories
    return repositories


def removal(path: Path) -> str:
    """What takes a file away for good."""
    return f"Take over what you need of it, then: rm {quote(str(path))}"


def in_old_place(home: Path, incident_id: str) -> list[Path]:
    """Drafts and side files that older versions kept in the home."""
    place = home / IN_HOME
    return [place / "aside" / f"{incident_id}.jsonl", place / "drafts" / f"{incident_id}.json"]


def _files(home: Home, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Files with entries, each with the folder that it is looked for below."""
    yield from ((path, folder) for path in sorted(folder.glob(DAMAGED)))
    for name in (folder.name, *former_names(folder)):
        yield from ((console / SIDE_FILE, console) for console in home.state.consoles(name))
        yield in_old_place(home.path, name)[0], home.path


def known_as(repository: GitHome, folder: Path) -> Path:
    """The path by which a repository knows the folder: one around it, the one before it was
    protected.
    """
    real = folder.resolve()
    return real if repository.top == real else known_before(real)


def log_inside(repository: GitHome, folder: Path) -> PurePosixPath:
    """The path of the incident's log in a repository."""
    there = known_as(repository, folder)
    where = there.relative_to(repository.top) if there.is_relative_to(repository.top) else Path()
    return PurePosixPath(where) / INCIDENT


def _words_of(numbers: list[int]) -> str:
    named = ", ".join(f"#{number}" for number in numbers)
    return f"the words of {named}, redacted since"
