"""How a gate reads: what to do now, and the checks, what is missing first.

What is possible is asked of the service; nothing is decided here.
"""

from collections.abc import Callable, Sequence

from textual.content import Content

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.process.gates import CheckResult, closes_next, next_gate
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.text import counted
from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.panes.stage import check_row, note_rows
from incident_tui.screens.session.suggested_line import lead_of
from incident_tui.screens.widgets.rows.row_wrap import WHOLE
from incident_tui.screens.widgets.rows.rows import Row
from incident_tui.service import IncidentSession

_OFFER = "offer "
"""How the keys of rows begin that are no check but a way out of a refusal."""

_HOW_LEFT = {
    "none": "no gate",
    "auto": "the gate decides",
    "ask": "asks for approval",
    "external": "somebody else approves",
}


class GateView:
    """The gate of the current stage at one moment; at the last stage that of the close.

    `key_of` gives the key that leads to an action now.
    """

    def __init__(self, session: IncidentSession, key_of: Callable[[str], str]) -> None:
        lifecycle = session.incident.of(Lifecycle)
        self._key_of = key_of
        self._session = session
        self.closed = lifecycle.closed is not None
        self.current = lifecycle.current
        self.number = lifecycle.stages.index(self.current) + 1
        self.is_last = closes_next(session.incident)
        self.report = next_gate(session.incident)
        self.place = (self.current.stage.id, self.current.state)
        """The stage and its state: while they stay, nobody has moved the incident on."""
        refused = self.refusal("/approve" if self.waits else "/advance")
        self._closable = self.is_last and self.refusal("/close") is None
        self.obstacle = None if self._closable else refused
        """Why the stage cannot be left now."""

    @property
    def waits(self) -> bool:
        """Whether the artifact waits for approval."""
        return self.current.state == "review"

    def refusal(self, text: str) -> Refused | None:
        """Why the service would refuse a line; None when it would record it."""
        try:
            self._session.plan(text)
        except Refused as refused:
            return refused
        return None

    def head(self) -> Content:
        """Which stage it is, and what to do now."""
        stage = self.current.stage
        title = line(
            (f"{stage.title} · {stage.purpose}", "bold"), (f"   {_HOW_LEFT[stage.review]}", "dim")
        )
        return Content("\n").join([title, plain(self._what_now())])

    def _what_now(self) -> str:
        if self.closed:
            return "✓ The incident is closed."
        if failed := self.report.failed:
            fails = counted(len(failed), "check fails", "checks fail")
            return f"✗ {fails}. Enter on one puts the line that mends it into the log line."
        if self._closable:
            return f"✓ Everything holds. {self._key_of('gate.close')} closes the incident."
        if self.obstacle is not None:
            return f"✗ {self.obstacle.message}."
        if self.waits:
            approve, back = self._key_of("gate.approve"), self._key_of("gate.revise")
            waits = f"Revision {len(self.current.revisions)} waits for approval"
            return f"✓ {waits}. {approve} approves it, {back} sends it back with a note."
        advance = self._key_of("gate.advance")
        if self.current.stage.review == "none":
            return f"This stage has no gate. {advance} leaves it."
        if self.current.stage.review == "auto":
            return f"✓ Everything holds. {advance} goes on to the next stage."
        return f"✓ Everything holds. {advance} asks for the approval of what is shown."

    def rows(self) -> list[Row]:
        """The checks in sections, after what else stands in the way."""
        checks = self.report.checks
        failed = self.report.failed
        ticked = [c for c in checks if c.state == "passed" and c.kind == "attestation"]
        holds = [c for c in checks if c.state == "passed" and c.kind != "attestation"]
        rows = note_rows(self._session.incident)
        rows += _ways_out(self.obstacle) if self.obstacle and not failed else []
        rows += _section("Missing", failed)
        rows += _section("Ticked by people", ticked)
        rows += _section("Holds", holds)
        return rows + _section("Waived", [check for check in checks if check.state == "waived"])

    def check(self, row: Row | None) -> CheckResult | None:
        """The check that a row shows."""
        return next((c for c in self.report.checks if row and c.id == row.key), None)

    def line_behind(self, row: Row) -> str | None:
        """How the line begins that mends what a row shows; None where nothing is to be mended."""
        if self.obstacle is not None and row.key.startswith(_OFFER):
            return lead_of(self.obstacle.reasons[int(row.key.removeprefix(_OFFER))][1])
        check = self.check(row)
        return lead_of(check.mend) if check and check.state == "failing" else None


def _ways_out(obstacle: Refused) -> list[Row]:
    rows = [Row.title("In the way"), Row("why", line(f"✗ {obstacle.message}"), selectable=False)]
    for number, (what, mend) in enumerate(obstacle.reasons):
        offer = line(f"  {what}  ", (mend, WHOLE))
        rows.append(Row(f"{_OFFER}{number}", offer, selectable=mend.startswith("/")))
    return rows


def _section(title: str, checks: Sequence[CheckResult]) -> list[Row]:
    if not checks:
        return []
    return [Row.title(f"{title} · {len(checks)}"), *(check_row(check) for check in checks)]
