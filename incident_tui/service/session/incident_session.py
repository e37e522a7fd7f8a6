"""One open incident: lines go in, entries become durable, the state follows.

Rules are the domain's, files the store's, commits `git`'s.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path

import msgspec

from incident_tui.domain.core.commands import CommandContext, LineError, PendingEvent, Refused
from incident_tui.domain.core.doubts import unless_sure
from incident_tui.domain.core.events import Entry, Incident, extend, fold
from incident_tui.domain.core.line_grammar import Line, format_line, parsed
from incident_tui.domain.findings.corrections import paste_effect
from incident_tui.domain.handover.attention import Quiet
from incident_tui.domain.line_plan import Plan, planned
from incident_tui.domain.people.identity import Identity, hat_of
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.process.runs import CheckRun
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.values.playbook import Playbook
from incident_tui.domain.values.time_grammar import format_when
from incident_tui.service.confidential.redacted_storage import (
    CopySearch,
    rewrite,
    settle,
    without_files,
)
from incident_tui.service.runtime.world import World
from incident_tui.service.runtime.zone import LateZone
from incident_tui.service.session.duplicates import DuplicateLinks
from incident_tui.service.session.entry_stamps import in_batch, stamped
from incident_tui.service.session.introduction import Introduction
from incident_tui.service.session.receipts import Attempt, Receipt, Result
from incident_tui.service.session.restored_entries import in_line, missing_from
from incident_tui.store.files.errors import StoreError
from incident_tui.store.log.incident_file import IncidentFile, Transaction


def _on_this_thread(change: Callable[[], None]) -> None:
    change()


class IncidentSession:
    """An incident that lines can be entered into.

    `introduction` keeps who types where that was not said before, by default nowhere. `duplicates`
    tells the incident that covers this one; by default nobody is told. `apply_on` runs a change of
    the state where its readers are (a console hands in its own thread); by default it happens
    where the line is entered.
    """

    def __init__(
        self,
        file: IncidentFile,
        playbook: Playbook,
        world: World,
        identity: Identity,
        *,
        self_review: bool = False,
        introduction: Introduction | None = None,
        duplicates: DuplicateLinks | None = None,
        apply_on: Callable[[Callable[[], None]], None] = _on_this_thread,
    ) -> None:
        self.file = file
        self.playbook = playbook
        self.world = world
        self.identity = identity
        self.self_review = self_review
        self.introduction = introduction or Introduction(identity.actor)
        self.duplicates = duplicates or DuplicateLinks(tuple, lambda name: self)
        self.apply_on = apply_on
        self.incident = fold(file.read().entries, playbook)
        self.listeners: list[Callable[[], None]] = []
        self.unwritten: list[Entry] = []
        """Entries of the state that the file does not hold just now, or not as they are here."""
        self.restorations = 0
        """How often entries were put back into the file, which a commit made before lacks."""
        self.quiet_until: datetime | None = None
        """Until when nothing rings here, where somebody said so."""
        self.search = CopySearch()
        """For further copies of what was redacted here; run once others may write again."""
        self._zone: tzinfo | None = None

    @property
    def id(self) -> str:
        """The id of the incident, which is also the name of its folder."""
        return self.folder.name

    @property
    def folder(self) -> Path:
        """The incident folder."""
        return self.file.path.parent

    @property
    def zone_name(self) -> str:
        """The name of the zone in which times are typed and shown."""
        declared = self.incident.of(Lifecycle).declared
        return declared.zone if declared else "UTC"

    @property
    def zone(self) -> tzinfo:
        """The zone in which times are typed and shown."""
        if self._zone is None:
            self._zone = LateZone(self.zone_name)
        return self._zone

    @property
    def hat(self) -> str:
        """The hat with which the next entry is recorded."""
        return hat_of(self.incident, self.identity)

    def enter(
        self, typed: str | Line, *, seen_stage: str = "", attempt: Attempt | None = None
    ) -> Receipt:
        """Record a line, as text or as parsed; it is durable when this returns.

        `seen_stage` is the stage that the author was looking at: a transition out of another one
        is refused. Raises `LineError`, `Refused` and `StoreError`; nothing is recorded then, and
        `attempt` holds what a `StoreError` kept from being appended.
        """
        line = parsed(typed)
        if line.command.slow and (ran := self._begun(line, seen_stage)) is not None:
            return self.record(lambda incident: ran)
        with self.file.transaction() as transaction:
            self.put_back(transaction)
            plan = self._decided(line, self.incident, seen_stage)
            if (unrecorded := self._unrecorded(plan)) is not None:
                return unrecorded
            pending = plan.unverified_choice or plan.events
            entries = stamped(self, plan.context, pending, transaction.next_order)
            self._append(transaction, entries, attempt=attempt)
        self._recorded([*transaction.new, *entries], entries)
        return self.receipt(self.incident, entries)

    def record(self, drafts: Callable[[Incident], Sequence[PendingEvent]]) -> Receipt:
        """Record events for which no line was typed; they are durable together on return.

        `drafts` is told the state while nobody else can write. `/undo` takes all of them back, as
        if they were one line. Raises `StoreError`, and `Refused` as `stamped` does.
        """
        with self.file.transaction() as transaction:
            self.put_back(transaction)
            context = CommandContext(
                incident=self.incident,
                now=self.world.clock(),
                zone=self.zone,
                actor=self.identity.actor,
                hat=self.hat,
            )
            entries = stamped(self, context, drafts(self.incident), transaction.next_order)
            self._append(transaction, entries)
        self._recorded([*transaction.new, *entries], entries)
        return self.receipt(self.incident, entries)

    def enter_group(
        self,
        lines: Sequence[str | Line],
        *,
        stop: Callable[[Receipt], bool] = lambda receipt: False,
        keep_going: bool = True,
        pasted: bool = False,
        attempt: Attempt | None = None,
    ) -> list[Result]:
        """Record several lines that become durable together; what each became, in order.

        Where they were `pasted`, one undo takes back all of them. A line that is refused records
        nothing and does not keep the others out, unless `keep_going` is off. Ends early after such
        a line, and after one for which `stop` says so; the result then is shorter than `lines`.
        Raises `StoreError` as `enter` does.
        """
        lines = [self._looked_ahead(line) for line in lines]
        identity = self.identity
        try:
            return self._enter_all(lines, stop, keep_going, pasted, attempt)
        except BaseException:
            self.identity = identity
            raise

    def _enter_all(
        self,
        lines: Sequence[str | Line],
        stop: Callable[[Receipt], bool],
        keep_going: bool,
        pasted: bool,
        attempt: Attempt | None,
    ) -> list[Result]:
        with self.file.transaction() as transaction:
            self.put_back(transaction)
            results, entries = self.prepared(
                lines, transaction.next_order, stop=stop, keep_going=keep_going, pasted=pasted
            )
            self._append(transaction, entries, results, attempt)
        self._recorded([*transaction.new, *entries], entries)
        return [self._as_it_came(result) for result in results]

    def _as_it_came(self, result: Result) -> Result:
        """The result of a line, with other numbers where the log has changed since it was read."""
        if not isinstance(result, Receipt):
            return result
        numbers = tuple(map(self.incident.number, (entry.id for entry in result.entries)))
        if numbers == result.numbers:
            return result
        return self.receipt(self.incident, [self.incident.recorded[n - 1] for n in numbers])

    def prepared(
        self,
        lines: Sequence[str | Line],
        order: int,
        *,
        seen_stage: str = "",
        stop: Callable[[Receipt], bool] = lambda receipt: False,
        keep_going: bool = True,
        pasted: bool,
    ) -> tuple[list[Result], list[Entry]]:
        """What lines would become, with entries from `order` on; only who types changes.

        `pasted` has one undo take back all of them.
        """
        results: list[Result] = []
        # Later lines build on earlier ones, which must not show before they are durable.
        scratch = fold(self.incident.recorded, self.playbook)
        entries: list[Entry] = []
        for typed in lines:
            try:
                plan = self._decided(parsed(typed), scratch, seen_stage)
                if (unrecorded := self._unrecorded(plan)) is not None:
                    results.append(unrecorded)
                    continue
                pending = plan.unverified_choice or plan.events
                new = stamped(self, plan.context, pending, order + len(entries))
                if pasted and not plan.unverified_choice:
                    new = in_batch(new, entries)
            except (LineError, Refused) as error:
                results.append(error)
                if keep_going:
                    continue
                break
            scratch = extend(scratch, new)
            entries += new
            receipt = self.receipt(scratch, new)
            results.append(receipt)
            if stop(receipt):
                break
        return results, entries

    def _append(
        self,
        transaction: Transaction,
        entries: list[Entry],
        results: Sequence[Result] = (),
        attempt: Attempt | None = None,
    ) -> None:
        if entries:
            attempt = attempt or Attempt()
            attempt.entries = entries
            attempt.results = list(results) or [Receipt(tuple(entries), (), "")]
            if self.file.changed():  # without the lock, while we were thinking
                transaction.new += self.file.refresh()
                self.put_back(transaction)
                up = max(0, transaction.next_order - entries[0].order)
                entries[:] = [msgspec.structs.replace(e, order=e.order + up) for e in entries]
            self.search.redacted |= rewrite(transaction, self, entries)
            transaction.append(entries)
            attempt.entries, attempt.results = [], []
            settle(transaction, self, entries)
            if self.file.rewritten:
                # What fails now is tried again later: the entries are durable, and may be told.
                with suppress(StoreError):
                    self.put_back(transaction)

    def put_back(self, transaction: Transaction) -> None:
        """Take in what the file holds, and give it what it lacks of what was acknowledged here.

        Comes before anything is appended, so that nobody is given a number twice. Raises
        `NotSaved` and `Gone`: then it is `unwritten`, and stays in the state.
        """
        whole = transaction.holds(self.incident.numbers.keys())
        if whole and not (self.file.rewritten or self.unwritten):
            self._absorb(transaction.new)
            return
        self.take_over(transaction.all)
        if back := self.unwritten:
            without_files(self, self.incident, back)
            transaction.restore(back)
            self.restorations += 1
            self.take_over(transaction.all)
            settle(transaction, self, back)

    def refresh(self) -> list[Entry]:
        """Take in what other processes have recorded; returns it. Raises `StoreError`."""
        if not self.file.changed():
            return []
        new = self.file.refresh()
        if self.file.rewritten or self.unwritten:
            self.take_over(self.file.read().entries)
        else:
            self._absorb(new)
        return new

    def take_over(self, entries: Sequence[Entry]) -> None:
        """Make the state that of these entries of the file, and of what was acknowledged here.

        What of that the file lacks is `unwritten` from then on, at the places it will return to.
        """
        self.unwritten = back = missing_from(self.incident.recorded, entries)
        self._change(lambda: fold([*entries, *back], self.playbook))

    def keep(self, entries: Sequence[Entry]) -> None:
        """Take entries into the state that the file does not hold; `spooler` made them durable.

        Those that are new here come after what others were given numbers for.
        """
        new = in_line(entries, self.incident.recorded)
        unwritten = {entry.id: entry for entry in [*entries, *new, *self.unwritten]}
        self.unwritten = list(unwritten.values())
        self._absorb(new)

    def plan(self, typed: str | Line) -> Plan:
        """What a line would record, without recording it. Raises `LineError` and `Refused`."""
        return self._planned(parsed(typed), self.incident, "")

    def _decided(self, line: Line, incident: Incident, seen_stage: str) -> Plan:
        """What a line records. Raises `Doubted` where a rule wants it looked at again."""
        plan = self._planned(line, incident, seen_stage)
        unless_sure(plan.doubts, format_line(line) if line.command.doubted else "")
        return plan

    def _planned(self, line: Line, incident: Incident, seen_stage: str) -> Plan:
        return planned(
            line,
            incident,
            self.identity,
            now=self.world.clock(),
            zone=self.zone,
            self_review=self.self_review,
            seen_stage=seen_stage,
        )

    def _unrecorded(self, plan: Plan) -> Receipt | None:
        """What became of a line that is said to whoever runs this, and recorded nowhere."""
        if isinstance(plan.answer, Quiet):
            until = self.quiet_until = plan.answer.until
            if until is None:
                return Receipt((), (), "the bell and notifications are back")
            shown = format_when(until, self.zone, reference=plan.context.now)
            return Receipt((), (), f"quiet until {shown}, here")
        return self._introduced(plan.answer) if isinstance(plan.answer, Identity) else None

    def _introduced(self, identity: Identity) -> Receipt:
        self.identity = identity
        # Whoever puts on a hat has not said who they are.
        kept = "" if identity.hat else self.introduction.remember(identity.actor)
        return Receipt((), (), f"typing as {identity.actor}{kept}")

    def _looked_ahead(self, typed: str | Line) -> str | Line:
        """The line, parsed where it can be, with the file looked into that it attaches."""
        with suppress(LineError, Refused):  # so it is told in its turn
            typed = parsed(typed)
            if typed.command.slow:
                self._attached(self.plan(typed))
        return typed

    def _begun(self, line: Line, seen_stage: str) -> list[PendingEvent] | None:
        """What came of the command that the line wants run; None where it wants none."""
        plan = self._planned(line, self.incident, seen_stage)
        self._attached(plan)
        for pending in plan.events:
            if isinstance(pending.event, CheckRun):
                from incident_tui.service.session.check_commands import run_check

                return run_check(self.incident, pending.event.check, self.folder, self.world)
        return None

    def _attached(self, plan: Plan) -> None:
        """Look into the files that are attached: once looked into, they are known."""
        for pending in plan.events:
            if isinstance(pending.event, EvidenceAttached):
                from incident_tui.service.session.evidence_files import suspicion_in

                suspicion_in(pending.event, self.world)

    def receipt(self, incident: Incident, entries: Sequence[Entry]) -> Receipt:
        """What is said of entries, once `incident` holds them."""
        numbers = tuple(incident.number(entry.id) for entry in entries)
        text = paste_effect(incident, [entry.event for entry in entries]) or "; ".join(
            f"{entry.event.kind} {entry.event.tell(entry, incident)}".strip() for entry in entries
        )
        closed = incident.of(Lifecycle).closed is not None
        return Receipt(tuple(entries), numbers, text, after_close=closed)

    def _recorded(self, new: Sequence[Entry], own: Sequence[Entry]) -> None:
        """Take in what is new in the file, `own` of it from here, once others may write again."""
        self._absorb(new)
        self.duplicates.follow(self, own)

    def _absorb(self, entries: Sequence[Entry]) -> None:
        if any(entry.id not in self.incident.numbers for entry in entries):
            self._change(lambda: extend(self.incident, entries))
        self.search.run(self, self.incident)

    def _change(self, make: Callable[[], Incident]) -> None:
        def change() -> None:
            self.incident = make()
            for listener in self.listeners:
                listener()

        self.apply_on(change)
