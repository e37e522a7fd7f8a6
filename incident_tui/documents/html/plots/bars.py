"""Bars for amounts: entries by kind, time in stages and in roles."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from incident_tui.documents.html.plots.chart import Bar, Chart, Label, shortened
from incident_tui.domain.core.events import Correction, Incident, extend, fold
from incident_tui.domain.people.hats.time_in_role import HatTimes
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_measured

_WIDTH, _ROW, _BAR = 460.0, 40.0, 12.0
_DRAWN = 10
"""Bars at most; the table has all amounts."""
_AMOUNT = 120.0
"""Kept for the amount behind the longest bar."""

Amount = tuple[str, float, str, str]
"""What is counted, how much it is, how that is told, and the colour of its bar."""


def kinds(incident: Incident) -> Chart | None:
    """How many entries of each kind there are, the most first; taken back ones are left out."""
    counts = Counter(entry.event.kind for entry in incident.entries if incident.counts(entry))
    if not counts:
        return None
    amounts = [(kind, float(number), str(number), "plain") for kind, number in counts.most_common()]
    about = f"{counted(counts.total(), 'entry', 'entries')} of {counted(len(counts), 'kind')}"
    about += f"; the {_DRAWN} most frequent are drawn." if len(counts) > _DRAWN else "."
    return _bars("kinds", "Entries by kind", about, ("Kind", "Entries"), amounts)


def stages(incident: Incident, now: datetime) -> Chart | None:
    """How long each stage took that was entered, all of its cycles together."""
    amounts: list[Amount] = []
    lifecycle = incident.of(Lifecycle)
    if lifecycle.is_history:
        return None  # no stage was gone through
    stays = _stays(incident, now)
    for record in lifecycle.stages:
        if record.entered_at is None:
            continue
        length = stays.get(record.stage.id, timedelta())
        goes_on = lifecycle.closed is None and record is lifecycle.current
        text = f"{format_measured(length)}{', going on' if goes_on else ''}"
        amounts.append((record.stage.title, length.total_seconds(), text, "stage"))
    if not amounts:
        return None
    about = f"{counted(len(amounts), 'stage')} entered; the longest bar took the longest."
    return _bars("stages", "Time per stage", about, ("Stage", "Time"), amounts)


def _stays(incident: Incident, now: datetime) -> dict[str, timedelta]:
    """Stage -> for how long in all it was the present one while the incident was open."""
    stays: dict[str, timedelta] = {}
    state = fold([], incident.playbook)
    since = now

    def until(at: datetime) -> None:
        lifecycle = state.of(Lifecycle)
        if lifecycle.declared is not None and lifecycle.closed is None:
            stage = lifecycle.current.stage.id
            stays[stage] = stays.get(stage, timedelta()) + max(at - since, timedelta())

    for position, entry in enumerate(incident.recorded, 1):
        # What moves the incident cannot be taken back; of the rest only corrections can neither.
        if not (entry.event.correctable or isinstance(entry.event, Correction)):
            until(entry.at)
            state = extend(state, incident.recorded[len(state.recorded) : position])
            since = entry.at
    until(now)
    return stays


def hats(incident: Incident, now: datetime) -> Chart | None:
    """How long each role was held, and by whom."""
    titles = {hat.id: hat.title for hat in incident.playbook.hats}
    amounts = [
        (f"{titles.get(hat, hat)}: {person}", worn.total_seconds(), format_measured(worn), "hat")
        for hat, people in incident.of(HatTimes).worn_for(now).items()
        for person, worn in people.items()
    ]
    if not amounts:
        return None
    about = f"{counted(len(amounts), 'role')} held, by each person apart."
    return _bars("hats", "Time per role", about, ("Role and person", "Time"), amounts)


def _bars(
    chart_id: str, title: str, about: str, heads: Sequence[str], amounts: Sequence[Amount]
) -> Chart:
    most = max(amount for _, amount, _, _ in amounts) or 1.0
    bars, labels = [], []
    for place, (name, amount, label, tone) in enumerate(amounts[:_DRAWN]):
        top = place * _ROW
        width = round(max((_WIDTH - _AMOUNT) * amount / most, 2.0), 1)
        bars.append(Bar(0, top + 20, width, _BAR, tone, f"{name}: {label}"))
        labels.append(Label(0, top + 14, shortened(name, 46)))
        labels.append(Label(width + 8, top + 31, label, tone="tick"))
    return Chart(
        chart_id, title, about, _WIDTH, min(len(amounts), _DRAWN) * _ROW + 4, heads,
        [(name, label) for name, _, label, _ in amounts], bars=bars, labels=labels,
    )  # fmt: skip
