"""The console: the Textual app and its one factory. It joins the service to the screens."""

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import ClassVar

from textual import events
from textual.app import App, ScreenStackError
from textual.binding import Binding, BindingType
from textual.screen import Screen

from incident_tui.domain.playbook import PlaybookError
from incident_tui.history import (
    BackgroundCommitter,
    CommitOptions,
    CommitRequest,
    GitHome,
    Outcome,
    committing,
    last_position,
    open_or_create,
)
from incident_tui.screens.declare import DeclareScreen
from incident_tui.screens.desk import Desk
from incident_tui.screens.incidents import IncidentsScreen
from incident_tui.screens.palette import RoomCommands
from incident_tui.screens.too_small import TooSmallScreen
from incident_tui.screens.war_room import WarRoom
from incident_tui.service import OpenIncident, Service
from incident_tui.service.recording import Recorder
from incident_tui.store.errors import StoreError

Perform = Callable[[CommitRequest], Outcome]


class IncidentApp(App[None]):
    """The console over one home."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = [
        "styles/app.tcss",
        "styles/rows.tcss",
        "styles/log_line.tcss",
    ]
    TITLE = "incident-tui"
    COMMANDS = {RoomCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "quit", id="app.quit", tooltip="Leave; everything is saved"),
        Binding("f10", "incidents", "incidents", False, id="app.incidents",
                tooltip="The list of incidents"),
    ]  # fmt: skip

    def __init__(
        self,
        service: Service,
        *,
        incident: str | None = None,
        offer_demo: Callable[[], Service] | None = None,
        perform: Perform | None = None,
    ) -> None:
        super().__init__()
        self.service = service
        self.desk: Desk | None = None
        self._first = incident
        self._offer_demo = offer_demo
        self._perform = perform

    def on_mount(self) -> None:
        if self._first is not None:
            self.open_incident(self._first)
        else:
            self.action_incidents()

    # --- incidents -------------------------------------------------------------------------------

    def open_incident(self, incident_id: str) -> None:
        """Show an incident; one that cannot be read says why, and the list stays."""
        try:
            room = self.service.open(incident_id, apply_on=self._here)
        except (StoreError, PlaybookError) as problem:
            self.notify(str(problem), severity="error", markup=False, timeout=20)
            if not isinstance(self.screen, IncidentsScreen):
                self.action_incidents()
            return
        self._show(room)

    def _show(self, room: OpenIncident) -> None:
        self._leave_desk()
        recorder = Recorder(room.file, room.playbook, self._last_position)
        perform = self._perform or committing(self._git_home, options=self._commit_options())
        committer = BackgroundCommitter(
            recorder.keeping_track(perform),
            on_change=lambda status: self.call_from_thread(self._commit_changed),
        )
        self.desk = Desk(room, committer, recorder, self.service.home.drafts(room.id))
        self._replace(WarRoom(self.desk))

    def declare(self) -> None:
        """Ask for a new incident."""
        self.push_screen(DeclareScreen(self.service, self._declared))

    def _declared(self, room: OpenIncident) -> None:
        self.open_incident(room.id)

    def start_demo(self) -> None:
        """Open the worked example, in a home of its own."""
        if self._offer_demo is not None:
            self.service = self._offer_demo()
            self.open_incident(self.service.active()[0])

    def action_incidents(self) -> None:
        """The list of incidents."""
        self._leave_desk()
        demo = self.start_demo if self._offer_demo is not None else None
        self._replace(IncidentsScreen(self.service, self.open_incident, self.declare, demo))

    def _replace(self, screen: Screen[None]) -> None:
        """Show `screen` alone above the default one."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(screen)

    def _leave_desk(self) -> None:
        if self.desk is not None:
            self.desk.close()
            self.desk.committer.close()
            self.desk = None

    def _here(self, change: Callable[[], None]) -> None:
        self.call_from_thread(change)

    # --- git -------------------------------------------------------------------------------------

    def _git_home(self) -> GitHome:
        return open_or_create(self.service.home.path, create=True, env=self.service.world.env)

    def _commit_options(self) -> CommitOptions:
        git = self.service.home.config.git
        return CommitOptions(hooks=git.hooks, sign=git.sign)

    def _last_position(self, folder: Path) -> int | None:
        return None if self._perform else last_position(self._git_home(), folder)

    def _commit_changed(self) -> None:
        if self.desk is not None:
            self.desk.tell()

    async def action_quit(self) -> None:
        """Leave: what is typed is saved; a last commit gets a moment to end."""
        if self.desk is not None:
            self.desk.committer.drain(0.2)
        self._leave_desk()
        self.exit()

    # --- size ------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that is too small says so, and everything is back when it grows."""
        width, height = event.size
        small = width < TooSmallScreen.COLUMNS or height < TooSmallScreen.LINES
        try:
            shown = isinstance(self.screen, TooSmallScreen)
        except ScreenStackError:
            return
        if small and not shown:
            self.push_screen(TooSmallScreen())
        elif shown and not small:
            self.pop_screen()


def make_app(
    service: Service,
    *,
    incident: str | None = None,
    offer_demo: Callable[[], Service] | None = None,
    perform: Perform | None = None,
) -> IncidentApp:
    """The console over `service`, on one incident or the list; the same for users and tests.

    `offer_demo` makes the worked example; `perform` commits, by default with git.
    """
    return IncidentApp(service, incident=incident, offer_demo=offer_demo, perform=perform)
