"""What is worked out of a whole log once for each state of it, and not for each who asks.

A long log is gone through for many questions, each second and with each entry; the answers stay the
same until something is recorded.
"""

from collections.abc import Callable, Hashable
from itertools import islice
from typing import TypeVar, cast

from incident_tui.domain.core.events import Entry, Projection

T = TypeVar("T")


class Settled(Projection):
    """Answers of the present state, by the names of their questions."""

    _answers: dict[Hashable, object] = {}
    _state: tuple[int, int] | None = None

    def answer(self, question: Hashable, work: Callable[[], T]) -> T:
        """What `work` finds, which depends on the log alone: it is asked again when that grows.

        While an entry is being taken in nothing is kept: some concepts know of it, others do not.
        """
        state = self.incident.state
        if state is None:
            return work()
        if state != self._state:
            self._answers.clear()
            self._state = state
        if question not in self._answers:
            self._answers[question] = work()
        return cast(T, self._answers[question])


class FirstEntry(Projection):
    """The first entry that counts and fits, by the names of the questions.

    The log is read on where it ended the last time: whether an entry counts does not change in the
    same state, since a correction has all of it folded anew.
    """

    _known: dict[str, tuple[Hashable, int, Entry | None]] = {}

    def find(self, question: str, about: Hashable, fits: Callable[[Entry], bool]) -> Entry | None:
        """The first one that `fits`, which depends on the entry and on what it is `about` alone."""
        entries = self.incident.entries
        asked, read, first = self._known.get(question, (about, 0, None))
        if asked != about:
            read, first = 0, None
        if first is None and read < len(entries):
            new = islice(entries, read, None)
            first = next((one for one in new if fits(one) and self.incident.counts(one)), None)
        self._known[question] = about, len(entries), first
        return first
