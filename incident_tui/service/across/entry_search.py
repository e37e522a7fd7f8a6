"""Looking for entries in all incidents: by words, phrases and beginnings, within filters."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from incident_tui.domain.outline import Labels
from incident_tui.domain.values.search_query import Query, Term, parse_query
from incident_tui.domain.values.search_query.periods import beginning, ending
from incident_tui.domain.values.time_grammar import zone_named
from incident_tui.service.across.distinctive_words import distinctive_words
from incident_tui.service.catalogue.logs import Progress, unheard
from incident_tui.service.home_service import Service

if TYPE_CHECKING:
    from incident_tui.service.catalogue.searchable import Searchable
    from incident_tui.store.index.tables import Row
    from incident_tui.store.index.word_search import Sought

FEW = 5
"""Entries with all words; where there are fewer, incidents that fit in part are told, too."""
NEARBY = 10
"""How many of these."""
_COLUMNS = {"person": "actor", "kind": "kind"}
"""Filters that an entry answers, and by what of it."""
_OF_INCIDENTS = ("severity", "state", "tag", "service")


class Hit(msgspec.Struct, frozen=True):
    """An entry that holds all words; `text` is what the timeline shows for it."""

    incident: str
    title: str
    number: int
    id: str
    at: datetime
    kind: str
    actor: str
    text: str
    source: str
    retracted: bool


class SearchResult(msgspec.Struct, frozen=True):
    """The entries that fit best, how many there are in all, and what could not be looked into."""

    hits: tuple[Hit, ...]
    total: int
    unread: tuple[tuple[str, str], ...]
    nearby: tuple[Hit, ...] = ()
    """Where few entries hold all words: what of further incidents holds most of them, or of words
    that mean the same, those first that hold most of what tells them apart."""


def search(
    service: Service,
    words: Sequence[str],
    *,
    protected: bool = False,
    limit: int | None = None,
    progress: Progress = unheard,
) -> SearchResult:
    """The entries of all incidents that a query finds, the best first, at most `limit` of them.

    `words` are those of one query (see `domain/values/search_query`). Protected incidents,
    restricted entries, whatever quotes them, and legal conclusions are left out unless `protected`
    asks for them. Raises `WhenError` for a bound that is no time.
    """
    from incident_tui.store.index.word_search import Sought

    query = parse_query(" ".join(words))
    if not query:
        return SearchResult((), 0, ())
    since, until = bounds(service, query)
    searchable = service.catalogue.searchable(progress)
    meant = None
    if protected or any(name in query.filters for name in _OF_INCIDENTS):
        meant = {
            name: known for name, known in searchable.labels().items() if is_meant(known, query)
        }
    columns = [(_COLUMNS[name], query.filters[name]) for name in _COLUMNS if name in query.filters]
    sought = Sought(query.terms, columns, since, until, meant)
    withheld = [name for name, known in (meant or {}).items() if known.withheld and protected]
    matches, total = searchable.find(sought, limit, withheld)
    hits = tuple(
        _hit(searchable.outline(one.incident).title, one.incident, one.row) for one in matches
    )
    nearby: tuple[Hit, ...] = ()
    if total < FEW and query.terms:
        nearby = _nearby(searchable, sought, query.terms, {hit.incident for hit in hits})
    return SearchResult(hits, total, tuple(searchable.unread.items()), nearby)


def _nearby(
    searchable: "Searchable", sought: "Sought", terms: Sequence[Term], besides: Collection[str]
) -> tuple[Hit, ...]:
    """The entries of other incidents that hold most of the words, though none holds all of them."""
    distinctive = [term for term in terms if distinctive_words(term.text)] or list(terms)
    likely = searchable.find_likely(sought, distinctive)

    def place(name: str) -> tuple[float, float, str]:
        """Those with all words first, and of the others those that hold most of what tells."""
        held = len(likely[name].terms) / len(distinctive)
        return -float(held == 1), -likely[name].score * held, name

    return tuple(
        _hit(searchable.outline(name).title, name, row)
        for name in sorted(likely.keys() - set(besides), key=place)[:NEARBY]
        for row in sorted(likely[name].rows.values(), key=lambda row: row.number)
    )


def bounds(service: Service, query: Query) -> tuple[int | None, int | None]:
    """The first and the last second that a query asks for. Raises `WhenError`."""
    now, zone = service.world.clock(), zone_named(service.zone_name)
    since, until = query.bound("since"), query.bound("until")
    return (
        int(beginning(since, now=now, zone=zone).timestamp()) if since else None,
        int(ending(until, now=now, zone=zone).timestamp()) if until else None,
    )


def is_meant(known: Labels, query: Query) -> bool:
    """Whether an incident is one of those that the filters mean; of each any value may fit."""
    return (
        query.allows("severity", (known.severity,))
        and query.allows("state", (known.status,))
        and query.allows("tag", known.tags)
        and query.allows("service", known.services)
    )


def _hit(title: str, incident: str, row: "Row") -> Hit:
    return Hit(
        incident=incident,
        title=title,
        number=row.number,
        id=row.entry,
        at=datetime.fromtimestamp(row.at, UTC),
        kind=row.kind,
        actor=row.actor,
        text=row.text,
        source=row.source,
        retracted=bool(row.retracted),
    )
