"""GitPython and git give the same answers, whatever the repository is like, and neither runs it."""

import itertools
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from incident_tui.history import GitHome, GitUnavailableError, commit, open_or_create
from incident_tui.history.changes import landed, tagged
from incident_tui.history.commits.plumbing import DeliveryError, Plumbing
from incident_tui.history.git.reader import NotReadError, Reader
from incident_tui.history.git.runner import GitRunner
from incident_tui.history.git.trees import read_trees
from incident_tui.history.remotes.commit_people import people, trailer
from incident_tui.history.remotes.outlet import outlet
from incident_tui.history.remotes.remote import ask
from incident_tui.history.versions.file_versions import blob, versions_of
from tests.history.commits.test_index import HOOKS
from tests.history.foreign import Foreign, changed_log
from tests.history.git.test_foreign_git import KEYS, together
from tests.history.sandbox import Sandbox

ALWAYS = datetime(1970, 1, 2, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
LOG = "2026-11-20-checkout-5xx/incident.json"


def long_lived(sandbox: Sandbox, place: Path | None = None) -> GitHome:
    opened = open_or_create(place or sandbox.top, create=False, env=sandbox.env, long_lived=True)
    assert opened.reader is not None
    return opened


@pytest.fixture
def opened(sandbox: Sandbox) -> GitHome:
    """The sandbox with its history, opened for a console."""
    history(sandbox)
    return long_lived(sandbox)


def plain(opened: GitHome) -> GitHome:
    """The same repository, read by a process for each question."""
    return GitHome(opened.top, opened.git_dir, opened.common_dir, opened.runner)


DOORS: dict[str, Callable[[GitHome, str], object]] = {
    "obstacle": lambda home, path: home.obstacle(),
    "tip": lambda home, path: home.tip(),
    "name": lambda home, path: home.name(f"HEAD:{path}"),
    "name of nothing": lambda home, path: home.name("HEAD:no such file"),
    "name of a branch": lambda home, path: home.name("refs/heads/main"),
    "blob": lambda home, path: blob(home, "HEAD", PurePosixPath(path)),
    "no blob": lambda home, path: blob(home, "HEAD", PurePosixPath("a b\nc")),
    "versions": lambda home, path: _or_trouble(
        lambda: list(versions_of(home, PurePosixPath(path)))
    ),
    "trees": lambda home, path: read_trees(
        home, "HEAD", str(PurePosixPath(path).parent), (b"evidence",), timeout_seconds=20
    ),
    "people": lambda home, path: _of_head(home, lambda git, head: people(git, head)),
    "trailer": lambda home, path: _of_head(
        home, lambda git, head: trailer(git, head, "Log-position")
    ),
    "references": lambda home, path: _or_trouble(lambda: _listed(home)),
    "landed": lambda home, path: _or_trouble(lambda: landed(home, *ALWAYS)),
    "tagged": lambda home, path: _or_trouble(lambda: tagged(home, *ALWAYS)),
}


def _or_trouble(read: Callable[[], object]) -> object:
    try:
        return read()
    except (GitUnavailableError, DeliveryError) as trouble:
        return trouble.reason


def _of_head(home: GitHome, read: Callable[[Plumbing, str], object]) -> object:
    head = home.tip()
    return read(Plumbing(home), head) if head else None


def _listed(home: GitHome) -> str:
    with outlet(Plumbing(home), "nowhere") as env:
        return Path(env["GIT_DIR"], "packed-refs").read_text()


def history(box: Sandbox) -> None:
    """That history, as it was made once."""
    shutil.rmtree(box.top)
    shutil.copytree(_history(), box.top, symlinks=True)


@cache
def _history() -> Path:
    base = Path.home() / "history"  # of the test run, and taken away with it
    base.mkdir()
    box = Sandbox(base)
    make_history(box)
    return box.top


def make_history(box: Sandbox) -> None:
    """Commits, tags, a remote branch with its HEAD, a merge, a replaced commit, odd encodings."""
    box.first_commit()
    for number in range(3):
        box.write("incident.json", f'{{"entries": {number}}}\n')
        assert commit(box.open(), box.request(mark=number)) is not None
    box.git("tag", "light")
    box.git("tag", "-a", "-m", "annotated", "heavy")
    box.git("branch", "topic/nested", "HEAD~1")
    box.git("update-ref", "refs/remotes/origin/main", "HEAD")
    box.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    box.git("update-ref", "refs/incident-tui/origin/seen/main", "HEAD")
    box.git("checkout", "--quiet", "topic/nested")
    box.git(
        *("-c", "i18n.commitEncoding=ISO-8859-1", "commit", "--quiet", "--allow-empty"),
        *("--author", "Zoë <zoe@example.org>", "-m", "größer\n\nLog-position: 2"),
    )
    box.git("checkout", "--quiet", "main")
    box.git("merge", "--quiet", "-m", "both", "topic/nested")
    box.git("replace", "--graft", "HEAD~1")


def _ordinary(box: Sandbox) -> Path:
    history(box)
    return box.top


def _packed(box: Sandbox) -> Path:
    history(box)
    box.git("pack-refs", "--all")
    box.git("gc", "--quiet")
    box.git("branch", "-f", "topic/nested", "HEAD")
    return box.top


def _deltas(box: Sandbox) -> Path:
    history(box)
    for number in range(5):
        rows = "\n".join(f"row {row} {'x' * 60}" for row in range(800 + number))
        box.write("incident.json", rows)
        box.git("add", "-A")
        box.git("commit", "--quiet", "-m", f"large {number}")
    box.git("repack", "-adf", "--depth=50", "--window=50", "--quiet")
    return box.top


def _detached(box: Sandbox) -> Path:
    history(box)
    box.git("checkout", "--quiet", "--detach", "HEAD~1")
    return box.top


def _worktree(box: Sandbox) -> Path:
    history(box)
    place = box.base / "wt"
    box.git("worktree", "add", "--quiet", "-b", "side", str(place))
    box.git("update-ref", "refs/bisect/bad", "HEAD", cwd=place)
    return place


def _submodule(box: Sandbox) -> Path:
    history(box)
    outer = box.base / "outer"
    box.git("init", "--quiet", str(outer))
    box.git(
        *("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(box.top), "sub"),
        cwd=outer,
    )
    return outer / "sub"


def _shallow(box: Sandbox) -> Path:
    history(box)
    place = box.base / "shallow"
    box.git("clone", "--quiet", "--depth=1", f"file://{box.top}", str(place))
    return place


def _borrower(box: Sandbox) -> Path:
    history(box)
    place = box.base / "borrowing"
    box.git("clone", "--quiet", "--shared", str(box.top), str(place))
    return place


def _sha256(box: Sandbox) -> Path:
    shutil.rmtree(box.top / ".git")
    box.git("-c", "init.defaultBranch=main", "init", "--quiet", "--object-format=sha256")
    make_history(box)
    return box.top


def _index_v4(box: Sandbox) -> Path:
    history(box)
    box.git("update-index", "--index-version", "4")
    return box.top


def _reftable(box: Sandbox) -> Path:
    shutil.rmtree(box.top / ".git")
    words = ("-c", "init.defaultBranch=main", "init", "--quiet", "--ref-format=reftable")
    if subprocess.run(["git", *words], cwd=box.top, env=box.env, check=False).returncode != 0:
        pytest.skip("this git knows no reference tables")
    make_history(box)
    return box.top


def _broken_branch(box: Sandbox) -> Path:
    history(box)
    (box.top / ".git" / "refs" / "heads" / "odd").write_text("0" * 39 + "\n")
    return box.top


REPOSITORIES: dict[str, Callable[[Sandbox], Path]] = {
    "ordinary": _ordinary,
    "unborn": lambda box: box.top,
    "packed": _packed,
    "deltas": _deltas,
    "detached": _detached,
    "worktree": _worktree,
    "submodule": _submodule,
    "shallow": _shallow,
    "borrowing": _borrower,
    "sha256": _sha256,
    "index v4": _index_v4,
    "reftable": _reftable,
    "a broken branch": _broken_branch,
}


@pytest.mark.xdist_group("history")  # it is made once
@pytest.mark.parametrize("kind", REPOSITORIES)
def test_every_question_has_the_answer_that_git_gives(sandbox: Sandbox, kind: str) -> None:
    opened = long_lived(sandbox, REPOSITORIES[kind](sandbox))
    by_git = plain(opened)
    for name, door in DOORS.items():
        answer = door(by_git, LOG)
        assert door(opened, LOG) == answer, name
        assert door(opened, LOG) == answer, f"{name}, asked again"


@pytest.fixture(scope="module")
def without_doubles(tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    """Two commits in a repository whose attributes and hooks name programs."""
    foreign = Foreign(Sandbox(tmp_path_factory.mktemp("foreign")))
    foreign.commit(7)
    changed_log(foreign)
    foreign.commit(9)
    foreign.plant(".gitattributes", "* filter=evil diff=evil merge=evil\n")
    foreign.plant(".git/info/attributes", "* filter=lfs diff=lfs\n")
    for name in HOOKS:
        hook = foreign.sandbox.top / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {foreign.marks / name}\n")
        hook.chmod(0o755)
    return foreign


@pytest.fixture
def hostile(without_doubles: Foreign) -> Iterator[Foreign]:
    configuration = without_doubles.sandbox.top / ".git" / "config"
    before = configuration.read_bytes()
    yield without_doubles
    configuration.write_bytes(before)
    assert without_doubles.ran() == []


@pytest.mark.xdist_group("hostile")  # the repository is made once
@pytest.mark.parametrize(
    "keys",
    [
        *together(KEYS),
        "protocol.allow=always protocol.ext.allow=always",
        "remote.nowhere.url=ext::{run} remote.nowhere.vcs={run} remote.nowhere.uploadpack={run}",
        "diff.lfs.textconv={run} diff.lfs.command={run} diff.lfs.cachetextconv=true",
        "alias.cat-file=!{run} alias.rev-parse=!{run} alias.log=!{run} alias.for-each-ref=!{run}",
    ],
)
def test_no_door_for_reading_runs_what_a_configuration_names(hostile: Foreign, keys: str) -> None:
    path = "incidents/one/incident.json"
    hostile.configure(keys)
    opened = long_lived(hostile.sandbox)
    for name, door in DOORS.items():
        assert door(opened, path) == door(plain(opened), path), name


def test_a_program_that_is_named_would_leave_its_mark(foreign: Foreign) -> None:
    """Or the table above could not fail."""
    foreign.configure("core.fsmonitor={run}")
    foreign.sandbox.git("status")
    assert foreign.ran() == ["program"]


def test_remotes_are_known_without_asking_git_and_unknown_ones_only_after_that(
    sandbox: Sandbox,
) -> None:
    sandbox.first_commit()
    bare = sandbox.base / "there.git"
    sandbox.git("init", "--quiet", "--bare", str(bare))
    for name, scope in (("near", "--local"), ("mine", "--global")):
        sandbox.git("config", scope, f"remote.{name}.url", str(bare))
    sandbox.git("push", "--quiet", "near", "main")
    opened = long_lived(sandbox)
    assert opened.reader is not None
    assert opened.reader.remotes() == ["near"]
    assert list(ask(Plumbing(opened), "near").heads) == ["main"]
    with pytest.raises(DeliveryError, match="no remote 'far', only mine, near"):
        ask(Plumbing(opened), "far")


def test_many_questions_are_one_process(opened: GitHome, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    start = GitRunner._start

    def watched(self: GitRunner, arguments: list[str], *rest: object, **more: object) -> object:
        started.append(list(arguments))
        return start(self, arguments, *rest, **more)  # type: ignore[arg-type] # handed on

    monkeypatch.setattr(GitRunner, "_start", watched)
    assert opened.obstacle() is None
    for _ in range(5):
        assert opened.tip()
        assert opened.name(f"HEAD:{LOG}")
        assert opened.name("HEAD:nothing") is None
        assert blob(opened, "HEAD", PurePosixPath(LOG))
        assert people(Plumbing(opened), opened.tip())
    assert sorted(words[1] for words in started) == ["--batch", "--batch-check"]


def test_the_history_of_a_file_is_walked_by_gitpython(opened: GitHome, sandbox: Sandbox) -> None:
    assert opened.reader is not None
    path = PurePosixPath(LOG)
    commits = sandbox.git(
        *("--no-replace-objects", "log", "--format=%H", "HEAD", "--", LOG)
    ).split()
    assert opened.reader.history(path) == commits
    sandbox.git("checkout", "--quiet", "-b", "other")
    sandbox.write("incident.json", "elsewhere\n")
    sandbox.git("commit", "--quiet", "-am", "elsewhere")
    other = sandbox.git("rev-parse", "HEAD").strip()
    sandbox.git("checkout", "--quiet", "main")
    assert opened.reader.history(path) == commits
    assert set(opened.reader.history(path, everywhere=True)) == {other, *commits}
    assert next(iter(versions_of(opened, path)))[0] == commits[0]


def test_a_commit_that_comes_later_is_seen(opened: GitHome, sandbox: Sandbox) -> None:
    before = opened.tip()
    assert blob(opened, "HEAD", PurePosixPath(LOG)) == b'{"entries": 2}\n'
    sandbox.write("incident.json", "later\n")
    sandbox.git("commit", "--quiet", "-am", "later")
    sandbox.git("gc", "--quiet")
    assert opened.tip() != before
    assert blob(opened, "HEAD", PurePosixPath(LOG)) == b"later\n"


def test_a_repository_in_the_place_of_another_is_not_taken_for_it(
    opened: GitHome, sandbox: Sandbox
) -> None:
    assert blob(opened, "HEAD", PurePosixPath(LOG)) is not None
    (sandbox.top / ".git").rename(sandbox.base / "former")
    sandbox.git("-c", "init.defaultBranch=main", "init", "--quiet")
    assert opened.tip() == ""
    assert blob(opened, "HEAD", PurePosixPath(LOG)) is None


def test_what_a_surrounding_git_left_in_the_environment_is_not_followed(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    history(sandbox)
    other = sandbox.base / "other"
    sandbox.git("init", "--quiet", str(other))
    for name in ("GIT_DIR", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(other / ".git"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other / ".git" / "objects"))
    opened = long_lived(sandbox)
    for name, door in DOORS.items():
        assert door(opened, LOG) == door(plain(opened), LOG), name
    assert opened.tip() == sandbox.git("rev-parse", "main").strip()


def test_a_pipe_in_the_place_of_a_reference_is_left_to_git_and_its_limit(
    opened: GitHome,
    sandbox: Sandbox,
) -> None:
    os.mkfifo(sandbox.top / ".git" / "refs" / "heads" / "endless")
    assert opened.reader is not None
    with pytest.raises(NotReadError, match="no ordinary file"):
        opened.reader.references()


def test_a_git_that_stops_answering_is_ended_and_asked_anew(
    opened: GitHome, sandbox: Sandbox
) -> None:
    sandbox.fake_git("--batch", "exec sleep 60")
    runner = GitRunner(sandbox.env, version=opened.runner.version, work_tree=opened.top)
    reader = Reader(
        top=opened.top,
        git_dir=opened.git_dir,
        common_dir=opened.common_dir,
        runner=runner,
        seconds=0.2,
    )
    with pytest.raises(NotReadError):
        reader.object(f"HEAD:{LOG}")
    slow = GitHome(opened.top, opened.git_dir, opened.common_dir, runner, reader)
    assert blob(slow, "HEAD", PurePosixPath(LOG)) == b'{"entries": 2}\n'


def test_without_gitpython_the_runner_answers_all(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    history(sandbox)
    monkeypatch.setitem(__import__("sys").modules, "incident_tui.history.git.reader", None)
    opened = open_or_create(sandbox.top, create=False, env=sandbox.env, long_lived=True)
    assert opened.reader is None
    assert blob(opened, "HEAD", PurePosixPath(LOG)) == b'{"entries": 2}\n'


def test_git_is_asked_first_whether_it_accepts_the_owner(sandbox: Sandbox) -> None:
    """safe.directory in git-config(1)."""
    history(sandbox)
    env = sandbox.env | {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    with pytest.raises(GitUnavailableError, match="belongs to another user"):
        open_or_create(sandbox.top, create=False, env=env, long_lived=True)


def test_git_is_asked_first_whether_it_knows_the_format(sandbox: Sandbox) -> None:
    sandbox.git("config", "core.repositoryFormatVersion", "99")
    with pytest.raises(GitUnavailableError, match="found 99"):
        open_or_create(sandbox.top, create=False, env=sandbox.env, long_lived=True)


def test_a_name_with_a_line_break_asks_no_second_question(opened: GitHome) -> None:
    for spec in ("HEAD\nHEAD", f"HEAD:{LOG}\n", "HEAD:\n"):
        assert opened.name(spec) == plain(opened).name(spec)
    assert opened.name("HEAD") == opened.tip()


def test_no_door_is_left_out_of_the_tables() -> None:
    """Whatever the reader can be asked is asked above, by way of what the product calls."""
    asked = {
        *("is_detached", "tip", "references", "remotes", "name", "object", "history", "commit"),
        *("landed", "close"),
    }
    public = {name for name in vars(Reader) if not name.startswith("_")}
    assert public == asked
    assert len(list(itertools.chain(DOORS))) >= len(asked)
