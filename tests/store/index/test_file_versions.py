"""Versions of files: any change shows, and what may still change unseen is not trusted."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from incident_tui.store.index.file_versions import UNSURE, sure_version, version_of

SECOND = 1_000_000_000


def _same_size(path: Path) -> None:
    path.write_bytes(b"other")


def _same_size_and_time(path: Path) -> None:
    before = path.stat()
    path.write_bytes(b"other")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced(path: Path) -> None:
    before = path.stat()
    beside = path.with_name("beside")
    beside.write_bytes(b"whole")
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    beside.replace(path)


def test_each_number_that_tells_files_apart_counts(tmp_path: Path) -> None:
    numbers = (0o100600, 7, 8, 1, 0, 0, 5, 0, 0, 0)  # mode, inode, device, …, size
    more = {"st_mtime_ns": 3, "st_ctime_ns": 4}
    known = [os.stat_result(numbers, more)]
    for place in (1, 2, 6):
        other = [number + (at == place) for at, number in enumerate(numbers)]
        known.append(os.stat_result(other, more))
    known += [os.stat_result(numbers, more | {name: 9}) for name in more]
    assert len({version_of(status) for status in known}) == len(known)


@pytest.mark.parametrize("change", [_same_size, _same_size_and_time, _replaced])
def test_whatever_changes_a_file_makes_it_another_version(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = tmp_path / "incident.json"
    path.write_bytes(b"first")
    os.utime(path, ns=(SECOND, SECOND))
    before = version_of(path.stat())
    change(path)
    assert version_of(path.stat()) != before


@pytest.mark.parametrize(("age", "trusted"), [(-5, False), (0, False), (1.9, False), (2, True)])
def test_a_file_is_trusted_from_two_seconds_after_its_last_change(
    tmp_path: Path, age: float, trusted: bool
) -> None:
    path = tmp_path / "incident.json"
    path.write_bytes(b"first")
    facts = path.stat()
    version = version_of(facts)
    seen_at = max(facts.st_mtime_ns, facts.st_ctime_ns) + int(age * SECOND)
    assert sure_version(version, seen_at) == (version if trusted else UNSURE)
    assert sure_version(version + version, seen_at) == (2 * version if trusted else UNSURE)
