"""Redaction on disk: log, documents and evidence lose the words; git is told apart plainly."""

from pathlib import Path

import pytest

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.core.commands import Refused
from incident_tui.service import IncidentSession
from incident_tui.service.git.commits import committer_for
from incident_tui.service.secrets.texts import must_not_leave
from incident_tui.service.upkeep.verification import verify
from incident_tui.store.files.errors import NotSaved
from incident_tui.store.log.incident_file import Transaction
from tests.service.conftest import Bench
from tests.service.secrets.test_texts import GITHUB

WORDS = "the customer is called Brezhnova"


def files_with(folder: Path, words: str = "Brezhnova") -> list[str]:
    """The files of a folder that hold these words, outside of git."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    holders = [path for path in files if words.encode() in path.read_bytes()]
    return sorted(path.relative_to(folder).as_posix() for path in holders)


def committed(bench: Bench, *lines: str) -> IncidentSession:
    session = bench.declared()
    for line in lines:
        session.enter(line)
    committer_for(session, bench.home, bench.env)()
    return session


def test_log_and_documents_lose_the_words_at_once(git_bench: Bench) -> None:
    session = committed(git_bench, WORDS, f"/amend 2 {WORDS}, from Omsk")
    assert files_with(session.folder) == ["incident.json", "timeline.md"]
    session.enter("/redact 2 personal data")
    assert files_with(session.folder) == []
    assert "personal data" in (session.folder / "timeline.md").read_text("utf-8")


@pytest.mark.parametrize("alone", range(4))
def test_words_are_gone_however_many_lines_were_written_together(bench: Bench, alone: int) -> None:
    """The first of them each by itself, the others in one write with their redaction."""
    secret = "Tr0ub4dor&3x"
    lines = [f"password: {secret}", f"/amend 2 password: {secret} x", f"! no {secret}", "/redact 2"]
    session = bench.declared()
    for line in lines[:alone]:
        session.enter(line)
    session.enter_group([*lines[alone:], "all good again"])
    assert files_with(session.folder, secret) == []
    assert secret not in repr(session.incident.recorded)
    assert "all good again" in repr(session.incident.recorded)
    assert bench.service.open(session.id).incident.recorded == session.incident.recorded


def test_what_was_frozen_with_a_revision_loses_them_too(git_bench: Bench) -> None:
    session = git_bench.declared()
    lines = (
        "/role all ana", f"@14:02 = 5xx 0.2 % -> 12 % {WORDS} src:pager", "/sev SEV2 region",
        "/impact users 12 %", "/impact services checkout", "/impact data none", "/scope users eu",
        "/scope fault-domain eu", "/scope dependency none", "/scope recent-change none",
        "? v42", f"! roll back: {WORDS}", "/update failing. next:+30m", "/advance",
    )  # fmt: skip
    for line in lines:
        session.enter(line)
    committer_for(session, git_bench.home, git_bench.env)()
    assert any(name.startswith("artifacts/") for name in files_with(session.folder))
    numbers = [
        session.incident.number(entry.id)
        for entry in session.incident.recorded
        if entry.event.kind in ("reading", "decision")
    ]
    for number in numbers:
        session.enter(f"/redact {number}")
    assert files_with(session.folder) == []


def test_another_console_sees_the_words_disappear(bench: Bench, session: IncidentSession) -> None:
    session.enter(WORDS)
    other = bench.service.open(session.id)
    session.enter("/redact 2")
    other.refresh()
    assert "Brezhnova" not in repr(other.incident.entries)
    assert "Brezhnova" not in repr(session.incident.entries)


def test_attached_files_are_replaced_by_a_note(bench: Bench) -> None:
    (bench.base / "dump.txt").write_text(WORDS)
    session = bench.declared()
    session.enter("/evidence dump.txt")
    session.enter("/redact 2 a customer's name")
    assert files_with(session.folder) == []
    assert "a customer's name" in (session.folder / "evidence" / "dump.txt").read_text("utf-8")
    assert verify(bench.home, session.id).well


def test_whatever_else_attached_the_same_file_knows_the_note(bench: Bench) -> None:
    (bench.base / "dump.txt").write_text(WORDS)
    session = bench.declared()
    session.enter("/evidence dump.txt")
    session.enter("/evidence dump.txt")
    session.enter("/redact 2")
    assert files_with(session.folder) == []
    assert verify(bench.home, session.id).well


def test_a_redacted_file_that_was_changed_by_hand_is_gone_as_well(bench: Bench) -> None:
    (bench.base / "dump.txt").write_text("harmless")
    session = bench.declared()
    session.enter("/evidence dump.txt")
    (session.folder / "evidence" / "dump.txt").write_text(WORDS)
    session.enter("/redact 2")
    assert files_with(session.folder) == []
    assert verify(bench.home, session.id).well


def test_the_text_of_the_last_pull_request_is_gone_too(bench: Bench) -> None:
    session = bench.declared()
    session.enter(WORDS)
    text = bench.home.state.make("deliveries") / f"{session.id}.md"
    text.write_text(WORDS)
    session.enter("/redact 2")
    assert files_with(bench.base) == []


@pytest.mark.parametrize(
    "line",
    [
        "/role operations {}", "+ rotate owner:{} due:fri", "/checkpoint {}",
        "cold src:https://ana:{}@grafana.example.org/",
    ],
)  # fmt: skip
def test_a_secret_in_the_place_of_a_name_is_gone_as_well(bench: Bench, line: str) -> None:
    session = bench.declared()
    receipt = session.enter(line.format(GITHUB))
    for number in receipt.numbers[:1]:
        session.enter(f"/redact {number}")
    assert files_with(session.folder, GITHUB) == []
    must_not_leave(session.incident)


def test_a_reason_that_holds_a_secret_is_refused_since_a_mark_stays(bench: Bench) -> None:
    session = bench.declared()
    session.enter(WORDS)
    with pytest.raises(Refused, match=r"the reason looks like it holds a secret itself"):
        session.enter(f"/redact 2 it was {GITHUB}")
    assert files_with(session.folder, GITHUB) == []
    assert len(session.file.read().entries) == 2


@pytest.mark.parametrize("why", [WORDS, f"since {WORDS.upper()}!", "from Omsk, she said"])
def test_a_reason_that_repeats_the_words_is_refused_since_a_mark_stays(
    session: IncidentSession, why: str
) -> None:
    session.enter_group([WORDS, "/amend 2 from Omsk, she said"])
    with pytest.raises(Refused, match=r"the reason repeats the words of #2"):
        session.enter(f"/redact 2 {why}")
    assert "repeats the words" in str(session.enter_group([f"/redact 2 {why}"])[0])
    session.enter("/redact 2 the customer asked for it")
    assert files_with(session.folder, "Omsk") == files_with(session.folder) == []


def test_detected_secrets_are_taken_out_of_other_entries(bench: Bench) -> None:
    secret = "Tr0ub4dor&3x"
    session = bench.declared()
    session.enter(f"password: {secret}")
    session.enter(f"! nobody may use {secret} any more")
    session.enter("/redact 2")
    assert files_with(session.folder, secret) == []
    assert "nobody may use (redacted) any more" in repr(session.incident.entries)


def test_without_a_commit_nothing_more_is_to_be_done(git_bench: Bench) -> None:
    session = committed(git_bench)
    session.enter(WORDS)
    receipt = session.enter("/redact 2")
    assert "commits" not in receipt.summary


def test_where_a_commit_holds_them_that_is_said(git_bench: Bench) -> None:
    session = committed(git_bench, WORDS)
    receipt = session.enter("/redact 2")
    assert receipt.summary == "redacted #2 redacted (earlier commits still hold it)"


def test_without_git_it_is_taken_for_uncommitted(session: IncidentSession) -> None:
    session.enter(WORDS)
    (entry,) = session.enter("/redact 2").entries
    assert entry.event == EntryRedacted(target=session.incident.recorded[1].id)


def test_a_full_disk_leaves_the_mark_out_rather_than_promising_too_much(
    session: IncidentSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.enter(WORDS)

    def full(self: Transaction, entry: object) -> None:
        raise NotSaved(session.file.path, "the disk is full", "Free some space.")

    monkeypatch.setattr(Transaction, "replace", full)
    with pytest.raises(NotSaved):
        session.enter("/redact 2")
    assert len(session.file.read().entries) == 2
