"""One open incident: lines go in, entries become durable, the state follows.

Rules are the domain's, files the store's, commits `commit_message`'s.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path

import msgspec

from incident_tui.domain.confidential.protection import IncidentProtected
from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.confidential.suspected_secrets import SecretKept
from incident_tui.domain.core import line_grammar
from incident_tui.domain.core.commands import CommandContext, LineError, PendingEvent, Refused
from incident_tui.domain.core.events import Entry, Event, Incident, extend, fold
from incident_tui.domain.handover.checkpoints import CheckpointAcknowledged, CheckpointMade
from incident_tui.domain.impact.severity import SeverityChanged
from incident_tui.domain.people.identity import Identity, hat_of
from incident_tui.domain.process.lifecycle import TRANSITIONS, Lifecycle
from incident_tui.domain.process.runs import CheckRun
from incident_tui.domain.values.playbook import Playbook
from incident_tui.service.confidential.redactions import CopySearch, rewrite, settle, without_files
from incident_tui.service.runtime.world import World
from incident_tui.service.runtime.zone import LateZone
from incident_tui.service.session.entry_stamps import stamped
from incident_tui.service.session.line_planning import look_ahead, planned
from incident_tui.service.session.restored_entries import in_line, lacking
from incident_tui.store.files.errors import StoreError
from incident_tui.store.log.incident_file import IncidentFile, Transaction


class Receipt(msgspec.Struct, frozen=True):
    """What became of a line: its entries are durable. None are recorded by `/me` and `/hat`."""

    entries: tuple[Entry, ...]
    numbers: tuple[int, ...]
    told: str
    aside: bool = False
    """Whether the entries are durable beside the incident file, which cannot take them just now."""

    @property
    def is_transition(self) -> bool:
        """Whether a commit belongs to it."""
        return any(is_milestone(entry.event) for entry in self.entries)


Result = Receipt | LineError | Refused
"""What became of one of several lines."""


def is_milestone(event: Event) -> bool:
    """Whether the folder is committed when this has happened."""
    handovers = (CheckpointMade, CheckpointAcknowledged)
    need_to_know = (IncidentProtected, EntryRedacted, SecretKept)
    return isinstance(event, (*TRANSITIONS, SeverityChanged, *handovers, *need_to_know))


def _on_this_thread(change: Callable[[], None]) -> None:
    change()


class IncidentSession:
    """An incident that lines can be entered into.

    `apply_on` runs a change of the state where its readers are (a console hands in its own
    thread); by default it happens where the line is entered.
    """

    def __init__(
        self,
        file: IncidentFile,
        playbook: Playbook,
        world: World,
        identity: Identity,
        *,
        self_review: bool = False,
        apply_on: Callable[[Callable[[], None]], None] = _on_this_thread,
    ) -> None:
        self.file = file
        self.playbook = playbook
        self.world = world
        self.identity = identity
        self.self_review = self_review
        self.apply_on = apply_on
        self.incident = fold(file.read().entries, playbook)
        self.listeners: list[Callable[[], None]] = []
        self.kept: list[Entry] = []
        """Entries of the state that the file does not hold just now, or not as they are here."""
        self.returned = False
        """Whether entries were put back into the file; whoever has seen to it takes this back."""
        self.unsaved: list[Entry] = []
        """What the last attempt could not append, and may not record under other ids."""
        self.unsaved_results: Sequence[Result] = []
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
    def zone(self) -> tzinfo:
        """The zone in which times are typed and shown."""
        if self._zone is None:
            declared = self.incident.of(Lifecycle).declared
            self._zone = LateZone(declared.zone if declared else "UTC")
        return self._zone

    @property
    def hat(self) -> str:
        """The hat with which the next entry is recorded."""
        return hat_of(self.incident, self.identity)

    def enter(self, text: str, *, seen_stage: str = "") -> Receipt:
        """Record a line; it is durable when this returns.

        `seen_stage` is the stage that the author was looking at: a transition out of another one
        is refused. Raises `LineError`, `Refused` and `StoreError`; nothing is recorded then.
        """
        look_ahead(self, [text])
        if "/run" in text and (ran := self._run(text, seen_stage)) is not None:
            return self.record(lambda incident: ran)
        with self.file.transaction() as transaction:
            self.put_back(transaction)
            _, context, drafts = planned(self, self.incident, text, seen_stage)
            if isinstance(drafts, Identity):
                self.identity = drafts
                return Receipt((), (), f"typing as {drafts.actor}")
            entries = stamped(self, self.incident, context, drafts, transaction.next_order)
            self._append(transaction, entries)
        self._absorb([*transaction.new, *entries])
        return self.receipt(self.incident, entries)

    def record(self, drafts: Callable[[Incident], Sequence[PendingEvent]]) -> Receipt:
        """Record events for which no line was typed; they are durable together on return.

        `drafts` is told the state while nobody else can write. `/undo` takes all of them back, as
        if they were one line. Raises `StoreError`.
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
            wanted = drafts(self.incident)
            entries = stamped(self, self.incident, context, wanted, transaction.next_order)
            self._append(transaction, entries)
        self._absorb([*transaction.new, *entries])
        return self.receipt(self.incident, entries)

    def enter_group(
        self,
        lines: Sequence[str],
        *,
        stop: Callable[[Receipt], bool] = lambda receipt: False,
        keep_going: bool = True,
    ) -> list[Result]:
        """Record several lines that become durable together; what each became, in order.

        A line that is refused records nothing and does not keep the others out, unless
        `keep_going` is off. Ends early after such a line, and after one for which `stop` says so;
        the result then is shorter than `lines`.
        """
        look_ahead(self, lines)
        identity = self.identity
        try:
            return self._enter_all(lines, stop, keep_going)
        except BaseException:
            self.identity = identity
            raise

    def _enter_all(
        self, lines: Sequence[str], stop: Callable[[Receipt], bool], keep_going: bool
    ) -> list[Result]:
        with self.file.transaction() as transaction:
            self.put_back(transaction)
            results, entries = self.prepared(
                lines, transaction.next_order, stop=stop, keep_going=keep_going
            )
            self._append(transaction, entries, results)
        self._absorb([*transaction.new, *entries])
        return [self._as_it_came(result) for result in results]

    def _as_it_came(self, result: Result) -> Result:
        """The result of a line, with other numbers where the log has changed since it was read."""
        if not isinstance(result, Receipt):
            return result
        found = tuple(map(self.incident.number, (entry.id for entry in result.entries)))
        if found == result.numbers:
            return result
        return self.receipt(self.incident, [self.incident.recorded[n - 1] for n in found])

    def prepared(
        self,
        lines: Sequence[str],
        order: int,
        *,
        seen_stage: str = "",
        stop: Callable[[Receipt], bool] = lambda receipt: False,
        keep_going: bool = True,
    ) -> tuple[list[Result], list[Entry]]:
        """What lines would become, with entries from `order` on; only who types changes."""
        results: list[Result] = []
        # Later lines build on earlier ones, which must not show before they are durable.
        scratch = fold(self.incident.recorded, self.playbook)
        entries: list[Entry] = []
        for text in lines:
            try:
                _, context, drafts = planned(self, scratch, text, seen_stage)
                if isinstance(drafts, Identity):
                    self.identity = drafts
                    results.append(Receipt((), (), f"typing as {drafts.actor}"))
                    continue
                new = stamped(self, scratch, context, drafts, order + len(entries))
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
        self, transaction: Transaction, entries: list[Entry], results: Sequence[Result] = ()
    ) -> None:
        if entries:
            self.unsaved = entries
            self.unsaved_results = results or [Receipt(tuple(entries), (), "")]
            if self.file.changed():  # without the lock, while we were thinking
                transaction.new += self.file.refresh()
                self.put_back(transaction)
                up = max(0, transaction.next_order - entries[0].order)
                entries[:] = [msgspec.structs.replace(e, order=e.order + up) for e in entries]
            self.search.said |= rewrite(transaction, self, entries)
            transaction.append(entries)
            self.unsaved = []
            settle(transaction, self, entries)
            if self.file.rewritten:
                # What fails now is tried again later: the entries are durable, and may be told.
                with suppress(StoreError):
                    self.put_back(transaction)

    def put_back(self, transaction: Transaction) -> None:
        """Take in what the file holds, and give it what it lacks of what was acknowledged here.

        Comes before anything is appended, so that nobody is given a number twice. Raises
        `NotSaved` and `Gone`: then it is `kept`, and stays in the state.
        """
        held = transaction.all
        whole = self.incident.numbers.keys() <= {entry.id for entry in held}
        if whole and not (self.file.rewritten or self.kept):
            self._absorb(transaction.new)
            return
        self.take_over(held)
        if back := self.kept:
            without_files(self, self.incident, back)
            transaction.restore(back)
            self.returned = True
            self.take_over(transaction.all)
            settle(transaction, self, back)

    def refresh(self) -> list[Entry]:
        """Take in what other processes have recorded; returns it. Raises `StoreError`."""
        if not self.file.changed():
            return []
        new = self.file.refresh()
        if self.file.rewritten or self.kept:
            self.take_over(self.file.read().entries)
        else:
            self._absorb(new)
        return new

    def take_over(self, entries: Sequence[Entry]) -> None:
        """Make the state that of these entries of the file, and of what was acknowledged here.

        What of that the file lacks is `kept` from then on, at the places it will return to.
        """
        self.kept = back = lacking(self.incident.recorded, entries)
        self._change(lambda: fold([*entries, *back], self.playbook))

    def keep(self, entries: Sequence[Entry]) -> None:
        """Take entries into the state that the file does not hold; `spooling` made them durable.

        Those that are new here come after what others were given numbers for.
        """
        new = in_line(entries, self.incident.recorded)
        kept = {entry.id: entry for entry in [*entries, *new, *self.kept]}
        self.kept = list(kept.values())
        self._absorb(new)

    def plan(self, text: str) -> tuple[line_grammar.Line, list[PendingEvent], CommandContext]:
        """What a line would record, without recording it. Raises `LineError` and `Refused`."""
        line, context, drafts = planned(self, self.incident, text, "")
        return line, drafts if isinstance(drafts, list) else [], context

    def _run(self, text: str, seen_stage: str) -> list[PendingEvent] | None:
        """What came of the command that the line wants run; None where it wants none."""
        _, _, drafts = planned(self, self.incident, text, seen_stage)
        for draft in drafts if isinstance(drafts, list) else ():
            if isinstance(draft.event, CheckRun):
                from incident_tui.service.session.check_commands import run_check

                return run_check(self.incident, draft.event.check, self.folder, self.world)
        return None

    def receipt(self, incident: Incident, entries: Sequence[Entry]) -> Receipt:
        """What is said of entries, once `incident` holds them."""
        numbers = tuple(incident.number(entry.id) for entry in entries)
        told = "; ".join(
            f"{entry.event.kind} {entry.event.tell(entry, incident)}".strip() for entry in entries
        )
        return Receipt(tuple(entries), numbers, told)

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
