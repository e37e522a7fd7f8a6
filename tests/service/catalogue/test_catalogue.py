"""What is known of every incident is what the logs say, whatever the index holds or lost."""

import fcntl
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from incident_tui.domain.outline import Outline, outline
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.report import Data, summary
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.service import Declaration, Service
from incident_tui.service.across.entry_search import search
from incident_tui.store.files.errors import StoreError
from incident_tui.store.index.index_file import IndexFile
from incident_tui.store.index.unusable import Unusable
from tests.service.conftest import Bench

BREAD, ROLLS, CAKE = (f"2026-11-20-no-{what}" for what in ("bread", "rolls", "cake"))


def the_truth(service: Service) -> tuple[dict[str, Data], dict[str, Outline], list[str]]:
    """What the logs themselves say."""
    read, going_on = {}, []
    for folder in service.home.folders():
        try:
            read[folder.name] = service.read(folder)
        except StoreError:
            continue
        except PlaybookError:
            going_on.append(folder.name)  # lines are refused in it, but it is not closed
        else:
            going_on += [folder.name] * (read[folder.name].of(Lifecycle).closed is None)
    return (
        {name: summary(incident) | {"id": name} for name, incident in read.items()},
        {name: outline(incident) for name, incident in read.items()},
        going_on,
    )


def listed(service: Service) -> tuple[dict[str, Data], dict[str, Outline], list[str]]:
    """What the catalogue says."""
    return service.catalogue.summaries()[0], service.catalogue.outlines()[0], service.active()


