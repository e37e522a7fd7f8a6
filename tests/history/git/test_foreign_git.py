"""What a repository brings along neither runs nor changes what is stored or read back.

The repository may have come in an archive, with any configuration; its attributes in a clone.
"""

import os
from collections.abc import Iterable
from pathlib import PurePosixPath

import pytest

from incident_tui.history import (
    CommitOptions,
    Committed,
    Pending,
    commits_of,
    lazy_commit,
)
from incident_tui.history.commits.plumbing import Plumbing, folder_tree
from incident_tui.history.versions.file_versions import blob, versions_of
from tests.history.commits.test_index import HOOKS, outside, users_work
from tests.history.foreign import CONTENT, Foreign, changed_log, commits_twice_and_reads_back
from tests.support.thorough import EVERYTHING, thorough

ATTRIBUTES = (
    "filter=evil",
    "filter=lfs diff=lfs merge=lfs -text",
    "text eol=crlf",
    "text eol=lf",
    "text=auto",
    "ident",
    "working-tree-encoding=UTF-16",
    "working-tree-encoding=UTF-16LE-BOM text",
    "export-ignore export-subst",
    "-diff diff=evil",
    "merge=evil conflict-marker-size=1 whitespace=cr-at-eol",
    "binary",
    "ident filter=evil text eol=crlf working-tree-encoding=latin1",
)
PLACES = (
    ".gitattributes",
    "incidents/.gitattributes",
    "incidents/one/.gitattributes",
    "incidents/one/evidence/.gitattributes",
    ".git/info/attributes",
    "core.attributesFile",
    "user's core.attributesFile",
)
# What git runs, or is made to do otherwise, by a key; `{run}` is a program that leaves a mark.
KEYS = (
    "alias.commit-tree=!{run}",
    "alias.add=!{run}",
    "commit.gpgSign=true gpg.program={run}",
    "commit.gpgSign=true gpg.format=ssh gpg.ssh.program={run} gpg.ssh.defaultKeyCommand={run}",
    "core.alternateRefsCommand={run}",
    "core.askPass={run}",
    "core.attributesFile=/dev/zero",
    "core.autocrlf=true core.safecrlf=true",
    "core.bigFileThreshold=1",
    "core.checkStat=minimal core.trustctime=false core.ignoreStat=true",
    "core.commentChar=L",
    "core.editor={run} sequence.editor={run}",
    "core.eol=crlf core.autocrlf=input",
    "core.excludesFile=/dev/zero",
    "core.fileMode=false core.symlinks=false",
    "core.fsmonitor={run}",
    "core.fsmonitor={run} core.fsmonitorHookVersion=2 core.untrackedCache=true",
    "core.fsyncMethod=writeout-only core.fsync=none",
    "core.gitProxy={run}",
    "core.hooksPath={hooks}",
    "core.ignoreCase=true core.precomposeUnicode=true",
    "core.pager={run} pager.log={run} pager.cat-file={run}",
    "core.quotePath=false core.abbrev=4",
    "core.sshCommand={run}",
    "core.splitIndex=true splitIndex.maxPercentChange=0",
    "core.worktree={elsewhere}",
    "credential.helper={run}",
    "diff.evil.command={run} diff.evil.textconv={run}",
    "diff.external={run}",
    "diff.orderFile=/dev/null diff.renames=copies diff.noprefix=true",
    "filter.evil.clean={run} filter.evil.smudge={run} filter.evil.required=true",
    "filter.evil.process={run} filter.lfs.process={run}",
    "filter.lfs.clean={run} filter.lfs.smudge={run} filter.lfs.required=true",
    "format.pretty=raw log.date=raw log.showSignature=true gpg.program={run}",
    "gc.auto=1 gc.autoDetach=false maintenance.auto=true",
    "i18n.commitEncoding=UTF-16 i18n.logOutputEncoding=latin1",
    "include.path={include}",
    "includeIf.gitdir:/.path={include}",
    "index.sparse=true core.sparseCheckout=true core.sparseCheckoutCone=true",
    "index.version=4 index.threads=4 feature.manyFiles=true",
    "init.templateDir={hooks}",
    "interactive.diffFilter={run}",
    "log.follow=true log.mailmap=true mailmap.file=/dev/zero",
    "merge.evil.driver={run} merge.incident-log.driver={run}",
    "notes.displayRef=refs/* core.notesRef=refs/heads/main",
    "trailer.separators=% trailer.log-position.key=Evil",
    "trailer.x.command={run} trailer.x.cmd={run} trailer.ifexists=replace",
    "uploadpack.packObjectsHook={run}",
    "url.ext::{run}.insteadOf=/",
    "user.useConfigOnly=false color.ui=always advice.statusHints=false",
)


def together(keys: Iterable[str], apart: int = 8) -> list[str]:
    """Each of the keys by itself in CI; elsewhere every so many of them set at once.

    What waits for its end (/dev/zero) is never set with others, which it would hide.
    """
    one_by_one = list(keys)
    if EVERYTHING:
        return one_by_one
    quick = [key for key in one_by_one if "/dev/zero" not in key]
    alone = [key for key in one_by_one if "/dev/zero" in key]
    return [*(" ".join(quick[first::apart]) for first in range(apart)), *alone]


