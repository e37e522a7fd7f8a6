"""The incidents of the home: which there are, how they stand, and the way into one."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from incident_tui.domain.report import Data
from incident_tui.domain.values.time_grammar import format_duration
from incident_tui.screens.browse.across.logs_read import LogsRead, Stopped, progress_to
from incident_tui.screens.painted_text import Part, columns, line, plain
from incident_tui.screens.terminal.known_keys import told_key
from incident_tui.screens.terminal.themes import FLAG
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.rows.rows import Row, Rows
from incident_tui.service import Service
from incident_tui.service.home_service import Listed

MARKS = {
    "active": "!",
    "mitigated": "◐",
    "monitoring": "◑",
    "resolved": "○",
    "postmortem-only": "◌",
    "closed": "✓",
}


FIRST = 200
"""Incidents that are shown before all are."""


class IncidentRows(Rows):
    """The incidents; Enter opens one."""

    BINDINGS = [
        Binding("enter", "choose", "open", id="rows.choose", tooltip="Open the incident"),
    ]


class IncidentsScreen(View[None]):
    """Where the console begins unless one incident is active."""

    BINDING_GROUP_TITLE = "List of incidents"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/incidents.tcss"]
    takes_text = "press / to filter, Enter to open an incident."
    BINDINGS = [
        Binding("n", "declare", "new incident", id="incidents.declare",
                tooltip="Declare an incident"),
        Binding("f", "follow_up", "follow-up", id="incidents.follow_up",
                tooltip="The action items of all incidents, the overdue first"),
        Binding("s", "app.across('search')", "search", id="incidents.search",
                tooltip="Search the entries of all incidents"),
        Binding("number_sign", "app.across('numbers')", "numbers", False, key_display="#",
                id="incidents.numbers", tooltip="How the incidents went, in numbers"),
        Binding("d", "demo", "worked example", id="incidents.demo",
                tooltip="Open a worked example in a home of its own"),
        Binding("r", "again", "read again", False, id="incidents.again",
                tooltip="Read the list again"),
        Binding("q", "app.quit", "quit", id="incidents.quit", tooltip="Leave the console"),
    ]  # fmt: skip

    @dataclass
    class Read(Message):
        """The incidents were read; `rows` are of the first of them, or of all."""

        listed: list[Listed]
        rows: list[Row]

    def __init__(
        self,
        service: Service,
        open_incident: Callable[[str], None],
        declare: Callable[[], None],
        demo: Callable[[], None] | None,
    ) -> None:
        super().__init__()
        self.service = service
        self._open = open_incident
        self._declare = declare
        self._demo = demo
        self._rows = IncidentRows(empty=plain("Reading the incidents…"))
        self._listed: dict[str, Listed] = {}

    def compose(self) -> ComposeResult:
        yield Static(id="incidents-title", markup=False)
        yield Static(id="incidents-columns", markup=False)
        yield self._rows
        yield Static(id="incidents-detail", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#incidents-columns", Static).update(plain(_columns("", *_HEADINGS)))
        self._tell_title("reading…")
        self._rows.focus()

    def on_screen_resume(self) -> None:
        self.action_again()

    def action_again(self) -> None:
        self._read()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self) -> None:
        worker = get_current_worker()
        with suppress(Stopped):
            listed = sorted(self.service.listed(progress_to(self)), key=_is_closed)
            # Of thousands those are painted first that fill a screen, whatever its size.
            for shown in [FIRST, None] if len(listed) > FIRST else [None]:
                rows = [self._row(one) for one in listed[:shown]]
                if not worker.is_cancelled:
                    self.post_message(self.Read(listed, rows))

    def on_logs_read(self, event: LogsRead) -> None:
        event.stop()
        self._tell_title(event.told)

    def failed(self, worker: Worker[object]) -> None:
        self._rows.set_empty(plain(f"The incidents cannot be read: {worker.error}"))
        self._tell_title("not read")

    def on_incidents_screen_read(self, event: Read) -> None:
        listed = event.listed
        self._listed = {one.id: one for one in listed}
        self._rows.set_empty(self._nothing())
        self._rows.set_rows(event.rows)
        self.query_one("#incidents-columns").display = bool(listed)
        going = sum(not _is_closed(one) for one in listed)
        self._tell_title(f"{len(listed)}, {going} not closed" if listed else "none yet")
        self._tell_detail()

    def _tell_title(self, told: str) -> None:
        title = line(("Incidents", "bold"), f" · {told}", (f"   {self.service.home_told}", "dim"))
        self.query_one("#incidents-title", Static).update(title)

    def _nothing(self) -> Content:
        told = [
            line(("No incident yet.", "bold")),
            Content(" "),
            line("One line per event makes the record; gates say what is still missing;"),
            line("documents and commits are made of it, so nobody writes them at night."),
            Content(" "),
            line(
                (told_key(self, "incidents.declare"), "bold"),
                "  declares an incident: its title is enough",
            ),
        ]
        if self._demo is not None:
            told.append(
                line(
                    (told_key(self, "incidents.demo"), "bold"),
                    "  opens a worked example with a tour, away from your own files",
                )
            )
        return Content("\n").join(told)

    def _row(self, listed: Listed) -> Row:
        data = listed.summary
        if data is None:
            told = line(("✗ cannot be read  ", FLAG), listed.id)
            return Row(listed.id, told, search=f"{listed.id} cannot be read {listed.problem}")
        style = "dim" if data["status"] == "closed" else ""
        tags: list[Part] = []
        if data["kind"] == "drill":
            tags.append(("  DRILL", "bold"))
        if data["protected"]:
            tags.append(("  need to know", "bold"))
        columns = _columns(
            MARKS.get(data["status"], "?"),
            data["severity"] or "no severity",
            data["status"],
            listed.stage_title,
            _age(data, self.service.world.clock()),
            data["title"],
        )
        return Row(listed.id, line((columns, style), *tags), search=f"{columns} {listed.id}")

    def on_rows_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._tell_detail()

    def _tell_detail(self) -> None:
        """What is the matter with the incident under the cursor, if its file cannot be read."""
        row = self._rows.row
        problem = self._listed[row.key].problem if row else ""
        detail = self.query_one("#incidents-detail", Static)
        detail.display = bool(problem)
        detail.update(plain(f"✗ {problem}", lines=True))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self._open(event.row.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "demo":
            return self._demo is not None
        return super().check_action(action, parameters)

    def action_declare(self) -> None:
        self._declare()

    def action_follow_up(self) -> None:
        from incident_tui.screens.browse.across.follow_up import FollowUpScreen

        self.app.push_screen(FollowUpScreen(self.service, self._open))

    def action_demo(self) -> None:
        if self._demo is not None:
            self._demo()


def _is_closed(listed: Listed) -> bool:
    return listed.summary is not None and listed.summary["status"] == "closed"


_HEADINGS = ("severity", "state", "stage", "age", "title")
_WIDTHS = (11, 10, 13, 9)


def _columns(mark: str, *texts: str) -> str:
    return columns(mark, texts, _WIDTHS)


def _age(data: Data, now: datetime) -> str:
    """How long ago it was declared."""
    declared = data["stages"][0]["entered_at"]
    return format_duration(now - datetime.fromisoformat(declared)) if declared else "?"
