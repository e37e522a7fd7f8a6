"""Hypotheses: what might be the cause, best supported first, ruled out last."""

from textual.content import Content

from incident_tui.domain.core.events import Entry
from incident_tui.domain.findings.hypotheses import VERDICTS, Hypotheses, Hypothesis
from incident_tui.screens.painted_text import line
from incident_tui.screens.panes.pane import Offer, Pane, Place
from incident_tui.screens.terminal.themes import IN_FLIGHT, PASSED, RULED_OUT
from incident_tui.screens.widgets.rows.rows import Row

MARKS = {"open": "?", "testing": "◐", "confirmed": "✓", "refuted": "✗"}
WORDS = {"refuted": "ruled out"}
STYLES = {"open": "", "testing": IN_FLIGHT, "confirmed": PASSED, "refuted": "dim"}


class HypothesesPane(Pane):
    """Suspicions, their tests and verdicts."""

    title = "Hypotheses"
    place = Place("side", 1)
    empty = "What could be the cause? Type  ? and what you suspect."
    wrap = True
    adds = "? "

    def make_rows(self) -> list[Row]:
        return [self._row(item) for item in self.incident.of(Hypotheses).ranked()]

    def _row(self, item: Hypothesis) -> Row:
        evidence = len(item.evidence_for), len(item.evidence_against)
        of = (item.status, item.text, item.verdict, item.test, evidence)
        return self.made(str(item.number), of, lambda: self._item_text(item, *evidence))

    def _item_text(self, item: Hypothesis, speaks_for: int, against: int) -> Content:
        parts = [
            (f"{item.number} {MARKS[item.status]} ", f"bold {STYLES[item.status]}"),
            (item.text, RULED_OUT if item.status == "refuted" else ""),
            (f"  {WORDS.get(item.status, item.status)}", STYLES[item.status] or "dim"),
        ]
        if speaks_for or against:
            parts.append((f" +{speaks_for} -{against}", "dim"))
        if item.verdict:
            parts.append((f": {item.verdict}", "dim"))
        elif item.test:
            parts.append((f"  tells: {item.test}", "dim"))
        return line(*parts)

    def entry(self, key: str) -> Entry | None:
        return self.incident.of(Hypotheses).items[int(key) - 1].entry

    def offers(self, key: str) -> tuple[str, list[Offer]]:
        item = self.incident.of(Hypotheses).items[int(key) - 1]
        lines = {
            "test": Offer(f"/hyp {key} test ", "name the check that would tell"),
            "refute": Offer(f"/hyp {key} refute ", "rule it out, with the reason"),
            "confirm": Offer(f"/hyp {key} confirm ", "it is the cause, with the reason"),
        }
        possible = [lines[verdict] for verdict in lines if verdict in VERDICTS[item.status]]
        weigh = [
            Offer(f"/hyp {key} for ", "evidence that supports it"),
            Offer(f"/hyp {key} against ", "evidence that contradicts it"),
        ]
        return f"hypothesis {key}: {item.text}", [
            *weigh,
            *possible,
            Offer(f"/amend {self.incident.number(item.entry.id)} ", "correct its wording"),
        ]
