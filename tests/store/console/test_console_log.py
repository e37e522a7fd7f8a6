"""What went wrong beside the typing is in a file, which never grows without end."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest

from incident_tui.store.console import console_log
from incident_tui.store.console.console_log import LARGEST, ConsoleLog
from tests.support.world import START


def test_each_line_has_its_time_and_is_there_when_the_console_has_ended(tmp_path: Path) -> None:
    log = ConsoleLog(tmp_path / "new")
    log.write(START, "the commit is pending: no git")
    log.write(START, "committed after all")
    log.close()
    assert (tmp_path / "new" / "console.log").read_text().splitlines() == [
        "2026-11-20T14:12:00Z the commit is pending: no git",
        "2026-11-20T14:12:00Z committed after all",
    ]
    assert (tmp_path / "new" / "console.log").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_full_makes_room_for_the_next_one(tmp_path: Path) -> None:
    (tmp_path / "console.log").write_text("x" * (LARGEST + 1))
    log = ConsoleLog(tmp_path)
    log.write(START, "more")
    log.close()
    assert (tmp_path / "console.log").read_text().endswith("more\n")
    assert (tmp_path / "console.log.1").stat().st_size == LARGEST + 1


def test_where_nothing_can_be_kept_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for root in (None, tmp_path / "file"):
        log = ConsoleLog(root)
        log.write(START, "lost")
        log.close()


def test_a_console_that_ends_while_its_log_begins_ends_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    class SlowToBegin(Thread):
        def start(self) -> None:
            begun.set()
            go_on.wait()
            super().start()

    monkeypatch.setattr(console_log, "Thread", SlowToBegin)
    log = ConsoleLog(tmp_path)
    with ThreadPoolExecutor() as others:
        wrote = others.submit(log.write, START, "the commit is pending: no git")
        begun.wait()
        closed = others.submit(log.close)
        go_on.set()
        wrote.result()
        closed.result()
    log.close()
    assert (tmp_path / "console.log").read_text().endswith("no git\n")
