"""Bars for amounts: entries by kind, time in stages and in roles."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from incident_tui.documents.html.plots.chart import Bar, Chart, Label, shortened
from incident_tui.domain.core.events import Incident
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
    found = Counter(entry.event.kind for entry in incident.entries if incident.counts(entry))
    if not found:
        return None
    amounts = [(kind, float(number), str(number), "plain") for kind, number in found.most_common()]
    about = f"{counted(found.total(), 'entry', 'entries')} of {counted(len(found), 'kind')}"
    about += f"; the {_DRAWN} most frequent are drawn." if len(found) > _DRAWN else "."
    return _bars("kinds", "Entries by kind", about, ("Kind", "Entries"), amounts)


def stages(incident: Incident, now: datetime) -> Chart | None:
    """How long each stage took that was entered, from entering it first to leaving it last."""
    amounts: list[Amount] = []
    ended = incident.of(Lifecycle).closed
    if incident.of(Lifecycle).is_history:
        return None  # no stage was gone through
    closed = next((e.at for e in reversed(incident.entries) if e.event is ended), None)
    for record in incident.of(Lifecycle).stages:
        if record.entered_at is None:
            continue
        length = max((record.left_at or closed or now) - record.entered_at, timedelta())
        going = "" if record.left_at or closed else ", going on"
        text = f"{format_measured(length)}{going}"
        amounts.append((record.stage.title, length.total_seconds(), text, "stage"))
    if not amounts:
        return None
    about = f"{counted(len(amounts), 'stage')} entered; the longest bar took the longest."
    return _bars("stages", "Time per stage", about, ("Stage", "Time"), amounts)


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
    for place, (name, amount, told, tone) in enumerate(amounts[:_DRAWN]):
        top = place * _ROW
        width = round(max((_WIDTH - _AMOUNT) * amount / most, 2.0), 1)
        bars.append(Bar(0, top + 20, width, _BAR, tone, f"{name}: {told}"))
        labels.append(Label(0, top + 14, shortened(name, 46)))
        labels.append(Label(width + 8, top + 31, told, tone="tick"))
    return Chart(
        chart_id, title, about, _WIDTH, min(len(amounts), _DRAWN) * _ROW + 4, heads,
        [(name, told) for name, _, told, _ in amounts], bars=bars, labels=labels,
    )  # fmt: skip
