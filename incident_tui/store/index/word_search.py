"""Words looked for in an index: the statement for what is sought, and what it finds.

What a query means is said in `domain/values/search_query`.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from math import log

import msgspec

from incident_tui.domain.values.search_query import Term
from incident_tui.store.index.tables import Row

RANKED = 20_000
"""Entries that are ranked. Of words that stand in more, the newest are: ranking half a million
takes seconds, and words that are everywhere tell nothing apart."""

SATURATION, NORMALISATION = 1.2, 0.75
"""BM25 (Robertson and Zaragoza, 2009), with its usual values: that a word is said again and again
tells ever less, and in a long log less than in a short one."""


class Sought(msgspec.Struct, frozen=True):
    """What is looked for. Times are in seconds since 1970; None is no bound.

    `columns` names columns with words of which one must stand there; `incidents` are the only
    ones that are meant, where they are not None.
    """

    terms: Sequence[Term] = ()
    columns: Sequence[tuple[str, Sequence[str]]] = ()
    since: int | None = None
    until: int | None = None
    incidents: Collection[str] | None = None


class Match(msgspec.Struct, frozen=True):
    """An entry that was found; the smaller its rank, the better it fits. Ranks have no unit: they
    compare within one search."""

    incident: str
    row: Row
    rank: float

    @property
    def place(self) -> tuple[float, int, str, int]:
        """Its place among others: the best first, and of equals the newest."""
        return self.rank, -self.row.at, self.incident, -self.row.number


def find(
    connection: sqlite3.Connection, sought: Sought, limit: int | None
) -> tuple[list[Match], int]:
    """The entries that fit best, at most `limit` of them; and how many there are in all."""
    if sought.incidents is not None:
        _limit_to(connection, sought.incidents)
    conditions = list(_conditions(sought))
    values = [value for _, value in conditions if value is not None]
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    ranked = bool(sought.terms or sought.columns)
    # With nothing but the words asked for, the table of words answers alone.
    alone = ranked and len(conditions) == 1
    source = "word" if alone else "word JOIN entry ON entry.id = word.rowid"
    if not ranked:
        source = "entry"
    total = connection.execute(f"SELECT count(*) FROM {source} WHERE {where}", values).fetchone()[0]
    number = "word.rowid" if ranked else "entry.id"
    rows = connection.execute(
        f"SELECT incident.name, found.rank * entry.weight AS fit, {Row.columns()} FROM"
        f" (SELECT {number} AS id, {'word.rank' if ranked else '0.0'} AS rank FROM {source}"
        f" WHERE {where} ORDER BY {number} DESC LIMIT ?) AS found"
        " JOIN entry ON entry.id = found.id JOIN incident ON incident.id = entry.incident"
        " ORDER BY fit, entry.at DESC, incident.name, entry.number DESC LIMIT ?",
        (*values, RANKED, -1 if limit is None else limit),
    )
    return [Match(name, Row(*row), rank) for name, rank, *row in rows], total


class Likely(msgspec.Struct):
    """An incident that holds some of the terms; the greater its score, the better it fits.

    `terms` are the places of those that it holds, and `rows` the entries that say them best.
    """

    score: float
    terms: list[int]
    rows: dict[int, Row]


def find_likely(
    connection: sqlite3.Connection, sought: Sought, terms: Sequence[Sequence[Term]]
) -> dict[str, Likely]:
    """The incidents that hold any of the terms, anywhere in them, within what else is sought.

    Each incident is one text, in which an entry counts as much as it weighs. A term is the ways to
    say it, the meant one first: the others count half, where that one is not said. One that
    stands in more than `RANKED` entries tells nothing.
    """
    if sought.incidents is not None:
        _limit_to(connection, sought.incidents)
    total, usual = connection.execute("SELECT count(*), avg(size) FROM incident").fetchone()
    likely: dict[str, Likely] = {}
    for place, ways in enumerate(terms):
        weights: dict[str, tuple[int, float]] = {}
        for way in ways:
            share = 0.5 if way is not ways[0] else 1.0
            holders = [one for one in _holders(connection, sought, way) if one[0] not in weights]
            # A way that few have in common with the ways before it tells as much as these.
            count = len(weights) + len(holders)
            rarity = log(1 + (total - count + 0.5) / (count + 0.5))
            for name, number, often, size in holders:
                long = 1 - NORMALISATION + NORMALISATION * size / usual
                fit = share * often * (SATURATION + 1) / (often + SATURATION * long)
                weights[name] = number, rarity * fit
        for name, (number, score) in weights.items():
            one = likely.setdefault(name, Likely(0.0, [], {}))
            one.score += score
            one.terms.append(place)
            if number not in one.rows:
                one.rows[number] = _row(connection, number)
    return likely


def _holders(
    connection: sqlite3.Connection, sought: Sought, term: Term
) -> Iterator[tuple[str, int, float, int]]:
    """The incidents that hold a term: the entry that says it best, how often it is said in all of
    them, by their weights, and of how many entries the incident is."""
    conditions = list(_conditions(msgspec.structs.replace(sought, terms=[term])))
    values = [value for _, value in conditions if value is not None]
    where = " AND ".join(condition for condition, _ in conditions)
    if _are_more(connection, values[0], RANKED):
        return
    # A bare column beside min() is that of the row which has the minimum (SQLite, "Quirks").
    rows = connection.execute(
        "SELECT name, number, sum(weight), size, min(fit) FROM (SELECT incident.name AS name,"
        " entry.id AS number, entry.weight AS weight, incident.size AS size,"
        " word.rank * entry.weight AS fit FROM word JOIN entry ON entry.id = word.rowid"
        f" JOIN incident ON incident.id = entry.incident WHERE {where}) GROUP BY name",
        values,
    )
    for name, number, often, size, _ in rows.fetchall():
        yield name, number, often, size


def _are_more(connection: sqlite3.Connection, match: object, than: int) -> bool:
    """Whether more entries than that fit an expression; no more are counted."""
    rows = connection.execute(
        "SELECT 1 FROM word WHERE word MATCH ? LIMIT 1 OFFSET ?", (match, than)
    ).fetchone()
    return rows is not None


def _row(connection: sqlite3.Connection, number: int) -> Row:
    rows = connection.execute(f"SELECT {Row.columns()} FROM entry WHERE id = ?", (number,))
    return Row(*rows.fetchone())


def _conditions(sought: Sought) -> Iterator[tuple[str, object]]:
    """What must hold, each with its value where it has one."""
    if match := _match(sought):
        yield "word MATCH ?", match
    if sought.since is not None:
        yield "entry.at >= ?", sought.since
    if sought.until is not None:
        yield "entry.at <= ?", sought.until
    if sought.incidents is not None:
        yield "entry.incident IN temp.meant", None


def _limit_to(connection: sqlite3.Connection, names: Collection[str]) -> None:
    connection.execute("DROP TABLE IF EXISTS temp.meant")
    connection.execute("CREATE TEMP TABLE meant (id INTEGER PRIMARY KEY)")
    # One pass over all: names are looked up one by one far slower, and most may be meant.
    wanted = frozenset(names)
    known = connection.execute("SELECT id, name FROM incident").fetchall()
    connection.executemany(
        "INSERT INTO temp.meant VALUES (?)", ((number,) for number, name in known if name in wanted)
    )


def _match(sought: Sought) -> str:
    """The expression of FTS5: every word quoted, so that nothing in one is an operator."""
    parts = [_quoted(term.text) + ("*" if term.prefix else "") for term in sought.terms]
    for column, words in sought.columns:
        parts.append(f"{column} : ({' OR '.join(map(_quoted, words))})")
    return " AND ".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\0", " ") + '"'
