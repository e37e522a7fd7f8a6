"""A folder that shows a home in a browser: a list, the numbers, a page for each incident.

It is written for a static host, so that whoever is let in there may read all of it: a protected
incident, and what else only some need to know, is in it only where the incident is named.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from incident_tui.documents.html.home_pages import (
    Figures,
    Listed,
    index_html,
    listed,
    numbers_html,
)
from incident_tui.documents.html.incident_page import incident_html
from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.confidential.shared_incident import holds_need_to_know, shared
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.outline import Outline, outline
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import zone_named
from incident_tui.service.across.numbers.counted import Counted
from incident_tui.service.across.numbers.tables import VIEWS, WHY, summary, tables
from incident_tui.service.exchange.export import SHARED_NOTE, concluded_in_law, nothing_held_back
from incident_tui.service.home_service import Service
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.files.errors import StoreError, not_saved
from incident_tui.store.log.folder_names import is_safe

MARKER = ".incident-tui-export"
"""The file by which such a folder is known; it names the pages that are ours to take away again."""
_PAGES = "incidents"
_DURATION = "time_of_impact"
_TEAM_ONLY = ("people",)
"""Numbers that are nobody's business but the team's."""


class LeftOut(msgspec.Struct, frozen=True):
    """An incident that is not in the folder, why, and the lines that mend it; none by rule."""

    id: str
    why: str
    mends: tuple[str, ...] = ()


class HomeCopy(msgspec.Struct, frozen=True):
    """What was written: the list's page, how many incidents it shows, and what is missing.

    `protected` are those that were left out because nobody named them.
    """

    index: Path
    shown: int
    protected: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def write_home(
    service: Service,
    folder: Path,
    *,
    named: Collection[str] = (),
    paced: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> HomeCopy:
    """Write the folder anew; pages of incidents that are not to be shown any more are removed.

    `named` are ids of protected incidents that are shown all the same; `paced` is told of each
    incident as it is read. Raises `Refused` where the folder holds something else, and `NotSaved`.
    """
    before = _prepared(folder)
    folders = service.home.folders()
    _check_named(named, folders)
    rows: list[Listed] = []
    outlines: list[Outline] = []
    protected: list[str] = []
    left_out: list[LeftOut] = []
    try:
        for place in paced(folders):
            try:
                readable = _readable(service, place, place.name in named)
            except Refused as refused:
                mends = tuple(mend for _, mend in refused.reasons if mend)
                left_out.append(LeftOut(place.name, refused.message, mends))
                continue
            except (StoreError, PlaybookError) as problem:
                left_out.append(LeftOut(place.name, str(problem)))
                continue
            if readable is None:
                protected.append(place.name)
                continue
            incident, note = readable
            row = msgspec.structs.replace(listed(incident), id=place.name)
            _write(folder / _PAGES / f"{place.name}.html", _page(service, incident, note))
            rows.append(row)
            outlines.append(outline(incident))
        shown = {row.id for row in rows}
        for name in before - shown:
            (folder / _PAGES / f"{name}.html").unlink(missing_ok=True)
        _mark(folder, shown)
        _write(folder / "numbers.html", _numbers(service, outlines))
        _write(folder / "index.html", index_html(rows))
    except OSError as error:
        raise not_saved(folder, error) from error
    return HomeCopy(folder / "index.html", len(rows), tuple(protected), tuple(left_out))


def _prepared(folder: Path) -> set[str]:
    """The folder, made where it is not there; the ids whose pages an earlier copy wrote into it."""
    for above in (folder, *folder.absolute().parents):
        if (above / "incident.json").exists():
            raise Refused(f"{folder} is inside of an incident's folder, which git commits whole")
    pages = folder / _PAGES
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise Refused(
            f"{folder} holds something else, which is left alone",
            [("name a folder that is empty, or not there yet", "incident-tui export --all DIR")],
        )
    if folder.is_symlink() or pages.is_symlink() or (folder / MARKER).is_symlink():
        raise Refused(f"{folder} is, or holds, a link to elsewhere, which is not followed")
    try:
        pages.mkdir(parents=True, exist_ok=True)
        before = _earlier(folder)
        _mark(folder, before)  # an interrupted copy is known as one as well
    except OSError as error:
        raise not_saved(folder, error) from error
    return before


def _earlier(folder: Path) -> set[str]:
    marker = folder / MARKER
    if not marker.is_file():
        return set()
    lines = marker.read_text(encoding="utf-8", errors="replace").splitlines()
    return {line for line in lines if is_safe(line)}


def _mark(folder: Path, names: Iterable[str]) -> None:
    _write(folder / MARKER, "".join(f"{name}\n" for name in sorted(names)))


def _check_named(named: Collection[str], folders: Sequence[Path]) -> None:
    known = {place.name for place in folders}
    for name in named:
        if name not in known:
            raise Refused(f"no incident is called {name}: name a protected one by its whole id")


def _readable(service: Service, place: Path, whole: bool) -> tuple[Incident, str] | None:
    """What may be shown of the incident, `whole` or shared, and what the reader has to know of it.

    None where nothing may. Raises what reading it raises, and `Refused` for what looks secret.
    """
    incident, note = service.read(place), ""
    if not whole and incident.of(Protection).protected:
        return None
    if not whole and holds_need_to_know(incident):
        incident, note = shared(incident), SHARED_NOTE
    nothing_held_back(place, incident)
    return incident, note


def _page(service: Service, incident: Incident, note: str) -> str:
    return incident_html(
        incident,
        service.world.clock(),
        legal=sorted(concluded_in_law(incident)),
        note=note,
        back="../index.html",
    )


def _numbers(service: Service, outlines: Sequence[Outline]) -> str:
    """The numbers of what the folder shows, so that they tell of nothing else."""
    real = [known for known in outlines if known.kind == "incident"]
    numbers = Counted(real, service.world.clock(), zone_named(service.zone_name))
    figures = [
        Figures(
            table.title,
            table.heads,
            [(line.cells, line.share) for line in table.lines],
            table.nothing,
            table.compared,
        )
        for view in VIEWS
        if view not in _TEAM_ONLY
        for table in tables(numbers, view, _DURATION)
    ]
    apart = len(outlines) - len(real)
    lead = summary(numbers)
    if apart:
        lead += f"; {counted(apart, 'drill or false alarm', 'drills and false alarms')} left out"
    return numbers_html(figures, lead, WHY)


def _write(path: Path, text: str) -> None:
    replace_file(path, text.encode("utf-8", errors="replace"), sync_folder=False)
