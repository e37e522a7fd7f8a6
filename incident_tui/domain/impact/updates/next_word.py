"""Promises of the next word: when a typed one is, and whether it keeps within what is allowed."""

import re
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from incident_tui.domain.core.commands import CommandContext, Refused, time_refused
from incident_tui.domain.impact.updates import Updates, limit_text, span_text
from incident_tui.domain.process.lifecycle import Lifecycle, zone_of
from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.time_grammar import (
    WhenError,
    format_duration,
    format_when,
    parse_ahead,
    parse_past,
)

TOLERANCE = timedelta(minutes=1)
"""How far a promise may lie beyond what is allowed: people write minutes."""

# What a message may say about the next one: words that announce it, then the time. Only behind a
# preposition where the words may be about something else ("we will report the loss of 12 orders").
_UNITS = r"(?:hours?|hrs?|minutes?|mins?)"
_COUNTED = {
    "half an hour": "30m", "an hour and a half": "90m", "quarter of an hour": "15m",
    "an": "1", "a": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "ten": "10", "fifteen": "15", "twenty": "20", "thirty": "30",
    "forty-five": "45", "ninety": "90",
}  # fmt: skip
_WHEN = (
    r"(?P<when>\d[\w:]*(?:\s?[a-z]+)?|an hour and a half|half an hour|(?:a )?quarter of an hour|"
    rf"(?:{'|'.join(word for word in _COUNTED if ' ' not in word)})\s{_UNITS}|"
    r"tomorrow(?:\s(?:at\s)?\d{1,2}:\d{2})?)"
)
_PROMISE = later(
    r"(?:\b(?:next|another|further)\s+(?:status\s+)?(?:update|word|news|message|report)\b"
    r"[^.;!?\n\d+]{0,24}?(?P<span>\bin\s+|\bwithin\s+|\+)?"
    r"|(?:\b(?:we|i|you)(?:(?:\s+will|\s+shall|'ll)\s+(?:write|report|update|inform|tell|post"
    r"|hear|get|come|be|let|send)\s+(?:you|again|back|more|here|everybody|everyone|news|from us)"
    r"|\s+(?:write|report|update|post|come)\s+(?:again|back))\b"
    r"(?!\s+(?:up|online|to normal))[^.;!?\n\d+]{0,24}?|(?:^|[.;!?]\s+)(?:again|more|news)\s+)"
    r"\b(?:(?P<away>in|within)|at|by|around)\s+)" + _WHEN,
    re.IGNORECASE,
)
_CLOCK = later(r"\d{1,2}:\d{2}")


def promised_at(
    context: CommandContext, text: str, next: str, why: str, *, rest: str = ""
) -> datetime | None:
    """When the next word is promised; None once it is over and nothing was said.

    It counts from when the update went out. `Refused` where it is missing though one is owed, where
    the text promises another time, and where it is later than allowed without a reason; `rest` is
    what else the line says, which the lines that mend it say too.
    """
    promise = _promise_in(context, text)
    written = " ".join(text.split()) + rest
    if not next:
        if not context.incident.of(Lifecycle).unresolved:
            return None
        proposed = _as_typed(context, promise.at) if promise else "+30m"
        raise Refused(
            "an update without the time of the next one leaves people waiting",
            [("say when they hear from you again", f"/update {written} next:{proposed}")],
        )
    with time_refused("the time of the next update", next):
        promised = _moment_of(context, next)
    if promised < context.moment:
        raise Refused(
            "the next word cannot have been promised for a time before the update itself",
            [("say when the update went out", f"@… /update {written} next:{next}")],
        )
    if promise and not promise.is_kept_by(promised, context.zone):
        words = format_when(promised, context.zone, reference=context.now)
        raise Refused(
            f"the text says {promise.words!r}, and next: says {words}: "
            "people would be told two times",
            [
                ("promise what the text says",
                 f"/update {written} next:{_as_typed(context, promise.at)}"),
            ],
        )  # fmt: skip
    if too_late(context, promised) and not why:
        raise _beyond(context, written, promised, next)
    return promised


