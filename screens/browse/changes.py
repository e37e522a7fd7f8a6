"""What changed before the start, the likeliest first, and the keys that put a change on record.

Repositories and fed logs are read by a worker; which change is likelier is the domain's to say.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from incident_tui.domain.findings.suspects import hypothesis_line, on_record, suspect_line
from incident_tui.domain.findings.suspects.ranking import Ranked
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_duration, format_when
from incident_tui.screens.painted_text import columns, line, plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.widgets.chrome.incident_screen import IncidentScreen
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.list_screen import ListScreen, progress_of
from incident_tui.screens.widgets.chrome.view import Answer, LineChoice
from incident_tui.screens.widgets.rows.rows import Row, Rows
from incident_tui.service import Receipt
from incident_tui.service.suspects.changes_before import WINDOW, Changes, changes_before

WINDOWS = (WINDOW, timedelta(days=3), timedelta(days=7), timedelta(hours=2))
"""What `w` goes through."""
FILES = 4
"""Files of the change under the cursor that are named."""
NOWHERE = (
    "No repository is watched, and none is around this home: incident-tui init --watch PATH names "
    "one, incident-tui changes - takes a log of deploys."
)


class ChangeRows(Rows):
    """The changes; Enter begins the line of one."""

    BINDINGS = [
        Binding("enter", "choose", "write it", id="rows.choose",
                tooltip="Put the line that records this change into the log line"),
    ]  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # To the left is nothing: that letter proposes a cause.
        return action != "beside" and super().check_action(action, parameters)


class ChangesScreen(LineChoice, IncidentScreen[str | None], ListScreen[str | None, Changes]):
    """Gives back a line for the log line, or nothing."""

    BINDING_GROUP_TITLE = "What changed"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/widgets/list_screen.tcss"]
    HEAD = "What changed"
    LIST = ChangeRows
    HEADINGS = ("when", "what", "where", "change")
    WIDTHS = (14, 15, 12)
    PLACEHOLDER = "Reading what changed…"
    UNREADABLE = "What changed cannot be read"
    SHOWS = frozenset(f"changes.{it}" for it in ("suspect", "hypothesis", "window", "again"))
    BINDINGS = [
        Binding("s", "suspect", "suspect", id="changes.suspect",
                tooltip="Record it as a change from before the start, with its commit as source; "
                "asks first"),
        Binding("h", "hypothesis", "hypothesis", id="changes.hypothesis",
                tooltip="Propose it as the cause, with the test that would tell; asks first"),
        Binding("w", "window", "how far back", id="changes.window",
                tooltip="Look further back before the start, or nearer again"),
        Binding("r", "again", "read again", False, id="changes.again",
                tooltip="Read the repositories again"),
        Binding("escape,q", "leave", "back", id="changes.leave", tooltip="Back to the war room"),
    ]  # fmt: skip

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller)
        self._window = 0
        self._changes: Changes | None = None
        self._ranked: dict[str, Ranked] = {}

    def below(self) -> Iterable[Widget]:
        return [Answer(id="list-answer"), KeyBar(self.controller)]

    # --- reading -------------------------------------------------------------------------------

    def action_again(self) -> None:
        """Read every place anew."""
        self.tell_title("reading…")
        super().action_again()

    def action_window(self) -> None:
        self._window = (self._window + 1) % len(WINDOWS)
        self.action_again()

    def read(self) -> Iterator[Changes]:
        session, window, tell = self.controller.session, WINDOWS[self._window], progress_of(self)

        def on_place(where: str) -> None:
            tell(f"reading {where}…")

        yield changes_before(session, window, long_lived=True, on_place=on_place)

    def show(self, changes: Changes) -> None:
        self._changes = changes
        self.state_changed()

    # --- what is shown -------------------------------------------------------------------------

    def state_changed(self) -> None:
        """Show the changes, and which of them are on record by now."""
        changes = self._changes
        if changes is None:
            return
        self._ranked = {each.candidate.source: each for each in changes.rows}
        span = _span_text(WINDOWS[self._window])
        further = key_text(self, "changes.window")
        nothing = f"Nothing changed in the {span} before the start. {further} looks further back."
        self.rows.set_empty(plain(nothing if changes.places else NOWHERE))
        self.rows.set_rows([self._row(key, each) for key, each in self._ranked.items()])
        start = format_when(changes.start, self.zone, reference=self.controller.now())
        ranked = ", likeliest first" if len(changes.rows) > 1 else ""
        facts = [
            f"{counted(len(changes.rows), 'change')}{ranked}",
            f"{span} before the start at {start}",
        ]
        facts += [f"✗ {each.where} cannot be read: {each.why}" for each in changes.unread]
        self.tell_title(" · ".join(facts))
        self.tell_detail()

    def _row(self, key: str, each: Ranked) -> Row:
        change = each.candidate
        entry = on_record(change, self.incident)
        assert self._changes is not None
        ahead = f"{format_duration(self._changes.start - change.at)} before"
        what = f"{change.kind} {change.sha[:8]}" if change.sha else change.kind
        shown = columns(
            "✓" if entry else " ", (ahead, what, change.where, change.text), self.WIDTHS
        )
        recorded = f"  #{self.incident.number(entry.id)}" if entry else ""
        content = line((shown, "dim" if entry else ""), (recorded, "bold"))
        words = f"{shown} {change.who} {change.source} {' '.join(change.paths)}"
        return Row(key, content, search=f"{words} {' '.join(each.reasons)}")

    def detail(self) -> Sequence[Content]:
        """Why the marked change stands where it does, and what it touched."""
        each = self._chosen
        if each is None:
            return []
        change = each.candidate
        named = list(change.paths[:FILES])
        left = len(change.paths) - len(named) + change.more
        files = ", ".join([*named, *([f"{left} more"] if left else [])])
        facts = [("why here", "; ".join(each.reasons)), ("by", change.who), ("files", files)]
        lines = [line((change.text, "bold")), line(("source: ", "dim"), change.source)]
        return [*lines, *(line((f"{name}: ", "dim"), value) for name, value in facts if value)]

    # --- what is done --------------------------------------------------------------------------

    @property
    def _chosen(self) -> Ranked | None:
        row = self.rows.row
        return self._ranked.get(row.key) if row else None

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if each := self._ranked.get(event.row.key):
            self.dismiss(suspect_line(each.candidate))

    def action_suspect(self) -> None:
        """Record the change under the cursor, unless it is on record."""
        if each := self._chosen:
            self._put_on_record(each, suspect_line(each.candidate))

    def action_hypothesis(self) -> None:
        """Propose the change under the cursor, unless it is on record as a cause already."""
        if each := self._chosen:
            self._put_on_record(each, hypothesis_line(each.candidate, self.incident))

    def _put_on_record(self, each: Ranked, text: str) -> None:
        as_cause = text.startswith("?")
        for entry in self.incident.recorded:
            proposed = entry.event.kind == "hypothesis"
            if entry.source == each.candidate.source and proposed == as_cause:
                self.answer(f"It is on record already as #{self.incident.number(entry.id)}.")
                return
        what = "proposes it as the cause" if as_cause else "records it as a change before the start"
        self.question.ask(what, lambda: self.send(text))

    async def recorded(self, receipt: Receipt) -> None:
        self.answer(f"✓ {receipt.numbers[0]}: {receipt.summary}")


def _span_text(span: timedelta) -> str:
    hours = round(span.total_seconds() / 3600)
    return counted(hours, "hour") if hours <= 24 else counted(round(hours / 24), "day")
