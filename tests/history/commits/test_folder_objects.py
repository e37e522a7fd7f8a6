"""A commit holds every file of the folder to the byte, whatever kind of checkout it lies in."""

import os
import shutil
import subprocess
from pathlib import PurePosixPath

import pytest

from incident_tui.history import Committed, Pending
from incident_tui.history.commits.plumbing import Plumbing, folder_tree
from incident_tui.history.versions.file_versions import blob
from tests.history.foreign import CONTENT, Foreign, changed_log, commits_twice_and_reads_back


def test_the_folder_is_clean_after_its_commit(foreign: Foreign) -> None:
    foreign.sandbox.git("add", "incidents/one/README.md")
    (foreign.folder / "README.md").write_text("# changed\n")
    foreign.sandbox.git("add", "--intent-to-add", "incidents/one/evidence/empty")
    assert isinstance(foreign.commit(), Committed)
    assert foreign.sandbox.git("status", "--porcelain", "--", "incidents") == ""
    (foreign.folder / "evidence" / "mail.txt").unlink()
    (foreign.folder / "evidence" / "mail.txt").mkdir()
    (foreign.folder / "evidence" / "mail.txt" / "inner").write_text("now a folder\n")
    (foreign.folder / "evidence" / "link").unlink()
    (foreign.folder / "evidence" / "link").write_text("now a file\n")
    (foreign.folder / "evidence" / "tool.sh").chmod(0o644)
    assert isinstance(foreign.commit(), Committed)
    assert foreign.sandbox.git("status", "--porcelain", "--", "incidents") == ""
    foreign.is_stored(foreign.head(), "incidents/one/")
    foreign.sandbox.git("fsck", "--strict")


def test_a_conflict_inside_of_the_folder_ends_with_the_commit(foreign: Foreign) -> None:
    foreign.commit()
    path = "incidents/one/README.md"
    names = [foreign.sandbox.git("rev-parse", f"HEAD:{path}").strip()] * 3
    lines = "".join(f"100644 {name} {n}\t{path}\n" for n, name in enumerate(names, 1))
    (foreign.sandbox.base / "lines").write_text(lines)
    with (foreign.sandbox.base / "lines").open() as file:
        subprocess.run(
            ["git", "update-index", "--index-info"],
            cwd=foreign.sandbox.top, env=foreign.sandbox.env, stdin=file, check=True,
        )  # fmt: skip
    changed_log(foreign)
    assert isinstance(foreign.commit(), Committed)
    assert foreign.sandbox.git("ls-files", "--unmerged") == ""


def test_what_is_left_out_stays_as_it_was_committed(foreign: Foreign) -> None:
    box = foreign.sandbox
    left = foreign.folder / "incident.json.damaged-1"
    left.write_text("of old\n")
    foreign.commit()
    left.write_text("words\n")
    changed_log(foreign)
    request = box.request(folder=foreign.folder, leave_out=("incident.json.damaged-*",))
    assert isinstance(box.commit(request), Committed)
    assert box.git("show", "HEAD:incidents/one/incident.json.damaged-1") == "of old\n"
    tree = folder_tree(Plumbing(box.open()), foreign.folder, ("incident.json.damaged-*",))
    assert "damaged" not in box.git("ls-tree", "-r", tree)


def test_a_repository_inside_of_the_evidence_is_named(foreign: Foreign) -> None:
    inner = foreign.folder / "evidence" / "clone"
    inner.mkdir()
    foreign.sandbox.git("init", "--quiet", cwd=inner)
    outcome = foreign.commit()
    assert isinstance(outcome, Pending)
    assert f"cannot take {inner / '.git'}" in outcome.reason


def test_pipes_are_no_part_of_a_commit_and_nobody_waits_for_them(foreign: Foreign) -> None:
    os.mkfifo(foreign.folder / "evidence" / "pipe")
    assert isinstance(foreign.commit(), Committed)
    assert "pipe" not in foreign.sandbox.git("ls-files")


def test_a_large_file_is_stored_as_it_is(foreign: Foreign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident_tui.history.commits.folder_objects._AT_ONCE", 1000)
    foreign.plant(".gitattributes", "* filter=evil text eol=crlf ident\n")
    foreign.configure("filter.evil.clean={run}")
    (foreign.folder / "evidence" / "dump").write_bytes(b"$Id$\r\n" * 5000)
    commits_twice_and_reads_back(foreign)
    assert foreign.ran() == []


@pytest.mark.parametrize("version", [(2, 30), (2, 39)])
def test_names_in_a_repository_of_sha256_fit(
    foreign: Foreign, version: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incident_tui.history.git.repository.version_in", lambda _: version)
    shutil.rmtree(foreign.sandbox.top / ".git")
    foreign.sandbox.git("-c", "init.defaultBranch=main", "init", "-q", "--object-format=sha256")
    assert isinstance(foreign.commit(7), Committed)
    changed = changed_log(foreign)
    assert isinstance(foreign.commit(8), Committed)
    path = PurePosixPath("incidents/one/incident.json")
    assert blob(foreign.sandbox.open(), "HEAD", path) == changed
    foreign.sandbox.git("fsck", "--strict")


def test_a_change_within_the_second_of_its_staging_is_still_seen(foreign: Foreign) -> None:
    """Git only compares such a file again where its index is not newer than the file."""
    box = foreign.sandbox
    mine = box.top / "mine.py"
    mine.write_text("one\n")
    box.git("add", "mine.py")
    mine.write_text("two\n")
    moment = mine.stat().st_mtime_ns // 10**9 * 10**9
    for path in (mine, box.top / ".git" / "index"):
        os.utime(path, ns=(moment, moment))
    assert box.git("status", "--porcelain", "mine.py") == "AM mine.py\n"
    mine.write_text("one\n")
    os.utime(mine, ns=(moment, moment))
    box.git("add", "mine.py")
    os.utime(box.top / ".git" / "index", ns=(moment, moment))
    mine.write_text("two\n")
    os.utime(mine, ns=(moment, moment))
    assert isinstance(foreign.commit(), Committed)
    assert box.git("status", "--porcelain", "mine.py") == "AM mine.py\n"


@pytest.mark.parametrize(
    "sparse", ["--cone --no-sparse-index", "--cone --sparse-index", "--no-cone"]
)
def test_a_sparse_checkout_without_the_home_takes_the_commit(foreign: Foreign, sparse: str) -> None:
    box = foreign.sandbox
    for name in ("code/a/b.py", "other/c.py", "top.py"):
        (box.top / name).parent.mkdir(parents=True, exist_ok=True)
        (box.top / name).write_text("1\n")
    box.git("add", "--all")
    box.git("commit", "--quiet", "-m", "all of it")
    box.git("sparse-checkout", "set", *sparse.split(" "), "code")
    assert not (box.top / "other").exists()
    staged = box.git("ls-files", "-s", "-t", "--", "code", "other", "top.py")
    for name, data in CONTENT.items():
        (foreign.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (foreign.folder / name).write_bytes(data)
    commits_twice_and_reads_back(foreign)
    assert box.git("ls-files", "-s", "-t", "--", "code", "other", "top.py") == staged
    assert box.git("status", "--porcelain") == ""
    assert not (box.top / "other").exists()
    box.git("fsck", "--strict")
