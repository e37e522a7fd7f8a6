"""The incidents of the home: which there are, how they stand, and the way into one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from textual.binding import Binding
from textual.content import Content

from incident_tui.domain.report import Data
from incident_tui.domain.values.time_grammar import format_duration
from incident_tui.screens.painted_text import Part, columns, line, plain
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.terminal.themes import FLAG, IN_FLIGHT, PASSED, severity_look
from incident_tui.screens.widgets.chrome.list_screen import ListScreen, progress_to
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


STYLES = {
    "active": FLAG,
    "mitigated": IN_FLIGHT,
    "monitoring": IN_FLIGHT,
    "resolved": PASSED,
    "closed": "dim",
}
"""State of an incident -> how its mark and its word stand out."""
IMPACT_GOES_ON = frozenset({"active", "mitigated", "monitoring"})
"""States in which the severity is loud."""
FIRST = 200
"""Incidents that are shown before all are."""
_A_WEEK = timedelta(days=7)
_LONG_AGO = timedelta(days=100)
"""From this age on the day says more than how long ago it was."""


class IncidentRows(Rows):
    """The incidents; Enter opens one."""

    BINDINGS = [
        Binding("enter", "choose", "open", id="rows.choose", tooltip="Open the incident"),
    ]
    # What is typed behind them would go to the shell, or to screens that take no text.
    PARTS = frozenset(f"incidents.{name}" for name in ("quit", "follow_up", "demo", "numbers"))


@dataclass
class ListedRows:
    """The incidents that were read; `rows` are of the first of them, or of all."""

    listed: list[Listed]
    rows: list[Row]


class IncidentsScreen(ListScreen[None, ListedRows]):
    """Where the console begins unless one incident is active."""

    BINDING_GROUP_TITLE = "List of incidents"
    CSS_PATH = [
        "../../styles/widgets/key_bar.tcss",
        "../../styles/widgets/list_screen.tcss",
        "../../styles/browse/incidents.tcss",
    ]
    HEAD = "Incidents"
    LIST = IncidentRows
    HEADINGS = ("severity", "state", "stage", "began", "title")
    WIDTHS = (11, 10, 13, 11)
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
        self._listed: dict[str, Listed] = {}

    def begin(self) -> None:
        """Read nothing yet: each time that it is shown, the list is read."""

    def on_screen_resume(self) -> None:
        self.action_again()

    def read(self) -> Iterator[ListedRows]:
        """Read every incident; of thousands those come first that fill a screen of any size."""
        listed = sorted(self.service.listed(progress_to(self)), key=_is_closed)
        scale = cache(self.service.severity_scale)
        for shown in [FIRST, None] if len(listed) > FIRST else [None]:
            yield ListedRows(listed, [self._row(one, scale) for one in listed[:shown]])

    def show(self, rows_read: ListedRows) -> None:
        listed = rows_read.listed
        self._listed = {one.id: one for one in listed}
        self.rows.set_empty(self._nothing())
        self.rows.set_rows(rows_read.rows)
        self.query_one("#list-columns").display = bool(listed)
        open_count = sum(not _is_closed(one) for one in listed)
        self.tell_title(f"{len(listed)} in all, {open_count} not closed" if listed else "none yet")
        self.tell_detail()

    def title_end(self) -> Part:
        return f"   {self.service.home_text}", "dim"

    def _nothing(self) -> Content:
        lines = [
            line(("No incident yet.", "bold $foreground")),
            Content(" "),
            line("One line per event makes the record; gates say what is still missing;"),
            line("documents and commits are made of it, so nobody writes them at night."),
            Content(" "),
            line(
                (key_text(self, "incidents.declare"), "bold $text-primary"),
                "  declares an incident: its title is enough",
            ),
        ]
        if self._demo is not None:
            lines.append(
                line(
                    (key_text(self, "incidents.demo"), "bold $text-primary"),
                    "  opens a worked example with a tour, away from your own files",
                )
            )
        return Content("\n").join(lines)

    def _row(self, listed: Listed, scale: Callable[[str], Sequence[str]]) -> Row:
        data = listed.summary
        if data is None:
            content = line(("✗ cannot be read  ", FLAG), listed.id)
            return Row(listed.id, content, search=f"{listed.id} cannot be read {listed.problem}")
        tags: list[Part] = []
        if data["kind"] == "drill":
            tags.append(("  DRILL", "bold"))
        if data["protected"]:
            tags.append(("  need to know", "bold"))
        level, state = data["severity"] or "", data["status"]
        shape, loud = severity_look(level, scale(data["playbook"]))
        named = f"{shape} {level}" if level else "no severity"
        texts = (
            named,
            state,
            listed.stage_title,
            _began(data, self.service.world.clock()),
            data["title"],
        )
        mark = MARKS.get(state, "?")
        shown = columns(mark, texts, self.WIDTHS)
        content = line((shown, "dim" if state == "closed" else ""), *tags)
        begin = len(mark) + 1
        if level and state in IMPACT_GOES_ON:
            content = content.stylize(loud, begin, begin + len(named))
        begin = shown.index(state, begin + len(named))
        content = content.stylize(STYLES.get(state, ""), begin, begin + len(state))
        content = content.stylize(STYLES.get(state, ""), 0, len(mark))
        return Row(listed.id, content, search=f"{shown} {listed.id}")

    def detail(self) -> Sequence[Content]:
        """What is the matter with the marked incident, if its file cannot be read."""
        row = self.rows.row
        problem = self._listed[row.key].problem if row else ""
        return [plain(f"✗ {problem}", lines=True)] if problem else []

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


def _began(data: Data, now: datetime) -> str:
    """How long ago it began, or on which day where that is long ago."""
    began = datetime.fromisoformat(data["began_at"])
    if (age := now - began) < _A_WEEK:
        return f"{format_duration(age)} ago"
    if age < _LONG_AGO:
        return f"{age.days}d ago"
    return f"{began.astimezone(now.tzinfo):%Y-%m-%d}"
