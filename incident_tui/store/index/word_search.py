"""Words looked for in an index: the statement for what is sought, and what it finds.

What a query means is said in `domain/values/search_query`.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence

import msgspec

from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.values.search_query import Term
from incident_tui.store.index.tables import Row

RANKED = 20_000
"""Entries that are ranked. Of words that stand in more, the newest are: ranking half a million
takes seconds, and words that are everywhere tell nothing apart."""


OF_TITLE = 1.5
"""How much more a word tells of an incident that stands in its title."""


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
    """An entry that was found; the smaller its rank, the better it fits."""

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
        "SELECT incident.name, found.rank, entry.entry, entry.number, entry.at, entry.retracted,"
        " entry.text, entry.source, entry.actor, entry.kind FROM"
        f" (SELECT {number} AS id, {'word.rank' if ranked else '0.0'} AS rank FROM {source}"
        f" WHERE {where} ORDER BY {number} DESC LIMIT ?) AS found"
        " JOIN entry ON entry.id = found.id JOIN incident ON incident.id = entry.incident"
        " ORDER BY found.rank, entry.at DESC, incident.name, entry.number DESC LIMIT ?",
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
    connection: sqlite3.Connection, sought: Sought, terms: Sequence[Term]
) -> dict[str, Likely]:
    """The incidents that hold any of the terms, anywhere in them, within what else is sought.

    Each term counts once for an incident, as much as it tells apart (BM25); one that stands in more
    than `RANKED` entries tells nothing.
    """
    if sought.incidents is not None:
        _limit_to(connection, sought.incidents)
    found: dict[str, Likely] = {}
    for place, term in enumerate(terms):
        conditions = list(_conditions(msgspec.structs.replace(sought, terms=[term])))
        values = [value for _, value in conditions if value is not None]
        where = " AND ".join(condition for condition, _ in conditions)
        source = "word JOIN entry ON entry.id = word.rowid"
        if _count(connection, "word WHERE word MATCH ?", values[:1]) > RANKED:
            continue
        # A bare column beside min() is that of the row which has the minimum (SQLite, "Quirks").
        best = connection.execute(
            "SELECT name, number, min(rank) FROM (SELECT incident.name AS name,"
            " entry.id AS number, word.rank * CASE WHEN entry.kind = ? THEN ? ELSE 1 END AS rank"
            f" FROM {source} JOIN incident ON incident.id = entry.incident WHERE {where})"
            " GROUP BY name",
            (IncidentDeclared.kind, OF_TITLE, *values),
        ).fetchall()
        for name, number, rank in best:
            one = found.setdefault(name, Likely(0.0, [], {}))
            one.score -= rank
            one.terms.append(place)
            if number not in one.rows:
                one.rows[number] = _row(connection, number)
    return found


def _count(connection: sqlite3.Connection, source: str, values: Sequence[object]) -> int:
    found: int = connection.execute(f"SELECT count(*) FROM {source}", values).fetchone()[0]
    return found


def _row(connection: sqlite3.Connection, number: int) -> Row:
    return Row(
        *connection.execute(
            "SELECT entry, number, at, retracted, text, source, actor, kind FROM entry"
            " WHERE id = ?",
            (number,),
        ).fetchone()
    )


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
    connection.executemany(
        "INSERT INTO temp.meant SELECT id FROM incident WHERE name = ?",
        ((name,) for name in names),
    )


def _match(sought: Sought) -> str:
    """The expression of FTS5: every word quoted, so that nothing in one is an operator."""
    parts = [_quoted(term.text) + ("*" if term.prefix else "") for term in sought.terms]
    for column, words in sought.columns:
        parts.append(f"{column} : ({' OR '.join(map(_quoted, words))})")
    return " AND ".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\0", " ") + '"'
