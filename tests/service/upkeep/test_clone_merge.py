"""Two clones go on with the same incident offline; git brings them together without a question."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from shlex import quote

import pytest

from incident_tui.app import make_app
from incident_tui.documents import differences, render_folder
from incident_tui.domain.core.events import fold
from incident_tui.history import Committed, NothingToCommit, open_or_create
from incident_tui.history.git.setup import set_up_merges
from incident_tui.service import Declaration, IncidentSession, Service
from incident_tui.service.git.commits import committer_for
from incident_tui.service.upkeep.verification import verify
from incident_tui.store.home import Home
from tests.support.git import git
from tests.support.world import START, Clock, make_world

PROGRAM = f"{quote(sys.executable)} -m incident_tui"


class Clone:
    """One clone with somebody who types; ids and clock are its own."""

    def __init__(self, top: Path, actor: str, minute: int) -> None:
        self.top = top
        self.actor = actor
        self.env = {**os.environ, "TZ": "UTC", "GIT_CEILING_DIRECTORIES": str(top.parent)}
        self.home = Home(top / "incidents")
        clock = Clock(START.replace(minute=minute), step=timedelta(seconds=1))
        self.world = make_world(self.top, clock, self.env, ids=actor + "{:04}")

    def service(self) -> Service:
        return Service(self.home, self.world, self.actor, version="0.1.0")

    def git(self, *words: str, ok: tuple[int, ...] = (0,)) -> str:
        return git(*words, cwd=self.top, env=self.env, ok=ok)

    def merge(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", "merge", "origin/main"],
            cwd=self.top, env=self.env, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def set_up(self) -> None:
        repository = open_or_create(self.home.path, create=False, env=self.env)
        set_up_merges(repository, self.home.path, PROGRAM)

    @property
    def session(self) -> IncidentSession:
        return self.service().open(self.service().active()[0])

    def say(self, *lines: str) -> None:
        session = self.session
        for line in lines:
            session.enter(line)
        committer_for(session, self.home, self.env)()

    def log(self) -> bytes:
        return self.session.file.path.read_bytes()

    def stale(self) -> list[str]:
        session = self.session
        incident = fold(session.incident.recorded, session.playbook)
        return differences(session.folder, render_folder(incident))


@pytest.fixture
def clones(tmp_path: Path, git_identity: Mapping[str, str]) -> tuple[Clone, Clone]:
    """Two clones of a repository in which an incident was declared."""
    (tmp_path / "ana").mkdir()
    ana = Clone(tmp_path / "ana", "ana", 0)
    ana.git("init", "--quiet", "--initial-branch=main")
    ana.home.path.mkdir()
    ana.set_up()
    ana.git("add", "--all")
    ana.git("commit", "--quiet", "-m", "set up")
    ana.service().declare(Declaration("Checkout returns 5xx"))
    ana.say("error rate 14 %", "/sev SEV2")
    ana.git("clone", "--quiet", str(ana.top), str(tmp_path / "ben"))
    ben = Clone(tmp_path / "ben", "ben", 30)
    ben.set_up()
    return ana, ben


def test_both_sides_come_to_the_same_log_and_documents(clones: tuple[Clone, Clone]) -> None:
    ana, ben = clones
    ana.say("? pool exhausted", "/sev SEV1 all regions", "! roll back")
    ben.say("only eu-west", "> rolled back checkout", "/sev SEV3 better", "/role all ben")
    ben.git("fetch", "--quiet", "origin")
    ana.git("fetch", "--quiet", str(ben.top), "main")
    ben.git("merge", "--quiet", "-m", "merge", "origin/main")
    ana.git("merge", "--quiet", "-m", "merge", "FETCH_HEAD")
    assert ana.log() == ben.log()
    texts = [getattr(entry.event, "text", "") for entry in ana.session.incident.entries]
    assert {"pool exhausted", "roll back", "only eu-west"} <= set(texts)
    assert ana.stale() == ben.stale() == []
    for clone in clones:
        assert verify(clone.home, clone.session.id).well
        assert clone.git("status", "--porcelain") == ""


async def test_a_page_of_one_side_is_named_and_made_anew_when_the_console_is_opened(
    clones: tuple[Clone, Clone],
) -> None:
    """Git asks nobody about a page that only one side changed, so it still tells that side."""
    ana, ben = clones
    ana.say("! roll back", "/update checkout is slow next:30m", "/sev SEV1 all regions")
    ben.say("only eu-west", "/sev SEV3 better")
    ben.git("fetch", "--quiet", "origin")
    ben.git("merge", "--quiet", "-m", "merge", "origin/main")
    stale = [finding for finding in verify(ben.home, ben.session.id).findings if finding.wrong]
    assert [finding.text.split()[0] for finding in stale] == ["updates/1-initial.md"]
    assert "open the incident in the console" in stale[0].mend
    app = make_app(ben.service(), incident=ben.session.id)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.controller is not None
        await asyncio.to_thread(app.controller.committer.drain, 30)
        await app.action_quit()
    assert ben.stale() == []
    assert verify(ben.home, ben.session.id).well
    assert ben.git("status", "--porcelain") == ""


def test_a_rebase_unites_the_logs_and_the_next_commit_renders_them(
    clones: tuple[Clone, Clone],
) -> None:
    """A rebase does not say which commits it brings together, so the pages come a step later."""
    ana, ben = clones
    ana.say("? pool exhausted", "/sev SEV1 all regions")
    ben.say("only eu-west", "/sev SEV3 better")
    ben.git("pull", "--quiet", "--rebase", "origin", "main")
    texts = [getattr(entry.event, "text", "") for entry in ben.session.incident.entries]
    assert {"pool exhausted", "only eu-west"} <= set(texts)
    commit = committer_for(ben.session, ben.home, ben.env)
    assert isinstance(commit(), Committed | NothingToCommit)
    assert ben.stale() == []
    (ben.session.folder / "README.md").unlink()
    assert isinstance(commit(), NothingToCommit)
    assert ben.git("status", "--porcelain") == "", "and those that went away"


WORDS = "the customer is called Zanzibar of Omsk"


def holders(clone: Clone) -> list[str]:
    """The files of the clone that hold the words, outside of git."""
    files = [path for path in clone.home.path.rglob("*") if path.is_file()]
    return [path.name for path in files if b"anzibar" in path.read_bytes()]


@pytest.mark.parametrize("way", ["merge", "rebase ana", "rebase ben"])
def test_redacted_words_are_gone_from_log_and_pages_on_both_sides(
    clones: tuple[Clone, Clone], way: str
) -> None:
    ana, ben = clones
    ana.say(WORDS, "/sev SEV1 all regions")
    ben.git("pull", "--quiet", "origin", "main")
    number = ana.session.incident.number(ana.session.incident.recorded[-2].id)
    ana.say(f"/redact {number} it names a customer")
    ben.say(f"/amend {number} {WORDS}, and his brother", f"see #{number}: {WORDS}")
    ben.say(f"/update {WORDS} next:30m", "/sev SEV2 now")
    assert "1-initial.md" in holders(ben)
    ben.git("fetch", "--quiet", str(ana.top), "main:theirs", "--force")
    ana.git("fetch", "--quiet", str(ben.top), "main:theirs", "--force")
    if way == "merge":
        ben.git("merge", "--quiet", "-m", "merge", "theirs")
        ana.git("merge", "--quiet", "-m", "merge", "theirs")
    elif way == "rebase ana":
        ana.git("rebase", "--quiet", "theirs")
        ben.git("merge", "--quiet", "-m", "merge", "theirs")
    else:
        ben.git("rebase", "--quiet", "theirs")
        ana.git("merge", "--quiet", "-m", "merge", "theirs")
    assert ana.log() == ben.log()
    for clone in clones:
        # A page that only one side has is not asked about by git: opening the incident mends it.
        assert clone.session.id in clone.service().active()
        assert holders(clone) == []
        assert verify(clone.home, clone.session.id).well


def test_a_copy_that_cannot_be_read_is_a_conflict_and_ours_stays(
    clones: tuple[Clone, Clone],
) -> None:
    ana, ben = clones
    ben.say("only eu-west", "/sev SEV3 better")
    before = ben.log()
    path = ana.session.file.path
    path.write_bytes(path.read_bytes()[:-30])
    ana.git("commit", "--quiet", "-am", "damaged")
    ben.git("fetch", "--quiet", "origin")
    done = ben.merge()
    assert done.returncode == 1
    assert "cannot be united" in done.stderr
    assert ben.log() == before


def test_pages_stay_as_they_were_where_the_playbook_cannot_be_read(
    clones: tuple[Clone, Clone],
) -> None:
    ana, ben = clones
    folder = ben.session.folder
    ana.say("/sev SEV1 worse")
    ben.say("/sev SEV3 better")
    (folder / "playbook.toml").write_text("stages = what?\n")
    ben.git("commit", "--quiet", "-am", "damaged")
    ben.git("fetch", "--quiet", "origin")
    done = ben.merge()
    assert done.returncode == 0
    assert "timeline.md is as it was; it is rendered anew with the next commit" in done.stderr
    assert f"playbook cannot be read: incidents/{folder.name}/playbook.toml: line 1" in done.stderr
    log = (folder / "incident.json").read_text()
    assert all(reason in log for reason in ("better", "worse"))
