"""The course of an incident over time: severity, impact on users, updates, milestones."""

from datetime import datetime

from incident_tui.documents.html.plots.chart import Bar, Chart, Dot, Label, Stroke, fits
from incident_tui.documents.html.plots.time_axis import Axis, axis_over
from incident_tui.documents.pages.update_pages import update_kind
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.impact_spans import spans
from incident_tui.domain.findings.milestones import MILESTONES, Milestones
from incident_tui.domain.impact.severity import SeverityChanged, SeverityState
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_measured

_LEFT, _WIDTH, _RIGHT = 116.0, 800.0, 12.0
_LANE, _BAR = 34.0, 20.0
_ROW = 20.0

Span = tuple[datetime, datetime, str]
"""From when to when, and what held."""


def severities(incident: Incident, end: datetime) -> list[Span]:
    """Each level with the time for which it held, up to `end`."""
    changes = [
        (entry.at, entry.event.level)
        for entry in sorted(incident.of(SeverityState).history, key=lambda entry: entry.at)
        if isinstance(entry.event, SeverityChanged) and entry.at <= end
    ]
    ends = [*(at for at, _ in changes[1:]), end]
    bands: list[Span] = []
    for (begin, level), until in zip(changes, ends, strict=False):
        if bands and bands[-1][2] == level:
            bands[-1] = (bands[-1][0], until, level)
        else:
            bands.append((begin, until, level))
    return bands


def tone_of(incident: Incident, level: str) -> str:
    """The colour of a level: that of its place among those of the playbook, the worst first."""
    known = [severity.id for severity in incident.playbook.severities]
    place = known.index(level) if level in known else len(known)
    return f"level-{min(place, 3)}"


def course(incident: Incident, moments: Moments, now: datetime) -> Chart | None:
    """The plot from the start until it was over, or `now`; None while nothing is known to draw."""
    reached = _milestones(incident)
    impact = [(s.begin, s.end or now, s.end is None) for s in spans(incident)]
    over = incident.of(Milestones).at("resolved")
    end = over or now
    shown = [(name, at) for name, at in reached if at <= end or name in ("mitigated", "resolved")]
    points = [at for _, at in shown] + [at for begin, until, _ in impact for at in (begin, until)]
    if not points:
        return None
    axis = axis_over([*points, end], left=_LEFT, width=_WIDTH - _LEFT - _RIGHT, zone=moments.zone)
    levels = severities(incident, end)
    updates = [item for item in incident.of(Updates).items if item.entry.at <= end]
    # A lane with nothing in it tells nothing.
    held = {"Severity": levels, "Users affected": impact, "Updates": updates}
    lanes = {name: place for place, name in enumerate(name for name in held if held[name])}
    bottom = len(lanes) * _LANE + len(shown) * _ROW + 14
    grid, ticks = axis.drawn(6, bottom)
    bars = [_bar(axis, span, lanes["Severity"], tone_of(incident, span[2])) for span in levels]
    bars += [
        _bar(axis, (begin, until, ""), lanes["Users affected"], "impact")
        for begin, until, _ in impact
    ]
    labels = [_lane(name, place) for name, place in lanes.items()]
    labels += [label for span in levels for label in _inside(axis, span)]
    dots = [
        Dot(axis.at(item.entry.at), lanes["Updates"] * _LANE + 20, "update",
            f"{update_kind(item)} {item.number}")
        for item in updates
    ]  # fmt: skip
    for place, (name, at) in enumerate(shown):
        y = len(lanes) * _LANE + place * _ROW + 14
        dot, label, stroke = _milestone(axis, name, at, y, moments)
        dots.append(dot)
        labels.append(label)
        grid.append(stroke)
    rows: list[tuple[datetime, str, str, str]] = [
        (begin, f"Severity {level}", moments.near(until), format_measured(until - begin))
        for begin, until, level in levels
    ]
    rows += [
        (begin, "Users affected", "going on" if open_ else moments.near(until),
         format_measured(until - begin))
        for begin, until, open_ in impact
    ]  # fmt: skip
    rows += [(item.entry.at, f"{update_kind(item)} {item.number}", "", "") for item in updates]
    rows += [(at, f"Milestone: {name}", "", "") for name, at in shown]
    return Chart(
        id="course",
        title="Severity and impact over time" if levels or impact else "The course over time",
        about=_about(impact, levels, moments),
        width=_WIDTH,
        height=bottom + 26,
        heads=("From", "What", "Until", "Length"),
        rows=[(moments.near(at), *rest) for at, *rest in sorted(rows, key=lambda row: row[0])],
        bars=bars,
        strokes=grid,
        dots=dots,
        labels=[*labels, *ticks],
        wide=True,
    )


def _milestones(incident: Incident) -> list[tuple[str, datetime]]:
    milestones = incident.of(Milestones)
    known = [(name, at) for name in MILESTONES if (at := milestones.at(name)) is not None]
    return sorted(known, key=lambda pair: pair[1])


def _lane(name: str, place: int) -> Label:
    return Label(_LEFT - 10, place * _LANE + 24, name, "end")


def _bar(axis: Axis, span: Span, place: int, tone: str) -> Bar:
    begin, end, what = span
    left = axis.at(begin)
    length = format_measured(end - begin)
    width = max(round(axis.at(end) - left, 1), 2.0)
    return Bar(left, place * _LANE + 10, width, _BAR, tone, f"{what} {length}".strip())


def _inside(axis: Axis, span: Span) -> list[Label]:
    """The name of a level in its bar, where it fits."""
    begin, end, level = span
    width = axis.at(end) - axis.at(begin)
    if not fits(level, width):
        return []
    return [Label(axis.at(begin) + 6, 24, level, "start", "inside")]


def _milestone(
    axis: Axis, name: str, at: datetime, y: float, moments: Moments
) -> tuple[Dot, Label, Stroke]:
    """A milestone on a row of its own, so that no two labels meet."""
    x = axis.at(at)
    text = f"{name.replace('-', ' ')} {moments.near(at)}"
    left = fits(text, _WIDTH - x - 12)
    label = Label(x + 9 if left else x - 9, y + 4, text, "start" if left else "end")
    return Dot(x, y, "milestone", text), label, Stroke(((x, y), (x, 6)), "drop")


def _about(
    impact: list[tuple[datetime, datetime, bool]], levels: list[Span], moments: Moments
) -> str:
    parts = []
    if impact:
        first, last = impact[0], impact[-1]
        end = "and is not over" if last[2] else f"and stopped at {moments.near(last[1])}"
        parts.append(f"The impact began at {moments.near(first[0])} {end}.")
        if len(impact) > 1:
            parts.append(f"It came in {counted(len(impact), 'span')}.")
    if levels:
        parts.append("Severity: " + ", then ".join(level for _, _, level in levels) + ".")
    return " ".join(parts) or "Milestones of the incident."
