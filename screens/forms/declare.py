"""Declaring an incident: a title is enough, everything else can be said later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import get_current_worker

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.domain.values.time_grammar import (
    WhenError,
    format_duration,
    format_when,
    parse_past,
    zone_named,
)
from incident_tui.screens.forms.process_options import LATER, law_text, levels, playbooks
from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.widgets.chrome.choice_list import Option, Pick, Ticks
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import Answer
from incident_tui.screens.widgets.chrome.with_editor import WithEditor
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.service import Declaration, IncidentSession, Service
from incident_tui.service.across.action_register import Register, debts, register
from incident_tui.service.across.likeness import Alike, Subject, similar
from incident_tui.service.declaration_choices import DeclarationChoices
from incident_tui.store.files.errors import StoreError

SEEN = 2
"""How many earlier incidents with such words are named."""
PAUSE = 0.3
"""Seconds without a key after which they are looked for."""
DEBTS = 3
"""How many debts of earlier incidents are named."""
HALF = 18
"""Lines of a terminal in which earlier incidents have one line each, so that the form is seen."""
DRILL, PROTECTED = "drill", "protected"
KINDS = (
    Option(DRILL, Content("a drill: practice, kept apart in the numbers")),
    Option(PROTECTED, Content("need to know: only your user can read its folder")),
)


class DeclareScreen(WithEditor[None]):
    """Asks for what is known. The new incident goes to `declared`.

    `read_advice` shows what an incident, by its id, says to do the next time.
    """

    BINDING_GROUP_TITLE = "Declaring an incident"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/forms/declare.tcss"]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]
    BINDINGS = [
        Binding("f8", "declare", "declare", id="declare.declare", tooltip="Declare the incident"),
        Binding("f7", "next_time", "what to do", False, id="declare.next_time",
                tooltip="What the incident that was seen before says to do the next time"),
        Binding("ctrl+n", "anew", "anew", False, id="declare.anew",
                tooltip="Clear what was kept of a declaration that was left"),
        Binding("tab", "app.focus_next", "next", id="declare.next", tooltip="To the next question"),
        Binding("escape,q", "leave", "back", id="declare.leave",
                tooltip="Back; what was typed is kept"),
    ]  # fmt: skip

    @dataclass
    class Done(Message):
        """The incident is declared."""

        incident: IncidentSession

    @dataclass
    class Failed(Message):
        """It is not, and why."""

        reason: str

    @dataclass
    class Known(Message):
        """What earlier incidents owe was read."""

        register: Register

    @dataclass
    class Seen(Message):
        """Earlier incidents like a title were looked for."""

        title: str
        alike: tuple[Alike, ...]

    def __init__(
        self,
        service: Service,
        choices: DeclarationChoices,
        declared: Callable[[IncidentSession], None],
        read_advice: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.service = service
        self._choices = choices
        self._declared = declared
        self._read_advice = read_advice
        self.mark = f"ends here · what you declare is real, in {service.home_text}"
        self._kept = choices.kept
        self.drafts = self._kept.drafts
        self._title = LineInput(id="declare-title", entered=self._enter)
        self._at = LineInput(id="declare-at", entered=self._enter)
        self._playbook = Pick(playbooks(self._choices), id="declare-playbook")
        self._severity = Pick([LATER], id="declare-severity")
        self._kind = Ticks(KINDS, id="declare-kind")
        self._title.placeholder = "such as: checkout returns 5xx in eu-west"
        self._at.placeholder = "such as: 13:58, -20m, yesterday 23:10"
        self._register = Register((), ())
        self._pause: Timer | None = None
        self._seen: tuple[Alike, ...] = ()
        self._level = self._kept.drafts.get("severity")
        """The level that was chosen last, whether or not the process has it."""

    def compose(self) -> ComposeResult:
        yield Static(
            plain("Declare an incident. The title is enough: Enter in it declares."),
            id="declare-head",
        )
        with VerticalScroll(id="declare-form", can_focus=False):
            yield Static(plain("What do users feel?"), classes="question")
            yield self._title
            yield Answer(id="declare-answer")
            yield Static(plain("How bad is it for them now?"), classes="question")
            yield self._severity
            yield Static(plain("When did users first feel it?"), classes="question")
            yield self._at
            yield Static(id="declare-understood", markup=False)
            yield Static(plain("Which process?"), classes="question")
            yield self._playbook
            yield Static(id="declare-process", markup=False)
            yield self._kind
        yield Static(id="declare-debts", markup=False)
        yield Static(id="declare-seen", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._title.offer(self._kept.drafts.get("title"))
        self._at.write(self._kept.drafts.get("at"))
        if self._title.value or self._at.value or self._level:
            self.answer(
                "Kept from a declaration that you left, to go on with. "
                f"{self.key_of('declare.anew')} clears all of it."
            )
        self._playbook.offer(playbooks(self._choices), self._first_playbook())
        self._offer_severities()
        self._kind.tick(self._kept.drafts.get("kind").split())
        self._understand()
        self._tell_debts()
        self._read_register()
        self._show_seen(())
        self._ask_seen()
        self._title.focus()

    def on_unmount(self) -> None:
        self.keep_draft()
        self._kept.close_behind()

    def on_resize(self) -> None:
        """Name earlier incidents as there is room for."""
        self._tell_debts()
        self._show_seen(self._seen)

    @property
    def _is_half(self) -> bool:
        return self.app.size.height < HALF

    # --- what is offered -----------------------------------------------------------------------

    def _first_playbook(self) -> str:
        if self._choices.problem:
            self.answer(self._choices.problem)
        return self._kept.drafts.get("playbook") or self._choices.first

    def _offer_severities(self) -> None:
        """The levels of the chosen playbook, each with what makes an incident one of them."""
        playbook = self._choices.read.get(self._playbook.value, self._choices.problem)
        if isinstance(playbook, str):
            self.answer(playbook)
            self._severity.offer([LATER], "")
            return
        self._severity.offer(levels(playbook), self._level)
        if self._level != self._severity.value:
            self.answer(f"{self._level} is no level of {playbook.id}: say again how bad it is.")
        self.query_one("#declare-process", Static).update(law_text(playbook))

    def on_pick_taken(self, event: Pick.Taken) -> None:
        event.stop()
        if event.pick is self._playbook:
            self.answer("")
            self._offer_severities()
        elif event.pick is self._severity:
            self._level = event.value

    # --- what is understood --------------------------------------------------------------------

    def on_input_changed(self, event: LineInput.Changed) -> None:
        event.stop()
        if event.input is self._at:
            self._understand()
        else:
            self._tell_debts()
            if self._pause is not None:
                self._pause.stop()
            self._pause = self.set_timer(PAUSE, self._ask_seen)

    def _understand(self) -> None:
        text = self._at.value.strip().removeprefix("@")
        self.query_one("#declare-understood", Static).update(
            self._time(text) if text else line(("  empty: nobody knows yet", "dim"))
        )

    def _time(self, text: str) -> Content:
        try:
            now, zone = self.service.world.clock(), zone_named(self.service.zone_name)
            moment = parse_past(text, now=now, zone=zone)
        except WhenError as problem:
            return line((f"✗ {problem.reason}", "bold"))
        except StoreError as problem:
            return line((f"✗ {problem}", "bold"))
        shown = format_when(moment, zone, reference=now)
        return plain(f"✓ at {shown}, {format_duration(now - moment)} ago")

    # --- what earlier incidents owe ------------------------------------------------------------

    @work(thread=True, exit_on_error=False)
    def _read_register(self) -> None:
        self.post_message(self.Known(register(self.service)))

    def on_declare_screen_known(self, event: Known) -> None:
        self._register = event.register
        self._tell_debts()

    def _tell_debts(self) -> None:
        """The overdue action items of incidents with the same words, once there are some."""
        owed = debts(self._register, self._title.value)
        shown = self.query_one("#declare-debts", Static)
        shown.display = bool(owed)
        if owed and self._is_half:
            more = f"  and {len(owed) - 1} more" if len(owed) > 1 else ""
            shown.update(line(("! Overdue since an earlier one: ", "bold"), owed[0].text, more))
            return
        lines = [line(("Overdue since earlier incidents like this:", "bold"))]
        lines += [
            line(f"! {item.text}", (f"  {item.owner or 'nobody'}, {item.title}", "dim"))
            for item in owed[:DEBTS]
        ]
        if len(owed) > DEBTS:
            key = key_text(self, "app.follow_up")
            lines.append(line((f"  and {len(owed) - DEBTS} more, in Follow-up ({key})", "dim")))
        shown.update(Content("\n").join(lines))

    # --- what was seen before ------------------------------------------------------------------

    def _ask_seen(self) -> None:
        if not self.busy:
            self._look_back(self._title.value.strip())

    @work(thread=True, exclusive=True, exit_on_error=False, group="seen")
    def _look_back(self, title: str) -> None:
        worker = get_current_worker()
        alike = similar(self.service, Subject(title), limit=SEEN) if title else ()
        if not worker.is_cancelled:
            self.post_message(self.Seen(title, alike))

    def on_declare_screen_seen(self, event: Seen) -> None:
        if event.title == self._title.value.strip():
            self._show_seen(event.alike)

    def _show_seen(self, alike: tuple[Alike, ...]) -> None:
        """Earlier incidents with such words, and what helped then: to be read, not answered."""
        self._seen = alike
        shown = self.query_one("#declare-seen", Static)
        shown.display = bool(alike)
        key = self.key_of("declare.next_time")
        if alike and self._is_half:
            shown.update(
                line(("≈ Seen before: ", "bold"), alike[0].title, (f"  {key} reads it", "dim"))
            )
            return
        lines = [line(("Seen before:", "bold"), (f"  {key} reads what to do", "dim"))]
        for one in alike:
            helped = f"  helped: {'; '.join(one.helped)}" if one.helped else ""
            began = f"{one.began:%Y-%m-%d}"
            debt = f"  {one.debt}" if one.debt else ""
            lines.append(line(f"≈ {one.title}", (f"  {began}{helped}{debt}", "dim")))
            lines += [line(f"  next time: {advice}") for advice in one.next_time[:1]]
        shown.update(Content("\n").join(lines))

    def action_next_time(self) -> None:
        """Read the page of the incident that is most like this one; what was typed stays."""
        if self._seen:
            self._read_advice(self._seen[0].incident)
        else:
            self.answer("Nothing like it was seen before.")

    # --- what is done --------------------------------------------------------------------------

    def action_anew(self) -> None:
        """Clear what was kept; the title can be brought back."""
        self._title.action_end()
        self._title.action_delete_left_all()
        self._at.write("")
        self._level = ""
        self._kind.tick(())
        self._playbook.offer(playbooks(self._choices), self._choices.first)
        self.answer("")
        self._offer_severities()
        self._title.focus()

    def _enter(self, text: str) -> None:
        self.action_declare()

    def typed(self, text: str) -> None:
        """Text typed into a list was meant for the title."""
        self._title.insert(text, len(self._title.value))
        self._title.focus()

    @property
    def env(self) -> Mapping[str, str]:
        return self.service.world.env

    @property
    def fields(self) -> dict[str, LineInput | LinesInput]:
        return {"title": self._title, "at": self._at}

    def typed_texts(self) -> dict[str, str]:
        return {
            "title": self._title.value,
            "at": self._at.value,
            "severity": self._severity.value,
            "playbook": self._playbook.value,
            "kind": " ".join(sorted(self._kind.ticked)),
        }

    def action_declare(self) -> None:
        if self.busy:
            return
        self.keep_draft()
        self.busy = True
        self.answer("Declaring…")
        self.hold_keys()  # what is typed behind Enter is the first fact, not more of the title
        self._declare(
            Declaration(
                title=self._title.value,
                severity=self._severity.value,
                playbook=self._playbook.value,
                at=self._at.value.strip(),
                drill=DRILL in self._kind.ticked,
                protected=PROTECTED in self._kind.ticked,
            )
        )

    @work(thread=True, exit_on_error=False)
    def _declare(self, declaration: Declaration) -> None:
        try:
            incident = self.service.declare(declaration)
        except Refused as refused:
            self.post_message(self.Failed(refused.message))
        except (WhenError, PlaybookError, StoreError, OSError) as problem:
            self.post_message(self.Failed(str(problem)))
        else:
            self.post_message(self.Done(incident))

    def on_declare_screen_failed(self, event: Failed) -> None:
        self.busy = False
        self.release_keys()
        self.answer(f"✗ Not declared: {event.reason}")

    def on_declare_screen_done(self, event: Done) -> None:
        for place in self.typed_texts():
            self._kept.drafts.clear(place)
        self._declared(event.incident)
