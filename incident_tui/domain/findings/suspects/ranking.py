"""Which change is likelier to be the cause, and why: a table of reasons with their weights.

Most outages follow a change, and the nearer one is the likelier ("Site Reliability Engineering",
chapters 8 and 12: what touched it last). The order helps to look; it proves nothing.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec

from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.readings import Readings
from incident_tui.domain.findings.suspects import Candidate
from incident_tui.domain.findings.suspects.touched_files import first_of_each
from incident_tui.domain.impact.impact import Impact
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.time_grammar import format_measured

# How long before the start at most -> weight.
_NEAR = ((timedelta(minutes=30), 4), (timedelta(hours=2), 3), (timedelta(hours=6), 2),
         (timedelta(hours=24), 1))  # fmt: skip
_TOOK_EFFECT = {
    "deploy": (3, "it reached production then"),
    "flag": (3, "a flag was switched then"),
    "tag": (2, "a release was tagged"),
    "merge": (1, "a branch was merged"),
}
_TOUCHED = {"migration": (3, "migration"), "configuration": (2, "configuration"),
            "dependencies": (2, "dependencies"), "pipeline": (1, "pipeline")}  # fmt: skip
_HARMLESS = frozenset({"words", "test"})
_NAMED = 2
_ONLY_HARMLESS = -3
_TAKEN_BACK = 1
_WORD = re.compile(r"[a-z0-9]{4,}")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        about after again answer answers answered back before cannot down error errors fail failed
        failing fails fatal from have high incident into latency more nobody none null only over
        outage page pages read request requests says service services shows site slow some system
        than that their them then there these they this time timeout unknown users what when where
        which will with write work works update change changes added fixes http https
        """,
    )
)


class Ranked(msgspec.Struct, frozen=True):
    """A change with its weight, and each reason for it, the strongest first."""

    candidate: Candidate
    weight: int
    reasons: tuple[str, ...]


def ranked(candidates: Iterable[Candidate], incident: Incident, start: datetime) -> list[Ranked]:
    """The changes, the likeliest first; of two alike the one nearer to the start."""
    words = _words_of(incident)
    weighed = [_weighed(each, words, start) for each in candidates]
    return sorted(weighed, key=lambda each: (-each.weight, start - each.candidate.at, each.reasons))


def _weighed(candidate: Candidate, words: set[str], start: datetime) -> Ranked:
    reasons = sorted(_reasons(candidate, words, start), key=lambda reason: -abs(reason[0]))
    return Ranked(
        candidate, sum(weight for weight, _ in reasons), tuple(text for _, text in reasons)
    )


def _reasons(candidate: Candidate, words: set[str], start: datetime) -> Iterator[tuple[int, str]]:
    ahead = start - candidate.at
    near = next((weight for limit, weight in _NEAR if ahead <= limit), 0)
    yield near, f"{format_measured(ahead)} before the start"
    if candidate.kind in _TOOK_EFFECT:
        yield _TOOK_EFFECT[candidate.kind]
    touched = first_of_each(candidate.paths)
    for kind, path in touched.items():
        if kind in _TOUCHED:
            weight, what = _TOUCHED[kind]
            yield weight, f"touches {what} ({path})"
    if touched and not candidate.more and set(touched) <= _HARMLESS:
        yield _ONLY_HARMLESS, "touches only documentation and tests"
    own_words = set(_words(" ".join([candidate.text, candidate.where, *candidate.paths])))
    if named := sorted(own_words & words):
        yield _NAMED, f"names {', '.join(named[:3])}, as the incident does"
    if candidate.text.casefold().startswith("revert"):
        yield _TAKEN_BACK, "takes an earlier change back"


def _words_of(incident: Incident) -> set[str]:
    """What the incident is about: its title, services, scope, and what was read."""
    declared = incident.of(Lifecycle).declared
    impact = incident.of(Impact)
    parts = [declared.title if declared else "", impact.fields.get("services", "")]
    parts += [text for text in impact.scope.values() if text != "unknown"]
    parts += [item.name for item in incident.of(Readings).items]
    return set(_words(" ".join(parts)))


def _words(text: str) -> list[str]:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return [word for word in _WORD.findall(apart.casefold()) if word not in _COMMON]
