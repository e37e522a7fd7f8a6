"""Commits behind the console's back: one thread, the newest wish of each incident, retries.

It knows nothing of git: what is tried, and what a request holds, is handed in.
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread
from typing import Literal

import msgspec

from incident_tui.domain.values.text import clean_line
from incident_tui.history.commits.outcome import CommitRequest, Outcome, Pending

RequestFactory = Callable[[], CommitRequest | Outcome | None]
"""Makes a request; or gives the outcome where none is needed, or none can be made."""


class Status(msgspec.Struct, frozen=True):
    """What the console shows of committing.

    ``reason`` is the sentence of what stands in the way while ``state`` is pending, also during
    a further try; ``last`` is the outcome of the last try of all.
    """

    state: Literal["idle", "committing", "pending"] = "idle"
    reason: str | None = None
    last: Outcome | None = None


class BackgroundCommitter:
    """Tries what is submitted, on a thread of its own, until it is committed.

    ``perform`` makes one attempt of a request (`committer.committing` gives one) and may take its
    time; it can be left out where the factories that are submitted make the attempt themselves.
    ``on_change`` is called on that thread after each change of the status. A try that leaves
    something pending is repeated after ``first_retry_seconds``, then after twice as long each
    time, up to ``longest_retry_seconds``; what is submitted meanwhile is tried at once, and makes
    no retry rarer.
    """

    def __init__(
        self,
        perform: Callable[[CommitRequest], Outcome] | None = None,
        *,
        on_change: Callable[[Status], object] | None = None,
        first_retry_seconds: float = 5.0,
        longest_retry_seconds: float = 60.0,
    ) -> None:
        self._perform = perform
        self._on_change = on_change
        self._first_retry = first_retry_seconds
        self._longest_retry = longest_retry_seconds
        # Guards what follows; never held while a request is made or git runs.
        self._changed = Condition()
        self._wanted: dict[str, _Wish] = {}  # in the order of submission
        self._reasons: dict[str, str] = {}
        self._untried = False
        self._delay: float | None = None  # until the next retry; None when nothing is pending
        self._by_itself = False  # whether the present try is such a retry
        self._closed = False
        self._last: Outcome | None = None
        self._status = Status()
        self._thread: Thread | None = None

    def submit(self, factory: RequestFactory, *, key: str = "") -> None:
        """Ask for a commit; returns at once.

        The factory is called on the committing thread, at each try, and gives None when there is
        nothing to do, or the outcome where it has made the attempt itself. A newer factory of the
        same ``key`` (one per incident) takes the place of one that has not been tried or is
        pending. After `close` nothing is taken any more.
        """
        with self._changed:
            if self._closed:
                return
            self._wanted[key] = _Wish(factory)
            self._untried = True
            if self._thread is None:
                self._thread = Thread(target=self._work, name="commits", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def status(self) -> Status:
        """The present status; never waits for git."""
        with self._changed:
            return self._status

    def drain(self, timeout_seconds: float) -> bool:
        """Wait until everything submitted has been tried; True when all of it is committed.

        False as soon as a try has left something pending, or when the time is over.
        """
        with self._changed:
            settled = self._changed.wait_for(self._at_rest, timeout_seconds)
            return settled and not self._wanted

    def close(self) -> None:
        """End the thread after the try it may be in; does not wait for it."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _at_rest(self) -> bool:
        return self._status.state != "committing" and (self._closed or not self._untried)

    def _work(self) -> None:
        while (batch := self._next_batch()) is not None:
            self._tell()
            for key, wish in batch.items():
                self._settle(key, wish, self._attempt(wish.factory))
            self._rest()
            self._tell()

    def _next_batch(self) -> "dict[str, _Wish] | None":
        """Wait for something to try; None when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._untried or self._closed, self._delay)
            if self._closed:
                return None
            self._by_itself = not self._untried
            self._untried = False
            self._show("committing")
            return dict(self._wanted)

    def _attempt(self, factory: RequestFactory) -> Outcome | None:
        try:
            made = factory()
            if not isinstance(made, CommitRequest):
                return made
            if self._perform is None:
                raise TypeError("nothing was given that performs a request")
            return self._perform(made)
        except Exception as error:  # a fault of one incident must not end the commits of all
            what = clean_line(f"{type(error).__name__}: {error}")
            return Pending(f"the incident could not be made ready for its commit ({what})")

    def _settle(self, key: str, wish: "_Wish", outcome: Outcome | None) -> None:
        with self._changed:
            if outcome is not None:
                self._last = outcome
            if isinstance(outcome, Pending):
                self._reasons[key] = outcome.reason
                return
            self._reasons.pop(key, None)
            # A newer wish may have come meanwhile, of the same factory too: what was recorded after
            # this attempt read the log stays for the next round.
            if self._wanted[key] is wish:
                del self._wanted[key]

    def _rest(self) -> None:
        with self._changed:
            if not self._reasons:
                self._delay = None
            elif self._delay is None:
                self._delay = self._first_retry
            elif self._by_itself:
                self._delay = min(self._delay * 2, self._longest_retry)
            self._show("pending" if self._reasons else "idle")

    def _show(self, state: Literal["idle", "committing", "pending"]) -> None:
        reason = next(iter(self._reasons.values()), None)
        self._status = Status(state=state, reason=reason, last=self._last)
        self._changed.notify_all()

    def _tell(self) -> None:
        if self._on_change is not None:
            # The console may be closing while its last commit ends.
            with suppress(Exception):
                self._on_change(self.status())


class _Wish:
    """One submission; two of the same factory are two wishes."""

    def __init__(self, factory: RequestFactory) -> None:
        self.factory = factory
