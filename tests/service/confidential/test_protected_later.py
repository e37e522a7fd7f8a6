"""An incident that is protected later gets a name that tells nothing; open consoles go on."""

import itertools
import os
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from types import BuiltinFunctionType, FrameType

import pytest

from incident_tui.domain.values.text import slug
from incident_tui.service import IncidentSession
from incident_tui.service.git.commits import committer_for
from incident_tui.service.session.spooler import Spooler
from incident_tui.service.upkeep.verification import verify
from incident_tui.store.files.errors import Busy, NoSuchIncident
from incident_tui.store.home import Home
from incident_tui.store.log.former_names import FILE
from tests.service.confidential.test_permissions import somebody_else
from tests.service.conftest import Bench

TITLE = "Fraud by Jon Zwick of ACME"


def protected(bench: Bench) -> IncidentSession:
    """An incident that is committed, then protected and committed again."""
    session = bench.declared(TITLE)
    committer_for(session, bench.home, bench.env)()
    session.enter("/protect a person is named")
    committer_for(session, bench.home, bench.env)()
    return session


def names(home: Path) -> list[str]:
    """What others see of a home."""
    closed = [path for path in home.iterdir() if path.stat().st_mode & 0o077 == 0]
    return [
        str(path.relative_to(home))
        for path in home.rglob("*")
        if ".git" not in path.parts and not any(path.is_relative_to(at) for at in closed)
    ] + [path.name for path in closed]


def test_nothing_that_others_can_list_has_its_title_any_more(git_bench: Bench) -> None:
    session = protected(git_bench)
    assert session.folder.is_dir()
    assert [name for name in names(git_bench.home.path) if "zwick" in name] == []
    exclude = git_bench.home.path / ".git" / "info" / "exclude"
    assert f"/{session.id}/" in exclude.read_text().splitlines()
    assert "zwick" not in exclude.read_text()


@pytest.mark.parametrize("name", ["big-corp", "facade"])
def test_a_name_that_somebody_gave_the_folder_is_not_kept_either(
    git_bench: Bench, name: str
) -> None:
    """One that tells nothing has eight characters, and all of them are hexadecimal digits."""
    git_bench.declared(TITLE).folder.rename(git_bench.home.path / name)
    session = git_bench.service.open(name)
    session.enter("/protect a person is named")
    committer_for(session, git_bench.home, git_bench.env)()
    assert session.id != name


@pytest.mark.parametrize("fragment", [f"2026-11-20-{slug(TITLE)}", "zwick", "2026-11"])
def test_the_old_id_finds_it_for_those_who_may_read_it(git_bench: Bench, fragment: str) -> None:
    session = protected(git_bench)
    assert git_bench.service.open(fragment).id == session.id
    assert git_bench.service.open(session.id).id == session.id
    (listed,) = git_bench.service.listed()
    assert listed.summary is not None
    assert listed.id == listed.summary["id"] == session.id
    assert git_bench.home.file(f"2026-11-20-{slug(TITLE)}").read().entries
    alias = session.folder / FILE
    assert stat.S_IMODE(alias.stat().st_mode) == 0o600
    alias.unlink()
    with pytest.raises(NoSuchIncident):
        git_bench.service.open("zwick")


def test_it_is_whole_and_committed_under_its_new_name(git_bench: Bench) -> None:
    session = protected(git_bench)
    assert verify(git_bench.home, session.id, git_bench.env).well
    session.enter("/sev SEV2 it goes on")
    committer_for(session, git_bench.home, git_bench.env)()
    assert verify(git_bench.home, session.id, git_bench.env).well
    assert git_bench.service.open(session.id).id == session.id, "it is not renamed a second time"


def test_an_open_console_of_somebody_else_goes_on(git_bench: Bench) -> None:
    session = git_bench.declared(TITLE)
    ben = git_bench.service.open(session.id)
    kept = git_bench.service.console(session.id)
    spooler = Spooler(ben, kept.aside)
    commit_of_ben = committer_for(ben, git_bench.home, git_bench.env)
    commit_of_ben()
    session.enter("/protect a person is named")
    committer_for(session, git_bench.home, git_bench.env)()
    spooler.refresh()
    receipt = spooler.enter("ben goes on")
    assert not receipt.aside
    assert spooler.trouble == ""
    assert ben.id == session.id
    spooler.enter("/sev SEV2 ben found out")
    commit_of_ben()
    session.refresh()
    assert "ben goes on" in [getattr(entry.event, "text", "") for entry in session.incident.entries]
    assert verify(git_bench.home, session.id, git_bench.env).well
    assert [name for name in names(git_bench.home.path) if "zwick" in name] == []