def logs_read(service: Service, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The incidents whose logs are read from now on."""
    read: list[str] = []
    of_a_log = Service.read

    def counted(self: Service, folder: Path) -> object:
        read.append(folder.name)
        return of_a_log(self, folder)

    monkeypatch.setattr(Service, "read", counted)
    return read


def in_cache(bench: Bench) -> bytes:
    files = [path for path in (bench.base / "cache").rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in files)


def index_of(bench: Bench) -> Path:
    (path,) = (bench.base / "cache").rglob("index.db")
    return path


def _declare(bench: Bench) -> None:
    bench.declared("No milk")


def _type(bench: Bench) -> None:
    bench.service.open(BREAD).enter("/sev SEV1 nobody eats")


def _close(bench: Bench) -> None:
    bench.service.open(ROLLS).enter("/close false-positive there are rolls")


def _reopen(bench: Bench) -> None:
    bench.service.open(CAKE).enter("/reopen triage it was none")


def _go_on_after_the_close(bench: Bench) -> None:
    bench.service.open(CAKE).enter("+ alert when flour runs out owner:ana due:2w")


def _protect(bench: Bench) -> None:
    bench.service.open(BREAD).enter("/protect it names a person")


def _remove(bench: Bench) -> None:
    shutil.rmtree(bench.home.path / ROLLS)


def _break(bench: Bench) -> None:
    (bench.home.path / ROLLS / "incident.json").write_bytes(b"{")


def _break_the_playbook(bench: Bench) -> None:
    (bench.home.path / ROLLS / "playbook.toml").write_text("id = 1")


def _write_in_place_and_hide_it(bench: Bench) -> None:
    """Another word of as many letters, with the time put back: only the kernel knows."""
    path = bench.home.path / BREAD / "incident.json"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"No bread", b"No beard"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _lose_the_index(bench: Bench) -> None:
    index_of(bench).unlink()


def _damage_the_index(bench: Bench) -> None:
    with index_of(bench).open("r+b") as file:
        file.seek(5000)
        file.write(b"\x07" * 2000)


def _put_another_in_its_place(bench: Bench) -> None:
    index_of(bench).write_bytes(b"not a database at all")


def _open_it_to_others(bench: Bench) -> None:
    (bench.base / "cache" / "incident-tui").chmod(0o755)


def _have_a_file_in_the_way(bench: Bench) -> None:
    shutil.rmtree(bench.base / "cache")
    (bench.base / "cache").write_text("in the way")


CHANGES = (
    _declare,
    _type,
    _close,
    _reopen,
    _go_on_after_the_close,
    _protect,
    _remove,
    _break,
    _break_the_playbook,
    _write_in_place_and_hide_it,
    _lose_the_index,
    _damage_the_index,
    _put_another_in_its_place,
    _open_it_to_others,
    _have_a_file_in_the_way,
)


@pytest.mark.parametrize("change", CHANGES)
def test_it_says_what_the_logs_say_after_any_change(
    indexed: Bench, change: Callable[[Bench], None]
) -> None:
    change(indexed)
    for _ in range(2):  # the second time from what the first has kept
        assert listed(indexed.service) == the_truth(indexed.service)


def test_a_log_is_read_again_only_where_it_changed(
    indexed: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    _type(indexed)
    read = logs_read(indexed.service, monkeypatch)
    listed(indexed.service)
    assert read == [BREAD]


def test_the_newest_comes_first(indexed: Bench) -> None:
    _declare(indexed)
    newest, *others = [one.id for one in indexed.service.listed()]
    assert newest == "2026-11-20-no-milk", "the one that was declared last, whatever its name"
    assert {newest, *others} == {each.name for each in indexed.home.folders()}


def test_a_log_that_may_have_changed_unseen_is_read_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incident_tui.service.catalogue.logs.WORTH_AN_INDEX", 0)
    bench.declared("No bread")
    bench.service.listed()
    read = logs_read(bench.service, monkeypatch)
    bench.service.listed()
    assert read == [BREAD]


def test_few_logs_are_read_without_an_index(bench: Bench) -> None:
    bench.declared("No bread")
    listed(bench.service)
    assert search(bench.service, ["bread"]).total == 1
    assert not (bench.base / "cache").exists()


def test_an_index_goes_when_so_little_is_left_that_none_is_worth_it(
    indexed: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody would take out of it what is redacted, or gone, any more."""
    assert b"flour" in in_cache(indexed)
    monkeypatch.setattr("incident_tui.service.catalogue.logs.WORTH_AN_INDEX", 10**9)
    indexed.service.listed()
    assert b"flour" not in in_cache(indexed)


def test_what_was_read_before_it_was_stopped_is_kept(
    indexed: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lose_the_index(indexed)

    def stop(done: int, total: int) -> None:
        assert total == 3
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexed.service.listed(stop)
    read = logs_read(indexed.service, monkeypatch)
    indexed.service.listed()
    assert read == [ROLLS]


def test_protected_incidents_are_in_no_index(indexed: Bench) -> None:
    indexed.service.declare(Declaration("A leak", protected=True)).enter("marmalade of acme")
    listed(indexed.service)
    assert search(indexed.service, ["marmalade"], protected=True).total == 1
    assert search(indexed.service, ["marmalade"]).total == 0
    assert b"marmalade" not in in_cache(indexed)
    assert b"A leak" not in in_cache(indexed)


def test_nothing_is_left_of_an_incident_that_went_away(indexed: Bench) -> None:
    """A colleague protected it, which takes its folder out of the repository."""
    assert b"flour" in in_cache(indexed)
    _remove(indexed)
    indexed.service.listed()
    assert b"flour" not in in_cache(indexed)


def test_nothing_is_left_of_an_incident_that_is_protected_later(indexed: Bench) -> None:
    assert b"the oven is cold" in in_cache(indexed)
    _protect(indexed)
    assert b"the oven is cold" not in in_cache(indexed)
    listed(indexed.service)
    assert b"the oven is cold" not in in_cache(indexed)


def test_who_searches_finds_the_same_where_the_index_is_lost_meanwhile(
    indexed: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*words: object, **more: object) -> object:
        raise Unusable("somebody removed it")

    searchable = indexed.service.catalogue.searchable()
    before = searchable.labels()
    monkeypatch.setattr(IndexFile, "read", lost)
    assert searchable.labels() == before
    assert before.keys() == {BREAD, ROLLS, CAKE}


@pytest.mark.parametrize("again", [listed, lambda service: search(service, ["oven"])])
def test_a_redaction_leaves_no_byte(indexed: Bench, again: Callable[[Service], object]) -> None:
    session = indexed.service.open(BREAD)
    session.enter("\\the key is hunter2marmalade of the shop")
    session.enter("/amend 3 the key was hunter2marmalade of the shop")
    search(indexed.service, ["oven"])
    assert b"hunter2marmalade" in in_cache(indexed)
    session.enter("/redact 3 a key")
    assert b"hunter2marmalade" not in in_cache(indexed)
    again(indexed.service)
    assert b"marmalade" not in in_cache(indexed)
    assert search(indexed.service, ["marmalade"]).total == 0


@pytest.mark.parametrize(
    "read",
    [Service.active, Service.listed, listed, lambda service: search(service, ["oven"])],
    ids=["active", "listed", "told", "search"],
)
def test_what_was_redacted_elsewhere_is_gone_with_the_next_read(
    indexed: Bench, read: Callable[[Service], object], tmp_path: Path
) -> None:
    session = indexed.service.open(BREAD)
    session.enter("the key is hunter2marmalade of the shop")
    listed(indexed.service)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(indexed.home.path, elsewhere / "home")
    other = Bench(elsewhere)
    other.service.open(BREAD).enter("/redact 3 a key")
    log = Path(BREAD) / "incident.json"
    (indexed.home.path / log).write_bytes((other.home.path / log).read_bytes())
    assert b"hunter2marmalade" in in_cache(indexed)
    read(indexed.service)
    assert b"marmalade" not in in_cache(indexed)


def test_who_cannot_wait_for_the_index_reads_the_logs(
    indexed: Bench,
) -> None:
    _declare(indexed)
    with index_of(indexed).with_name("index.lock").open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert listed(indexed.service) == the_truth(indexed.service)
        assert search(indexed.service, ["milk"]).total == 1
        assert "in use by another process" in indexed.service.catalogue.trouble


def test_history_is_found_by_when_it_was_and_not_by_its_import(indexed: Bench) -> None:
    lines = "2019-03-31 12:00 the certificate of the oven expired\n2019-03-31 13:00 renewed"
    over = Declaration("Oven without a certificate", afterwards=True, day=date(2019, 3, 31))
    session = indexed.service.declare(over)
    for line in lines.splitlines():
        day, clock, text = line.split(" ", 2)
        session.enter(f"@{day}T{clock}Z {text}")
    (hit,) = search(indexed.service, ["without", "certificate"]).hits
    assert hit.at.year == 2019
