"""What is typed to search for: words, phrases, beginnings of words, and filters.

Which incidents and entries a query finds is decided by whoever keeps them.
"""

import re
from collections.abc import Mapping

import msgspec

FILTERS: Mapping[str, str] = {
    "severity": "level of the incident",
    "state": "state of the incident, such as active or closed",
    "service": "service that the impact names",
    "since": "entries of that time or later",
    "until": "entries of that time or earlier",
    "person": "who wrote the entry",
    "kind": "what the entry is, such as decision or hypothesis",
}
"""The filters by name, with what each holds."""

_PART = re.compile(r'(?:(?P<name>[a-z]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))', re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")


class Term(msgspec.Struct, frozen=True):
    """A word, or a phrase of several; of a `prefix` only the beginning is given."""

    text: str
    prefix: bool = False


class Query(msgspec.Struct, frozen=True):
    """What is looked for: every one of `terms`, and of each filter one of its values."""

    terms: tuple[Term, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self.terms or self.filters)


def parse_query(text: str) -> Query:
    """A query as it is typed: `pool "retry storm" exhaust* severity:SEV1 since:2026-10-01`.

    Anything can be looked for: what is no filter is a word, and signs alone are left out.
    """
    terms: list[Term] = []
    filters: dict[str, tuple[str, ...]] = {}
    for part in _PART.finditer(text):
        name, value = (part["name"] or "").casefold(), part["phrase"]
        value = part["word"] if value is None else value
        if name in FILTERS:
            if value.strip():
                filters[name] = (*filters.get(name, ()), value.strip())
            continue
        whole = f"{part['name']}:{value}" if part["name"] else value
        prefix = part["phrase"] is None and whole.endswith("*")
        if _LETTER.search(whole):
            terms.append(Term(whole.rstrip("*") if prefix else whole, prefix))
    return Query(tuple(terms), filters)
