"""The console: the Textual app and its one factory. It joins the service to the screens."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ScreenStackError
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen
from textual.widget import AwaitMount
from textual.widgets import Input, TextArea
from textual.worker import get_current_worker

from incident_tui.domain.core.rules import Raised
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.history import BackgroundCommitter, CommitRequest, Outcome, RequestFactory
from incident_tui.screens.browse.across import openings
from incident_tui.screens.browse.incidents import IncidentsScreen
from incident_tui.screens.panes.arranged_app import Keep
from incident_tui.screens.panes.registry import PANES
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.charset import Fallback
from incident_tui.screens.terminal.plain_keys import understand_alt_digits
from incident_tui.screens.terminal.typed_ahead import TypedAhead
from incident_tui.screens.terminal.typed_together import KeysTogether, TypedTogether, has_command
from incident_tui.screens.war_room import overlays
from incident_tui.screens.war_room.attentive_app import AttentiveApp
from incident_tui.screens.war_room.keyed_app import KeyedApp
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.too_small import TooSmallScreen
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import IncidentSession, Service
from incident_tui.service.across.action_register import as_flag, debts, register
from incident_tui.service.across.likeness import Alike, Subject, similar, subject_of
from incident_tui.service.declaration_choices import declaration_choices
from incident_tui.service.git.delivery_record import DeliveryRecord, record_of
from incident_tui.service.machine.characters import UTF_8
from incident_tui.service.session.spooler import Spooler
from incident_tui.store.files.errors import StoreError
from incident_tui.store.user_settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from textual.command import Provider

SEEN = 2
"""Earlier incidents that the war room names."""
Perform = Callable[[CommitRequest], Outcome]


def _war_room_commands() -> "type[Provider]":
    # Loaded when the palette is opened: a start would wait for it in vain.
    from incident_tui.screens.war_room.palette import RoomCommands

    return RoomCommands


class IncidentApp(AttentiveApp, KeyedApp[None]):
    """The console over one home, and over that of the worked example while it is looked at."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = [
        "styles/app.tcss",
        "styles/widgets/rows.tcss",
        "styles/widgets/log_line.tcss",
    ]
    TITLE = "incident-tui"
    DEFAULT_MODE = "view-0"
    COMMANDS = {_war_room_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "quit", id="app.quit", tooltip="Leave; everything is saved"),
        Binding("f10", "incidents", "incidents", False, id="app.incidents",
                tooltip="The list of incidents"),
        *openings.BINDINGS,
    ]  # fmt: skip

    class CommitsChanged(Message):
        """The state of committing has changed."""

    @dataclass
    class ScreenReady(Message):
        """What a screen shows was read: this makes the screen."""

        screen: Callable[[], Screen[None]]
        over: bool
        """Whether it is shown over the present one, and not in its place."""

    @dataclass
    class LookedBack(Message):
        """What earlier incidents owe, and how it was delivered, was looked up for a controller."""

        controller: IncidentController
        raised: dict[str, Raised]
        seen: tuple[Alike, ...]
        delivered: DeliveryRecord | None

    def __init__(
        self,
        service: Service,
        *,
        incident: str | None = None,
        offer_demo: Callable[[], Service] | None = None,
        begin_with_demo: bool = False,
        perform: Perform | None = None,
        encoding: str = UTF_8,
        settings: Settings = DEFAULTS,
        keep: Keep | None = None,
    ) -> None:
        understand_alt_digits(len(PANES))
        super().__init__(settings=settings, keep=keep)
        self.service = service
        """What is shown: the user's own incidents, or the worked example."""
        self._own = service
        self.controller: IncidentController | None = None
        self._offer_demo = offer_demo
        self._perform = perform
        self._fallback = Fallback(encoding)
        self.calls_by = settings.notify
        self.wanted_keys = settings.keys
        self.ahead = TypedAhead(super().on_event, self._handled)
        self._together = TypedTogether(self.set_timer, self.post_message, self._takes_paste)
        # Each view is a mode of its own, so that no empty screen is painted before the first one.
        self._views = 0
        self.add_mode(self.DEFAULT_MODE, partial(self._first_screen, incident, begin_with_demo))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What each painted line goes through: where the terminal shows no UTF-8, other shapes."""
        filters = super().get_line_filters()
        return [*filters, self._fallback] if self._fallback.enabled else filters

    def clear_selection(self) -> None:
        """Clear what is selected on the screen; while the first one is made, there is none.

        From Python 3.12 on Textual's tasks begin at once, so that a field of the first screen asks
        for this before that screen is shown; Textual only reckons with a widget without a screen.
        """
        with suppress(ScreenStackError):
            super().clear_selection()

    def get_driver_class(self) -> type[Driver]:
        """What stands between the console and a terminal: one that lets it end well."""
        driver_class = super().get_driver_class()
        if driver_class.__module__ != "textual.drivers.linux_driver":
            return driver_class  # a browser, or a system without such signals
        from incident_tui.screens.terminal.terminal_driver import TerminalDriver

        return TerminalDriver

    async def on_event(self, event: events.Event) -> None:
        """Every event; what is typed waits for all that came with it, and for its screen."""
        if not (self._together.holds(event) or self.ahead.holds(event)):
            await super().on_event(event)

    def on_keys_together(self, event: KeysTogether) -> None:
        """What came in one read may be a paste that the terminal did not mark."""
        self._together.add(event.keys)

    def _takes_paste(self, text: str) -> bool:
        """Whether these lines can be written where the focus is, or in the line that it leads to.

        A field of one line, where Enter goes on, takes only what is worse typed than joined.
        """
        focused = self.focused
        if isinstance(focused, Input) and not (
            isinstance(focused, LineInput) and focused.takes_lines
        ):
            return has_command(text)
        return isinstance(focused, Input | TextArea) or (
            isinstance(focused, Rows) and focused.hands_on
        )

    # --- what is read for a screen ---------------------------------------------------------------

    def _lead_to(self, read: Callable[[], Callable[[], Screen[None]]], over: bool = False) -> None:
        """Read what a screen shows, beside the thread of the screens, and show it.

        `read` gives what makes the screen. What is typed meanwhile is typed into that screen.
        """
        self.ahead.hold()
        self._read(read, over)

    @work(thread=True, exclusive=True, exit_on_error=False, group="screen")
    def _read(self, read: Callable[[], Callable[[], Screen[None]]], over: bool) -> None:
        try:
            make_screen = read()
        except (StoreError, PlaybookError, OSError) as problem:
            make_screen, over = partial(self._list_instead, problem), False
        if not get_current_worker().is_cancelled:
            self.post_message(self.ScreenReady(make_screen, over))

    async def on_incident_app_screen_ready(self, event: ScreenReady) -> None:
        if event.over:
            await self.push_screen(event.screen())
        else:
            await self._show(event.screen)
        # Behind what the new screen asked for while it was mounted: its focus.
        self.call_later(self._release)

    def _release(self) -> None:
        if not isinstance(self.screen, IncidentsScreen):
            self.ahead.release()
        elif text := self.ahead.forget():  # which was not meant for the keys of the list
            self.screen.typed(text)

    # --- incidents -------------------------------------------------------------------------------

    def open_incident(self, incident_id: str, entry: str = "") -> None:
        """Show an incident, at the entry of that id if one is named.

        Of one that cannot be read the list is shown, and why.
        """
        service = self.service
        self._lead_to(lambda: self._war_room(service, service.open(incident_id), entry))

    def _war_room(
        self, service: Service, session: IncidentSession, entry: str = ""
    ) -> Callable[[], Screen[None]]:
        """Read what a console kept beside an incident; what makes its war room."""
        console = service.console(session.id)
        spooler = Spooler(session, console.aside)

        def show() -> Screen[None]:
            self._leave_desk()
            self.service = service
            committer = BackgroundCommitter(
                on_change=lambda status: self.post_message(self.CommitsChanged())
            )
            attempt = self._attempt(session)
            self.controller = IncidentController(spooler, committer, attempt, console)
            self.controller.words = service.home.config.words
            return WarRoom(self.controller, entry)

        return show

    def _first_screen(self, incident: str | None, example: bool) -> Screen[None]:
        """What the console begins with, read at once: before it nobody could type anywhere."""
        try:
            if example:
                return self._example()()
            return (
                self._list()
                if incident is None
                else self._war_room(self.service, self.service.open(incident))()
            )
        except (StoreError, PlaybookError, OSError) as problem:
            return self._list_instead(problem)

    def _list_instead(self, problem: Exception) -> Screen[None]:
        text = str(problem)
        self.call_later(lambda: self.notify(text, severity="error", markup=False, timeout=20))
        return self._list()

    def _attempt(self, session: IncidentSession) -> RequestFactory:
        """What commits the incident. All that renders and commits is loaded with the first try."""
        made: list[RequestFactory] = []

        def attempt() -> CommitRequest | Outcome | None:
            if not made:
                from incident_tui.service.git.commits import committer_for

                env = self.service.world.env
                made.append(
                    committer_for(session, self.service.home, env, self._perform, long_lived=True)
                )
            return made[0]()

        return attempt

    def on_war_room_seen(self) -> None:
        if self.controller is not None:
            subject = subject_of(self.controller.incident, self.controller.session.id)
            self._look_back(self.controller, subject)

    @work(thread=True, exclusive=True, exit_on_error=False, group="debts")
    def _look_back(self, controller: IncidentController, subject: Subject) -> None:
        """Look for earlier incidents like this one, and for what they owe."""
        owed = debts(register(self.service, besides=subject.besides), subject.title)
        seen = similar(self.service, subject, limit=SEEN)
        delivered = record_of(self.service.home, controller.session.id)
        self.post_message(self.LookedBack(controller, as_flag(owed), seen, delivered))

    def on_incident_app_looked_back(self, event: LookedBack) -> None:
        if event.controller is self.controller:
            event.controller.earlier, event.controller.seen = event.raised, event.seen
            event.controller.delivered = event.delivered
            event.controller.tell()

    def action_across(self, name: str) -> None:
        """A screen over all incidents, by its name in `openings`."""
        openings.open_screen(self, name, self.service, self.open_incident, self.controller)

    def declare(self) -> None:
        """Ask for a new incident, which is the user's own wherever the question comes from."""
        self._lead_to(self._declaration, over=True)

    def _declaration(self) -> Callable[[], Screen[None]]:
        from incident_tui.screens.forms.declare import DeclareScreen

        choices = declaration_choices(self._own)
        advice = partial(openings.next_time, self, self._own)
        return lambda: DeclareScreen(self._own, choices, self._declared, advice)

    def _declared(self, session: IncidentSession) -> None:
        self._lead_to(lambda: self._war_room(self._own, session))

    # --- help ------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Every key of the screen that is shown, and every line; a chosen line is begun."""
        if not isinstance(self.screen, TooSmallScreen):
            log_file = self.controller.log_file if self.controller is not None else ""
            self.push_screen(overlays.help_screen(log_file), self._begin_line)

    def _begin_line(self, text: str | None) -> None:
        if text is None:
            return
        war_room = next((one for one in self.screen_stack if isinstance(one, WarRoom)), None)
        if war_room is None:
            self.notify("A line needs an incident: open one first.", markup=False)
            return
        war_room.start_line(text)
        if self.screen is not war_room:
            self.notify("The line waits in the log line of the war room.", markup=False)

    # --- the worked example ----------------------------------------------------------------------

    @property
    def in_demo(self) -> bool:
        """Whether the worked example is shown: a home of its own, which nothing real goes into."""
        return self.service is not self._own

    def start_demo(self) -> None:
        """Open the worked example; the list of incidents leads back."""
        if self._offer_demo is not None:
            self._lead_to(self._example)

    def _example(self) -> Callable[[], Screen[None]]:
        assert self._offer_demo is not None
        service = self._offer_demo()
        return self._war_room(service, service.open(service.active()[0]))

    def action_incidents(self) -> None:
        """The list of the user's own incidents."""
        if self.in_demo:
            self.notify(f"These are your own incidents, in {self._own.home_text}.", markup=False)
        self._show(self._list)

    def _list(self) -> Screen[None]:
        self._leave_desk()
        self.retitle(self.TITLE)
        self.service = self._own
        demo = self.start_demo if self._offer_demo is not None else None
        return IncidentsScreen(self.service, self.open_incident, self.declare, demo)

    def _show(self, view: Callable[[], Screen[None]]) -> AwaitMount:
        """Show this view in the place of the present one and all that lies above it."""
        self._keep_drafts()
        before = self.current_mode
        self._views += 1
        mode = f"view-{self._views}"
        self.add_mode(mode, view)
        shown = self.switch_mode(mode)
        self.remove_mode(before)
        return shown

    def _keep_drafts(self) -> None:
        # The screens go after the controller: what they would keep then, nobody writes any more.
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.keep_draft()

    def _leave_desk(self) -> None:
        if self.controller is not None:
            self.controller.close()
            self.controller.committer.close()
            self.controller = None

    def on_incident_app_commits_changed(self) -> None:
        if self.controller is not None:
            self.controller.tell_of_commits()

    def on_unmount(self) -> None:
        """However the console ends, no thread of it goes on."""
        self._leave_desk()

    async def action_quit(self) -> None:
        """Leave: what is typed is saved; a last commit gets a moment to end."""
        self._quit(0)

    def on_terminal_driver_ending(self, event: Message) -> None:
        """A signal, or a terminal that is gone, means what quitting means."""
        self._quit(getattr(event, "code", 1))

    def _quit(self, code: int) -> None:
        self._keep_drafts()
        if self.controller is not None:
            self.controller.committer.drain(0.2)
        self._leave_desk()
        self.exit(return_code=code)

    # --- size ------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that is too small says so, and everything is back when it grows."""
        width, height = event.size
        small = width < TooSmallScreen.COLUMNS or height < TooSmallScreen.LINES
        try:
            screen = self.screen
        except ScreenStackError:
            return
        if not isinstance(screen, TooSmallScreen):
            if small:
                self.push_screen(TooSmallScreen(), self._write)
        elif not small:
            screen.dismiss(screen.typed_here.rstrip("\n"))

    def _write(self, text: str | None) -> None:
        """Write where the focus is what was typed while nothing could be seen: it runs nothing."""
        if text:
            (self.focused or self.screen).post_message(events.Paste(text))


def make_app(
    service: Service,
    *,
    incident: str | None = None,
    offer_demo: Callable[[], Service] | None = None,
    begin_with_demo: bool = False,
    perform: Perform | None = None,
    encoding: str = UTF_8,
    settings: Settings = DEFAULTS,
    keep: Keep | None = None,
) -> IncidentApp:
    """The console over `service`, on one incident or the list; the same for users and tests.

    `offer_demo` makes the worked example, which the console begins with where that is wanted; what
    is declared goes to `service` even then. `perform` commits, by default with git; `encoding` is
    what the terminal shows. `settings` are what was kept by `keep` before, a name and its value.
    """
    return IncidentApp(
        service,
        incident=incident,
        offer_demo=offer_demo,
        begin_with_demo=begin_with_demo,
        perform=perform,
        encoding=encoding,
        settings=settings,
        keep=keep,
    )
