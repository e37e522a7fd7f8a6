"""Likeness: earlier incidents like this one, what helped then, and what they say to do now.

They are alike in words anywhere in their logs, and in services, tags, signals, factors and causes.
What all of them say tells nothing; what few say tells most.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from math import log

import msgspec

from incident_tui.domain.core.events import Incident
from incident_tui.domain.impact.impact import services_of
from incident_tui.domain.impact.tags import Tags
from incident_tui.domain.learning.actions import SETTLED
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.outline import Outline, OutlinedAction
from incident_tui.domain.outline.likeness import causes, signals
from incident_tui.domain.process.lifecycle import title_text
from incident_tui.domain.values.search_query import Term
from incident_tui.domain.values.search_query.meanings import word_root
from incident_tui.service.across.distinctive_words import distinctive_words
from incident_tui.service.catalogue.logs import Progress, unheard
from incident_tui.service.home_service import Service

MOST_WORDS = 32
"""Words that are looked for at most: those that tell most come first."""
_NAMED = {"service": 3.0, "tag": 2.0, "signal": 1.5}
"""How much a name weighs that both have, beside a word that both say once."""
_IN_TITLE = 1.5


class Subject(msgspec.Struct, frozen=True):
    """What is compared: a title, and what else is known of it by kind (`service`, `signal`…).

    `words` are further words, such as those of factors and causes, those first that tell most.
    """

    title: str
    named: Mapping[str, frozenset[str]] = {}
    words: tuple[str, ...] = ()
    besides: str = ""
    """The id of the incident itself, which is like itself beyond all others."""

    @property
    def telling_words(self) -> list[str]:
        """The words to look for, those of the title first."""
        first = sorted(distinctive_words(self.title))
        names = {
            word
            for each in self.named.values()
            for name in each
            for word in distinctive_words(name)
        }
        return list(dict.fromkeys([*first, *sorted(names), *self.words]))[:MOST_WORDS]


class Alike(msgspec.Struct, frozen=True):
    """An earlier incident. `why` says in what it is alike; the greater the score, the more.

    `next_time` is what its postmortem says to do when it happens again. `faint` is one that has no
    more in common than a single word of several, somewhere in its log.
    """

    incident: str
    title: str
    severity: str
    status: str
    drill: bool
    began: datetime
    score: float
    why: tuple[str, ...]
    causes: tuple[str, ...]
    helped: tuple[str, ...]
    next_time: tuple[str, ...]
    unfinished: tuple[OutlinedAction, ...]
    faint: bool = False

    @property
    def debt(self) -> str:
        """The first of its unfinished action items with its owner, and how many more there are."""
        if not self.unfinished:
            return ""
        first, more = self.unfinished[0], len(self.unfinished) - 1
        text = f"unfinished: {first.text} ({first.owner or 'nobody'})"
        return f"{text} and {more} more" if more else text


def subject_of(incident: Incident, incident_id: str) -> Subject:
    """What an incident is compared by, as it is now."""
    texts = [*causes(incident), *(factor.text for factor in incident.of(Factors).items)]
    named = {
        "service": frozenset(services_of(incident)),
        "tag": frozenset(incident.of(Tags).names),
        "signal": frozenset(signals(incident)),
    }
    counts = Counter(word for text in texts for word in distinctive_words(text))
    # What several of them speak of is what it was about; a long word tells more than a short one.
    words = tuple(sorted(counts, key=lambda word: (-counts[word], -len(word), word)))
    return Subject(title_text(incident), named, words, incident_id)


def similar(
    service: Service,
    subject: Subject,
    *,
    limit: int | None = 5,
    faint: bool = False,
    progress: Progress = unheard,
) -> tuple[Alike, ...]:
    """The incidents most like the subject, the most alike first; protected ones are never told.

    `limit` is how many at most. Where there are none, the `faint` ones are given if asked for.
    """
    from incident_tui.store.index.word_search import Sought

    words = subject.telling_words
    if not words:
        return ()
    searchable = service.catalogue.searchable(progress)
    likely = searchable.find_likely(Sought(), [Term(word) for word in words])
    outlines = {
        name: known
        for name, known in searchable.outlines.items()
        if not known.protected and known.kind != "none" and name != subject.besides
    }
    rarity = _Rarity(outlines.values())
    titled = {word_root(word): word for word in distinctive_words(subject.title)}
    alike: list[Alike] = []
    for name, known in outlines.items():
        text = likely.get(name)
        shared = {
            kind: {each for each in names if each.casefold() in _folded(_named(known)[kind])}
            for kind, names in subject.named.items()
        }
        in_title = [titled[root] for root in sorted(titled.keys() & _title_roots(known))]
        in_text = [words[place] for place in text.terms] if text else []
        if not (in_title or in_text or any(shared.values())):
            continue
        score = (text.score * (len(in_text) / len(words)) if text else 0.0) + sum(
            _IN_TITLE * rarity.of(w) for w in in_title
        )
        score += sum(
            _NAMED.get(kind, 1.0) * rarity.of(each)
            for kind, both in shared.items()
            for each in both
        )
        one = _alike(name, known, score, _why(shared, in_text, in_title))
        close = in_title or any(shared.values()) or len(in_text) >= min(2, len(words))
        alike.append(one if close else msgspec.structs.replace(one, faint=True))
    alike.sort(key=lambda one: (-one.score, -one.began.timestamp(), one.incident))
    close_ones = [one for one in alike if not one.faint]
    return tuple((close_ones or (alike if faint else []))[:limit])


class _Rarity:
    """How much a name or a word of a title tells apart, by how many incidents have it."""

    def __init__(self, outlines: Iterable[Outline]) -> None:
        self._counts = Counter[str]()
        self._total = 0
        for known in outlines:
            self._total += 1
            names = {word_root(name) for each in _named(known).values() for name in each}
            self._counts.update(names | _title_roots(known))

    def of(self, word: str) -> float:
        """From nearly nothing, where all have it, to the logarithm of how many there are."""
        count = self._counts[word_root(word)]
        return log(1 + (self._total - count + 0.5) / (count + 0.5))


def _title_roots(known: Outline) -> set[str]:
    return {word_root(word) for word in distinctive_words(known.title)}


def _named(known: Outline) -> dict[str, frozenset[str]]:
    return {
        "service": frozenset(known.services),
        "tag": frozenset(known.tags),
        "signal": frozenset(known.signals),
    }


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}


def _why(
    shared: Mapping[str, set[str]], reasons: Iterable[str], in_title: Iterable[str]
) -> tuple[str, ...]:
    named = [f"{kind} {name}" for kind, names in shared.items() for name in sorted(names)]
    words = list(dict.fromkeys([*in_title, *reasons]))
    return (*named, *(["words: " + ", ".join(words[:6])] if words else []))


def _alike(name: str, known: Outline, score: float, why: tuple[str, ...]) -> Alike:
    return Alike(
        incident=name,
        title=known.title,
        severity=known.severity,
        status=known.status,
        drill=known.drill,
        began=known.began,
        score=round(score, 2),
        why=why,
        causes=known.causes,
        helped=known.helped,
        next_time=known.next_time,
        unfinished=tuple(item for item in known.actions if item.status not in SETTLED),
    )
