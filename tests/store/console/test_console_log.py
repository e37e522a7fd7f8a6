"""What went wrong beside the typing is in a file, which never grows without end."""

from pathlib import Path

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