@pytest.mark.parametrize("place", PLACES)
def test_attributes_change_nothing_of_what_is_stored(foreign: Foreign, place: str) -> None:
    for key in ("clean", "smudge", "process"):
        foreign.configure(f"filter.evil.{key}={{run}} filter.lfs.{key}={{run}}")
    foreign.configure("filter.evil.required=true diff.evil.textconv={run} diff.lfs.textconv={run}")
    foreign.plant(place, f"* {ATTRIBUTES[-1]}\n")
    commits_twice_and_reads_back(foreign)
    foreign.is_stored(folder_tree(Plumbing(foreign.sandbox.open()), foreign.folder))
    path = PurePosixPath("incidents/one/incident.json")
    tried = thorough(ATTRIBUTES[PLACES.index(place) % 3 :], one_in=3)
    for number, attributes in enumerate(tried, start=10):
        foreign.plant(place, f"* {attributes}\n")
        changed = changed_log(foreign, number)
        assert isinstance(foreign.commit(number), Committed), attributes
        foreign.is_stored(foreign.head(), "incidents/one/")
        assert blob(foreign.sandbox.open(), "HEAD", path) == changed, attributes
    assert foreign.ran() == []


@pytest.mark.parametrize("keys", together(KEYS))
def test_a_configuration_neither_runs_anything_nor_changes_what_is_stored(
    foreign: Foreign, keys: str
) -> None:
    foreign.plant(".gitattributes", "* filter=evil diff=evil merge=evil\n")
    foreign.plant(".git/info/attributes", "* filter=lfs ident\n")
    foreign.configure(keys)
    commits_twice_and_reads_back(foreign)
    assert foreign.ran() == []


def test_everything_at_once_neither_runs_nor_changes_anything(foreign: Foreign) -> None:
    foreign.sandbox.first_commit()
    for keys in KEYS:
        if "/dev/zero" not in keys:
            foreign.configure(keys)
    foreign.plant(".gitattributes", "* filter=evil diff=evil merge=evil ident text eol=crlf\n")
    for name in HOOKS:
        hook = foreign.sandbox.top / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {foreign.marks / name}\n")
        hook.chmod(0o755)
    commits_twice_and_reads_back(foreign)
    assert foreign.ran() == []


def test_a_replaced_object_or_a_graft_hides_nothing(foreign: Foreign) -> None:
    box = foreign.sandbox
    box.first_commit()
    foreign.commit(7)
    changed_log(foreign)
    foreign.commit(9)
    path = "incidents/one/incident.json"
    box.git("replace", f"HEAD:{path}", f"HEAD:{'code.py'}")
    box.git("replace", "--graft", "HEAD")
    (box.top / ".git" / "info" / "grafts").write_text(f"{foreign.head()}\n")
    repository = box.open()
    assert [data for _, data in versions_of(repository, PurePosixPath(path))] == [
        (foreign.folder / "incident.json").read_bytes(),
        CONTENT["incident.json"],
    ]
    assert [each.position for each in commits_of(repository, foreign.folder)] == [9, 7]


def test_a_missing_object_is_not_fetched_by_a_program_of_the_repository(foreign: Foreign) -> None:
    foreign.commit(7)
    name = foreign.sandbox.git("rev-parse", "HEAD:incidents/one/incident.json").strip()
    (foreign.sandbox.top / ".git" / "objects" / name[:2] / name[2:]).unlink()
    foreign.configure("core.repositoryFormatVersion=1 extensions.partialClone=evil")
    foreign.configure("remote.evil.promisor=true protocol.ext.allow=always protocol.allow=always")
    url = f"ext::{foreign.run}"
    for key, value in (
        ("url", url),
        ("uploadpack", str(foreign.run)),
        ("vcs", "ext"),
        ("fetch", "+refs/*:refs/*"),
    ):
        foreign.sandbox.git("config", f"remote.evil.{key}", value)
    repository = foreign.sandbox.open()
    path = PurePosixPath("incidents/one/incident.json")
    assert blob(repository, "HEAD", path) is None
    assert list(versions_of(repository, path)) == []
    changed_log(foreign)
    assert isinstance(foreign.commit(8), Committed)
    assert foreign.ran() == []


def test_what_the_user_has_staged_with_filters_stays_so(foreign: Foreign) -> None:
    box = foreign.sandbox
    foreign.configure("filter.up.clean=tr_a-z_A-Z")
    box.git("config", "filter.up.clean", "tr a-z A-Z")
    (box.top / ".gitattributes").write_text("*.up filter=up\n")
    (box.top / "mine.up").write_text("mine\n")
    box.git("add", "mine.up")
    users_work(box)
    before = outside(box)
    sandboxed = box.commit(box.request())
    assert isinstance(sandboxed, Committed)
    assert outside(box) == before


@pytest.mark.parametrize("key", ["gpg.program", "gpg.openpgp.program"])
def test_a_commit_is_signed_by_the_users_program_and_not_by_one_of_the_repository(
    foreign: Foreign, key: str
) -> None:
    mine = foreign.sandbox.base / "my-gpg"
    mine.write_text("#!/bin/sh\necho 'gpg: mine was asked' >&2\nexit 2\n")
    mine.chmod(0o755)
    foreign.sandbox.configure(f"[gpg]\n\tprogram = {mine}\n")
    foreign.configure(f"{key}={{run}} gpg.ssh.program={{run}}")
    outcome = foreign.commit(options=CommitOptions(sign=True))
    assert isinstance(outcome, Pending)
    assert "could not sign" in outcome.reason
    assert foreign.ran() == []


def test_a_configuration_that_never_ends_is_told_within_the_time(
    foreign: Foreign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incident_tui.history.git.repository._QUICK_SECONDS", 1)
    os.mkfifo(foreign.sandbox.base / "endless")
    foreign.sandbox.git("config", "--local", "include.path", str(foreign.sandbox.base / "endless"))
    perform = lazy_commit(foreign.sandbox.open, options=CommitOptions(timeout_seconds=2))
    outcome = perform(foreign.sandbox.request(folder=foreign.folder))
    assert isinstance(outcome, Pending)
    assert "took too long" in outcome.reason
