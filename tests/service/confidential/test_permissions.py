"""A protected incident belongs to its owner alone, whoever writes into its folder and when."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from incident_tui.service import Declaration, IncidentSession
from incident_tui.service.confidential.permissions import make_private_to_owner
from incident_tui.service.git.commits import committer_for
from incident_tui.store.home import Home
from tests.service.conftest import Bench

OPEN = 0o022


@pytest.fixture(autouse=True)
def an_open_umask() -> Iterator[None]:
    """Files would be readable by everybody, if nothing were done about it."""
    before = os.umask(OPEN)
    yield
    os.umask(before)


def modes(folder: Path) -> set[tuple[str, int]]:
    """Kinds and permissions in a folder, its own among them."""
    paths = [folder, *(p for p in folder.rglob("*") if ".git" not in p.parts)]
    return {("folder" if p.is_dir() else "file", p.stat().st_mode & 0o777) for p in paths}


ALONE = {("folder", 0o700), ("file", 0o600)}


def busy(bench: Bench, session: IncidentSession, level: str = "SEV2") -> None:
    """Everything that writes into an incident folder."""
    (bench.base / "a.txt").write_text("a")
    session.enter("/evidence a.txt")
    session.enter("/update all is lost. next:+30m")
    session.enter(f"/sev {level}")
    committer_for(session, bench.home, bench.env)()


def test_an_ordinary_folder_is_as_open_as_any(git_bench: Bench) -> None:
    git_bench.base.chmod(0o755)
    session = git_bench.declared()
    busy(git_bench, session)
    assert modes(session.folder) == {("folder", 0o755), ("file", 0o644)}


def test_it_is_closed_from_the_declaration_on(git_bench: Bench) -> None:
    session = git_bench.service.declare(Declaration("Leak", protected=True))
    assert modes(session.folder) == ALONE
    busy(git_bench, session)
    assert modes(session.folder) == ALONE
    assert (session.folder / "updates").is_dir()


def test_protecting_it_later_closes_what_is_there_and_what_comes(git_bench: Bench) -> None:
    session = git_bench.declared()
    busy(git_bench, session)
    session.enter("/protect customers are named")
    assert modes(session.folder) == ALONE
    busy(git_bench, session, "SEV3")
    assert modes(session.folder) == ALONE


def test_a_checkout_that_forgot_the_permissions_is_closed_when_it_is_opened(bench: Bench) -> None:
    session = bench.service.declare(Declaration("Leak", protected=True))
    session.folder.chmod(0o755)
    session.file.path.chmod(0o644)
    bench.service.open(session.id)
    assert modes(session.folder) == ALONE


def test_what_a_link_points_to_is_left_alone(bench: Bench) -> None:
    outside = bench.base / "outside.txt"
    outside.write_text("mine")
    outside.chmod(0o644)
    session = bench.declared()
    (session.folder / "link").symlink_to(outside)
    session.enter("/protect")
    assert outside.stat().st_mode & 0o777 == 0o644


def test_drafts_and_entries_kept_aside_are_the_owners_alone(bench: Bench) -> None:
    session = bench.declared()
    console = bench.service.console(session.id)
    console.drafts.keep("log-line", "half a sentence")
    console.aside.append(session.incident.recorded)
    assert console.drafts.settle()
    root = bench.home.state.root
    assert root is not None
    kept = [path for path in root.rglob("*") if path.is_file()]
    assert {"drafts.json", "aside.jsonl"} <= {path.name for path in kept}
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
    console.close()


@contextmanager
def somebody_else() -> Iterator[None]:
    """Another user of the machine, as far as files are concerned."""
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look at files as another user")
def test_others_see_the_other_incidents_and_no_trouble() -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        base.chmod(0o755)
        bench = Bench(base, {"TZ": "UTC", "PATH": folder})
        open_one = bench.declared("No bread")
        bench.service.declare(Declaration("Leak", protected=True))
        with somebody_else():
            assert [path.name for path in Home(bench.home.path).folders()] == [open_one.id]
            assert [listed.id for listed in bench.service.listed()] == [open_one.id]
            assert bench.service.active() == [open_one.id]


def test_a_folder_that_cannot_be_entered_hides_no_other(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = bench.declared("No bread")
    hidden = bench.declared("Leak")
    real = os.lstat

    def refused(path: object, *args: object, **kwargs: object) -> os.stat_result:
        if str(path).startswith(f"{hidden.folder}/"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "lstat", refused)
    assert [path.name for path in bench.home.folders()] == [shown.id]


def test_a_link_is_left_alone_and_all_that_comes_after_it_is_not(tmp_path: Path) -> None:
    folder, outside = tmp_path / "incident", tmp_path / "outside.txt"
    (folder / "b").mkdir(parents=True)
    for path in (outside, folder / "b" / "c.txt", folder / "z.txt"):
        path.touch(0o644)
    (folder / "a").symlink_to(outside)
    (folder / "b" / "link").symlink_to(tmp_path / "nowhere")
    assert make_private_to_owner(folder) == []
    assert outside.stat().st_mode & 0o777 == 0o644
    assert (folder / "z.txt").stat().st_mode & 0o777 == 0o600
    assert (folder / "b" / "c.txt").stat().st_mode & 0o777 == 0o600
