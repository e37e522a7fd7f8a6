"""The changes before the start of an incident, from every place that is known to tell of some.

Repositories are those that the home watches; where it watches none, the one around the home and
the one around the working folder.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from incident_tui.domain.findings.suspects import Candidate, start_of
from incident_tui.domain.findings.suspects.ranking import Ranked, ranked
from incident_tui.domain.values.text import clean_line
from incident_tui.history import GitUnavailableError, open_or_create
from incident_tui.history.changes import Landed, Tagged, landed, tagged
from incident_tui.service.runtime.world import World
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.service.suspects.feeds import candidates_of, fed_files
from incident_tui.store.home import Home, home_at, repository_top

WINDOW = timedelta(hours=24)
"""How long before the start is looked at, unless something else is asked for."""


class Unread(msgspec.Struct, frozen=True):
    """A place that could not be read, and why."""

    where: str
    why: str


class Changes(msgspec.Struct, frozen=True):
    """What changed between `since` and `start`, the likeliest first, and where was looked."""

    start: datetime
    since: datetime
    rows: tuple[Ranked, ...]
    places: tuple[str, ...]
    unread: tuple[Unread, ...]


def changes_before(
    session: IncidentSession,
    window: timedelta = WINDOW,
    *,
    long_lived: bool = False,
    on_place: Callable[[str], None] = lambda where: None,
) -> Changes:
    """The changes in the `window` before the start. `on_place` is told of each place before it.

    Raises `BadConfig`. What cannot be read is among the result and hides nothing else.
    """
    incident = session.incident
    start = start_of(incident) or session.world.clock()
    since = start - window
    candidates: list[Candidate] = []
    unread: list[Unread] = []
    places: list[str] = []
    for fed in fed_files(session):
        places.append(f"evidence/{fed.name}")
        try:
            candidates += candidates_of(session, fed)
        except OSError as error:
            unread.append(Unread(places[-1], error.strerror or str(error)))
    for path in repositories(home_at(session.folder.parent, session.world.env), session.world):
        shown = clean_line(session.world.shown(path))
        places.append(shown)
        on_place(shown)
        try:
            candidates += _of_repository(path, session, (since, start), long_lived=long_lived)
        except GitUnavailableError as unavailable:
            unread.append(Unread(shown, unavailable.reason))
    rows = tuple(
        ranked([each for each in candidates if since <= each.at <= start], incident, start)
    )
    return Changes(start, since, rows, tuple(places), tuple(unread))


def repositories(home: Home, world: World) -> list[Path]:
    """The folders whose repositories are looked into. Raises `BadConfig`."""
    if watched := home.config.watch:
        return list(dict.fromkeys(watched_at(each, home.path, world.env) for each in watched))
    around = [repository_top(folder) for folder in (home.path, world.cwd)]
    return list(dict.fromkeys(top for top in around if top is not None and top != home.path))


def watched_at(named: str, home: Path, env: Mapping[str, str]) -> Path:
    """The folder that the configuration names, seen from the home."""
    if named == "~" or named.startswith("~/"):
        named = env.get("HOME", "~") + named[1:]
    return Path(os.path.normpath(home / named))


def _of_repository(
    path: Path, session: IncidentSession, span: tuple[datetime, datetime], *, long_lived: bool
) -> Iterator[Candidate]:
    repository = open_or_create(path, create=False, env=session.world.env, long_lived=long_lived)
    name = clean_line(repository.top.name) or "repository"
    own = _own_folder(session.folder.parent, repository.top)
    try:
        for each in landed(repository, *span):
            if not (own and each.paths and all(path.startswith(own) for path in each.paths)):
                yield _commit(each, name)
        yield from (_tag(tag, name) for tag in tagged(repository, *span))
    finally:
        repository.rest()


def _own_folder(home: Path, top: Path) -> str:
    """Where the incidents lie in the repository: what only records them changed nothing."""
    real = home.resolve()
    return f"{real.relative_to(top).as_posix()}/" if top in real.parents else ""


def _commit(landed: Landed, name: str) -> Candidate:
    return Candidate(
        at=landed.at,
        kind="merge" if landed.parents > 1 else "commit",
        where=name,
        text=clean_line(landed.subject) or "(no subject)",
        source=f"{name}@{landed.sha}",
        who=clean_line(landed.author),
        sha=landed.sha,
        paths=tuple(clean_line(path) for path in landed.paths),
        more=landed.touched - len(landed.paths),
    )


def _tag(tagged: Tagged, name: str) -> Candidate:
    tag = clean_line(tagged.name)
    subject = clean_line(tagged.subject)
    return Candidate(
        at=tagged.at,
        kind="tag",
        where=name,
        text=f"{tag}: {subject}" if subject else tag,
        source=f"{name}@{tagged.sha} (tag {tag})",
        sha=tagged.sha,
    )
