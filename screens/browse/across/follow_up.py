"""Follow-up: the action items of all incidents, the overdue first, and the way into each.

Above them stands what was delivered and not merged when the remote was asked last.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_duration, format_when, zone_named
from incident_tui.history import GitUnavailableError
from incident_tui.history.commits.plumbing import DeliveryError
from incident_tui.screens.browse.across.logs_read import LogsRead, Stopped, progress_to
from incident_tui.screens.painted_text import columns, line, plain
from incident_tui.screens.panes.actions import MARKS
from incident_tui.screens.session.apart import apart
from incident_tui.screens.terminal.known_keys import told_key
from incident_tui.screens.terminal.themes import OVERDUE
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import Answer, View
from incident_tui.screens.widgets.rows.rows import Row, Rows
from incident_tui.service import Service
from incident_tui.service.across.action_register import Owed, Register, register
from incident_tui.service.across.deliveries import DeliveryRecord, ask_about, unmerged

NONE = "No incident has an action item yet. In the log line of one, type  + and what will be done."
HEADINGS = ("standing", "due", "", "owner", "what will be done")
WIDTHS = (12, 10, 2, 8)
ASKING, MERGE = "asking the remote", "delivery"


class OwedRows(Rows):
    """The action items; Enter opens the incident of one."""

    BINDINGS = [
        Binding("enter", "choose", "open its incident", id="rows.choose",
                tooltip="Open the incident that the action item belongs to"),
    ]  # fmt: skip


class FollowUpScreen(View[None]):
    """What was promised in all incidents of the home."""

    BINDING_GROUP_TITLE = "Follow-up"
    CSS_PATH = [
        "../../../styles/widgets/key_bar.tcss",
        "../../../styles/browse/across/follow_up.tcss",
    ]
    takes_text = "press / to filter, Enter to open an incident."
    BINDINGS = [
        Binding("o", "only_overdue", "only overdue", id="follow_up.only_overdue",
                tooltip="Only what is past its day, or everything again"),
        Binding("m", "merged", "was it merged?", id="follow_up.merged",
                tooltip="Ask the remote whether this delivery was merged; records the approval"),
        Binding("r", "again", "read again", False, id="follow_up.again",
                tooltip="Read the action items again"),
        Binding("escape,q", "leave", "back", id="follow_up.leave",
                tooltip="Back to where you were"),
    ]  # fmt: skip

    @dataclass
    class Read(Message):
        """The action items were read."""

        register: Register
        unmerged: list[DeliveryRecord]

    def __init__(self, service: Service, open_incident: Callable[[str], None]) -> None:
        super().__init__()
        self.service = service
        self._open = open_incident
        self._rows = OwedRows(empty=plain("Reading the incidents…"))
        self._register = Register((), ())
        self._only_overdue = False
        self._items: dict[str, Owed] = {}
        self._unmerged: dict[str, DeliveryRecord] = {}

    def compose(self) -> ComposeResult:
        yield Static(id="follow-up-title", markup=False)
        yield Static(id="follow-up-columns", markup=False)
        yield self._rows
        yield Static(id="follow-up-detail", markup=False)
        yield Static(id="follow-up-unread", markup=False)
        yield Answer(id="follow-up-answer")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#follow-up-columns", Static).update(plain(_columns(" ", *HEADINGS)))
        self._tell("reading…")
        self.query_one("#follow-up-detail").display = False
        self.query_one("#follow-up-unread").display = False
        self._rows.focus()
        self.action_again()

    def action_again(self) -> None:
        self._read()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self) -> None:
        worker = get_current_worker()
        with suppress(Stopped):
            found = register(self.service, progress=progress_to(self))
            if not worker.is_cancelled:
                self.post_message(self.Read(found, unmerged(self.service)))

    def on_logs_read(self, event: LogsRead) -> None:
        event.stop()
        self._tell(event.told)

    def failed(self, worker: Worker[object]) -> None:
        if worker.name == ASKING:
            self.answer(f"✗ Not asked: {worker.error}")
            return
        self._rows.set_empty(plain(f"The action items cannot be read: {worker.error}"))
        self._tell("not read")

    def on_follow_up_screen_read(self, event: Read) -> None:
        self._register = event.register
        self._unmerged = {f"{MERGE} {each.incident}": each for each in event.unmerged}
        self._show()

    def _show(self) -> None:
        found = self._register
        shown = found.overdue if self._only_overdue else found.items
        self._items = {f"{item.incident} {item.number}": item for item in shown}
        key = told_key(self, "follow_up.only_overdue")
        nothing = f"Nothing is overdue. {key} shows everything again." if found.items else NONE
        self._rows.set_empty(plain(nothing))
        waiting = {} if self._only_overdue else self._unmerged
        rows = [self._delivery(key, each) for key, each in waiting.items()]
        rows += [self._row(key, item) for key, item in self._items.items()]
        self._rows.set_rows(rows)
        done = sum(item.status == "done" for item in found.items)
        left = sum(not item.settled for item in found.items)
        told = [counted(len(found.items), "action item"), f"{left} left"]
        told += [f"{len(found.overdue)} overdue"] if found.overdue else []
        told += [f"{done} done but not verified"] if done else []
        told += [f"{len(self._unmerged)} delivered, not merged"] if self._unmerged else []
        self._tell(" · ".join(told))
        unread = self.query_one("#follow-up-unread", Static)
        unread.display = bool(found.unread)
        problems = [f"✗ {one.incident} cannot be read: {one.problem}" for one in found.unread]
        unread.update(plain("\n".join(problems), lines=True))
        self._tell_detail()

    def _tell(self, told: str) -> None:
        only = "  only overdue" if self._only_overdue else ""
        title = line(("Follow-up", "bold"), f" · {told}", (only, "bold"))
        self.query_one("#follow-up-title", Static).update(title)

    def _row(self, key: str, item: Owed) -> Row:
        zone, now = zone_named(self.service.zone_name), self.service.world.clock()
        standing, mark = item.status, MARKS[item.status]
        if item.overdue and item.due is not None:
            standing, mark = f"late {format_duration(now - item.due)}", "!"
        due = item.due.astimezone(zone).date().isoformat() if item.due else "no day"
        shown = _columns(
            mark, standing, due, item.priority or "-", item.owner or "nobody", item.text
        )
        style = OVERDUE if item.overdue else "dim" if item.settled else ""
        words = f"{shown} {item.incident} {item.title} {item.action_class} {item.term}"
        told = line((shown, style), (f"  {item.title}", "dim"))
        return Row(key, told, search=f"{words} {item.verify} {item.factor}")

    def _delivery(self, key: str, known: DeliveryRecord) -> Row:
        zone = zone_named(self.service.zone_name)
        since = (known.at or known.asked).astimezone(zone).date().isoformat()
        shown = _columns("↑", "to be merged", since, "", known.remote, known.incident)
        return Row(key, line(shown, (f"  {known.branch}", "dim")), search=f"{shown} {known.url}")

    def on_rows_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._tell_detail()

    def _tell_detail(self) -> None:
        """The rest of what is known about the item or the delivery under the cursor."""
        self.refresh_bindings()
        item = self._items.get(self._rows.row.key) if self._rows.row else None
        detail = self.query_one("#follow-up-detail", Static)
        detail.display = item is not None or self._delivered is not None
        if delivery := self._delivered:
            now, zone = self.service.world.clock(), zone_named(self.service.zone_name)
            asked = format_when(delivery.asked, zone, reference=now)
            detail.update(line((delivery.told, "bold"), f" · {delivery.url} · asked at {asked}"))
        if item is None:
            return
        drill = "  DRILL" if item.drill else ""
        known = "  need to know" if item.protected else ""
        facts = [
            ("seen when", item.verify or "nobody has said by which sign one will see it"),
            ("answers", item.factor),
            (item.status, item.outcome),
        ]
        more = [("class", item.action_class), ("term", item.term), ("ref", item.ref)]
        short = "   ".join(f"{name} {value}" for name, value in more if value)
        told = [line((f"{item.title} ", "bold"), f"#{item.number}", (drill + known, "bold"))]
        told += [line((f"{name}: ", "dim"), value) for name, value in facts if value]
        told += [line((short, "dim"))] if short else []
        detail.update(Content("\n").join(told))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        owed = self._items.get(event.row.key) or self._unmerged[event.row.key]
        self._open(owed.incident)

    @property
    def _delivered(self) -> DeliveryRecord | None:
        """The delivery under the cursor."""
        return self._unmerged.get(self._rows.row.key) if self._rows.row else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "merged":
            return self._delivered is not None
        return super().check_action(action, parameters)

    def action_merged(self) -> None:
        """Ask the remote about the delivery under the cursor."""
        if known := self._delivered:
            self.answer(f"asking {known.remote} about {known.incident}…")
            self._ask(known.incident)

    @work(exclusive=True, exit_on_error=False, group="asking", name=ASKING)
    async def _ask(self, incident: str) -> None:
        try:
            checked = await apart(lambda: ask_about(self.service, incident), name=ASKING)
        except (DeliveryError, GitUnavailableError) as problem:
            self.answer(f"✗ Not asked: {problem.reason}.")
            return
        mark = "✓ " if checked.merged else ""
        self.answer(f"{mark}{checked.summary}.")
        if checked.merged:
            self.action_again()

    def action_only_overdue(self) -> None:
        self._only_overdue = not self._only_overdue
        self._show()


def _columns(mark: str, *texts: str) -> str:
    return columns(mark, texts, WIDTHS)
