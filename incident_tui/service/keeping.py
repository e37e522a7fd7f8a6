"""Going on while the incident file cannot take entries: they wait beside it, and return to it.

For the console only: the command line is told at once. Where the entries wait is `store.aside`'s.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from incident_tui.domain.kernel import Entry
from incident_tui.domain.text import counted
from incident_tui.domain.verbs import LineError, Refused
from incident_tui.service.incident import OpenIncident, Receipt
from incident_tui.store.aside import Aside
from incident_tui.store.errors import Busy, Gone, NotSaved, StoreError, Unreadable

KEEPS = (Gone, NotSaved, Unreadable)
"""What an entry waits for. A lock that is held is none of it: its line is refused, and stays."""


class Keeper:
    """An open incident whose entries outlast the loss of its file. Meant for one thread.

    `trouble` says why the file cannot be read or written just now; empty when it can.
    """

    def __init__(self, room: OpenIncident, aside: Aside) -> None:
        self.room = room
        self.trouble = ""
        self._aside = aside
        self._stored: set[str] = set()
        """Ids of the entries that stand in the side file."""
        self._left_before()

    @property
    def waiting(self) -> int:
        """How many entries wait beside the file."""
        return len(self.room.kept)

    def enter(self, text: str, *, seen_stage: str = "") -> Receipt:
        """Record a line, in the file or beside it; durable on return.

        Raises `LineError` and `Refused`; `StoreError` when it could be kept nowhere.
        """
        try:
            self._write_back()
            receipt = self.room.enter(text, seen_stage=seen_stage)
        except KEEPS as problem:
            results = self._aside_of([text], problem, seen_stage)
            if isinstance(results[0], Receipt):
                return results[0]
            raise results[0] from None
        self.trouble = ""
        return receipt

    def enter_group(self, lines: Sequence[str]) -> list[Receipt | LineError | Refused]:
        """Record several lines, in the file or beside it. Raises `StoreError` as `enter` does."""
        try:
            self._write_back()
            results = self.room.enter_group(lines)
        except KEEPS as problem:
            return self._aside_of(lines, problem)
        self.trouble = ""
        return results

    def refresh(self) -> None:
        """Take in what others have recorded, and put back what waits, if that is possible now.

        Trouble ends up in `trouble`.
        """
        before = list(self.room.incident.recorded)
        try:
            self.room.refresh()
            self._missing(before)
            self._write_back()
        except (*KEEPS, Busy) as problem:
            if isinstance(problem, Gone | Unreadable):
                self._hold(before)
            self.trouble = self._told(problem)
        else:
            self.trouble = ""

    def _left_before(self) -> None:
        """Take up what an earlier console could not write back."""
        left = self._aside.entries()
        self._stored = {entry.id for entry in left}
        known = self.room.incident.numbers
        waiting = [entry for entry in left if entry.id not in known]
        if waiting:
            self.room.keep(waiting)
            self.trouble = f"{counted(len(waiting), 'entry', 'entries')} kept aside earlier"
        elif left:
            self._settle()

    def _missing(self, before: Sequence[Entry]) -> None:
        """Somebody put an older version of the file back: what it lacks is kept, to be added."""
        known = self.room.incident.numbers
        lost = [entry for entry in before if entry.id not in known]
        if lost:
            self._store(lost)
            self.room.keep(lost)

    def _hold(self, entries: Sequence[Entry]) -> None:
        """The file is lost: until it returns, the side file holds what it held."""
        self.room.keep(entries)
        try:
            self._store(entries)
        except NotSaved:
            return  # they still are in memory; only what is typed now must be durable

    def _store(self, entries: Sequence[Entry]) -> None:
        new = [entry for entry in entries if entry.id not in self._stored]
        if new:
            self._aside.append(new)
            self._stored |= {entry.id for entry in new}

    def _aside_of(
        self, lines: Sequence[str], problem: StoreError, seen_stage: str = ""
    ) -> list[Receipt | LineError | Refused]:
        """Make the entries of `lines` durable beside the file, under the ids they were tried by."""
        room = self.room
        # The attempt may have reached the file all the same (a rename, then an error).
        entries, room.unsaved = room.unsaved, []
        if entries and len(lines) > 1:
            results = room.unsaved_results
        elif entries:
            results = [room.receipt(room.incident, entries)]
        else:
            order = max((entry.order for entry in room.incident.recorded), default=0) + 1
            results, entries = room.prepared(lines, order, seen_stage=seen_stage)
        if entries:
            try:
                self._store(entries)
            except NotSaved:
                self.trouble = self._told(problem)
                raise problem from None
            room.keep(entries)
        self.trouble = self._told(problem)
        return [self._kept(result) for result in results]

    def _kept(self, result: Receipt | LineError | Refused) -> Receipt | LineError | Refused:
        if not isinstance(result, Receipt) or not result.entries:
            return result
        told = self.room.receipt(self.room.incident, result.entries)
        return Receipt(told.entries, told.numbers, f"kept aside: {told.told}", aside=True)

    def _write_back(self) -> None:
        """Put what waits into the file. Raises `StoreError`; then it goes on waiting."""
        room = self.room
        if not room.kept:
            return
        with room.file.transaction() as transaction:
            known = {entry.id for entry in transaction.all}
            taken = {entry.order for entry in transaction.all}
            waiting = [entry for entry in room.kept if entry.id not in known]
            following = max([transaction.next_order, *(entry.order + 1 for entry in waiting)])
            added = []
            for entry in waiting:
                # A number that somebody was told elsewhere meanwhile stays theirs.
                if entry.order in taken:
                    entry = replace(entry, order=following)
                    following += 1
                taken.add(entry.order)
                added.append(entry)
            transaction.append(added)
            entries = transaction.all
        room.kept = []
        self._settle()
        room.take_over(entries)

    def _settle(self) -> None:
        self._aside.clear()
        self._stored = set()

    def _told(self, problem: StoreError) -> str:
        waiting = self.waiting
        if not waiting:
            return str(problem)
        kept = counted(waiting, "entry", "entries")
        return f"{kept} kept aside, written back when that is possible: {problem}"
