"""Commits that somebody waits for: one for each transition, and trouble is an answer."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from incident_tui.documents import render_folder
from incident_tui.domain.core.events import Incident, fold
from incident_tui.history import Committed, NothingToCommit, Pending
from incident_tui.service import IncidentSession, Service
from incident_tui.service.git import commit_message
from incident_tui.service.git.commits import committer_for
from tests.service.conftest import Bench
from tests.service.secrets.test_texts import GITHUB


def log(bench: Bench, form: str = "%s") -> list[str]:
    return bench.git("log", "--reverse", f"--format={form}").splitlines()


def test_a_home_in_no_repository_becomes_one_and_the_folder_is_committed(git_bench: Bench) -> None:
    session = git_bench.declared()
    outcome = committer_for(session, git_bench.home, git_bench.env)()
    assert isinstance(outcome, Committed)
    assert (git_bench.home.path / ".git").is_dir()
    assert (session.folder / "README.md").is_file()
    assert log(git_bench) == [f"{session.id}: Declared: Checkout returns 5xx"]


def test_entries_between_transitions_wait_for_the_next_one(git_bench: Bench) -> None:
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env)
    commit()
    session.enter("error rate 14 %")
    assert commit() == NothingToCommit()
    session.enter("/sev SEV2")
    assert isinstance(commit(), Committed)
    assert len(log(git_bench)) == 2


def test_what_is_written_after_the_close_waits_for_nothing(git_bench: Bench) -> None:
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env)
    commit()
    session.enter("/close duplicate of another")
    commit()
    receipt = session.enter("the pager was silent")
    assert receipt.wants_commit
    assert isinstance(commit(), Committed)
    assert log(git_bench)[1:] == [
        f"{session.id}: Closed: duplicate",
        f"{session.id}: After the close: fact",
    ]
    assert "the pager was silent" in (session.folder / "timeline.md").read_text()
    assert commit() == NothingToCommit()


def test_another_process_knows_from_git_what_is_committed(git_bench: Bench) -> None:
    session = git_bench.declared()
    committer_for(session, git_bench.home, git_bench.env)()
    assert committer_for(session, git_bench.home, git_bench.env)() == NothingToCommit()


def test_without_git_the_commit_is_pending_and_made_with_the_next(git_bench: Bench) -> None:
    path = git_bench.env["PATH"]
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env)
    git_bench.env["PATH"] = str(git_bench.base)
    outcome = commit()
    assert isinstance(outcome, Pending)
    assert "git is not installed" in outcome.reason
    assert "Checkout returns 5xx" in (session.folder / "README.md").read_text()
    session.enter("/sev SEV1")
    commit()
    assert "SEV1" in (session.folder / "README.md").read_text(), "documents need no git"
    git_bench.env["PATH"] = path
    session.enter("/sev SEV2")
    assert isinstance(commit(), Committed)
    assert log(git_bench) == [
        f"{session.id}: SEV1 → SEV2; severity → SEV1; Declared: Checkout returns 5xx"
    ]


def test_without_git_no_document_holds_what_may_be_a_secret(git_bench: Bench) -> None:
    session = git_bench.declared()
    git_bench.env["PATH"] = str(git_bench.base)
    session.enter(f"token {GITHUB}")
    assert isinstance(committer_for(session, git_bench.home, git_bench.env)(), Pending)
    assert not (session.folder / "README.md").exists()


def test_whoever_types_commits_where_git_knows_nobody(bench: Bench) -> None:
    import os

    bench.env |= {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_AUTHOR")
    }
    session = bench.declared()
    outcome = committer_for(session, bench.home, bench.env)()
    assert isinstance(outcome, Committed)
    assert log(bench, "%an <%ae>") == ["ana <ana@incident.invalid>"]


def test_a_damaged_log_is_told_as_pending(git_bench: Bench) -> None:
    session = git_bench.declared()
    (session.folder / "incident.json").write_text("{")
    outcome = committer_for(session, git_bench.home, git_bench.env)()
    assert isinstance(outcome, Pending)
    assert "incident.json" in outcome.reason


def test_documents_that_cannot_be_written_are_told_as_pending(git_bench: Bench) -> None:
    session = git_bench.declared()
    (session.folder / "README.md").mkdir()
    outcome = committer_for(session, git_bench.home, git_bench.env)()
    assert isinstance(outcome, Pending)
    assert str(session.folder) in outcome.reason


def test_only_the_incident_is_committed(git_bench: Bench) -> None:
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env)
    commit()
    stray = Path(git_bench.home.path / "notes.txt")
    stray.write_text("mine\n")
    git_bench.git("add", "notes.txt")
    session.enter("/sev SEV2")
    commit()
    assert "A  notes.txt" in git_bench.git("status", "--short").splitlines()


def coauthors(bench: Bench) -> list[str]:
    form = "%(trailers:key=Co-authored-by,valueonly,separator=%x2C)"
    return [",".join(who.split(" <")[0] for who in line.split(",")) for line in log(bench, form)]


def second(bench: Bench, room_id: str, actor: str = "ben") -> IncidentSession:
    return Service(bench.home, bench.world, actor, version="0.1.0").open(room_id)


def test_two_consoles_commit_each_transition_once_with_those_who_typed_since(
    git_bench: Bench,
) -> None:
    ana = git_bench.declared()
    ben = second(git_bench, ana.id)
    one = committer_for(ana, git_bench.home, git_bench.env)
    other = committer_for(ben, git_bench.home, git_bench.env)
    one()
    other()
    ana.enter("/sev SEV2")
    assert isinstance(one(), Committed)
    ben.enter("a note of ben's")
    assert other() == NothingToCommit()
    ben.enter("/sev SEV1")
    assert isinstance(other(), Committed)
    assert one() == NothingToCommit()
    ana.enter("/sev SEV3")
    assert isinstance(one(), Committed)
    assert [line.partition(": ")[2] for line in log(git_bench)] == [
        "Declared: Checkout returns 5xx",
        "severity → SEV2",
        "SEV2 → SEV1",
        "SEV1 → SEV3",
    ]
    assert coauthors(git_bench) == ["ana", "ana", "ben", "ana"]


def test_consoles_that_commit_at_the_same_time_make_one_commit_of_a_transition(
    git_bench: Bench,
) -> None:
    ana = git_bench.declared()
    committers = [
        committer_for(second(git_bench, ana.id, name), git_bench.home, git_bench.env)
        for name in ("ana", "ben", "cleo")
    ]
    levels = ["SEV2", "SEV1", "SEV3", "SEV2"]
    with ThreadPoolExecutor(len(committers)) as pool:
        for level in levels:
            ana.enter(f"/sev {level}")
            outcomes = list(pool.map(lambda commit: commit(), committers))
            assert sum(isinstance(each, Committed) for each in outcomes) == 1, outcomes
            assert not [each for each in outcomes if isinstance(each, Pending)]
    assert len(log(git_bench)) == len(levels)


def test_a_console_that_began_before_the_other_had_committed_begins_anew(
    git_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its look at git and its commit the other's commit comes, and a further entry."""
    ana = git_bench.declared()
    ben = second(git_bench, ana.id)
    one = committer_for(ana, git_bench.home, git_bench.env)
    other = committer_for(ben, git_bench.home, git_bench.env)
    render, outcomes = render_folder, list[object]()

    def slowly(incident: Incident) -> dict[str, str]:
        monkeypatch.setattr(commit_message, "render_folder", render)
        commit_message._WRITE_LOCK.release()
        try:
            outcomes.append(other())
            ana.enter("one more note")
        finally:
            commit_message._WRITE_LOCK.acquire()
        return render(incident)

    monkeypatch.setattr(commit_message, "render_folder", slowly)
    assert one() == NothingToCommit()
    assert isinstance(outcomes[0], Committed)
    assert log(git_bench) == [f"{ana.id}: Declared: Checkout returns 5xx"]


