"""A console with one screen in it: a real service over a temporary home, a clock that stands still.

The app of users is tested by the flows; this host shows a screen alone.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any, ClassVar, Self

from textual.app import App
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

import incident_tui
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import sure
from incident_tui.history import BackgroundCommitter, NothingToCommit
from incident_tui.screens.forms.declare import DeclareScreen
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.war_room.keyed_app import KeyedApp
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Declaration, IncidentSession, Service
from incident_tui.service.declaration_choices import declaration_choices
from incident_tui.service.session.spooler import Spooler
from incident_tui.store.home import Home
from incident_tui.store.user_settings import UserSettings
from tests.support.patience import tries
from tests.support.world import Clock, make_world

STYLES = Path(incident_tui.__file__).parent / "styles"
NOW = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
EVIL = "[/var/log] [b]x[/b] [@click=app.quit]quit[/] \x1b]52;c;aGk=\x07 \u202eabc"
"""Text that breaks markup, makes links, talks to the terminal and turns the line around."""


def make_service(
    base: Path,
    clock: Clock | None = None,
    *,
    actor: str = "ana",
    settings: UserSettings | None = None,
) -> Service:
    """A service over `base`/home; ids count up. With `settings` nobody has said who types."""
    env = {"TZ": "UTC", "HOME": str(base)}
    world = make_world(base, clock or Clock(NOW), env, ids=actor + "-{:05}")
    home = Home(base / "home", base / "state")
    return Service(home, world, actor, version="0", settings=settings)


def declare(
    service: Service,
    lines: Iterable[str] = (),
    *,
    title: str = "Checkout returns 5xx",
    at: str = "13:58",
    playbook: str = "",
) -> IncidentSession:
    """An incident with these lines, a minute apart; a line that is refused fails the test.

    Whoever types them is sure of them.
    """
    session = service.declare(Declaration(title, at=at, playbook=playbook))
    for text in lines:
        forward(service, 1)
        session.enter(sure(parse(text)))
    return session


def forward(service: Service, minutes: float) -> None:
    """Let time pass for a service of `make_service`."""
    assert isinstance(service.world.clock, Clock)
    service.world.clock.forward(minutes)


def service_with(base: Path, *lines: str) -> Service:
    """A service with one incident that has these lines; three minutes pass before it."""
    clock = Clock(NOW)
    clock.forward(3)
    service = make_service(base, clock)
    declare(service, lines)
    return service


def now_in(service: Service) -> Incident:
    """The incident as the disk has it, opened by somebody else."""
    return service.open(service.active()[0]).incident


def rows_in(service: Service) -> list[str]:
    """What the log tells, without the declaration."""
    incident = now_in(service)
    return [entry.event.tell(entry, incident) for entry in incident.recorded[1:]]


def declare_screen(
    service: Service,
    declared: Callable[[IncidentSession], None] = lambda session: None,
    read_advice: Callable[[str], None] = lambda incident: None,
) -> DeclareScreen:
    """The form that declares, over what the home offers."""
    return DeclareScreen(service, declaration_choices(service), declared, read_advice)


class Host(KeyedApp[None]):
    """Shows the one screen that `first` makes, and keeps what it gives back."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = [
        STYLES / name for name in ("app.tcss", "widgets/rows.tcss", "widgets/log_line.tcss")
    ]

    def __init__(self, first: Callable[["Host"], Screen[Any]]) -> None:
        super().__init__()
        self._first = first
        self.controllers: list[IncidentController] = []
        self.given: list[object] = []
        """What the screen was dismissed with."""

    @classmethod
    def of(cls, screen: Callable[..., Screen[Any]], service: Service, *more: object) -> Self:
        """A host of a screen that is given a controller on the incident of the service."""
        return cls(lambda host: screen(host.controller(service), *more))

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
        self.controllers.append(controller)
        return controller

    def on_unmount(self) -> None:
        for controller in self.controllers:
            controller.close()
            controller.committer.close()

    @property
    def notices(self) -> list[str]:
        """What was said in notifications."""
        return [notification.message for notification in self._notifications]


def painted_lines(app: App[Any]) -> list[str]:
    """The lines of the screen."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def painted(app: App[Any]) -> str:
    """What is on the screen, line by line."""
    return "\n".join(painted_lines(app))


def listed(app: App[Any]) -> str:
    """What the lists of the screen hold, wherever they are scrolled to, a line for each row."""
    lists = app.screen.query(Rows)
    return "\n".join(row.build().plain for rows in lists for row in rows.shown)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait for letters that are held, the workers of the screen, and for what they posted."""
    await pilot.pause(0)
    while any(rows.guard.is_holding for rows in pilot.app.screen.query(Rows)):
        await pilot.pause(0.05)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@asynccontextmanager
async def settled(
    app: App[Any],
    size: tuple[int, int] = (80, 24),
    wait: Callable[[Pilot[Any]], Awaitable[None]] = settle,
) -> AsyncIterator[Pilot[Any]]:
    """The app as it runs in a terminal of that size, once `wait` saw what it begins with done."""
    async with app.run_test(size=size) as pilot:
        await wait(pilot)
        yield pilot


async def until(pilot: Pilot[Any], true: Callable[[], bool]) -> None:
    """Wait until something has come true; the test fails when it does not."""
    for pause in tries():
        if true():
            return
        await pilot.pause(pause)
    raise AssertionError(f"it did not come true:\n{painted(pilot.app)}")


async def stray_letters(pilot: Pilot[Any], text: str) -> None:
    """Text typed fast into a list, as the guard of the list reports it."""
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(Burst(text))
    await pilot.pause()


def press_later(app: App[Any], letter: str, seconds: float = 10) -> None:
    """A letter pressed so long after the one before that no word can be meant, without the wait."""
    key = Key(letter, letter)
    key.time += seconds
    app.post_message(key)
