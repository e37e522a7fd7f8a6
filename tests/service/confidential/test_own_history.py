"""The history of a protected incident is its own: nobody gets it with the repository around it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from incident_tui.domain.confidential.redactions import unpurged
from incident_tui.history import Committed, NothingToCommit, Outcome, Pending
from incident_tui.service import Declaration, IncidentSession
from incident_tui.service.git.commits import committer_for
from incident_tui.service.git.delivery import deliver
from incident_tui.store.home import Home
from tests.service.conftest import Bench
from tests.support.playbooks.deliveries import Bakery

WORDS = "the keys of all customers"


def leak(bench: Bench) -> IncidentSession:
    session = bench.service.declare(Declaration("Leak", protected=True))
    session.enter(WORDS)
    return session


def commit(bench: Bench, session: IncidentSession) -> Outcome:
    return committer_for(session, bench.home, bench.env)()


def everything(bench: Bench, top: Path) -> str:
    """All that the repository of a folder stores, as far as it is text."""
    listed = bench.git("cat-file", "--batch-all-objects", "--batch-check", cwd=top)
    kinds = [line.split()[:2] for line in listed.splitlines()]
    return "".join(bench.git("cat-file", "-p", sha, cwd=top) for sha, _ in kinds)


@pytest.fixture
def home_in_use(git_bench: Bench) -> Bench:
    """A home whose repository has another incident in it."""
    assert isinstance(commit(git_bench, git_bench.declared("No bread")), Committed)
    return git_bench


def test_it_is_committed_in_its_folder_and_not_around_it(home_in_use: Bench) -> None:
    session = leak(home_in_use)
    before = home_in_use.git("rev-parse", "HEAD")
    assert isinstance(commit(home_in_use, session), Committed)
    assert home_in_use.git("rev-parse", "HEAD") == before
    assert (
        home_in_use.git("log", "--format=%s", cwd=session.folder)
        == f"{session.id}: Declared: Leak\n"
    )
    assert WORDS in home_in_use.git("show", "HEAD:incident.json", cwd=session.folder)
    assert WORDS not in everything(home_in_use, home_in_use.home.path)
    assert commit(home_in_use, session) == NothingToCommit()


def test_only_its_owner_can_read_what_git_keeps_of_it(git_bench: Bench) -> None:
    session = leak(git_bench)
    commit(git_bench, session)
    assert session.folder.stat().st_mode & 0o077 == 0
    objects = list((session.folder / ".git" / "objects").rglob("*"))
    assert objects
    assert [path for path in objects if path.stat().st_mode & 0o077] == []


def test_whoever_adds_everything_around_it_adds_no_word_of_it(home_in_use: Bench) -> None:
    commit(home_in_use, leak(home_in_use))
    home_in_use.git("add", "--all")
    assert home_in_use.git("ls-files", "--stage").count("160000") == 0
    home_in_use.git("commit", "--quiet", "--allow-empty", "-m", "everything")
    assert WORDS not in everything(home_in_use, home_in_use.home.path)


TITLE = ("fraud", "zwick", "acme")


@pytest.mark.parametrize("place", ["incidents", "it's [my] #1 home/incidents"])
def test_no_word_of_the_title_is_to_be_seen_by_those_who_may_not_read_it(
    git_bench: Bench, place: str
) -> None:
    top = git_bench.base / "code"
    top.mkdir()
    git_bench.git("init", "--quiet", cwd=top)
    git_bench.home = Home(top / place, git_bench.home.state.root)
    git_bench.service.home = git_bench.home
    session = git_bench.service.declare(Declaration("Fraud by Jon Zwick of ACME", protected=True))
    session.enter(WORDS)
    commit(git_bench, session)
    assert re.fullmatch("[0-9a-f]{8}", session.id)
    (git_bench.home.path / "mine.txt").write_text("added\n")
    git_bench.git("add", "--all", cwd=top)
    git_bench.git("commit", "--quiet", "-m", "everything", cwd=top)
    assert "160000" not in git_bench.git("ls-files", "--stage", cwd=top)
    assert git_bench.git("status", "--porcelain", cwd=top) == ""
    seen = everything(git_bench, top) + git_bench.git("for-each-ref", cwd=top)
    for path in top.rglob("*"):
        if not path.is_relative_to(session.folder):
            seen += f"{path.name}\n"
            seen += path.read_text(errors="replace") if path.is_file() else ""
    assert [word for word in TITLE if word in seen.lower()] == []
    assert session.folder.stat().st_mode & 0o777 == 0o700


def test_those_who_may_read_it_find_it_in_its_place_of_the_list(bench: Bench) -> None:
    first = bench.declared("No bread")
    bench.clock.now += timedelta(days=1)
    second = bench.service.declare(Declaration("Leak", protected=True))
    bench.clock.now += timedelta(days=1)
    third = bench.declared("No milk")
    assert [listed.id for listed in bench.service.listed()] == [third.id, second.id, first.id]
    assert bench.service.open(second.id[:5]).id == second.id


def test_what_is_protected_later_leaves_the_repository_around_it(home_in_use: Bench) -> None:
    session = home_in_use.declared("Strange logins")
    before = session.id
    attempt = committer_for(session, home_in_use.home, home_in_use.env)
    assert isinstance(attempt(), Committed)
    (home_in_use.home.path / "mine.txt").write_text("staged\n")
    home_in_use.git("add", "mine.txt")
    session.enter("/protect names customers")
    session.enter(WORDS)
    assert isinstance(attempt(), Committed)
    log = home_in_use.git("log", "--format=%s").splitlines()
    assert log[0] == "An incident is protected, and from here on in a repository of its own"
    assert before not in home_in_use.git("ls-tree", "-r", "--name-only", "HEAD")
    assert home_in_use.git("status", "--porcelain").splitlines() == [
        "A  mine.txt",
    ]
    own = home_in_use.git("log", "--format=%s", cwd=session.folder)
    assert own == f"{before}: Protected\n"  # who may read that may read the title
    assert WORDS in session.file.path.read_text()
    assert WORDS not in everything(home_in_use, home_in_use.home.path)


def test_what_its_commits_held_before_is_remembered_until_it_is_purged(git_bench: Bench) -> None:
    session = git_bench.declared("Strange logins")
    commit(git_bench, session)
    session.enter("/protect names customers")
    (held,) = unpurged(session.incident)
    session.enter(f"/purged {session.incident.number(held.id)}")
    assert unpurged(session.incident) == []


def test_nothing_has_to_be_purged_that_was_protected_from_the_beginning(git_bench: Bench) -> None:
    session = git_bench.declared("Strange logins")
    session.enter("/protect names customers")
    commit(git_bench, session)
    assert unpurged(session.incident) == []


def test_it_leaves_when_nothing_is_in_the_way_any_more(home_in_use: Bench) -> None:
    session = home_in_use.declared("Strange logins")
    commit(home_in_use, session)
    before = session.id
    session.enter("/protect")
    lock = home_in_use.home.path / ".git" / "index.lock"
    lock.touch()
    attempt = committer_for(session, home_in_use.home, home_in_use.env)
    outcome = attempt()
    assert isinstance(outcome, Pending)
    assert "index.lock" in outcome.reason
    assert "Protected" in home_in_use.git("log", "--format=%s", cwd=session.folder)
    lock.unlink()
    assert attempt() == NothingToCommit()
    assert before not in home_in_use.git("ls-files")


def test_a_crash_after_its_commit_leaves_nothing_in_the_index(home_in_use: Bench) -> None:
    """The commit that takes it out stands, the index still has it: the next start goes on."""
    session = home_in_use.declared("Strange logins")
    commit(home_in_use, session)
    before = session.id
    session.enter("/protect")
    commit(home_in_use, session)
    home_in_use.git("read-tree", "HEAD~1")
    assert before in home_in_use.git("ls-files")
    commit(home_in_use, home_in_use.service.open(session.id))
    assert before not in home_in_use.git("ls-files")


def test_it_knows_who_commits_where_only_the_home_does(git_bench: Bench) -> None:
    git_bench.env = {
        name: value
        for name, value in git_bench.env.items()
        if not name.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))
    }
    git_bench.home.path.mkdir(exist_ok=True)
    git_bench.git("init", "--quiet")
    git_bench.git("config", "user.name", "Bo Baker")
    git_bench.git("config", "user.email", "bo@example.org")
    session = leak(git_bench)
    assert isinstance(commit(git_bench, session), Committed)
    assert git_bench.git("log", "--format=%an", cwd=session.folder) == "Bo Baker\n"


def test_delivered_on_an_explicit_word_it_is_delivered_whole(tmp_path: Path) -> None:
    bakery = Bakery(tmp_path, protected=True)
    bakery.say(WORDS)
    committer_for(bakery.session, bakery.home, bakery.session.world.env)()
    assert (bakery.session.folder / ".git").is_dir()
    delivered = deliver(bakery.session, bakery.home, protected_too=bakery.session.id).delivered
    words = ("ls-tree", "-r", "--name-only", delivered.commit, ".")
    names = bakery.git(*words, cwd=bakery.session.folder.parent).splitlines()
    assert f"{bakery.session.id}/incident.json" in names
    assert not [name for name in names if ".git/" in name or name.endswith(bakery.session.id)]


@pytest.mark.parametrize("planted", ["a file that names one elsewhere", "a link to one elsewhere"])
def test_a_repository_that_somebody_planted_gets_nothing(git_bench: Bench, planted: str) -> None:
    """It may lie in an archive that was unpacked, or be put there by a colleague."""
    session = git_bench.declared()
    elsewhere = git_bench.base / "elsewhere"
    git_bench.git("init", "--quiet", str(elsewhere), cwd=git_bench.base)
    if planted.startswith("a file"):
        (session.folder / ".git").write_text(f"gitdir: {elsewhere / '.git'}\n")
    else:
        (session.folder / ".git").symlink_to(elsewhere / ".git")
    session.enter("/protect people involved")
    outcome = commit(git_bench, session)
    assert isinstance(outcome, Pending)
    assert ".git is no repository of its own: take it away" in outcome.reason
    assert everything(git_bench, elsewhere) == ""
