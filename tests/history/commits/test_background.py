"""Committing happens behind the console's back: nobody waits, nothing wished for is dropped."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import pytest

from incident_tui.history import (
    BackgroundCommitter,
    CommitRequest,
    Committed,
    NothingToCommit,
    Outcome,
    Pending,
    Status,
    lazy_commit,
)
from tests.history.sandbox import Sandbox

T = TypeVar("T")
PATIENCE = 60.0
NEVER = 3600.0


class Gate:
    """An attempt that waits until it is let through, and answers as told."""

    def __init__(self, *answers: Outcome) -> None:
        self.answers = list(answers)
        self.tried: list[str] = []
        self.entered = threading.Semaphore(0)
        self.open = threading.Event()

    def __call__(self, request: CommitRequest) -> Outcome:
        self.tried.append(request.subject)
        self.entered.release()
        assert self.open.wait(PATIENCE)
        return self.answers.pop(0) if self.answers else Committed(sha="a", subject=request.subject)


Start = Callable[..., BackgroundCommitter]


@pytest.fixture
def start() -> Iterator[Start]:
    """Makes committers that retry only when told (unless given shorter waits), and ends them."""
    made: list[BackgroundCommitter] = []

    def make(
        perform: Callable[[CommitRequest], Outcome],
        *,
        on_change: Callable[[Status], None] | None = None,
        first: float = NEVER,
        longest: float = NEVER,
    ) -> BackgroundCommitter:
        made.append(
            BackgroundCommitter(
                perform,
                on_change=on_change,
                first_retry_seconds=first,
                longest_retry_seconds=longest,
            )
        )
        return made[-1]

    yield make
    for committer in made:
        committer.close()


def test_nothing_is_under_way_at_first(sandbox: Sandbox, start: Start) -> None:
    committer = start(Gate())
    assert committer.status() == Status(state="idle")
    assert committer.drain(0)


def test_a_submitted_incident_is_committed_with_real_git(sandbox: Sandbox, start: Start) -> None:
    committer = start(lazy_commit(sandbox.open))
    committer.submit(sandbox.request)
    assert committer.drain(PATIENCE)
    status = committer.status()
    assert status.state == "idle"
    assert isinstance(status.last, Committed)
    assert sandbox.git("rev-parse", "HEAD").strip() == status.last.sha


def test_a_slow_git_is_not_noticed(sandbox: Sandbox, start: Start) -> None:
    gate = Gate()
    committer = start(gate)
    committer.submit(sandbox.request)
    assert gate.entered.acquire(timeout=PATIENCE)
    for _ in range(100):  # all of it while the one try still waits
        committer.submit(sandbox.request)
        assert committer.status().state == "committing"
    assert not committer.drain(0)
    assert len(gate.tried) == 1
    gate.open.set()
    assert committer.drain(PATIENCE)


def test_wishes_that_pile_up_become_one_commit_of_the_newest(
    sandbox: Sandbox, start: Start
) -> None:
    gate = Gate()
    committer = start(gate)
    committer.submit(lambda: sandbox.request(subject="first"))
    assert gate.entered.acquire(timeout=PATIENCE)
    for number in range(20):
        committer.submit(partial(sandbox.request, subject=f"later {number}"))
    gate.open.set()
    assert committer.drain(PATIENCE)
    assert gate.tried == ["first", "later 19"]


def test_incidents_do_not_take_each_others_place(sandbox: Sandbox, start: Start) -> None:
    gate = Gate()
    committer = start(gate)
    committer.submit(lambda: sandbox.request(subject="one"), key="one")
    assert gate.entered.acquire(timeout=PATIENCE)
    committer.submit(lambda: sandbox.request(subject="two"), key="two")
    committer.submit(lambda: sandbox.request(subject="three"), key="three")
    gate.open.set()
    assert committer.drain(PATIENCE)
    assert gate.tried == ["one", "two", "three"]


def test_what_is_pending_says_why_and_is_tried_again_with_the_next_submission(
    sandbox: Sandbox, start: Start
) -> None:
    gate = Gate(Pending("a merge is under way: finish it"))
    gate.open.set()
    committer = start(gate)
    committer.submit(sandbox.request)
    assert not committer.drain(PATIENCE)
    status = committer.status()
    assert (status.state, status.reason) == ("pending", "a merge is under way: finish it")
    committer.submit(sandbox.request)
    assert committer.drain(PATIENCE)
    assert committer.status().reason is None
    assert len(gate.tried) == 2


def test_what_is_pending_is_retried_by_itself(sandbox: Sandbox, start: Start) -> None:
    (sandbox.top / ".git" / "index.lock").touch()
    done = threading.Event()

    def watch(status: Status) -> None:
        if status.state == "pending":
            (sandbox.top / ".git" / "index.lock").unlink(missing_ok=True)
        if isinstance(status.last, Committed):
            done.set()

    committer = start(lazy_commit(sandbox.open), on_change=watch, first=0.01)
    committer.submit(sandbox.request)
    assert done.wait(PATIENCE)


class Impatient(threading.Condition):
    """Notes how many seconds the committing thread would wait for a retry, and waits none."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []
        self.enough = threading.Event()

    def wait_for(self, predicate: Callable[[], T], timeout: float | None = None) -> T:
        if timeout is None:  # for what is submitted
            return super().wait_for(predicate)
        self.waits.append(timeout)
        if len(self.waits) < 6:
            return predicate()
        self.enough.set()
        return super().wait_for(predicate)