def _moment_of(context: CommandContext, next: str) -> datetime:
    """When a promise was for: behind an @ that of late updates, as of all that has happened."""
    if next.startswith("@"):
        return parse_past(next[1:], now=context.now, zone=context.zone)
    return parse_ahead(next, now=context.moment, zone=context.zone)


def contradicted_promise(context: CommandContext, text: str, promised: datetime) -> str:
    """What a text promises for another time than `promised`, in its words; empty where nothing."""
    promise = _promise_in(context, text)
    return "" if promise is None or promise.is_kept_by(promised, context.zone) else promise.words


_RELATIVE = later(
    rf"\b(?:in|within)\s+(?:half an hour|\d+\s?(?:h|m|{_UNITS})|[a-z-]+\s{_UNITS})\b"
    rf"|\b\d+\s?(?:h|m|{_UNITS})\s+ago\b",
    re.IGNORECASE,
)


def relative_time(text: str) -> str:
    """The words of a text that count from when it was said: ``in 10 minutes``; else empty."""
    match = _RELATIVE.search(" ".join(text.split()))
    return match[0] if match else ""


def too_late(context: CommandContext, promised: datetime) -> bool:
    """Whether it lies beyond what the severity or the agreement allows.

    A promise that has passed already is a record of what was: nothing can be kept to it any more.
    """
    interval = context.incident.of(Updates).interval
    if interval is None or promised <= context.now:
        return False
    return promised - context.moment > interval + TOLERANCE


def _beyond(context: CommandContext, text: str, promised: datetime, next: str) -> Refused:
    interval = context.incident.of(Updates).interval or timedelta()
    latest = format_when(context.moment + interval, context.zone, reference=context.now)
    away = format_duration(promised - context.moment)
    return Refused(
        f"the next update in {away} is too late: {limit_text(context.incident)}, so by {latest}",
        [
            ("promise what can be kept", f"/update {text} next:+{span_text(interval)}"),
            ("or say why it may be later", f'/update {text} next:{next} why:"…"'),
        ],
    )


class _Promise(NamedTuple):
    """What a text itself promises: its words, the moment, and whether any time of that day is."""

    words: str
    at: datetime
    any_time: bool

    def is_kept_by(self, promised: datetime, zone: tzinfo) -> bool:
        """Whether a promise of that moment is the same one."""
        if self.any_time:
            return self.at.astimezone(zone).date() == promised.astimezone(zone).date()
        return abs(self.at - promised) <= TOLERANCE


def _promise_in(context: CommandContext, text: str) -> _Promise | None:
    """What the text itself promises; None where it names no time."""
    match = _PROMISE.search(" ".join(text.split()))
    if match is None:
        return None
    when = _in_figures(match["when"])
    if clock := _CLOCK.match(when):
        when = clock[0]
    elif not (match["span"] or match["away"]) and not re.fullmatch(r"\d+\s?[a-z]+", when):
        if not when.startswith("tomorrow"):
            return None
    elif not when.startswith("tomorrow"):
        when = f"+{when}"
    for tried in (when, when.rpartition(" ")[0]):
        try:
            promised = parse_ahead(tried, now=context.moment, zone=zone_of(context.incident))
        except WhenError:
            continue
        return _Promise(match[0].strip(" .;!?"), promised, tried == "tomorrow")
    return None


def _in_figures(when: str) -> str:
    """A written time as one is typed: ``half an hour`` is ``30m``, ``two hours`` is ``2 hours``."""
    text = when.casefold().replace("a quarter", "quarter")
    if text in _COUNTED:
        return _COUNTED[text]
    first, _, unit = text.partition(" ")
    return f"{_COUNTED.get(first, first)} {unit}".strip().replace(" at ", " ")


def _as_typed(context: CommandContext, promised: datetime) -> str:
    away = promised - context.moment
    return f"+{span_text(timedelta(seconds=round(away.total_seconds() / 60) * 60))}"
