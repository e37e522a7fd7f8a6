"""Follow-up: the action items of all incidents, the overdue first, and the way into each.

Above them stands what was delivered and not merged when the remote was asked last.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual import work
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker

from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_duration, format_when, zone_named
from incident_tui.history import GitUnavailableError
from incident_tui.history.commits.plumbing import DeliveryError
from incident_tui.screens.painted_text import Part, columns, line, plain
from incident_tui.screens.panes.actions import MARKS
from incident_tui.screens.session.apart import apart
from incident_tui.screens.terminal.themes import OVERDUE
from incident_tui.screens.widgets.chrome.list_screen import ListScreen, progress_to
from incident_tui.screens.widgets.chrome.view import Answer, ReadingView
from incident_tui.screens.widgets.rows.rows import Row, Rows
from incident_tui.service import Service
from incident_tui.service.across.action_register import Owed, Register, register
from incident_tui.service.across.deliveries import DeliveryRecord, ask_about, unmerged

NONE = "No incident has an action item yet. In the log line of one, type  + and what will be done."
REMOTE_CHECK, MERGE = "asking the remote", "delivery"


class OwedRows(Rows):
    """The action items; Enter opens the incident of one."""

    BINDINGS = [
        Binding("enter", "choose", "open its incident", id="rows.choose",
                tooltip="Open the incident that the action item belongs to"),
    ]  # fmt: skip


@dataclass
class FollowUp:
    """What was promised, and what was delivered and waits to be merged."""

    register: Register
    unmerged: list[DeliveryRecord]


class FollowUpScreen(ReadingView[None], ListScreen[None, FollowUp]):
    """What was promised in all incidents of the home."""

    BINDING_GROUP_TITLE = "Follow-up"
    CSS_PATH = [
        "../../../styles/widgets/key_bar.tcss",
        "../../../styles/widgets/list_screen.tcss",
        "../../../styles/browse/across/follow_up.tcss",
    ]
    HEAD = "Follow-up"
    LIST = OwedRows
    HEADINGS = ("standing", "due", "", "owner", "what will be done")
    WIDTHS = (12, 10, 2, 8)
    UNREADABLE = "The action items cannot be read"
    SHOWS = frozenset({"follow_up.only_overdue", "follow_up.again", "follow_up.merged"})
    takes_text = "press / to filter, Enter to open an incident."
    BINDINGS = [
        Binding("o", "only_overdue", "only overdue", id="follow_up.only_overdue",
                tooltip="Only what is past its day, or everything again"),
        Binding("m", "merged", "was it merged?", id="follow_up.merged",
                tooltip="Ask the remote whether this delivery was merged; Enter, as the very next "
                "key, does, and a merge is recorded as the approval that it is"),
        Binding("r", "again", "read again", False, id="follow_up.again",
                tooltip="Read the action items again"),
        Binding("escape,q", "leave", "back", id="follow_up.leave",
                tooltip="Back to where you were"),
    ]  # fmt: skip

    def __init__(self, service: Service, open_incident: Callable[[str], None]) -> None:
        super().__init__()
        self.service = service
        self._open = open_incident
        self._register = Register((), ())
        self._only_overdue = False
        self._items: dict[str, Owed] = {}
        self._unmerged: dict[str, DeliveryRecord] = {}

    def below(self) -> Iterable[Widget]:
        unread = Static(id="follow-up-unread", markup=False)
        unread.display = False
        return [unread, Answer(id="list-answer"), *super().below()]

    def read(self) -> Iterator[FollowUp]:
        yield FollowUp(register(self.service, progress=progress_to(self)), unmerged(self.service))

    def failed(self, worker: Worker[object]) -> None:
        if worker.name == REMOTE_CHECK:
            self.answer(f"✗ Not asked: {worker.error}")
            return
        super().failed(worker)

    def show(self, follow_up: FollowUp) -> None:
        self._register = follow_up.register
        self._unmerged = {f"{MERGE} {each.incident}": each for each in follow_up.unmerged}
        self._show()

    def _show(self) -> None:
        follow_ups = self._register
        shown = follow_ups.overdue if self._only_overdue else follow_ups.items
        self._items = {f"{item.incident} {item.number}": item for item in shown}
        key = self.key_of("follow_up.only_overdue")
        nothing = f"Nothing is overdue. {key} shows everything again." if follow_ups.items else NONE
        self.rows.set_empty(plain(nothing))
        deliveries = {} if self._only_overdue else self._unmerged
        rows = [self._delivery(key, each) for key, each in deliveries.items()]
        rows += [self._row(key, item) for key, item in self._items.items()]
        self.rows.set_rows(rows)
        done = sum(item.status == "done" for item in follow_ups.items)
        left = sum(not item.settled for item in follow_ups.items)
        facts = [counted(len(follow_ups.items), "action item"), f"{left} left"]
        facts += [f"{len(follow_ups.overdue)} overdue"] if follow_ups.overdue else []
        facts += [f"{done} done but not verified"] if done else []
        facts += [f"{len(self._unmerged)} delivered, not merged"] if self._unmerged else []
        self.tell_title(" · ".join(facts))
        unread = self.query_one("#follow-up-unread", Static)
        unread.display = bool(follow_ups.unread)
        problems = [f"✗ {one.incident} cannot be read: {one.problem}" for one in follow_ups.unread]
        unread.update(plain("\n".join(problems), lines=True))
        self.tell_detail()

    def title_end(self) -> Part:
        return ("  only overdue" if self._only_overdue else "", "bold")

    def _row(self, key: str, item: Owed) -> Row:
        zone, now = zone_named(self.service.zone_name), self.service.world.clock()
        standing, mark = item.status, MARKS[item.status]
        if item.overdue and item.due is not None:
            standing, mark = f"late {format_duration(now - item.due)}", "!"
        due = item.due.astimezone(zone).date().isoformat() if item.due else "no day"
        texts = (standing, due, item.priority or "-", item.owner or "nobody", item.text)
        shown = columns(mark, texts, self.WIDTHS)
        words = f"{shown} {item.incident} {item.title} {item.action_class} {item.term}"
        content = line((shown, "dim" if item.settled else ""), (f"  {item.title}", "dim"))
        if item.overdue:
            content = content.stylize(OVERDUE, 0, len(f"{mark} {standing}"))
        return Row(key, content, search=f"{words} {item.verify} {item.factor}")

    def _delivery(self, key: str, known: DeliveryRecord) -> Row:
        zone = zone_named(self.service.zone_name)
        since = (known.at or known.asked).astimezone(zone).date().isoformat()
        shown = columns("↑", ("to be merged", since, "", known.remote, known.incident), self.WIDTHS)
        return Row(key, line(shown, (f"  {known.branch}", "dim")), search=f"{shown} {known.url}")

    def tell_detail(self) -> None:
        self.refresh_bindings()
        super().tell_detail()

    def detail(self) -> Sequence[Content]:
        """The rest of what is known about the marked item or delivery."""
        item = self._items.get(self.rows.row.key) if self.rows.row else None
        if delivery := self._delivered:
            now, zone = self.service.world.clock(), zone_named(self.service.zone_name)
            asked = format_when(delivery.asked, zone, reference=now)
            return [line((delivery.text, "bold"), f" · {delivery.url} · asked at {asked}")]
        if item is None:
            return []
        drill = "  DRILL" if item.drill else ""
        known = "  need to know" if item.protected else ""
        facts = [
            ("seen when", item.verify or "nobody has said by which sign one will see it"),
            ("answers", item.factor),
            (item.status, item.outcome),
        ]
        more = [("class", item.action_class), ("term", item.term), ("ref", item.ref)]
        short = "   ".join(f"{name} {value}" for name, value in more if value)
        lines = [line((f"{item.title} ", "bold"), f"#{item.number}", (drill + known, "bold"))]
        lines += [line((f"{name}: ", "dim"), value) for name, value in facts if value]
        return [*lines, line((short, "dim"))] if short else lines

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self._open((self._items.get(event.row.key) or self._unmerged[event.row.key]).incident)

    @property
    def _delivered(self) -> DeliveryRecord | None:
        """The delivery under the cursor."""
        return self._unmerged.get(self.rows.row.key) if self.rows.row else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "merged":
            return self._delivered is not None
        return super().check_action(action, parameters)

    def action_merged(self) -> None:
        """Ask whether the remote shall be asked about the delivery under the cursor."""
        if known := self._delivered:
            self.question.ask(
                f"asks {known.remote} about {known.incident}, and records a merge as the approval",
                lambda: self._look_at(known),
            )

    def _look_at(self, known: DeliveryRecord) -> None:
        self.answer(f"asking {known.remote} about {known.incident}…")
        self._ask(known.incident)

    @work(exclusive=True, exit_on_error=False, group="asking", name=REMOTE_CHECK)
    async def _ask(self, incident: str) -> None:
        try:
            checked = await apart(lambda: ask_about(self.service, incident), name=REMOTE_CHECK)
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
