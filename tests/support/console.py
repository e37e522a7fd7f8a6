"""A console with one screen in it: a real service over a temporary home, a clock that stands still.

The app of users is tested by the flows; this host shows a screen alone.
"""

import itertools
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath
from typing import Any, ClassVar

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

import incident_tui
from incident_tui.history import BackgroundCommitter, NothingToCommit
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Declaration, IncidentSession, Service, World
from incident_tui.service.session.spooling import Spooler
from incident_tui.store.home import Home
from tests.support.waiting import tries

STYLES = Path(incident_tui.__file__).parent / "styles"
NOW = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
EVIL = "[/var/log] [b]x[/b] [@click=app.quit]quit[/] \x1b]52;c;aGk=\x07 \u202eabc"
"""Text that breaks markup, makes links, talks to the terminal and turns the line around."""


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, minutes: float) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)


def make_service(base: Path, clock: Clock | None = None, *, actor: str = "ana") -> Service:
    """A service over `base`/home; ids count up."""
    count = itertools.count(1)
    world = World(
        clock=clock or Clock(),
        new_id=lambda: f"{actor}-{next(count):05}",
        env={"TZ": "UTC", "HOME": str(base)},
        cwd=base,
    )
    return Service(Home(base / "home", base / "state"), world, actor, version="0")


def declare(
    service: Service, lines: Iterable[str] = (), *, title: str = "Checkout returns 5xx"
) -> IncidentSession:
    """An incident with these lines, a minute apart; a line that is refused fails the test."""
    session = service.declare(Declaration(title, at="13:58"))
    for text in lines:
        if isinstance(service.world.clock, Clock):
            service.world.clock.forward(1)
        session.enter(text)
    return session


class Host(App[None]):
    """Shows the one screen that `first` makes, and keeps what it gives back."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = [
        STYLES / name for name in ("app.tcss", "widgets/rows.tcss", "widgets/log_line.tcss")
    ]

    def __init__(self, first: Callable[["Host"], Screen[Any]]) -> None:
        super().__init__()
        self._first = first
        self._controllers: list[IncidentController] = []
        self.given: list[object] = []
        """What the screen was dismissed with."""

    def on_mount(self) -> None:
        self.push_screen(self._first(self), self.given.append)

    def controller(self, service: Service, incident: str = "") -> IncidentController:
        """A controller on an incident of the service; its commits find nothing to do."""
        session = service.open(incident or service.active()[0])
        console = service.console(session.id)
        controller = IncidentController(
            Spooler(session, console.aside),
            BackgroundCommitter(),
            NothingToCommit,
            console,
        )
        self._controllers.append(controller)
        return controller

    def on_unmount(self) -> None:
        for controller in self._controllers:
            controller.close()
            controller.committer.close()

    @property
    def told(self) -> list[str]:
        """What was said in notifications."""
        return [notification.message for notification in self._notifications]


def painted(app: App[Any]) -> str:
    """What is on the screen, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def listed(app: App[Any]) -> str:
    """What the lists of the screen hold, wherever they are scrolled to, a line for each row."""
    lists = app.screen.query(Rows)
    return "\n".join(row.build().plain for rows in lists for row in rows.shown)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait for the workers of the screen, and for what they posted."""
    await pilot.pause(0)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def until(pilot: Pilot[Any], true: Callable[[], bool]) -> None:
    """Wait until something has come true; the test fails when it does not."""
    for pause in tries():
        if true():
            return
        await pilot.pause(pause)
    raise AssertionError(f"it did not come true:\n{painted(pilot.app)}")


async def stray_typing(pilot: Pilot[Any], text: str) -> None:
    """Text typed fast into a list, as the guard of the list reports it."""
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(Burst(text))
    await pilot.pause()