def test_retries_become_rarer_up_to_a_limit(
    sandbox: Sandbox, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    condition = Impatient()
    monkeypatch.setattr("incident_tui.history.commits.background.Condition", lambda: condition)
    start(lambda request: Pending("no"), first=5, longest=60).submit(sandbox.request)
    assert condition.enough.wait(PATIENCE)
    assert condition.waits == [5, 10, 20, 40, 60, 60]


def test_a_new_trouble_begins_anew_with_short_waits(
    sandbox: Sandbox, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    condition = Impatient()
    monkeypatch.setattr("incident_tui.history.commits.background.Condition", lambda: condition)
    troubled = threading.Event()
    answers: list[Outcome] = [Pending("no"), Pending("no"), NothingToCommit(), Pending("no")]

    def perform(request: CommitRequest) -> Outcome:
        answer = answers.pop(0) if answers else Pending("no")
        if isinstance(answer, NothingToCommit):
            troubled.set()
        return answer

    committer = start(perform, first=5, longest=60)
    committer.submit(sandbox.request)
    assert troubled.wait(PATIENCE)
    committer.submit(sandbox.request)
    assert condition.enough.wait(PATIENCE)
    assert condition.waits == [5, 10, 5, 10, 20, 40]


def test_what_is_submitted_meanwhile_makes_no_retry_rarer(sandbox: Sandbox, start: Start) -> None:
    """Were each of these tries to double the wait, the next retry would come after hours."""
    done = threading.Event()
    gate = Gate(*[Pending("no")] * 20)
    gate.open.set()

    def watch(status: Status) -> None:
        if isinstance(status.last, Committed):
            done.set()

    committer = start(gate, on_change=watch, first=0.05)
    for _ in range(20):
        committer.submit(sandbox.request)
        committer.drain(PATIENCE)
    assert done.wait(PATIENCE)


def test_a_fault_in_making_a_request_is_pending_and_the_rest_goes_on(
    sandbox: Sandbox, start: Start
) -> None:
    gate = Gate()
    gate.open.set()

    def faulty() -> CommitRequest:
        raise ValueError("template\x1b broken")

    committer = start(gate)
    committer.submit(faulty, key="one")
    assert not committer.drain(PATIENCE)
    committer.submit(lambda: sandbox.request(subject="fine"), key="two")
    assert not committer.drain(PATIENCE)
    assert gate.tried == ["fine"]
    assert "ValueError: template␛ broken" in (committer.status().reason or "")
    committer.submit(lambda: None, key="one")
    assert committer.drain(PATIENCE)
    assert committer.status().state == "idle"


def test_a_request_that_came_to_nothing_is_done(sandbox: Sandbox, start: Start) -> None:
    gate = Gate(NothingToCommit())
    gate.open.set()
    committer = start(gate)
    committer.submit(sandbox.request)
    assert committer.drain(PATIENCE)
    assert committer.status() == Status(state="idle", last=NothingToCommit())


def test_each_change_is_announced_and_a_fault_there_does_no_harm(
    sandbox: Sandbox, start: Start
) -> None:
    seen: list[str] = []
    finished = threading.Event()

    def watch(status: Status) -> None:
        seen.append(status.state)
        if status.state == "idle":
            finished.set()
        raise RuntimeError("the console is gone")

    gate = Gate(Pending("no"))
    gate.open.set()
    committer = start(gate, on_change=watch)
    committer.submit(sandbox.request)
    assert not committer.drain(PATIENCE)
    committer.submit(sandbox.request)
    assert finished.wait(PATIENCE)
    assert seen == ["committing", "pending", "committing", "idle"]


def test_closing_ends_the_thread_and_takes_nothing_more(sandbox: Sandbox, start: Start) -> None:
    gate = Gate()
    before = set(threading.enumerate())
    committer = start(gate)
    committer.submit(sandbox.request)
    assert gate.entered.acquire(timeout=PATIENCE)
    (worker,) = set(threading.enumerate()) - before
    committer.close()
    committer.submit(sandbox.request)
    gate.open.set()
    worker.join(PATIENCE)
    assert not worker.is_alive()
    assert len(gate.tried) == 1


def test_a_wish_of_the_same_factory_during_an_attempt_is_tried_again(
    sandbox: Sandbox, start: Start
) -> None:
    """What was recorded after that attempt read the log would never be committed otherwise."""
    gate = Gate()
    committer = start(gate)
    made = sandbox.request(subject="one")

    def factory() -> CommitRequest:
        return made

    committer.submit(factory)
    assert gate.entered.acquire(timeout=PATIENCE)
    committer.submit(factory)
    gate.open.set()
    assert gate.entered.acquire(timeout=PATIENCE)
    assert committer.drain(PATIENCE)
    assert gate.tried == ["one", "one"]
