"""The board of hypotheses: what speaks for and against each, and how it stands."""

from incident_tui.documents.html.plots.chart import Bar, Chart, Label, Stroke, shortened
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.hypotheses import Hypotheses, Hypothesis
from incident_tui.domain.values.text import counted

_WIDTH, _ROW, _BAR = 460.0, 44.0, 12.0
_MIDDLE = _WIDTH / 2
STATES = {
    "confirmed": "confirmed",
    "testing": "being tested",
    "open": "open",
    "refuted": "ruled out",
}
"""How a status is told."""


def board(incident: Incident) -> Chart | None:
    """Evidence against to the left, evidence for to the right; the confirmed ones first."""
    items = incident.of(Hypotheses).ranked()
    if not items:
        return None
    most = max((max(len(i.evidence_for), len(i.evidence_against)) for i in items), default=0)
    unit = (_MIDDLE - 40) / max(most, 3)
    bars: list[Bar] = []
    labels = [
        Label(0, 12, "against", tone="tick"),
        Label(_WIDTH, 12, "for", "end", "tick"),
    ]
    for place, item in enumerate(items):
        drawn, words = _row(item, 20 + place * _ROW, unit)
        bars += drawn
        labels += words
    height = 24 + len(items) * _ROW
    confirmed = sum(item.status == "confirmed" for item in items)
    return Chart(
        "board", "Hypotheses and their evidence",
        f"{counted(len(items), 'hypothesis', 'hypotheses')}, {confirmed} confirmed.",
        _WIDTH, height, ("#", "Hypothesis", "State", "For", "Against"),
        [
            (item.number, item.text, STATES[item.status], len(item.evidence_for),
             len(item.evidence_against))
            for item in items
        ],
        bars=bars, strokes=[Stroke(((_MIDDLE, 18), (_MIDDLE, height)), "grid")], labels=labels,
    )  # fmt: skip


def _row(item: Hypothesis, top: float, unit: float) -> tuple[list[Bar], list[Label]]:
    state, tone = STATES[item.status], f"is-{item.status}"
    labels = [Label(0, top + 14, shortened(f"{item.number}. {item.text}", 46))]
    bars = []
    y = top + 22
    for sign, count in ((-1, len(item.evidence_against)), (1, len(item.evidence_for))):
        width = round(unit * count, 1)
        if count:
            x = _MIDDLE if sign > 0 else _MIDDLE - width
            side = "for" if sign > 0 else "against"
            bars.append(Bar(x, y, width, _BAR, tone, f"{count} {side}"))
    labels.append(Label(_WIDTH, y + 10, state, "end", "tick"))
    return bars, labels
