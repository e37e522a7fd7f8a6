"""Readings over time: each signal that was read as numbers, with the changes made meanwhile."""

from datetime import datetime

import msgspec

from incident_tui.documents.html.plots.chart import Chart, Dot, Label, Stroke, shortened
from incident_tui.documents.html.plots.time_axis import Axis, axis_over
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.readings import Reading, Readings
from incident_tui.domain.findings.timeline import reading_key
from incident_tui.domain.mitigation.mitigations import Mitigation, Mitigations
from incident_tui.domain.values.measures import comparable
from incident_tui.domain.values.text import counted

_WIDTH, _LEFT, _RIGHT = 800.0, 150.0, 80.0
_HEIGHT, _GAP = 62.0, 26.0
_TOP = 26.0
_DRAWN = 6
"""Signals that are drawn at most; the table has all of them."""


class Point(msgspec.Struct, frozen=True):
    """A value in the unit of its signal; `was` marks what it was before, at its first reading."""

    at: datetime
    value: float
    text: str
    was: bool = False


def points_of(readings: list[Reading]) -> list[Point]:
    """The values of one signal in the order of time; none where they cannot be compared."""
    values = [(item, True, item.before) for item in readings[:1] if item.before]
    values += [(item, False, item.after) for item in readings]
    numbers = comparable(*(text for _, _, text in values)) if values else None
    if numbers is None or len(numbers) < 2:
        return []
    return [
        Point(item.entry.at, number, text, was)
        for (item, was, text), number in zip(values, numbers, strict=True)
    ]


def signals(incident: Incident, moments: Moments) -> Chart | None:
    """The plot of every signal with two comparable values; None where nothing was read."""
    items = sorted(incident.of(Readings).items, key=lambda item: reading_key(item.entry))
    if not items:
        return None
    changes = incident.of(Mitigations).during()
    named: dict[str, list[Reading]] = {}
    for item in items:
        named.setdefault(item.name.casefold(), []).append(item)
    series = {each[0].name: points for each in named.values() if (points := points_of(each))}
    drawn = dict(list(series.items())[:_DRAWN])
    rows = [
        (moments.near(item.entry.at), item.name, item.before, item.after, item.entry.source)
        for item in items
    ]
    rows += [
        (moments.near(item.entry.at), f"Change {item.number}", "", item.text, item.status)
        for item in changes
    ]
    about = f"{counted(len(items), 'reading')} of {counted(len(named), 'signal')}"
    about += f", {counted(len(changes), 'change')} to production." if changes else "."
    if len(drawn) < len(named):
        about += " The table has what cannot be drawn as numbers."
    shapes = _drawn(drawn, changes, moments)
    return Chart(
        "signals", "Readings and changes", about, _WIDTH, shapes[0],
        ("Time", "Signal", "Before", "After", "Source or state"), rows,
        strokes=shapes[1], dots=shapes[2], labels=shapes[3], wide=True,
    )  # fmt: skip


def _drawn(
    series: dict[str, list[Point]], changes: list[Mitigation], moments: Moments
) -> tuple[float, list[Stroke], list[Dot], list[Label]]:
    if not series:
        return 0.0, [], [], []
    times = [point.at for points in series.values() for point in points]
    times += [item.entry.at for item in changes]
    axis = axis_over(times, left=_LEFT, width=_WIDTH - _LEFT - _RIGHT, zone=moments.zone)
    bottom = _TOP + len(series) * (_HEIGHT + _GAP)
    strokes, labels = axis.drawn(_TOP - 6, bottom)
    dots: list[Dot] = []
    if changes:
        labels.append(Label(_LEFT - 14, _TOP - 11, "changes", "end", "tick"))
    for item in changes:
        x = axis.at(item.entry.at)
        strokes.append(Stroke(((x, _TOP - 6), (x, bottom)), "change"))
        labels.append(Label(x, _TOP - 11, str(item.number), "middle", "tick"))
    for place, (name, points) in enumerate(series.items()):
        top = _TOP + place * (_HEIGHT + _GAP) + 10
        line, marks, words = _signal(name, points, axis, top)
        strokes.append(line)
        dots += marks
        labels += words
    return bottom + 24, strokes, dots, labels


def _signal(
    name: str, points: list[Point], axis: Axis, top: float
) -> tuple[Stroke, list[Dot], list[Label]]:
    low, high = min(p.value for p in points), max(p.value for p in points)
    size = (high - low) or 1.0
    places = [
        (axis.at(p.at), round(top + _HEIGHT * (1 - (p.value - low) / size), 1)) for p in points
    ]
    dots = [
        Dot(x, y, "signal", f"{point.text}, before" if point.was else point.text, point.was)
        for (x, y), point in zip(places, points, strict=True)
    ]
    first, last = points[0], points[-1]
    labels = [
        Label(_LEFT - 14, top + _HEIGHT / 2 - 4, shortened(name, 18), "end"),
        Label(_LEFT - 14, top + _HEIGHT / 2 + 13, f"from {shortened(first.text, 13)}", "end",
              "tick"),
        Label(places[-1][0] + 10, places[-1][1] + 4, shortened(last.text, 10)),
    ]  # fmt: skip
    return Stroke(places, "signal"), dots, labels
