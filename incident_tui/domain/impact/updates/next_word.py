"""Promises of the next word: when a typed one is, and whether it keeps within what is allowed."""

import re
from datetime import datetime, timedelta

from incident_tui.domain.core.commands import CommandContext, Refused, time_refused
from incident_tui.domain.impact.updates import Updates, limit_text, span_text
from incident_tui.domain.process.lifecycle import Lifecycle, zone_of
from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.time_grammar import (
    WhenError,
    format_duration,
    format_when,
    parse_ahead,
)

TOLERANCE = timedelta(minutes=1)
"""How far a promise may lie beyond what is allowed: people write minutes."""

# What a message may say about the next one: the words before the time, and where it can end.
_SAID = later(
    r"\b(?:next|another|further)\s+(?:status\s+)?(?:update|word|news|message)\b"
    r"[^.;!?\n\d+]{0,24}?(?P<span>\bin\s+|\bwithin\s+|\+)?(?P<when>\d[\w:]*(?:\s?[a-z]+)?)",
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
    said = _said_in(context, text)
    written = " ".join(text.split()) + rest
    if not next:
        if not context.incident.of(Lifecycle).unresolved:
            return None
        proposed = _as_typed(context, said[1]) if said else "+30m"
        raise Refused(
            "an update without the time of the next one leaves people waiting",
            [("say when they hear from you again", f"/update {written} next:{proposed}")],
        )
    with time_refused(f"the time of the next update {next!r}"):
        promised = parse_ahead(next, now=context.moment, zone=context.zone)
    if said and abs(said[1] - promised) > TOLERANCE:
        told = format_when(promised, context.zone, reference=context.now)
        raise Refused(
            f"the text says {said[0]!r}, and next: says {told}: people would be told two times",
            [
                ("promise what the text says",
                 f"/update {written} next:{_as_typed(context, said[1])}"),
            ],
        )  # fmt: skip
    if too_late(context, promised) and not why:
        raise _beyond(context, written, promised, next)
    return promised


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


def _said_in(context: CommandContext, text: str) -> tuple[str, datetime] | None:
    """What the text itself promises: its words, and the moment; None where it names none."""
    found = _SAID.search(" ".join(text.split()))
    if found is None:
        return None
    when = found["when"].strip()
    if clock := _CLOCK.match(when):
        when = clock[0]
    elif not found["span"] and not re.fullmatch(r"\d+\s?[a-z]+", when):
        return None
    else:
        when = f"+{when}"
    for tried in (when, when.rpartition(" ")[0]):
        try:
            promised = parse_ahead(tried, now=context.moment, zone=zone_of(context.incident))
        except WhenError:
            continue
        return found[0].strip(), promised
    return None


def _as_typed(context: CommandContext, promised: datetime) -> str:
    away = promised - context.moment
    return f"+{span_text(timedelta(seconds=round(away.total_seconds() / 60) * 60))}"
