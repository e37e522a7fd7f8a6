"""Entries beside a log that nobody here kept are listed, and recorded or left by one line."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.stored_entries import encode
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.service import IncidentSession
from incident_tui.service.session.spooler import Spooler
from incident_tui.service.session.unverified_entries import left_beside
from incident_tui.service.upkeep.verification import verify
from incident_tui.store.home import Home
from tests.service.conftest import Bench


def texts(session: IncidentSession) -> list[str]:
    return [getattr(entry.event, "text", "") for entry in session.incident.recorded][1:]


def planted(bench: Bench, session: IncidentSession, *texts: str) -> Path:
    """A side file in the home, where a clone or an older version may have put it."""
    path = bench.home.path / ".incident-tui" / "aside" / f"{session.id}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(encode(each) + b"\n" for each in entries(bench, texts)))
    return path


def entries(bench: Bench, texts: Sequence[str]) -> list[Entry]:
    now = bench.clock.now
    return [
        Entry(f"aaaaaaaa000{n}", 2 + n, now, now, "ceo", FactRecorded(text=text))
        for n, text in enumerate(texts)
    ]


def console(bench: Bench, session: IncidentSession) -> Spooler:
    return Spooler(bench.service.open(session.id), bench.service.console(session.id).aside)


def test_nothing_is_recorded_unasked(bench: Bench, session: IncidentSession) -> None:
    path = planted(bench, session, "shut down the data centre")
    spooler = console(bench, session)
    spooler.refresh()
    spooler.enter("smoke")
    assert texts(spooler.session) == ["smoke"]
    assert str(path) in spooler.unverified.summary()
    assert "ceo: fact shut down the data centre" in spooler.unverified.summary(
        spooler.session.incident
    )


def test_verify_names_them_and_what_to_do(bench: Bench, session: IncidentSession) -> None:
    path = planted(bench, session, "smoke", "flames")
    verdict = verify(bench.home, session.id, bench.env)
    assert not verdict.well
    assert f"2 entries not known to be yours in {path}" in verdict.findings[0].text
    assert "/found record" in verdict.findings[0].mend


@pytest.mark.parametrize("way", ["console", "command line"])
def test_one_line_records_them_after_what_the_log_has(bench: Bench, way: str) -> None:
    session = bench.declared()
    planted(bench, session, "smoke", "flames")
    session.enter("rain")
    if way == "console":
        spooler = console(bench, session)
        spooler.refresh()
        receipt = spooler.enter("/found record")
        assert spooler.unverified.summary() == ""
    else:
        receipt = session.enter("/found record")
    assert len(receipt.entries) == 2
    assert texts(bench.service.open(session.id)) == ["rain", "smoke", "flames"]
    assert left_beside(bench.home, session.id).summary() == ""


def test_one_line_leaves_them_where_they_lie_for_good(bench: Bench) -> None:
    session = bench.declared()
    path = planted(bench, session, "smoke")
    before = path.read_bytes()
    spooler = console(bench, session)
    spooler.refresh()
    spooler.enter("/found leave")
    assert (spooler.unverified.summary(), path.read_bytes(), texts(spooler.session)) == (
        "",
        before,
        [],
    )
    assert left_beside(bench.home, session.id).summary() == ""
    planted(bench, session, "something else")
    assert left_beside(bench.home, session.id).summary()


def test_without_any_the_line_is_refused(session: IncidentSession) -> None:
    with pytest.raises(Refused, match="nothing was found"):
        session.enter("/found record")
    with pytest.raises(Refused, match="is not record or leave"):
        session.enter("/found perhaps")


def test_a_link_in_the_place_of_a_side_file_is_not_read(bench: Bench) -> None:
    session = bench.declared()
    path = planted(bench, session, "smoke")
    elsewhere = path.rename(bench.base / "elsewhere")
    path.symlink_to(elsewhere)
    assert left_beside(bench.home, session.id).summary() == ""


@pytest.mark.parametrize(("line", "returned"), [("/found record", True), ("/found leave", False)])
def test_what_waited_for_a_home_that_was_moved_is_asked_about_once(
    bench: Bench, session: IncidentSession, line: str, returned: bool
) -> None:
    before = bench.service.console(session.id)
    before.aside.append(entries(bench, ["smoke"]))
    before.drafts.keep("log-line", "half a line")
    before.close()
    bench.home.path.rename(bench.base / "moved")
    bench.home = bench.service.home = Home(bench.base / "moved", bench.home.state.root)
    spooler = console(bench, session)
    spooler.refresh()
    assert texts(spooler.session) == []
    assert "1 unsent text of before a move" in spooler.unverified.summary()
    spooler.enter(line)
    spooler.refresh()
    assert texts(spooler.session) == (["smoke"] if returned else [])
    assert spooler.unverified.summary() == ""
    assert bench.service.console(session.id).drafts.get("log-line") == (
        "half a line" if returned else ""
    )


def test_what_lies_beside_a_damaged_log_is_named_all_the_same(
    bench: Bench, session: IncidentSession
) -> None:
    path = planted(bench, session, "smoke")
    session.file.path.write_text("{")
    [(where, remnant)] = left_beside(bench.home, session.id).files
    assert (where, len(remnant)) == (path, 1)
