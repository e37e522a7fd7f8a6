"""What a command works with: the home, who is typing, and the incident that is meant.

Everything is looked up when it is first asked for, since most commands need a part of it only.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from incident_tui import __version__
from incident_tui.cli.frame import author
from incident_tui.cli.frame.failures import Failure, NoIncidentFailure, UsageFailure
from incident_tui.cli.frame.output import OutputLost, tell
from incident_tui.service import IncidentSession, Service, World
from incident_tui.store.files.user_folders import config_root
from incident_tui.store.home import Home, find_home, home_at
from incident_tui.store.user_settings import UserSettings

if TYPE_CHECKING:
    from incident_tui.history import Outcome

OfferDemo = Callable[[], Service]
CheckKeys = Callable[[Mapping[str, object]], Sequence[str]]
OpenConsole = Callable[[Service, str | None, OfferDemo, bool], int]
"""Opens the console on a home: on one of its incidents where one is named, or on a worked example
where the last argument says so. Gives the exit code."""


class Outside(msgspec.Struct, frozen=True):
    """What `__main__` hands in: the world, the platform's data folder, and the console.

    What the console has to say to keys that somebody set is asked for only where some are.
    """

    world: World
    data_dir: Callable[[], Path]
    open_console: OpenConsole
    check_keys: CheckKeys = lambda wanted: ()


class Invocation:
    """One call of the program. `home_flag` and `me_flag` are its options --home and --as."""

    def __init__(self, outside: Outside) -> None:
        self.outside = outside
        self.world = outside.world
        self.home_flag: str | None = None
        self.me_flag: str | None = None
        self.unacknowledged = False
        """Whether something was done that could not be told on standard output."""
        self._committers: dict[str, Callable[[], Outcome]] = {}

    @cached_property
    def home(self) -> Home:
        """The home that applies; it need not exist yet."""
        world = self.world
        return home_at(
            find_home(
                flag=self.home_flag,
                env=world.env,
                cwd=world.cwd,
                data_dir=self.outside.data_dir,
            ),
            world.env,
        )

    @cached_property
    def service(self) -> Service:
        """The service on that home. Raises `BadConfig`."""
        world, settings = self.world, UserSettings(config_root(self.world.env))
        name = author.stated_name(
            self.me_flag, world.env, lambda: self.home.config.me, lambda: settings.read().me
        )
        if name:
            return Service(self.home, world, name, version=__version__)
        where = self.home.path if os.path.isdir(self.home.path) else world.cwd
        name = author.supposed(world.env, where, world.login)
        return Service(self.home, world, name, version=__version__, settings=settings)

    @property
    def actor(self) -> str:
        """Who is typing. Raises `BadConfig`."""
        return self.service.actor

    def session(self, fragment: str | None) -> IncidentSession:
        """The incident of that id, or the only active one. Raises `Failure` and `StoreError`."""
        return self.service.open(fragment or self.only_active())

    def only_active(self) -> str:
        """The id of the only active incident; `Failure` when there is none, or more than one."""
        active = self.service.active()
        if not active:
            raise NoIncidentFailure(
                f"no incident is active in {self.home.path}. "
                'Declare one with `incident-tui declare "TITLE"`, or name one of '
                "`incident-tui list`.",
            )
        if len(active) > 1:
            raise UsageFailure(
                f"{len(active)} incidents are active: {', '.join(active)}. "
                "Name the one you mean; any part of the name that only it has is enough.",
            )
        return active[0]

    @contextmanager
    def acknowledgement(self, done: Callable[[], str], advice: str) -> Iterator[None]:
        """Print within this what tells that something was done; the one rule for all that do it.

        Where that cannot be written, `done` says on standard error what stands, and `advice` what
        not to do again; the command goes on with what is left to do, and ends with 1.
        """
        try:
            yield
        except OutputLost as lost:
            self.unacknowledged = True
            tell(
                f"incident-tui: {done()}, but that could not be written to standard output: "
                f"{lost.reason}. {advice}"
            )

    def commit(self, session: IncidentSession) -> None:
        """Commit the incident; what stands in the way is told and fails nothing."""
        from incident_tui.history import Pending
        from incident_tui.service.git.commits import committer_for

        if session.id not in self._committers:
            self._committers[session.id] = committer_for(session, self.home, self.world.env)
        before = session.id
        outcome = self._committers[before]()
        if session.id != before:
            self._committers[session.id] = self._committers[before]
            tell(f"It is called {session.id} from now on; {before} still finds it, for you alone.")
        if isinstance(outcome, Pending):
            tell(
                f"Recorded, but not committed yet: {outcome.reason}. "
                "The next commit takes it along."
            )

    def open_console(self, incident: str | None, demo: Service | None = None) -> int:
        """Hand over to the console; its exit code. `Failure` without a terminal.

        It begins with `demo`, a worked example, where there is one.
        """
        self.need_terminal()
        made = [] if demo is None else [demo]

        def offer() -> Service:
            # What is there already is offered first; another is made when that one was closed.
            if not made or not made[-1].active():
                made.append(self.make_demo())
            return made[-1]

        code = self.outside.open_console(self.service, incident, offer, demo is not None)
        for example in made:
            tell(where_it_stays(example))
        return code

    def need_terminal(self) -> None:
        """`Failure` where the console has no terminal to be shown in, nor a browser."""
        if self.world.env.get("TEXTUAL_DRIVER"):
            return  # `incident-tui serve` stands between this process and a browser
        # A stream that was closed before the start is None.
        if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout)):
            raise Failure(
                "the console needs a terminal, and this is none. "
                "Use `incident-tui show`, `incident-tui log` and the other commands of "
                "`incident-tui --help`.",
            )

    def make_demo(self) -> Service:
        """A worked example in a temporary home of its own."""
        from tempfile import mkdtemp

        from incident_tui.service.exchange.demo import build_demo

        return build_demo(Path(mkdtemp(prefix="incident-tui-demo-")), self.world, __version__)


def where_it_stays(example: Service) -> str:
    """What becomes of a worked example, to be told when it has been looked at."""
    return (
        f"The worked example stays in {example.home.path} until you remove it; "
        "look at it with --home and that folder."
    )