def test_a_commit_of_somebody_else_in_between_does_not_repeat_a_transition(
    git_bench: Bench,
) -> None:
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env)
    commit()
    (git_bench.home.path / "notes.txt").write_text("mine\n")
    git_bench.git("add", "notes.txt")
    git_bench.git("commit", "--quiet", "-m", "mine", "--", "notes.txt")
    session.enter("/sev SEV2")
    assert isinstance(commit(), Committed)
    assert log(git_bench)[-1] == f"{session.id}: severity → SEV2"


_STORE_STEPS = ["unpack-objects", "ls-files", "update-index", "var", "commit-tree", "update-ref"]
"""What no commit can do without, in this order: the branch moves last."""


@pytest.mark.parametrize(
    ("long_lived", "reading"),
    [(True, ["cat-file"]), (False, ["rev-parse", "symbolic-ref", "cat-file"])],
    ids=["console", "command line"],
)
def test_a_transition_is_committed_by_these_processes_of_git_and_no_other(
    git_bench: Bench, long_lived: bool, reading: list[str]
) -> None:
    trace = git_bench.base / "trace"
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env, long_lived=long_lived)
    git_bench.env["GIT_TRACE2_EVENT"] = str(trace)
    commit()
    for line in ("/sev SEV2", "/sev SEV3 narrower than we thought"):
        session.enter(line)
        trace.write_text("")
        assert isinstance(commit(), Committed)
        assert _commands(trace) == [*reading, *_STORE_STEPS]


def _commands(trace: Path) -> list[str]:
    """What each git was asked to do, in the order in which they began; theirs count as well."""
    events = [json.loads(line) for line in trace.read_text().splitlines()]
    return [event["name"] for event in events if event["event"] == "cmd_name"]


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="asks Linux who is where")
def test_no_git_stays_in_the_repository_after_a_commit(git_bench: Bench) -> None:
    """It would keep the disk busy that the incidents are on, as long as the console is open."""
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env, long_lived=True)
    assert isinstance(commit(), Committed)
    session.enter("/sev SEV2 checkout fails for a region")
    assert isinstance(commit(), Committed)
    top = git_bench.home.path.resolve().parent
    assert [place for place in _places_of_processes() if place.is_relative_to(top)] == []


def _places_of_processes() -> Iterator[Path]:
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            yield link.readlink()


def test_a_committer_that_goes_on_writes_what_a_new_one_would(git_bench: Bench) -> None:
    """Whatever becomes of entries that it has read before."""
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env, long_lived=True)
    committed = []
    for line in (
        "error rate 14 %",
        "? v42 leaks connections, see #2",
        "/sev SEV2",
        "/amend 2 error rate 41 % at the gate",
        "/sev SEV1",
        "/retract 3 it was v41",
        "/redact 2 names a customer",
        "/sev SEV3",
        "/undo",
        "/redo",
    ):
        session.enter(line)
        if not isinstance(commit(), Committed):
            continue
        committed.append(line)
        anew = fold(session.file.read().entries, session.playbook)
        for path, text in render_folder(anew).items():
            assert (session.folder / path).read_text("utf-8") == text, (line, path)
    assert {"/sev SEV1", "/redact 2 names a customer", "/sev SEV3"} <= set(committed)
