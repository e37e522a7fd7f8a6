"""The axis of time: from moments to places, and the ticks that people read it by."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

import msgspec

from incident_tui.documents.html.plots.chart import Label, Stroke
from incident_tui.domain.values.calendar import MONTHS

_STEPS = [
    *(timedelta(minutes=count) for count in (1, 2, 5, 10, 15, 30)),
    *(timedelta(hours=count) for count in (1, 2, 3, 6, 12)),
    *(timedelta(days=count) for count in (1, 2, 7, 14, 30, 90, 365)),
]
_TICKS = 8
"""At most about as many, so that their labels stay apart."""
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class Axis(msgspec.Struct, frozen=True):
    """A span of time laid over `width` units of the drawing from `left` on; ticks are of `zone`."""

    begin: datetime
    end: datetime
    left: float
    width: float
    zone: tzinfo

    def at(self, moment: datetime) -> float:
        """Where a moment lies, in units of the drawing; at the edge where it is not in the span."""
        share = (moment - self.begin) / (self.end - self.begin)
        return round(self.left + self.width * min(max(share, 0.0), 1.0), 1)

    def ticks(self) -> list[tuple[float, str]]:
        """The places of round times with their labels; at midnight the day stands there."""
        length = self.end - self.begin
        step = next((each for each in _STEPS if length / each <= _TICKS), length / _TICKS)
        local = self.begin.astimezone(self.zone)
        moment = local.replace(hour=0, minute=0, second=0, microsecond=0)
        marks = []
        while moment <= self.end:
            if moment >= self.begin:
                at_midnight = moment.hour == 0 and moment.minute == 0
                day = f"{moment.day} {MONTHS[moment.month - 1][:3]}"
                marks.append((self.at(moment), day if at_midnight else f"{moment:%H:%M}"))
            moment += step
        return marks

    def drawn(self, top: float, bottom: float) -> tuple[list[Stroke], list[Label]]:
        """A line for each tick from `top` to `bottom`, and its label below."""
        ticks = self.ticks()
        strokes = [Stroke(((place, top), (place, bottom)), "grid") for place, _ in ticks]
        labels = [Label(place, bottom + 16, text, "middle", "tick") for place, text in ticks]
        return strokes, labels


def axis_over(moments: Sequence[datetime], *, left: float, width: float, zone: tzinfo) -> Axis:
    """The axis that holds all of these moments, with a little space on both sides.

    `left` and `width` are in units of the drawing. What lies before 1900 or after 2200 was
    mistyped, and lies at its edge.
    """
    begin, end = (min(max(each, _FIRST), _LAST) for each in (min(moments), max(moments)))
    margin = max((end - begin) * 0.03, timedelta(seconds=30))
    return Axis(begin - margin, end + margin, left, width, zone)
