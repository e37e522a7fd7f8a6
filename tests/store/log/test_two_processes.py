"""Several processes on one file, and processes that die while they write."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from incident_tui.domain.core.events import Entry
from incident_tui.store.files.errors import Busy
from incident_tui.store.log.incident_file import IncidentFile

MakeEntry = Callable[..., Entry]
OpenFile = Callable[..., IncidentFile]
RunCode = Callable[..., subprocess.Popen[str]]

PREPARE = """
import os, sys
from msgspec.structs import replace
from datetime import UTC, datetime
from pathlib import Path
from incident_tui.domain import discovery
from incident_tui.domain.core.events import Entry
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.store.files.atomic import SYSTEM
from incident_tui.store.log.incident_file import IncidentFile

discovery.load()
folder, name = Path(sys.argv[1]), sys.argv[2]
at = datetime(2026, 11, 20, 14, tzinfo=UTC)

def open_file(**changes):
    system = replace(SYSTEM, **changes)
    lock = folder / ".incident-tui" / "locks" / "x.lock"
    return IncidentFile(folder / "incident.json", lock=lock, wait=60, system=system)

def entry(order, turn=0):
    return Entry(f"{name}-{turn}", order, at, at, name, FactRecorded(text=name))
"""

WRITE_MANY = (
    PREPARE
    + """
file = open_file()
seen = {entry.id for entry in file.read().entries}
print("ready", flush=True)
sys.stdin.readline()
for turn in range(25):
    with file.transaction() as transaction:
        seen |= {entry.id for entry in transaction.new}
        transaction.append([entry(transaction.next_order, turn)])
        seen.add(f"{name}-{turn}")
        assert seen == {entry.id for entry in transaction.all}, "told of each entry of the others"
"""
)


def test_four_processes_lose_nothing_and_number_without_gaps(
    tmp_path: Path, open_file: OpenFile, run_code: RunCode
) -> None:
    open_file(tmp_path)
    writers = [run_code(WRITE_MANY, str(tmp_path), f"writer{number}") for number in range(4)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    problems = [writer.communicate(timeout=60)[1] for writer in writers]
    assert problems == [""] * 4
    entries = open_file(tmp_path).read().entries
    assert [entry.order for entry in entries] == list(range(1, 101))
    assert {entry.id for entry in entries} == {
        f"writer{number}-{turn}" for number in range(4) for turn in range(25)
    }


DIE = {
    "half-way-through-writing": "write=lambda fd, data: os._exit(os.write(fd, data[:40]) and 9)",
    "before-it-is-synchronised": "fsync=lambda fd: os._exit(9)",
    "before-the-rename": "replace=lambda old, new: os._exit(9)",
    "after-the-rename": "replace=lambda old, new: os._exit(os.replace(old, new) or 9)",
}


@pytest.mark.parametrize("moment", DIE)
def test_a_process_that_dies_leaves_the_old_log_or_the_new_one(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile, run_code: RunCode, moment: str
) -> None:
    file = open_file(tmp_path)
    with file.transaction() as transaction:
        transaction.append([entry(1)])
    code = f"{PREPARE}\nwith open_file({DIE[moment]}).transaction() as t: t.append([entry(2)])"
    died = run_code(code, str(tmp_path), "other")
    problems = died.communicate(timeout=60)[1]
    assert died.returncode == 9, problems
    ids = [each.id for each in open_file(tmp_path).read().entries]
    assert ids == (["id-1", "other-0"] if moment == "after-the-rename" else ["id-1"])
    with file.transaction() as transaction:
        transaction.append([entry(3)])
    assert [each.id for each in open_file(tmp_path).read().entries] == [*ids, "id-3"]
    assert sorted(os.listdir(tmp_path)) == [".incident-tui", "incident.json"]


def test_the_lock_of_a_process_that_is_killed_is_free_again(
    tmp_path: Path, open_file: OpenFile, run_code: RunCode
) -> None:
    open_file(tmp_path)
    hold = (
        "with open_file().transaction():\n    print('held', flush=True)\n    sys.stdin.readline()"
    )
    holder = run_code(f"{PREPARE}\n{hold}", str(tmp_path), "other")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Busy) as caught, open_file(tmp_path, wait=0.05).transaction():
        pass
    assert caught.value.owner == holder.pid
    holder.kill()
    holder.communicate(timeout=60)
    with open_file(tmp_path, wait=5).transaction():
        pass


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        (
            "import incident_tui.store.log.incident_file",
            {"platformdirs", "asyncio", "textual", "git"},
        ),
        (
            "import incident_tui.store.home",
            {"platformdirs", "asyncio", "textual", "git", "difflib"},
        ),
    ],
    ids=["file", "home"],
)
def test_only_what_is_needed_is_loaded(
    tmp_path: Path, open_file: OpenFile, run_code: RunCode, code: str, absent: set[str]
) -> None:
    open_file(tmp_path)
    loaded = run_code(f"{code}\nimport sys; print(*sys.modules)", str(tmp_path), "reader")
    names, problems = loaded.communicate(timeout=60)
    assert problems == ""
    assert not absent & set(names.split())
