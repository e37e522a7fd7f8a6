"""Copies beside the log lose redacted words too; what is left is named, now and by `verify`."""

from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from incident_tui.domain.core.stored_entries import encode
from incident_tui.service import IncidentSession
from incident_tui.service.confidential.log_copies import Unredacted
from incident_tui.service.confidential.removed_words import RemovedWords
from incident_tui.service.upkeep.log_recovery import recover
from incident_tui.service.upkeep.verification import verify
from incident_tui.store.console.console import Console
from incident_tui.store.home import Home
from tests.service.conftest import Bench
from tests.support.playbooks.engine import baking

WORDS = "the customer is called Brezhnova"
DAMAGE = {
    "two bytes before it": lambda data, at: data[: at - 9] + b"\0\1" + data[at - 7 :],
    "cut off in its middle": lambda data, at: data[: at + 20],
    "its beginning is gone": lambda data, at: data[: at - 60] + data[at + 6 :],
    "two bytes after it": lambda data, at: data[: at + 60] + b"\0" + data[at + 62 :],
    "a conflict of git": lambda data, at: data + b"=======\n" + data + b">>>>>>> x\n",
}


def damaged(bench: Bench, session: IncidentSession, how: str) -> Path:
    """A damaged log that was recovered, and is kept beside the new one."""
    path = session.file.path
    data = path.read_bytes()
    path.write_bytes(DAMAGE[how](data, data.index(WORDS.encode())))
    done = recover(bench.service, session.id, [("1234", data)])
    assert done.damaged is not None
    return done.damaged


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_copy_loses_the_words_whatever_was_damaged(bench: Bench, how: str) -> None:
    session = bench.declared()
    for line in ("it rains", WORDS, f"see #3: {WORDS}", "/amend 3 it is Brezhnova", "it snows"):
        session.enter(line)
    copy = damaged(bench, session, how)
    assert b"customer is" in copy.read_bytes()
    session = bench.service.open(session.id)
    session.enter("/redact 3")
    left = copy.read_bytes()
    assert b"rezhnova" not in left
    assert b"customer is" not in left
    assert b"it rains" in left
    assert verify(bench.home, session.id).well


@example(at=740, size=10, put=b"")  # within a quotation, in an entry that reads all the same
@given(at=st.integers(0, 900), size=st.integers(1, 40), put=st.binary(max_size=6))
def test_wherever_it_was_damaged_no_word_is_left(at: int, size: int, put: bytes) -> None:
    story = baking("it rains", WORDS, f"he said: {WORDS}!", "it snows")
    whole = b"\n".join(
        b'"%d":%s,' % (number, encode(entry)) for number, entry in enumerate(story.entries, 1)
    )
    broken = whole[:at] + put + whole[at + size :]
    left = RemovedWords(story.entries, story.entries[2].id).from_damaged(broken)
    for start in range(len(WORDS) - 8):
        piece = WORDS[start : start + 9].encode()
        assert piece not in left, left


def test_a_copy_from_before_is_named_until_it_is_gone(bench: Bench) -> None:
    session = bench.declared()
    session.enter(WORDS)
    copy = session.folder / "incident.json.damaged-1"
    before = session.file.path.read_bytes()
    session.enter("/redact 2")
    copy.write_bytes(before)
    (finding,) = [each for each in verify(bench.home, session.id).findings if each.wrong]
    assert f"{copy} still holds the words of #2, redacted since" in finding.text
    assert f"rm {copy}" in finding.mend
    copy.unlink()
    assert verify(bench.home, session.id).well


def test_a_copy_of_the_log_as_it_is_now_is_none(session: IncidentSession) -> None:
    session.enter(WORDS)
    session.enter("/redact 2")
    assert Unredacted(session.incident).numbers(session.file.path.read_bytes()) == []


@pytest.fixture
def kept(bench: Bench, tmp_path: Path) -> Bench:
    """A bench with a state folder, where `search` looks for it."""
    bench.env["XDG_STATE_HOME"] = str(tmp_path / "state")
    bench.home = Home(bench.home.path, tmp_path / "state" / "incident-tui")
    bench.service.home = bench.home
    return bench


