"""One open incident as the screens see it: lines go to a writing thread, the state comes back here.

Screens never touch a file or git; they send lines and hear of changes on the app's own thread.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from incident_tui.domain.flags import Flag, raised
from incident_tui.domain.kernel import Incident
from incident_tui.domain.verbs import LineError, Refused
from incident_tui.history import BackgroundCommitter
from incident_tui.service import OpenIncident, Receipt
from incident_tui.service.recording import Recorder
from incident_tui.store.drafts import Drafts
from incident_tui.store.errors import StoreError

T = TypeVar("T")
Outcome = Receipt | LineError | Refused | StoreError


class Desk:
    """The open incident, its writing thread, its commits and its drafts."""

    def __init__(
        self,
        room: OpenIncident,
        committer: BackgroundCommitter,
        recorder: Recorder,
        drafts: Drafts,
    ) -> None:
        self.room = room
        self.committer = committer
        self.recorder = recorder
        self.drafts = drafts
        self.trouble = ""
        """Why the file cannot be read or written just now; empty when it can."""
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._listeners: list[Callable[[], None]] = []
        room.listeners.append(self.tell)

    @property
    def incident(self) -> Incident:
        """The present state."""
        return self.room.incident

    def now(self) -> datetime:
        """The present moment."""
        return self.room.world.clock()

    def flags(self) -> list[Flag]:
        """The red flags that are up now, the worst first."""
        return raised(self.incident, self.now())

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change, on the screens' thread."""
        self._listeners.append(listener)

    def unlisten(self, listener: Callable[[], None]) -> None:
        """Stop calling `listener`."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    async def enter(self, text: str, *, seen_stage: str = "") -> Outcome:
        """Record a line on the writing thread; what came of it, durable or refused."""
        outcome = await self._on_writer(lambda: self._enter(text, seen_stage))
        if isinstance(outcome, Receipt) and outcome.is_transition:
            self.commit()
        self.tell()
        return outcome

    async def enter_all(self, lines: list[str]) -> list[Receipt | LineError | Refused] | StoreError:
        """Record several lines that become durable together."""
        outcome = await self._on_writer(lambda: self._enter_all(lines))
        self.commit()
        self.tell()
        return outcome

    async def poll(self) -> None:
        """Take in what other processes have recorded."""
        trouble = await self._on_writer(self._refresh)
        if trouble != self.trouble:
            self.trouble = trouble
            self.tell()

    def commit(self) -> None:
        """Ask for a commit of what is outstanding; returns at once."""
        self.committer.submit(self.recorder.request, key=self.room.id)

    def close(self) -> None:
        """Let the last write end; a commit that is still running is left to finish by itself."""
        self.room.listeners.remove(self.tell)
        self._writer.shutdown(wait=True)

    async def _on_writer(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    def _enter(self, text: str, seen_stage: str) -> Outcome:
        try:
            return self.room.enter(text, seen_stage=seen_stage)
        except (LineError, Refused, StoreError) as problem:
            return problem

    def _enter_all(self, lines: list[str]) -> list[Receipt | LineError | Refused] | StoreError:
        try:
            return self.room.enter_group(lines)
        except StoreError as problem:
            return problem

    def _refresh(self) -> str:
        try:
            self.room.refresh()
        except StoreError as problem:
            return str(problem)
        return ""

    def tell(self) -> None:
        """Have everybody who listens show the present state."""
        for listener in list(self._listeners):
            listener()
