"""The console as users have it, driven inside of this process: for faults that need to be timed."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from textual.pilot import Pilot

from incident_tui.app import make_app
from incident_tui.history import Committed
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.service import Service, World
from incident_tui.store.files.user_folders import state_root
from incident_tui.store.home import Home
from tests.faults.ground import Ground


class Console:
    """The console on the only incident of a ground."""

    def __init__(
        self,
        ground: Ground,
        *,
        actor: str = "ana",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        world = World(clock, lambda: os.urandom(6).hex(), ground.env, ground.base)
        service = Service(Home(ground.home, state_root(ground.env)), world, actor, version="0.1.0")
        self.app = make_app(service, incident=service.active()[0])
        self._stack = AsyncExitStack()
        self._pilot: Pilot[None] | None = None

    async def __aenter__(self) -> Self:
        self._pilot = await self._stack.enter_async_context(self.app.run_test(size=(120, 40)))
        await self.settle()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.app.controller is not None:
            await asyncio.to_thread(self.app.controller.committer.drain, 5)
        await self.app.action_quit()
        await self._stack.aclose()

    @property
    def pilot(self) -> Pilot[None]:
        assert self._pilot is not None
        return self._pilot

    @property
    def controller(self) -> IncidentController:
        assert self.app.controller is not None
        return self.app.controller

    @property
    def trouble(self) -> str:
        """What the strip says of the file."""
        return self.controller.trouble

    @property
    def line(self) -> LogLine:
        war_room = self.app.screen
        assert isinstance(war_room, WarRoom), war_room
        return war_room.query_one(LogLine)

    @property
    def draft(self) -> str:
        return self.line.draft

    @draft.setter
    def draft(self, text: str) -> None:
        self.line.draft = text

    async def enter(self, text: str) -> dict[str, int]:
        """Type a line; gives the ids and numbers that were told, none where it was refused."""
        self.line.focus()
        self.line.draft = text
        await self.pilot.pause()
        before = set(self.controller.incident.numbers)
        await self.pilot.press("enter")
        await self.settle()
        while not isinstance(self.app.screen, WarRoom):  # a refused transition opens its gate
            await self.pilot.press("escape")
            await self.settle()
        if self.draft == text:
            return {}
        # A colleague's that came in at the same moment is acknowledged too.
        numbers = self.controller.incident.numbers
        return {name: number for name, number in numbers.items() if name not in before}

    async def settle(self) -> None:
        """Wait for what was asked for, and show it."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def polled(self) -> None:
        """Let it look at the file once more."""
        await self.controller.poll()
        await self.settle()

    async def until(self, true: Callable[[], bool], seconds: float = 10.0) -> bool:
        """Wait for something to come true by itself; whether it did."""
        end = asyncio.get_running_loop().time() + seconds
        while not true():
            if asyncio.get_running_loop().time() > end:
                return False
            await self.pilot.pause(0.05)
        return True

    async def committed(self) -> bool:
        """Wait for a commit to be made; whether it was."""
        await asyncio.to_thread(self.controller.committer.drain, 15)
        await self.settle()
        return isinstance(self.controller.committer.status().last, Committed)

    def painted(self) -> str:
        """What is on the screen."""

        def lines() -> Iterator[str]:
            for strip in self.app.screen._compositor.render_strips():
                yield "".join(segment.text for segment in strip).rstrip()

        return "\n".join(lines())