def holders(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if b"Brezhnova" in path.read_bytes()]


def test_side_files_and_drafts_of_dead_consoles_lose_them(kept: Bench, tmp_path: Path) -> None:
    session = kept.declared()
    session.enter("rain")
    session.enter(f"? who is it that {WORDS}")
    entries = session.incident.recorded[-1:]
    session = kept.declared("Another")
    session.enter(WORDS)
    console = Console(kept.home.state, session.id, "ben")
    console.aside.keep(entries)
    console.drafts.keep("update", f"Sorry, {WORDS}; next at 15:00")
    edit = console.drafts.edit_file("postmortem")
    edit.write_text(f"We learnt that {WORDS}\n")
    assert console.drafts.settle()
    console.close()
    assert holders(tmp_path / "state") != []
    session.enter("/redact 2")
    assert holders(tmp_path / "state") == []
    assert session.search.copies == []
    texts = Console(kept.home.state, session.id, "ben").drafts
    assert texts.get("update") == "Sorry, (redacted); next at 15:00"
    assert texts.get("postmortem") == "We learnt that (redacted)"


def test_a_file_that_quotes_them_or_repeats_a_rare_word_is_named(kept: Bench) -> None:
    session = kept.declared()
    session.enter(WORDS)
    for name, text in (("quote", f"so {WORDS}"), ("word", "Brezhnova called"), ("else", "rain")):
        (session.folder / name).write_text(text)
    session.enter("/redact 2")
    assert sorted(copy.of for copy in session.search.copies) == ["quote", "word"]


def test_a_draft_in_an_open_console_is_named_since_it_would_be_written_again(kept: Bench) -> None:
    session = kept.declared()
    session.enter(WORDS)
    console = Console(kept.home.state, session.id, "ben")
    console.drafts.keep("log-line", f"so {WORDS}")
    assert console.drafts.settle()
    session.enter("/redact 2")
    (copy,) = session.search.copies
    assert copy.text == "the draft of ben (log-line), in an open console, repeats words of it"
    console.close()


def test_a_side_file_that_was_kept_away_meanwhile_is_named_by_its_entries(kept: Bench) -> None:
    session = kept.declared()
    session.enter(WORDS)
    before = session.incident.recorded[1:2]
    session.enter("/redact 2")
    console = Console(kept.home.state, session.id, "ben")
    console.aside.keep(before)
    faults = [finding.text for finding in verify(kept.home, session.id).findings if finding.wrong]
    assert any("still holds the words of #2" in text for text in faults)
    console.close()


def test_what_was_exported_or_attached_beside_it_is_named(bench: Bench) -> None:
    session = bench.declared()
    session.enter(WORDS)
    (bench.base / "mail.txt").write_text(f"Dear all,\n{WORDS.upper()}.\n")
    session.enter("/evidence mail.txt")
    (session.folder / "export.html").write_text(f"<td>{WORDS}</td>")
    session.enter("/redact 2")
    assert {(copy.of, copy.mend.split(" ")[0]) for copy in session.search.copies} == {
        ("mail.txt", "/redact"),
        ("export.html", "Take"),
    }


def test_entries_that_say_it_in_other_words_are_named(session: IncidentSession) -> None:
    for line in (WORDS, "called her back", "Brezhnova is angry", "the customer is angry"):
        session.enter(line)
    session.enter("/redact 2")
    (copy,) = session.search.copies
    assert copy.text == "1 entry repeats a rare word of it: #4"
    assert copy.mend.endswith("/redact 4 WHY")


def test_a_line_of_a_side_file_that_cannot_be_read_goes_only_where_it_may_hold_them(
    kept: Bench,
) -> None:
    session = kept.declared()
    session.enter(WORDS)
    log = session.incident.recorded
    removed = RemovedWords(log, log[1].id)
    assert removed.from_lines(b'{"text": "rain\n') == b'{"text": "rain\n'
    assert removed.from_lines(f'{{"text": "{WORDS}\n'.encode()) == b""
