"""Going on while the incident file cannot take entries: they wait beside it, and return to it.

For the console only: the command line is told at once. Where the entries wait is `side_file`'s.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.line_grammar import Line
from incident_tui.domain.values.text import counted
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.service.session.receipts import Attempt, Receipt, Result
from incident_tui.service.session.restored_entries import without_redacted_words
from incident_tui.service.session.unverified_entries import LeftBeside, left_beside
from incident_tui.store.console.side_file import Aside
from incident_tui.store.files.errors import Busy, Gone, NotSaved, StoreError, Unreadable
from incident_tui.store.home import home_at

KEEPS = (Gone, NotSaved, Unreadable)
"""What an entry waits for. A lock that is held is none of it: its line is refused, and stays."""


class Spooler:
    """An open incident whose entries outlast the loss of its file. Meant for one thread.

    `trouble` says why the file cannot be read or written just now; empty when it can.
    """

    def __init__(self, session: IncidentSession, aside: Aside) -> None:
        self.session = session
        self.trouble = ""
        self.unverified = LeftBeside()
        """What lies beside the log and is not known to be ours."""
        self._aside = aside
        self._looked = False
        self._emptied = False  # the side file, since the last look
        self._restorations = 0  # those of the session that are known since the last look

    @property
    def spooled(self) -> int:
        """How many entries wait beside the file."""
        return len(self.session.unwritten)

    def enter(self, line: str | Line, *, seen_stage: str = "") -> Receipt:
        """Record a line, in the file or beside it; durable on return.

        Raises `LineError` and `Refused`; `StoreError` when it could be kept nowhere.
        """

        def enter(attempt: Attempt) -> list[Result]:
            return [self.session.enter(line, seen_stage=seen_stage, attempt=attempt)]

        (result,) = self._entered(enter, [line], seen_stage)
        if isinstance(result, Receipt):
            return result
        raise result

    def enter_group(self, lines: Sequence[str]) -> list[Result]:
        """Record several lines that were pasted, in the file or beside it.

        One undo takes all of them back. Raises `StoreError` as `enter` does.
        """

        def enter(attempt: Attempt) -> list[Result]:
            return self.session.enter_group(lines, pasted=True, attempt=attempt)

        return self._entered(enter, lines, pasted=True)

    @property
    def due(self) -> bool:
        """Whether `refresh` has anything to do; costs few `stat`, and may be asked anywhere."""
        return (
            not self._looked
            or bool(self.trouble or self.session.unwritten)
            or self._emptied
            or self._restorations != self.session.restorations
            or self.session.file.changed()
            or self._aside.has_entries
        )

    def refresh(self) -> bool:
        """Take in what others have recorded, and put back what waits, if that is possible now.

        Whether more than a newer end came to the log, so that a commit may be due. What stands in
        the way ends up in `trouble`.
        """
        self._look()
        before = self.session.incident
        entries = len(before.recorded)
        try:
            self.session.refresh()
            self._write_back()
        except (*KEEPS, Busy) as problem:
            if isinstance(problem, Gone | Unreadable):
                # What the file held is lost with it: until it returns it stands beside it.
                self.session.keep(self.session.incident.recorded)
            self.trouble = self._trouble_text(problem)
        else:
            self.trouble = ""
        self._store_unwritten()
        restored = self._emptied or self._restorations != self.session.restorations
        self._emptied, self._restorations = False, self.session.restorations
        now = self.session.incident  # the same one where the log only went on
        return restored or (
            now is not before and now.recorded[:entries] != before.recorded[:entries]
        )

    def _entered(
        self,
        enter: Callable[[Attempt], list[Result]],
        lines: Sequence[str | Line],
        seen_stage: str = "",
        pasted: bool = False,
    ) -> list[Result]:
        self._look()
        attempt = Attempt()
        try:
            self._write_back()
            results = enter(attempt)
        except KEEPS as problem:
            return self._spooled(lines, attempt, problem, seen_stage, pasted)
        finally:
            self._store_unwritten()
        self.trouble = ""
        if self.unverified.files or self.unverified.former:
            self.look_beside()
        return results

    def _look(self) -> None:
        """Once: take up what an earlier console could not write back."""
        if self._looked:
            return
        self._looked = True
        self.look_beside()
        if spooled := self._left():
            self.session.keep(spooled)
        else:
            self._aside.clear()

    def look_beside(self) -> None:
        """Look for what an older version, a clone or a move of the home left beside the log."""
        session = self.session
        self.unverified = left_beside(home_at(session.folder.parent, session.world.env), session.id)

    def _left(self) -> list[Entry]:
        """What stands in the side file and not in the log, as far as it was not redacted since."""
        incident = self.session.incident
        left = without_redacted_words(self._aside.entries(), incident.recorded)
        return [entry for entry in left if entry.id not in incident.numbers]

    def _store_unwritten(self) -> None:
        # They still are in memory; only what is typed now must be durable before it is told.
        with suppress(NotSaved):
            self._aside.keep(self.session.unwritten)

    def _spooled(
        self,
        lines: Sequence[str | Line],
        attempt: Attempt,
        problem: StoreError,
        seen_stage: str,
        pasted: bool,
    ) -> list[Result]:
        """Make the entries of `lines` durable beside the file, under the ids they were tried by."""
        session = self.session
        entries, results = attempt.entries, attempt.results
        if not entries:
            order = max((entry.order for entry in session.incident.recorded), default=0) + 1
            results, entries = session.prepared(lines, order, seen_stage=seen_stage, pasted=pasted)
        if any(isinstance(entry.event, EntryRedacted) for entry in entries):
            raise problem  # words cannot be taken out of a file that is not there
        try:
            # All that waits: the file may have vanished since the last of it was told.
            self._aside.keep([*session.unwritten, *entries])
        except NotSaved:
            raise problem from None
        else:
            session.keep(entries)
        finally:
            self.trouble = self._trouble_text(problem)
        return [self._receipt_of(result) for result in results]

    def _receipt_of(self, result: Result) -> Result:
        if not isinstance(result, Receipt) or not result.entries:
            return result
        receipt = self.session.receipt(self.session.incident, result.entries)
        return Receipt(
            receipt.entries, receipt.numbers, f"kept aside: {receipt.summary}", aside=True
        )

    def _write_back(self) -> None:
        """Put what waits into the file. Raises `StoreError`; then it goes on waiting."""
        session = self.session
        if not (session.unwritten or self._aside.has_entries):
            return
        with session.file.transaction() as transaction:
            # Another console may have left some there as well.
            session.keep(self._left())
            session.put_back(transaction)
        self._emptied = True
        self._aside.clear()

    def _trouble_text(self, problem: StoreError) -> str:
        text = f"{problem.brief}. {problem.remedy}"
        if not self.spooled:
            return text
        # What is cut off of a narrow strip is what matters least.
        kept = counted(self.spooled, "entry", "entries")
        return f"{kept} kept aside: {text} Written back when that is possible."
