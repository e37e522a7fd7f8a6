"""Looking for entries in the timeline of one incident: what a typed query means there, and jumps.

How a query is written is `values/search_query`'s; this knows what the entries answer to it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo

import msgspec

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    completes,
    no_such,
    time_refused,
    typed_number,
)
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.numbered import entry_numbers
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.timeline import in_reading_order
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.search_query import Query, parse_query
from incident_tui.domain.values.search_query.periods import beginning, ending
from incident_tui.domain.values.time_grammar import WhenError, parse_past, take_when

FILTERS: Mapping[str, str] = {
    "kind": "what the entry is, such as decision",
    "person": "who wrote it; by: is the same",
    "hat": "the hat it was written under",
    "episode": "the episode it belongs to, by its number",
    "since": "at that time or later; after: is the same",
    "until": "at that time or earlier; before: is the same",
}
"""What the entries of a timeline are filtered by, with what each filter holds."""
FILTER_WORDS = "kind: by: hat: episode: since: until:"
"""The filters as people type them, for those who look for one."""

_CLOCK = later(r"\d{1,2}(?::\d{2}){1,2}(?:\s*[ap]m)?", re.IGNORECASE)
_MINUTE = later(r"\d{1,2}:\d{2}(?:\s*[ap]m)?", re.IGNORECASE)
_NAMES_SHOWN = 12


class TimelineSearch(msgspec.Struct, frozen=True):
    """What a query finds among the entries of an incident.

    `words` are looked for in what the timeline shows. `problem` says what of it cannot be found at
    all, and what can; then nothing is found.
    """

    words: tuple[str, ...] = ()
    problem: str = ""
    tests: tuple[Callable[[Entry], bool], ...] = ()

    def fits(self, entry: Entry) -> bool:
        """Whether an entry passes the filters; its words are for whoever shows them."""
        return not self.problem and all(test(entry) for test in self.tests)


def search_in(
    incident: Incident, text: str, *, now: datetime, zone: tzinfo, me: str = ""
) -> TimelineSearch:
    """What `text` looks for in this incident: ``pool kind:decision by:ana since:14:00``.

    A name may be given by its beginning; ``by:me`` means `me`. A time of day means its last one
    within the incident.
    """
    query = parse_query(text, FILTERS, signs=True)
    words = tuple(term.text.casefold() for term in query.terms)
    tests: list[Callable[[Entry], bool]] = []
    try:
        tests += _name_tests(incident, query, me)
        tests += _time_tests(incident, query, now, zone)
    except _Unknown as unknown:
        return TimelineSearch(words, str(unknown))
    except WhenError as error:
        return TimelineSearch(words, error.reason)
    return TimelineSearch(words, tests=tuple(tests))


def is_jump(text: str) -> bool:
    """Whether a text is a place to go to, a time or an entry and nothing else."""
    if text.startswith("@"):
        return not take_when(text[1:])[1]
    return text.startswith("#") and (text == "#" or typed_number(text) is not None)


def jump_target(incident: Incident, where: str, *, now: datetime, zone: tzinfo) -> Entry:
    """The entry that a jump lands on: ``#12``, or the first one at ``@14:20`` or later.

    Behind the end of the record that is the last one. A time of day means its last one within the
    incident. Raises `Refused` for a number that no entry has and for what is no time.
    """
    if not where.strip("@# "):
        raise Refused("where to: a time such as @14:20, or an entry such as #12")
    number = typed_number(where)
    if number is not None:
        target = incident.by_number(number)
        if target is None:
            raise Refused(no_such("entry", number, len(incident.entries)))
        return target
    written = where.removeprefix("@").strip().strip('"')
    with time_refused("the time", written):
        moment = _moment(incident, written, now, zone)
    entries = in_reading_order(incident)
    return next((entry for entry in entries if entry.at >= moment), entries[-1])


@command(
    "/goto WHERE",
    words=("jump", "go", "scroll"),
    help="show the timeline from a time on, or an entry of it",
    example="/goto @14:20",
)
def go_to(context: CommandContext, where: str) -> Planned:
    """Records nothing: the timeline is the answer."""
    jump_target(context.incident, where, now=context.now, zone=context.zone)
    return []


@completes("/goto WHERE")
def _entries(incident: Incident) -> list[tuple[str, str]]:
    newest = list(reversed(incident.entries))[:8]
    return [(f"#{number}", text) for number, text in entry_numbers(incident, newest)]


class _Unknown(Exception):
    """A filter asks for a name that nothing in the incident has."""


def _name_tests(incident: Incident, query: Query, me: str) -> Iterable[Callable[[Entry], bool]]:
    for name, answer, known in _answers(incident):
        asked = query.filters.get(name)
        if asked:
            meant = {each for value in asked for each in _meant(name, value, known, me)}
            yield lambda entry, answer=answer, meant=meant: answer(entry) in meant  # type: ignore[misc]


def _answers(
    incident: Incident,
) -> Iterable[tuple[str, Callable[[Entry], str], list[str]]]:
    """Each filter by a name, what an entry answers to it, and the answers that there are."""
    entries = incident.entries
    yield "kind", lambda entry: entry.event.kind, _known(entry.event.kind for entry in entries)
    yield "person", lambda entry: entry.actor, _known(entry.actor for entry in entries)
    hats = [hat.id for hat in incident.playbook.hats]
    yield "hat", lambda entry: entry.hat, _known([*hats, *(entry.hat for entry in entries)])
    episodes = incident.of(Episodes)
    numbers = [str(episode.number) for episode in episodes.items]
    yield "episode", lambda entry: str(episodes.of_entry(entry)), numbers


def _known(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def _meant(name: str, value: str, known: list[str], me: str) -> list[str]:
    """The names that a value means: the very one, else those that it begins a word of."""
    if name == "person" and value.casefold() == "me":
        value = me
    wanted = _folded(value)
    same = [each for each in known if _folded(each) == wanted]
    begun = [each for each in known if name != "episode" and f" {wanted}" in f" {_folded(each)}"]
    if not (meant := same or begun):
        shown = ", ".join(known[:_NAMES_SHOWN]) + (" …" if len(known) > _NAMES_SHOWN else "")
        raise _Unknown(f"no entry has {name}:{value}; here there are: {shown or 'none'}")
    return meant


def _folded(name: str) -> str:
    return name.casefold().replace("-", " ")


def _time_tests(
    incident: Incident, query: Query, now: datetime, zone: tzinfo
) -> Iterable[Callable[[Entry], bool]]:
    if since := query.bound("since"):
        first = _moment(incident, since.removeprefix("@"), now, zone)
        yield lambda entry: entry.at >= first
    if until := query.bound("until"):
        last = _moment(incident, until.removeprefix("@"), now, zone, end=True)
        yield lambda entry: entry.at <= last


def _moment(
    incident: Incident, text: str, now: datetime, zone: tzinfo, *, end: bool = False
) -> datetime:
    """The moment that is meant, at its `end` of a day or a minute where that is asked for."""
    if not _CLOCK.fullmatch(text):
        return (ending if end else beginning)(text, now=now, zone=zone)
    moment = _clock_moment(incident, text, zone)
    whole_minute = end and _MINUTE.fullmatch(text)
    return moment + timedelta(seconds=59, microseconds=999_999) if whole_minute else moment


def _clock_moment(incident: Incident, text: str, zone: tzinfo) -> datetime:
    """A time of day on the day that it is meant of: the last one between start and newest entry.

    Where none lies there it is the one that is nearest; a change long before began no day.
    """
    last = max(entry.at for entry in incident.entries)
    first = incident.entries[0].at
    if (started := incident.of(Milestones).at("started")) is not None:
        first = min(first, started)
    day = last.astimezone(zone).date()
    candidates = [
        parse_past(f"{each:%Y-%m-%d} {text}", now=last + timedelta(days=3), zone=zone)
        for each in (day, day - timedelta(days=1))
    ]
    within = [moment for moment in candidates if first <= moment <= last]
    if within:
        return within[0]
    return min(candidates, key=lambda moment: max(first - moment, moment - last))
