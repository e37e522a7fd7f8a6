"""What is typed to search for: words, phrases, beginnings of words, and filters.

The one place that knows the `name:value` words; which incidents and entries a query finds is
decided by whoever keeps them.
"""

import re
from collections.abc import Collection, Iterable, Mapping

import msgspec

from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.search_query.meanings import same_meaning

FILTERS: Mapping[str, str] = {
    "severity": "level of the incident",
    "state": "state of the incident, such as active or closed",
    "tag": "tag of the incident",
    "service": "service that the impact names",
    "since": "entries of that time or later",
    "until": "entries of that time or earlier",
    "person": "who wrote the entry",
    "kind": "what the entry is, such as decision or hypothesis",
}
"""The filters by name, with what each holds."""

ALIASES: Mapping[str, str] = {
    "after": "since",
    "before": "until",
    "by": "person",
    "sev": "severity",
    "who": "person",
}
"""Other words for a filter -> its name."""

_PART = later(r'(?:(?P<name>[a-z]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))', re.IGNORECASE)
_NOUN = later(
    r"(?P<root>[^\W\d_]{5,}?)(?:[aiou]?tion|ption|sion|ment|[ae]nce|[eu]?ry|ure|y)s?",
    re.IGNORECASE,
)
_LETTER = later(r"[^\W_]")


class Term(msgspec.Struct, frozen=True):
    """A word, or a phrase of several; of a `prefix` only the beginning is given."""

    text: str
    prefix: bool = False


def ways_to_say(term: Term) -> tuple[Term, ...]:
    """A term, and behind it other ways to say it: its family, and words of the same meaning.

    Stemming joins "expires" and "expired", not "expiry" and "expiration", nor "recovery" and
    "recovered": what makes a noun of a verb is taken off, where enough is left of the word.
    """
    if term.prefix:
        return (term,)
    noun = _NOUN.fullmatch(term.text)
    family = [Term(noun["root"], prefix=True)] if noun else []
    return term, *family, *map(Term, same_meaning(term.text))


class Query(msgspec.Struct, frozen=True):
    """What is looked for: every one of `terms`, and of each filter one of its values."""

    terms: tuple[Term, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self.terms or self.filters)

    def allows(self, name: str, answers: Iterable[str]) -> bool:
        """Whether one of these answers is asked for by the filter `name`, or nothing is."""
        values = self.filters.get(name)
        if not values:
            return True
        wanted = [value.casefold() for value in values]
        return any(answer.casefold() in wanted for answer in answers)

    def bound(self, name: str) -> str:
        """What was written for `since` or `until`, the last of several; empty where nothing was."""
        return self.filters.get(name, ("",))[-1]


def parse_query(text: str, names: Collection[str] = FILTERS, *, signs: bool = False) -> Query:
    """A query as it is typed: `pool "retry storm" exhaust* severity:SEV1 since:2026-10-01`.

    Anything can be looked for: what is no filter is a word. What has neither letter nor digit is
    left out, unless `signs` are looked for as well. Only the filters in `names` are known where
    there are not all of them.
    """
    terms: list[Term] = []
    filters: dict[str, tuple[str, ...]] = {}
    for part in _PART.finditer(text):
        name, value = (part["name"] or "").casefold(), part["phrase"]
        value = part["word"] if value is None else value
        name = ALIASES.get(name, name)
        if name in names:
            if value.strip():
                filters[name] = (*filters.get(name, ()), value.strip())
            continue
        whole = f"{part['name']}:{value}" if part["name"] else value
        begun = whole.removesuffix(":").casefold() if whole.endswith(":") else ""
        if ALIASES.get(begun, begun) in names:
            continue  # a filter that is still being typed
        prefix = part["phrase"] is None and whole.endswith("*")
        if _LETTER.search(whole) or (signs and whole):
            terms.append(Term(whole.rstrip("*") if prefix else whole, prefix))
    return Query(tuple(terms), filters)
