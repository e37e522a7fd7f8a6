"""One open incident as the screens see it: lines go to a writing thread, the state comes back here.

Screens never touch a file or git; they send lines and hear of changes on the app's own thread.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from datetime import datetime
from threading import Event, Thread
from typing import TypeVar

from incident_tui.domain.core.commands import LineError, PendingEvent, Refused
from incident_tui.domain.core.doubts import Doubted
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.line_grammar import Line, line_or_none
from incident_tui.domain.core.rules import Raised
from incident_tui.domain.line_plan import sure
from incident_tui.domain.process.flags import Flag, raised
from incident_tui.domain.process.gates import GateReport, next_gate
from incident_tui.domain.quality.blameless import Blame
from incident_tui.history import BackgroundCommitter, RequestFactory
from incident_tui.screens.session.notices import Notices
from incident_tui.screens.session.ui_thread import HandOver
from incident_tui.service import Receipt
from incident_tui.service.across.likeness import Alike
from incident_tui.service.git.delivery_record import DeliveryRecord
from incident_tui.service.session.evidence_files import suspicion_of_line
from incident_tui.service.session.spooler import Spooler
from incident_tui.store.console.console import Console
from incident_tui.store.files.errors import StoreError

T = TypeVar("T")
LOOK_SECONDS = 0.25
"""Between two looks for what other processes have recorded."""
Outcome = Receipt | LineError | Refused | StoreError
PENDING = "Every entry is safe in the file; only git does not have it yet, and is asked again."
"""Why a commit that waits is no reason to stop."""

QUIET = "quiet until"
"""The draft that says until when nothing rings, so that a console begun anew keeps to it."""

UNKEPT = "Entries are recorded as ever; only what is typed and not sent would not survive a crash."
"""What it means that drafts are not kept."""


class Doubtful(Refused):
    """A line that is recorded when it is entered once more."""


class IncidentController:
    """The open incident, its writing thread, its commits and its drafts.

    `attempt` makes the request for a commit of what is outstanding, or says why it cannot.
    """

    def __init__(
        self,
        spooler: Spooler,
        committer: BackgroundCommitter,
        attempt: RequestFactory,
        console: Console,
    ) -> None:
        self.session = spooler.session
        self.committer = committer
        self.drafts = console.drafts
        self._console = console
        self.notices = Notices()
        """What was said below the log line and elsewhere, to be read again."""
        self._reason: str | None = None
        """Why a commit waits, as it was told last."""
        self.trouble = ""
        """Why the file cannot be read or written just now; empty when it can."""
        self.earlier: dict[str, Raised] = {}
        """What other incidents of the home owe, once somebody has looked."""
        self.words: Mapping[str, Mapping[str, str]] = {}
        """What the home names for completion, such as its services."""
        self.seen: tuple[Alike, ...] = ()
        """Earlier incidents like this one, once somebody has looked."""
        self.delivered: DeliveryRecord | None = None
        """What is known here of its delivery, once somebody has looked."""
        self._spooler = spooler
        self._pending_since: datetime | None = None
        self._unkept_since: datetime | None = None
        self._beside_since: datetime | None = None
        self._gate: tuple[Incident, int, GateReport] | None = None
        """The state that a gate was reported of last, by its entries, and the report."""
        self._read = False
        """Whether every text was looked at closely."""
        self._poll_lock = asyncio.Lock()
        self._closed = Event()
        self._changes = 0
        """How often the listeners were told."""
        self._asked_about = ""
        """The line that looks like it holds a secret: entered once more, it is recorded."""
        self._doubted = ""
        """The line that a rule doubts: entered once more, it is recorded."""
        self._attempt = attempt
        self._hand_over = self.session.apply_on = HandOver()
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._listeners: list[Callable[[], None]] = []
        self.commit_listeners: list[Callable[[], None]] = []
        """Called when the state of committing changes; the state of the incident has not."""
        self.session.listeners.append(self.tell)
        with suppress(ValueError):  # there is none
            self.session.quiet_until = datetime.fromisoformat(self.drafts.get(QUIET))
        self._keep_quiet()

    @property
    def incident(self) -> Incident:
        """The present state."""
        return self.session.incident

    @property
    def spooled(self) -> int:
        """How many entries are durable beside the file, which cannot take them just now."""
        return self._spooler.spooled

    def now(self) -> datetime:
        """The present moment."""
        return self.session.world.clock()

    @property
    def quiet_until(self) -> datetime | None:
        """Until when nothing rings here; None where it may."""
        until = self.session.quiet_until
        return until if until is not None and self.now() < until else None

    def _keep_quiet(self) -> None:
        self.drafts.keep(QUIET, self.quiet_until.isoformat() if self.quiet_until else "")

    def gate(self) -> GateReport:
        """What the next gate asks for; made once for each state, since many show it."""
        incident, entries = self.incident, len(self.incident.recorded)
        if self._gate is None or self._gate[:2] != (incident, entries):
            self._gate = (incident, entries, next_gate(incident))
        return self._gate[2]

    def flags(self) -> list[Flag]:
        """The red flags that are up now, the worst first; at the end a commit that waits."""
        flags = raised(self.incident, self.now(), self.earlier, slow=self._read)
        if self.drafts.trouble:
            self._unkept_since = self._unkept_since or self.now()
            text = f"drafts are not kept: {self.drafts.trouble}"
            flags.append(Flag("drafts.unkept", text, UNKEPT, self._unkept_since, ""))
        beside = self._spooler.unverified
        if text := beside.summary():
            self._beside_since = self._beside_since or self.now()
            why = f"{beside.summary(self.incident)}. /found leave leaves them where they are."
            flags.append(Flag("entries.found", text, why, self._beside_since, "/found record"))
        reason = self.committer.status().reason
        if reason is None:
            self._pending_since = None
            return flags
        self._pending_since = self._pending_since or self.now()
        if not any(flag.id == "secrets.suspected" for flag in flags):  # which says so itself
            text = f"the commit is pending: {reason}"
            flags.append(Flag("commit.pending", text, PENDING, self._pending_since, ""))
        return flags

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change, on the screens' thread."""
        self._listeners.append(listener)

    def unlisten(self, listener: Callable[[], None]) -> None:
        """Stop calling `listener`."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    async def enter(self, text: str, *, line: Line | None = None, seen_stage: str = "") -> Outcome:
        """Record a line on the writing thread; what came of it, durable or refused.

        `line` is the text as parsed, where that was done before.
        """
        parsed, unsaid = line or line_or_none(text), self.session.introduction.due
        outcome = await self._then_listeners(lambda: self._enter(text, parsed, seen_stage))
        if unsaid and not self.session.introduction.due:
            self.drafts.belong_to(self.session.identity.actor)
        self._keep_quiet()
        if isinstance(outcome, Receipt) and outcome.wants_commit:
            self.commit()
        return outcome

    async def enter_all(self, lines: list[str]) -> list[Receipt | LineError | Refused] | StoreError:
        """Record several lines that become durable together."""
        outcome = await self._then_listeners(lambda: self._enter_all(lines))
        self.commit()
        return outcome

    async def record(self, pending: Sequence[PendingEvent]) -> Receipt:
        """Record what no line was typed for, on the writing thread. Raises `StoreError`."""
        receipt = await self._then_listeners(lambda: self.session.record(lambda incident: pending))
        if receipt.wants_commit:
            self.commit()
        return receipt

    async def _then_listeners(self, work: Callable[[], T]) -> T:
        """Write, and see to it that everybody who listens was told of what came of it.

        A changed state told them already. What else is shown may have changed after that.
        """
        changes, shown = self._changes, (self.trouble, self.session.identity)
        outcome = await self._on_writer(work)
        self._take_trouble()
        if self._changes == changes or shown != (self.trouble, self.session.identity):
            self.tell()
        return outcome

    async def read_texts(self) -> None:
        """Look at every text closely, beside the screens' thread; a flag may follow."""
        await asyncio.to_thread(self.incident.of(Blame).texts_to_read())
        self._read = True
        self.tell()

    def watch(self, due: Callable[[], object]) -> None:
        """Until the incident is closed here, call `due` when it is time to `poll`.

        It is called on the screens' thread, which a thread of its own leaves alone while nothing
        happens.
        """
        loop, context = asyncio.get_running_loop(), copy_context()

        def look() -> None:
            while not self._closed.wait(LOOK_SECONDS):
                if not self._poll_lock.locked() and self._spooler.due:
                    with suppress(RuntimeError):  # the console has ended
                        loop.call_soon_threadsafe(due, context=context)

        Thread(target=look, name="watch", daemon=True).start()

    async def poll(self) -> None:
        """Take in what other processes have recorded, and write back what was kept aside.

        One after the other: `watch` asks no slow disk twice.
        """
        async with self._poll_lock:
            if await self._on_writer(self._spooler.refresh):
                self.commit()
        if self._spooler.trouble != self.trouble:
            self._take_trouble()
            self.tell()

    def _take_trouble(self) -> None:
        before, self.trouble = self.trouble, self._spooler.trouble
        if before != self.trouble:
            self.note_work(self.trouble or "the file can be written again")

    def note(self, text: str) -> None:
        """Remember what was said, so that it can be read again."""
        self.notices.add(self.now(), text)

    def note_work(self, text: str) -> None:
        """Remember what became of work that nobody waits for, in the log of the console too."""
        self.note(text)
        self._console.log.write(self.now(), f"{self.session.id}: {text}")

    @property
    def log_file(self) -> str:
        """Where what became of such work is written; empty where nothing can be kept."""
        path = self._console.log.path
        return self.session.world.shown(path) if path else ""

    def commit(self) -> None:
        """Ask for a commit of what is outstanding; returns at once."""
        self.committer.submit(self._attempt, key=self.session.id)

    def close(self) -> None:
        """Let the last write end, behind; a commit that still runs is left to finish by itself."""
        self._closed.set()
        self.session.listeners.remove(self.tell)
        self._hand_over.close()
        self._console.close_behind(self._writer.shutdown)

    async def _on_writer(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    async def begin_entry(self, *, answers: bool) -> None:
        """Before a line that answers a question what others said counts, too.

        One that was typed anew answers none, though the same was asked about before.
        """
        if answers:
            await self.poll()
        else:
            self._asked_about = self._doubted = ""

    def _enter(self, text: str, line: Line | None, seen_stage: str) -> Outcome:
        if self._asked_about != text and (what := suspicion_of_line(self.session, text, line)):
            self._asked_about = text
            return Doubtful(
                f"looks like a secret: Enter again records it ({what}); "
                "it is not committed until /redact or /keep-secret"
            )
        self._asked_about = ""
        doubted, self._doubted = self._doubted, ""
        entered = sure(line) if line is not None and doubted == text else line
        try:
            return self._spooler.enter(entered or text, seen_stage=seen_stage)
        except Doubted as doubt:
            self._doubted = text
            return Doubtful(f"{doubt.message}. Enter again records it", doubt.reasons)
        except (LineError, Refused, StoreError) as problem:
            return problem

    def _enter_all(self, lines: list[str]) -> list[Receipt | LineError | Refused] | StoreError:
        try:
            return self._spooler.enter_group(lines)
        except StoreError as problem:
            return problem

    def tell_of_commits(self) -> None:
        """Have everybody who shows the state of committing show it."""
        reason = self.committer.status().reason
        if reason != self._reason:
            self._reason = reason
            self.note_work(f"the commit is pending: {reason}" if reason else "committed after all")
        for listener in list(self.commit_listeners):
            listener()

    def tell(self) -> None:
        """Have everybody who listens show the present state."""
        self._changes += 1
        for listener in list(self._listeners):
            listener()
