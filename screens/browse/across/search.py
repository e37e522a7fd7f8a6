"""Search: entries of all incidents that hold the words, with a preview, and the way into each.

Without a word it shows what was seen before that is like the open incident.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from textual import work
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from incident_tui.domain.core.events import Incident
from incident_tui.domain.values.search_query import FILTERS, parse_query
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import WhenError, zone_named
from incident_tui.screens.painted_text import columns, line, plain, visible
from incident_tui.screens.widgets.chrome.list_screen import ListFrame, Stopped, progress_to
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.rows.row_search import RowSearch
from incident_tui.screens.widgets.rows.rows import Row, Rows
from incident_tui.service import Service
from incident_tui.service.across.entry_search import Hit, SearchResult, search
from incident_tui.service.across.likeness import Alike, Subject, similar, subject_of

PAUSE = 0.15
"""Seconds without a key after which is searched."""
BEST = 200
ALIKE = 20
_WIDTHS = (16, 11)


class MatchRows(Rows):
    """What was found; Enter leads to the one under the cursor."""

    steered = True
    BINDINGS = [
        Binding("enter", "choose", "go there", id="rows.choose",
                tooltip="Open the incident that the entry belongs to, at the entry"),
    ]  # fmt: skip


class SearchField(LineInput):
    """What is looked for; Enter leads to the marked row, which the key bar says here as well."""

    BINDINGS = [
        Binding("enter", "submit", "go there", id="search.choose",
                tooltip="Open the incident of the marked row, at the entry that was found"),
    ]  # fmt: skip


class SearchScreen(ListFrame[None]):
    """One field over all incidents of the home."""

    BINDING_GROUP_TITLE = "Search"
    CSS_PATH = [
        "../../../styles/widgets/key_bar.tcss",
        "../../../styles/widgets/list_screen.tcss",
        "../../../styles/browse/across/search.tcss",
    ]
    HEAD = "Search"
    LIST = MatchRows
    PLACEHOLDER = ""
    BINDINGS = [
        Binding("down", "move(1)", "down", False, id="search.down", tooltip="The row below"),
        Binding("up", "move(-1)", "up", False, id="search.up", tooltip="The row above"),
        Binding("tab", "app.focus_next", "list", id="search.next",
                tooltip="From the field to the list, and back"),
        Binding("f7", "next_time", "what to do", id="search.next_time",
                tooltip="What the incident of the marked row says to do the next time"),
        Binding("escape", "leave", "back", id="search.leave", tooltip="Back to where you were"),
    ]  # fmt: skip

    @dataclass
    class Answered(Message):
        """What a text found; `problem` says why it could not be looked for."""

        text: str
        result: SearchResult
        problem: str = ""

    @dataclass
    class SeenBefore(Message):
        """What is like the open incident."""

        alike: tuple[Alike, ...]

    def __init__(
        self,
        service: Service,
        open_entry: Callable[[str, str], None],
        *,
        query: str = "",
        like: tuple[Incident, str] | None = None,
    ) -> None:
        super().__init__()
        self.service = service
        self._open = open_entry
        self._field = SearchField(id="search-field", entered=self._enter)
        self._field.value = query
        self._field.placeholder = "words, \"a phrase\", begin*, " + " ".join(
            f"{name}:" for name in FILTERS
        )  # fmt: skip
        self._subject: Subject | None = subject_of(*like) if like else None
        self._hits: dict[str, Hit] = {}
        self._alike: dict[str, Alike] = {}
        self._seen: tuple[Alike, ...] = ()
        self._sought = RowSearch()
        """The words that are marked in what was found."""
        self._pause: Timer | None = None

    def above(self) -> Iterable[Widget]:
        return [self._field]

    def on_mount(self) -> None:
        self._field.focus()
        if self._subject is not None:
            self._look_back(self._subject)
        self._ask()

    def take_stray(self, text: str) -> None:
        """Words that are typed into the list are looked for."""
        self._field.insert(visible(text), len(self._field.value))
        self._field.focus()

    # --- asking ----------------------------------------------------------------------------------

    def on_input_changed(self, event: LineInput.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._ask)

    def _ask(self) -> None:
        text = self._field.value.strip()
        if text:
            self.tell_title("searching…")
            self._search(text)
        else:
            self._show_seen()

    @work(thread=True, exclusive=True, exit_on_error=False, group="search")
    def _search(self, text: str) -> None:
        worker = get_current_worker()
        with suppress(Stopped):
            try:
                result = search(self.service, [text], limit=BEST, progress=progress_to(self))
                answer = self.Answered(text, result)
            except WhenError as problem:
                answer = self.Answered(text, SearchResult((), 0, ()), problem.reason)
            if not worker.is_cancelled:
                self.post_message(answer)

    @work(thread=True, exclusive=True, exit_on_error=False, group="seen")
    def _look_back(self, subject: Subject) -> None:
        worker = get_current_worker()
        with suppress(Stopped):
            alike = similar(self.service, subject, limit=ALIKE, progress=progress_to(self))
            if not worker.is_cancelled:
                self.post_message(self.SeenBefore(alike))

    def failed(self, worker: Worker[object]) -> None:
        self.tell_title(f"cannot be searched: {worker.error}")

    # --- what was found --------------------------------------------------------------------------

    def on_search_screen_seen_before(self, event: SeenBefore) -> None:
        self._seen = event.alike
        if not self._field.value.strip():
            self._show_seen()

    def _show_seen(self) -> None:
        """What is like the open incident, and without one how to ask."""
        self._hits, self._alike = {}, {one.incident: one for one in self._seen}
        self.rows.set_empty(_how_to_ask())
        self.rows.set_rows([self._alike_row(one) for one in self._seen])
        count = counted(len(self._seen), "incident")
        self.tell_title(f"seen before: {count} like this one" if self._seen else "all incidents")
        self.tell_detail()

    def on_search_screen_answered(self, event: Answered) -> None:
        if event.text != self._field.value.strip():
            return
        result = event.result
        self._sought = RowSearch(tuple(term.text for term in parse_query(event.text).terms))
        self._alike = {}
        shown = [*result.hits, *result.nearby]
        self._hits = {f"{hit.incident} {hit.number}": hit for hit in shown}
        self.rows.set_empty(plain(event.problem or "No incident holds any of these words."))
        self.rows.set_rows(self._match_rows(result))
        self.rows.action_top()
        self.tell_title(_summary(result))
        self.tell_detail()

    def _match_rows(self, result: SearchResult) -> list[Row]:
        rows = [self._hit_row(hit) for hit in result.hits]
        if result.nearby:
            close = "further: some of these words, or words that mean the same"
            rows.append(Row("nearby", line((close, "dim")), selectable=False))
        return [*rows, *(self._hit_row(hit) for hit in result.nearby)]

    def _hit_row(self, hit: Hit) -> Row:
        at = hit.at.astimezone(zone_named(self.service.zone_name))
        shown = columns("", (f"{at:%Y-%m-%d %H:%M}", hit.kind, hit.text), _WIDTHS)
        style = "dim strike" if hit.retracted else ""
        content = self._sought.marked(line((shown, style), (f"  {hit.title}", "dim")))
        return Row(f"{hit.incident} {hit.number}", content)

    def _alike_row(self, one: Alike) -> Row:
        began = f"{one.began.astimezone(zone_named(self.service.zone_name)):%Y-%m-%d}"
        shown = columns("≈", (f"{began}", one.severity or "-", one.title), (10, 11))
        return Row(one.incident, line(shown, ("  DRILL" if one.drill else "", "bold")))

    def detail(self) -> Sequence[Content]:
        """The whole of what the marked row stands for."""
        key = self.rows.row.key if self.rows.row else ""
        if hit := self._hits.get(key):
            return _hit_preview(hit)
        one = self._alike.get(key)
        return _alike_preview(one) if one else ()

    # --- the way into an incident ----------------------------------------------------------------

    def _enter(self, text: str) -> None:
        self.action_open_chosen()

    def action_open_chosen(self) -> None:
        key = self.rows.row.key if self.rows.row else ""
        if hit := self._hits.get(key):
            self._open(hit.incident, hit.id)
        elif key in self._alike:
            self._open(key, "")

    def action_next_time(self) -> None:
        """Read what to do the next time, over the search."""
        from incident_tui.screens.browse.across.next_time import NextTimeScreen

        key = self.rows.row.key if self.rows.row else ""
        hit = self._hits.get(key)
        if incident := hit.incident if hit else key if key in self._alike else "":
            self.app.push_screen(NextTimeScreen(self.service, incident))
        else:
            self.answer("No incident is marked: what it says to do could be read here.")

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.action_open_chosen()

    def action_move(self, step: int) -> None:
        self.rows.action_cursor(step)

    def typed(self, text: str) -> None:
        """Text typed into the list was meant for the field."""
        self._field.insert(text, len(self._field.value))
        self._field.focus()


def _summary(result: SearchResult) -> str:
    parts = [counted(result.total, "entry", "entries")]
    if result.nearby and not result.hits:
        near = len({hit.incident for hit in result.nearby})
        parts = [f"no entry holds all words; {counted(near, 'incident')} with some of them"]
    if result.total > len(result.hits):
        parts.append(f"the {len(result.hits)} that fit best")
    if result.unread:
        parts.append(f"{counted(len(result.unread), 'incident')} cannot be read")
    return " · ".join(parts)


def _how_to_ask() -> Content:
    lines = [line(("Words are found in whatever form, in all incidents.", "bold"))]
    lines += [line((f"{name}:", "bold"), f"  {what}") for name, what in FILTERS.items()]
    lines.append(line(('"two words"', "bold"), "  next to each other   ", ("begin*", "bold"),
                     "  the beginning of a word"))  # fmt: skip
    return Content("\n").join(lines)


def _hit_preview(hit: Hit) -> list[Content]:
    source = f"   source {hit.source}" if hit.source else ""
    taken = "   retracted" if hit.retracted else ""
    return [
        line((hit.title, "bold"), (f"   {hit.incident} #{hit.number}", "dim")),
        line((f"{hit.kind} by {hit.actor}{source}{taken}", "dim")),
        plain(hit.text, lines=True),
    ]


def _alike_preview(one: Alike) -> list[Content]:
    lines = [line((one.title, "bold"), (f"   {one.incident}   {one.status}", "dim"))]
    lines.append(line(("alike in ", "dim"), "; ".join(one.why)))
    lines += [line(("cause: ", "dim"), cause) for cause in one.causes]
    lines += [line(("✓ helped: ", "bold"), helped) for helped in one.helped]
    lines += [line(("✓ next time: ", "bold"), advice) for advice in one.next_time]
    lines += [
        line(("! unfinished: ", "bold"), item.text, (f"  {item.owner or 'nobody'}", "dim"))
        for item in one.unfinished
    ]
    return lines
