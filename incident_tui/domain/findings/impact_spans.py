"""Spans of impact: when users were affected, from when to when, once for each episode."""

from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.rules import reported, source
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.milestones.stops import stop
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.lifecycle import Lifecycle, zone_of
from incident_tui.domain.values.time_grammar import format_measured, format_span, format_stamp, iso


class Span(msgspec.Struct, frozen=True):
    """One span of impact. `end` is None while it goes on.

    `begun` is the entry that tells its begin, None where that of its episode does.
    """

    episode: int
    begin: datetime
    end: datetime | None
    begun: Entry | None = None

    @property
    def length(self) -> timedelta | None:
        """How long it lasted; None while it goes on."""
        return self.end - self.begin if self.end is not None else None


def spans(incident: Incident) -> list[Span]:
    """Each span of impact, in order; none of them is negative, and none overlaps the next.

    One ends where its state says that it does, at the time that was stated or measured. Of an
    incident that was recorded afterwards nothing is known until its start is: when it was recorded
    says nothing. Nor does closing early, as a duplicate or false alarm, say that users were
    affected until then.
    """
    episodes, milestones = incident.of(Episodes), incident.of(Milestones)
    started = milestones.at("started")
    declared = incident.of(Lifecycle).declared
    if started is None and declared is not None and declared.afterwards:
        return []
    if declared is not None and declared.afterwards and (on_record := _spans_on_record(milestones)):
        return on_record
    per_episode: list[Span] = []
    for item in episodes.items:
        stopped = stop(incident, item)
        if item is episodes.present and item.closed_early and stopped is None:
            continue
        begin = (started or item.begun_at) if item.number == 1 else item.begun_at
        # While the state says that it goes on it does, whatever was measured or stated.
        end = stopped.at if stopped is not None and item.stopped_at is not None else item.stopped_at
        begin = max(begin, per_episode[-1].begin) if per_episode else begin
        per_episode.append(Span(item.number, begin, max(end, begin) if end is not None else None))
    return _apart(per_episode)


def _spans_on_record(milestones: Milestones) -> list[Span]:
    """The spans of a record that tells several, each begun and ended by a milestone; else none."""
    on_record: list[Span] = []
    begun: Entry | None = None
    for entry in sorted(milestones.every, key=lambda entry: (entry.at, entry.order)):
        name = getattr(entry.event, "name", "")
        if name in ("started", "recurred") and begun is None:
            begun = entry
        elif name in ("mitigated", "resolved") and begun is not None:
            on_record.append(Span(len(on_record) + 1, begun.at, entry.at, begun))
            begun = None
    return on_record if len(on_record) > 1 and begun is None else []


def _apart(spans: list[Span]) -> list[Span]:
    """The spans, each cut off where the next begins: it cannot have gone on beyond that."""
    ends = [
        min(span.end if span.end is not None else after.begin, after.begin)
        for span, after in pairwise(spans)
    ]
    cut = [Span(span.episode, span.begin, end) for span, end in zip(spans, ends, strict=False)]
    return [*cut, *spans[-1:]]


def time_of_impact(incident: Incident) -> timedelta | None:
    """How long users were affected, all spans together; None while one goes on.

    Nor is it known where nobody knows when it started.
    """
    if incident.of(Milestones).at("started") is None:
        return None
    lengths = [span.length for span in spans(incident)]
    known = [length for length in lengths if length is not None]
    return sum(known, timedelta()) if lengths and len(known) == len(lengths) else None


def impact_by_level(incident: Incident, now: datetime | None = None) -> dict[str, timedelta] | None:
    """How long users were affected at each severity; None where that is not known.

    Of what goes on it is the time until `now`; None where no such moment is given. What came before
    the first level counts to it; without any the level is empty.
    """
    if incident.of(Milestones).at("started") is None:
        return None
    changes = sorted(incident.of(SeverityState).history, key=lambda entry: entry.at)
    levels = [str(getattr(entry.event, "level", "")) for entry in changes] or [""]
    edges = [entry.at for entry in changes[1:]]
    lengths: dict[str, timedelta] = {}
    for span in spans(incident):
        until = span.end or (max(now, span.begin) if now else None)
        if until is None:
            return None
        inner = [edge for edge in edges if span.begin < edge < until]
        for begin, end in pairwise([span.begin, *inner, until]):
            level = levels[sum(edge <= begin for edge in edges)]
            lengths[level] = lengths.get(level, timedelta()) + (end - begin)
    return lengths or None


def levels_held(incident: Incident) -> list[tuple[str, datetime, datetime | None]]:
    """Each level, since when it held, and until when: the next other one, or the resolution.

    One that came back holds again from then on. The last is None while the incident goes on.
    """
    starts: list[tuple[str, datetime]] = []
    for entry in incident.of(SeverityState).history:
        level = str(getattr(entry.event, "level", ""))
        if not starts or starts[-1][0] != level:
            starts.append((level, entry.at))
    ends: list[datetime | None] = [at for _, at in starts[1:]]
    ends.append(incident.of(Milestones).at("resolved"))
    gaps = [
        (one.over_at, other.begun_at)
        for one, other in pairwise(incident.of(Episodes).items)
        if one.over_at is not None
    ]
    held: list[tuple[str, datetime, datetime | None]] = []
    for (level, since), end in zip(starts, ends, strict=False):
        until = end if end is None else max(end, since)
        for over, back in gaps:
            if since <= over <= back and (until is None or back <= until):
                held.append((level, since, over))
                since = back
        held.append((level, since, until))
    return held


@source("impact-spans.all")
def listed(incident: Incident) -> str:
    """Each span of impact with its length, one a line, and all of them together."""
    zone = zone_of(incident)
    all_spans = spans(incident)
    rows = []
    for span in all_spans:
        if span.end is None or span.length is None:
            rows.append(f"{format_stamp(span.begin, zone)}, going on")
        else:
            length = format_measured(span.length)
            rows.append(f"{format_span(span.begin, span.end, zone)} ({length})")
    whole = time_of_impact(incident)
    if len(all_spans) > 1 and whole is not None:
        rows.append(f"together {format_measured(whole)}")
    return "\n".join(rows)


@reported("episodes")
def _episodes(incident: Incident) -> list[dict[str, object]]:
    """Each span of impact: when it began and ended, its seconds, and the entry that began it."""
    begun = {item.number: item.begun for item in incident.of(Episodes).items}
    return [
        {
            "number": span.episode,
            "begun_at": iso(span.begin),
            "stopped_at": iso(span.end),
            "seconds": None if span.length is None else int(span.length.total_seconds()),
            "entry": incident.number((span.begun or begun[span.episode]).id),
        }
        for span in spans(incident)
    ]
