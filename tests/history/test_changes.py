"""What landed in a repository: the span, the files against the first parent, and nothing is run."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from incident_tui.history import GitHome, open_or_create
from incident_tui.history.changes import landed, tagged
from tests.history.foreign import Foreign
from tests.history.git.test_foreign_git import KEYS
from tests.history.sandbox import Sandbox

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOSTILE = "\x1b]52;c;aGk=\x07 [b]x[/b] \u202e \"q\" 'q' $(touch pwned)"


def at(box: Sandbox, minutes: int, *words: str) -> str:
    """A git command at so many minutes after noon."""
    moment = (NOON + timedelta(minutes=minutes)).isoformat()
    box.env |= {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z"}
    return box.git(*words)


def put(box: Sandbox, minutes: int, subject: str, **files: str) -> None:
    """A commit of these files, so many minutes after noon; written long before."""
    for name, text in files.items():
        path = box.top / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    box.git("add", "-A")
    at(box, minutes, "commit", "--quiet", "--allow-empty", "-m", subject)


@pytest.fixture(params=[True, False], ids=["GitPython", "git"])
def long_lived(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def opened(box: Sandbox, long_lived: bool) -> GitHome:
    return open_or_create(box.top, create=False, env=box.env, long_lived=long_lived)


def test_a_merge_brings_what_it_brought_and_the_span_is_by_when_it_landed(
    sandbox: Sandbox, long_lived: bool
) -> None:
    put(sandbox, 0, "first", one="1", src__two="2")
    put(sandbox, 10, "into a folder", src__two="22", src__deep__three="3")
    sandbox.git("checkout", "--quiet", "-b", "topic")
    put(sandbox, 20, HOSTILE, four="4")
    sandbox.git("checkout", "--quiet", "main")
    put(sandbox, 30, "beside it", one="11")
    at(sandbox, 40, "merge", "--quiet", "--no-ff", "-m", "both", "topic")
    at(sandbox, 45, "tag", "-a", "-m", "a release", "v1")
    sandbox.git("rm", "--quiet", "-r", "src")
    put(sandbox, 50, "a file where a folder was", src="file")
    home = opened(sandbox, long_lived)
    changes = landed(home, NOON + timedelta(minutes=5), NOON + timedelta(minutes=40))
    assert [(each.subject[:4], each.parents, each.paths) for each in changes] == [
        ("both", 2, ("four",)),
        ("besi", 1, ("one",)),
        (HOSTILE[:4], 1, ("four",)),
        ("into", 1, ("src/deep/three", "src/two")),
    ]
    [newest] = landed(home, NOON + timedelta(minutes=41), NOON + timedelta(minutes=60))
    assert newest.paths == ("src", "src/deep/three", "src/two")
    [tag] = tagged(home, NOON, NOON + timedelta(hours=1))
    assert (tag.name, tag.subject, tag.sha) == ("v1", "a release", changes[0].sha)
    assert not (Path(sandbox.top) / "pwned").exists()


def test_a_clone_that_is_behind_knows_what_was_fetched(sandbox: Sandbox, long_lived: bool) -> None:
    put(sandbox, 0, "first", one="1")
    put(sandbox, 5, "deployed", one="2")
    sandbox.git("update-ref", "refs/remotes/origin/main", "HEAD")
    sandbox.git("update-ref", "refs/remotes/origin/somebodys-topic", "HEAD")
    sandbox.git("reset", "--quiet", "--hard", "HEAD~1")
    changes = landed(opened(sandbox, long_lived), NOON, NOON + timedelta(hours=1))
    assert [each.subject for each in changes] == ["deployed", "first"]


def test_a_repository_without_a_commit_has_no_changes(sandbox: Sandbox, long_lived: bool) -> None:
    assert landed(opened(sandbox, long_lived), NOON, NOON + timedelta(hours=1)) == []


def test_a_hostile_configuration_runs_nothing(foreign: Foreign, long_lived: bool) -> None:
    box = foreign.sandbox
    put(box, 0, "first", one="1")
    put(box, 5, "second", one="2")
    for keys in KEYS:
        if "/dev/zero" not in keys:
            foreign.configure(keys)
    foreign.plant(".gitattributes", "* filter=evil diff=evil merge=evil ident text eol=crlf\n")
    changes = landed(opened(box, long_lived), NOON, NOON + timedelta(hours=1))
    assert [(each.subject, "one" in each.paths) for each in changes] == [
        ("second", True),
        ("first", True),
    ]
    assert foreign.ran() == []
