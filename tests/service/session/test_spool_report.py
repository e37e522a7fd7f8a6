"""Entries that wait beside their log are named, wherever that is, with what to do now."""

import os
from pathlib import Path

import pytest

from incident_tui.service import IncidentSession
from incident_tui.service.session.spool_report import every_spooled, homeless, spooled_of
from incident_tui.service.upkeep.verification import verify
from tests.service.conftest import Bench
from tests.support.state import side_file


@pytest.fixture
def at_home(tmp_path: Path) -> Bench:
    """Somebody with a folder of their own, and with it a state folder."""
    return Bench(tmp_path, {"TZ": "UTC", "HOME": str(tmp_path), "PATH": str(tmp_path)})


def kept_aside(bench: Bench, *texts: str) -> tuple[IncidentSession, Path]:
    """An incident with these entries in a side file, and not in its log; that file."""
    session = bench.declared()
    before = session.file.path.read_bytes()
    entries = [session.enter(text).entries[0] for text in texts]
    session.file.path.write_bytes(before)
    return session, bench.home.aside(session.id).append(entries)


def test_verify_names_what_waits_where_it_is_and_what_adds_it(at_home: Bench) -> None:
    session, path = kept_aside(at_home, "smoke", "flames")
    verdict = verify(at_home.home, session.id, at_home.env)
    assert not verdict.well
    finding = verdict.findings[0]
    assert (finding.about, finding.text) == (
        "incident.json",
        f"2 entries wait in the side file {path}",
    )
    assert f"incident-tui recover {session.id}" in finding.mend
    (waits,) = spooled_of(at_home.home, session.id)
    assert (waits.path, waits.entries, waits.gone) == (path, 2, False)


def test_the_state_folder_is_the_one_below_the_users_own(at_home: Bench) -> None:
    _, path = kept_aside(at_home, "smoke")
    assert path.is_relative_to(at_home.base / "state")


def test_entries_in_both_places_are_counted_once(at_home: Bench) -> None:
    session, first = kept_aside(at_home, "smoke", "flames")
    entries = side_file(first.parent).entries()
    at_home.home.aside(session.id).append(entries[1:])
    spooled = spooled_of(at_home.home, session.id)
    assert sum(each.entries for each in spooled) == 2


def test_what_the_log_holds_already_does_not_wait(at_home: Bench) -> None:
    session = at_home.declared()
    at_home.home.aside(session.id).append(session.enter("smoke").entries)
    assert spooled_of(at_home.home, session.id) == []
    assert not [
        each for each in verify(at_home.home, session.id, at_home.env).findings if each.wrong
    ]


def test_a_damaged_log_does_not_hide_what_waits(at_home: Bench) -> None:
    session, path = kept_aside(at_home, "smoke")
    session.file.path.write_text("{")
    texts = [finding.text for finding in verify(at_home.home, session.id, at_home.env).findings]
    assert f"1 entry waits in the side file {path}" in texts
    (waits,) = every_spooled(at_home.home)
    assert not waits.gone
    assert len(texts) > 1


def test_an_incident_whose_folder_is_gone_is_named_with_what_waits(at_home: Bench) -> None:
    session, path = kept_aside(at_home, "smoke")
    session.folder.rename(at_home.base / "away")
    assert homeless(at_home.home) == [session.id]
    (waits,) = every_spooled(at_home.home)
    assert (waits.path, waits.gone) == (path, True)
    assert "switch back" in waits.mend
    findings = verify(at_home.home, session.id, at_home.env).findings
    assert str(path) in findings[0].text
    assert any("is not there" in finding.text for finding in findings)


def test_one_whose_side_file_cannot_be_read_is_named_as_well(at_home: Bench) -> None:
    session, path = kept_aside(at_home, "smoke")
    session.folder.rename(at_home.base / "away")
    path.unlink()
    path.mkdir()
    assert homeless(at_home.home) == [session.id]


def test_a_home_that_is_gone_as_a_whole_does_not_hide_what_waits(at_home: Bench) -> None:
    session, _ = kept_aside(at_home, "smoke")
    at_home.home.path.rename(at_home.base / "away")
    assert [each.id for each in every_spooled(at_home.home)] == [session.id]


def test_a_folder_of_state_that_is_no_incident_hides_none_behind_it(at_home: Bench) -> None:
    session, path = kept_aside(at_home, "smoke")
    (path.parent.parent.parent / "-not an id").mkdir()
    assert [each.id for each in every_spooled(at_home.home)] == [session.id]


def test_entries_of_another_home_are_not_taken_for_ours(at_home: Bench, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Bench(tmp_path / "other", at_home.env)
    kept_aside(other, "smoke")
    assert list(every_spooled(at_home.home)) == []


@pytest.mark.parametrize("name", ["..jsonl", "-rf.jsonl", "x y.jsonl"])
def test_a_file_that_is_no_side_file_of_ours_is_passed_over(at_home: Bench, name: str) -> None:
    session, path = kept_aside(at_home, "smoke")
    path.with_name(name).write_bytes(path.read_bytes())
    assert [each.id for each in every_spooled(at_home.home)] == [session.id]


def test_a_side_file_that_cannot_be_read_is_said_to_be_there(at_home: Bench) -> None:
    """A folder in its place is what a superuser cannot read either."""
    session, path = kept_aside(at_home, "smoke")
    os.unlink(path)
    path.mkdir()
    (waits,) = spooled_of(at_home.home, session.id)
    assert "cannot be read" in waits.summary
    assert waits.mend
    assert not verify(at_home.home, session.id, at_home.env).well


def test_without_a_state_folder_nothing_waits_and_nothing_fails(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {"TZ": "UTC", "XDG_STATE_HOME": "relative"})
    session = bench.declared()
    assert list(every_spooled(bench.home)) == spooled_of(bench.home, session.id) == []
