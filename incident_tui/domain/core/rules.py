"""Registries of what concepts offer: checks, field sources and live red flags, which playbooks draw
on, and parts of the report.

The functions themselves stand in the files of their concepts; here is only how they are declared
and found.
"""

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, wraps
from typing import TypeVar

import msgspec

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.settled import Settled
from incident_tui.domain.values.field_text import LogContent, text_of_content


class Missing(msgspec.Struct, frozen=True):
    """Why a check fails, and the line or key that mends it."""

    why: str
    mend: str

    def unless(self, met: object) -> "Missing | None":
        """This, where what the check asks for is not there."""
        return None if met else self


@cache
def _parameters(function: Callable[..., Missing | None]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(function).parameters


class CheckRule(msgspec.Struct, frozen=True):
    """A declared check: its default title and the function that decides.

    `words` names, for an argument that is a list of words, those that it may hold.
    """

    id: str
    title: str
    decide: Callable[..., Missing | None]
    words: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)

    def among(self, args: Mapping[str, int | str]) -> dict[str, int | str]:
        """Those of the arguments that this check takes."""
        takes = _parameters(self.decide)
        return {name: value for name, value in args.items() if name in takes}

    def accepts(self, args: dict[str, int | str]) -> str | None:
        """What is wrong with these arguments; None when nothing is."""
        wanted = list(_parameters(self.decide).values())[1:]
        names = {parameter.name: parameter for parameter in wanted}
        for name, value in args.items():
            parameter = names.get(name)
            if parameter is None:
                takes = ", ".join(names) or "no arguments"
                return f"{self.id} takes {takes}, not {name!r}"
            if type(value) is not parameter.annotation:
                return f"{name} must be {parameter.annotation.__name__}, not {value!r}"
            known = self.words.get(name)
            for word in str(value).split() if known else ():
                if known and word not in known:
                    return f"{name} holds words of {', '.join(known)}, not {word!r}"
        return None


_checks: dict[str, CheckRule] = {}
_sources: dict[str, Callable[[Incident], LogContent]] = {}
R = TypeVar("R", bound=Callable[[Incident], LogContent])
F = TypeVar("F", bound=Callable[..., object])
V = TypeVar("V")


def registered(kept: dict[str, V], name: str, made: Callable[[F], V]) -> Callable[[F], F]:
    """A decorator that keeps what is made of a function by its name, and leaves the function."""

    def register(function: F) -> F:
        kept[name] = made(function)
        return function

    return register


def check(
    check_id: str, *, title: str, words: Mapping[str, tuple[str, ...]] | None = None
) -> Callable[[Callable[..., Missing | None]], Callable[..., Missing | None]]:
    """Declare a check ``concept.name``: a function of the incident and keyword arguments."""
    return registered(
        _checks, check_id, lambda function: CheckRule(check_id, title, function, words or {})
    )


def rule(check_id: str) -> CheckRule | None:
    """The declared check of that id."""
    return _checks.get(check_id)


def every_rule() -> Mapping[str, CheckRule]:
    """All declared checks by id."""
    return _checks


def source(source_id: str) -> Callable[[R], R]:
    """Declare what fills an artifact field from the log: a text, or rows; empty for nothing yet."""

    def register(function: R) -> R:
        _sources[source_id] = function
        return function

    return register


def content_by_source(source_id: str, incident: Incident) -> LogContent:
    """What the log says by that source, as rows where it has rows."""
    return _sources[source_id](incident)


def every_source() -> Mapping[str, Callable[[Incident], str]]:
    """All declared field sources by id, as texts."""
    return {name: _as_text(function) for name, function in _sources.items()}


def _as_text(function: Callable[[Incident], LogContent]) -> Callable[[Incident], str]:
    @wraps(function)
    def text(incident: Incident) -> str:
        return text_of_content(function(incident))

    return text


_parts: dict[str, Callable[[Incident], object]] = {}


def reported(
    name: str,
) -> Callable[[Callable[[Incident], object]], Callable[[Incident], object]]:
    """Declare a part of the report: what programs read of a concept, as plain data under `name`."""
    return registered(_parts, name, lambda function: function)


def every_part() -> Mapping[str, Callable[[Incident], object]]:
    """All declared parts of the report by name."""
    return _parts


class Raised(msgspec.Struct, frozen=True):
    """A red flag that is up: what is wrong, since when and the line that helps."""

    text: str
    since: datetime
    mend: str

    def once_due(self, now: datetime) -> "Raised | None":
        """This, where the moment since which it is up has come."""
        return self if now >= self.since else None


class FlagRule(msgspec.Struct, frozen=True):
    """A declared red flag. `worst` orders the strip: the highest is shown first."""

    id: str
    why: str
    worst: int
    detect: Callable[[Incident, datetime, int], Raised | None]
    slow: bool
    """Whether every text is looked at closely the first time, so that a console shows it later."""

    def limit(self, number: int) -> str:
        """A threshold with its unit: ``15 min``, ``2 h``; empty where the flag waits for none."""
        unit = list(inspect.signature(self.detect).parameters)[2]
        if unit == "threshold" or (unit == "minutes" and not number):
            return ""
        if unit == "minutes" and number >= 120 and number % 60 == 0:
            unit, number = "hours", number // 60
        return f"{number} {_UNITS.get(unit, '')}".rstrip()


_UNITS = {"minutes": "min", "hours": "h", "days": "d"}

_flags: dict[str, FlagRule] = {}


def flag(
    flag_id: str, *, why: str, worst: int, timeless: bool = False, slow: bool = False
) -> Callable[
    [Callable[[Incident, datetime, int], Raised | None]],
    Callable[[Incident, datetime, int], Raised | None],
]:
    """Declare a live red flag: a function of the incident, the present time and a threshold.

    The threshold is what the name of its argument says: minutes nearly always, else hours, days or
    how many. A flag that needs none calls it `threshold` and leaves it alone. `worst` orders the
    strip. One that is `timeless` says the same at any time, until something is recorded.
    """

    def rule_of(detect: Callable[[Incident, datetime, int], Raised | None]) -> FlagRule:
        asked = _once_a_state(flag_id, detect) if timeless else detect
        return FlagRule(flag_id, why, worst, asked, slow)

    return registered(_flags, flag_id, rule_of)


def _once_a_state(
    flag_id: str, detect: Callable[[Incident, datetime, int], Raised | None]
) -> Callable[[Incident, datetime, int], Raised | None]:
    @wraps(detect)
    def known(incident: Incident, now: datetime, threshold: int) -> Raised | None:
        question = flag_id, threshold
        return incident.of(Settled).answer(question, lambda: detect(incident, now, threshold))

    return known


def every_flag() -> Mapping[str, FlagRule]:
    """All declared red flags by id."""
    return _flags