def test_whoever_waits_for_the_lock_meanwhile_writes_into_the_folder_of_the_new_name(
    bench: Bench,
) -> None:
    session = bench.declared(TITLE)
    ben = bench.service.open(session.id)
    target = bench.home.neutral_path(bench.world.new_id)
    with session.file.transaction():
        waits = Thread(target=ben.enter, args=("typed while it moved",))
        waits.start()
    session.file.move(target)
    waits.join(10)
    assert not waits.is_alive()
    session.refresh()
    texts = [getattr(entry.event, "text", "") for entry in session.incident.entries]
    assert "typed while it moved" in texts
    assert bench.home.folders() == [target]


def test_the_second_console_that_commits_gives_no_other_name(git_bench: Bench) -> None:
    session = git_bench.declared(TITLE)
    ben = git_bench.service.open(session.id)
    commits = [committer_for(one, git_bench.home, git_bench.env) for one in (session, ben)]
    session.enter("/protect a person is named")
    ben.refresh()
    for commit in commits:
        commit()
    assert session.folder.is_dir()
    assert ben.id == session.id


def test_consoles_exclude_each_other_under_the_new_name_too(bench: Bench) -> None:
    session = bench.declared(TITLE)
    session.file.move(bench.home.neutral_path(bench.world.new_id))
    ben = bench.service.open(session.file.path.parent.name)
    ben.file._wait = 0
    with session.file.transaction(), pytest.raises(Busy), ben.file.transaction():
        pass


def _before_system_call(number: int, act: Callable[[], None]) -> None:
    """Act in this thread just before it makes the system call of that number, from now on."""
    made = 0

    def profile(frame: FrameType, event: str, function: BuiltinFunctionType) -> None:
        nonlocal made
        if event == "c_call" and function.__module__ in {"posix", "fcntl", "_io"}:
            made += 1
            if made == number:
                sys.setprofile(None)
                act()

    sys.setprofile(profile)


def test_at_whatever_moment_the_folder_gets_its_new_name_what_is_typed_is_recorded(
    bench: Bench,
) -> None:
    """Moved before each system call of an `enter` in turn, until it holds the lock."""
    held = False
    for call in itertools.count(1):
        session = bench.declared(f"{TITLE} {call}")
        ben = bench.service.open(session.id)
        session.file._wait = 0
        target = bench.home.neutral_path(bench.world.new_id)

        def move(session: IncidentSession = session, target: Path = target) -> None:
            nonlocal held
            try:
                session.file.move(target)
            except Busy:
                held = True

        _before_system_call(call, move)
        try:
            ben.enter("typed while it moved")
        finally:
            sys.setprofile(None)
        session.refresh()
        texts = [getattr(entry.event, "text", "") for entry in session.incident.entries]
        assert "typed while it moved" in texts, f"moved before system call {call}"
        if held:
            break
    assert call > 5, "nothing was moved before the lock was taken"


def test_what_a_dead_console_left_is_offered_under_the_new_name(git_bench: Bench) -> None:
    session = git_bench.declared(TITLE)
    console = git_bench.service.console(session.id)
    console.drafts.keep("log-line", "half a sentence")
    assert console.drafts.settle()
    console.close()
    session.enter("/protect a person is named")
    committer_for(session, git_bench.home, git_bench.env)()
    again = git_bench.service.open("zwick")
    console = git_bench.service.console(again.id)
    assert console.drafts.get("log-line") == "half a sentence"
    console.close()


def test_a_redaction_after_it_knows_of_the_commits_before_it(git_bench: Bench) -> None:
    session = git_bench.declared(TITLE)
    session.enter("his number is 555 0199")
    committer_for(session, git_bench.home, git_bench.env)()
    session.enter("/protect a person is named")
    committer_for(session, git_bench.home, git_bench.env)()
    assert "commits still hold it" in session.enter("/redact 2").summary


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look at files as another user")
def test_others_are_not_told_where_it_went() -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        base.chmod(0o755)
        bench = Bench(base, {"TZ": "UTC", "PATH": folder})
        session = bench.declared(TITLE)
        before = session.id
        session.enter("/protect a person is named")
        committer_for(session, bench.home, bench.env)()
        assert bench.home.resolve(before).name == session.id != before
        with somebody_else(), pytest.raises(NoSuchIncident):
            Home(bench.home.path).resolve(before)
