"""`import` on the command line: a timeline kept elsewhere becomes an incident, nothing lost."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

NOTES = """\
# Checkout outage

All times in UTC.

## Timeline

| Time | What |
| --- | --- |
| 2026-11-19 13:58 | v42 goes out |
| 2026-11-19 14:02 | [first page](https://example.org/page/7) |
| 2026-11-19 25:10 | nobody knows |
| 2031-01-01 10:00 | a slip of the year |
"""
CHAT = """\
## Timeline

- 09:10 search answers slowly
- 09:25 cache restarted
- 09:40 fine again
"""


@pytest.fixture
def notes(terminal: Terminal) -> str:
    (terminal.cwd / "notes.md").write_text(NOTES)
    return "notes.md"


def test_a_document_becomes_an_incident_with_its_rows(terminal: Terminal, notes: str) -> None:
    done = terminal.run("import", notes)
    assert done.exit_code == 0
    assert done.stdout == "2026-11-19-checkout-outage\n"
    data = terminal.json("show")
    assert data["title"] == "Checkout outage"
    assert data["started_at"] == "2026-11-19T13:58:00Z"
    facts = [(row["at"], row["text"], row["source"]) for row in data["timeline"][:2]]
    assert facts == [
        ("2026-11-19T13:58:00Z", "v42 goes out", "notes.md:9"),
        ("2026-11-19T14:02:00Z", "first page", "https://example.org/page/7"),
    ]


def test_a_document_may_become_an_incident_of_another_process(
    terminal: Terminal, notes: str
) -> None:
    incident = terminal.ok("import", notes, "--playbook", "studio").strip()
    assert terminal.json("show", incident)["playbook"] == "studio"


def test_what_is_not_recorded_is_told_with_line_and_reason(terminal: Terminal, notes: str) -> None:
    said = terminal.run("import", notes).stderr
    assert "notes.md:11: not read" in said
    assert "notes.md:12: not read, it lies in the future" in said
    assert "2 rows recorded, 2 lines not read" in said


def test_the_same_document_twice_doubles_nothing(terminal: Terminal, notes: str) -> None:
    incident = terminal.ok("import", notes).strip()
    before = terminal.json("show")["timeline"]
    again = terminal.run("import", notes, "-i", incident)
    assert "0 rows recorded, 2 rows were there already" in again.stderr
    assert terminal.json("show")["timeline"] == before


def test_rows_go_into_an_incident_that_there_is(terminal: Terminal) -> None:
    incident = terminal.declared("Search is slow")
    (terminal.cwd / "chat.md").write_text(CHAT)
    data = json.loads(
        terminal.ok("import", "chat.md", "-i", "search", "--date", "2026-11-20",
                    "--zone", "Europe/Berlin", "--json")
    )  # fmt: skip
    assert (data["incident"], data["recorded"], data["known"]) == (incident, 3, 0)
    assert [row["at"] for row in data["rows"]] == [
        "2026-11-20T08:10:00Z", "2026-11-20T08:25:00Z", "2026-11-20T08:40:00Z",
    ]  # fmt: skip


def test_an_import_can_be_taken_back_as_a_whole(terminal: Terminal, notes: str) -> None:
    terminal.ok("import", notes)
    terminal.ok("log", "/undo")
    kept = [row for row in terminal.json("show")["timeline"] if not row["retracted"]]
    assert [row["kind"] for row in kept if row["kind"] == "fact"] == []


def test_a_dry_run_shows_the_rows_and_records_nothing(terminal: Terminal, notes: str) -> None:
    shown = terminal.ok("import", notes, "--dry-run")
    assert "9: 2026-11-19T13:58:00Z v42 goes out [notes.md:9]" in shown
    assert terminal.json("import", notes, "--dry-run")["incident"] is None
    assert terminal.json("list") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["nothing.md"], "nothing.md", id="no such file"),
        pytest.param(["."], "cannot be read", id="a folder"),
        pytest.param(["prose.md"], "no row with a time", id="no timeline"),
        pytest.param(["notes.md", "--date", "19.11.2026"], "--date", id="no such day"),
        pytest.param(["notes.md", "--zone", "Mars/Olympus"], "Mars/Olympus", id="no such zone"),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(
    terminal: Terminal, notes: str, words: list[str], said: str
) -> None:
    (terminal.cwd / "prose.md").write_text("# Outage\n\nIt was slow for a while.\n")
    done = terminal.run("import", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert terminal.json("list") == []


def test_text_in_another_encoding_is_read_as_far_as_it_goes(terminal: Terminal) -> None:
    (terminal.cwd / "old.md").write_bytes(
        "## Timeline\n\n- 2026-11-19 10:00 caf\xe9 down\n".encode("latin-1")
    )
    done = terminal.run("import", "old.md", "--title", "Old")
    assert "not UTF-8" in done.stderr
    assert terminal.json("show")["timeline"][0]["text"] == "caf� down"


FOLDER = os.environ.get("INCIDENT_TUI_CORPUS", "")


@pytest.mark.skipif(not FOLDER, reason="INCIDENT_TUI_CORPUS is unset: set it to a folder of them")
@pytest.mark.parametrize(
    "path",
    sorted(Path(FOLDER).glob("*.md")) if FOLDER else [],
    ids=lambda path: path.stem,
)
def test_published_postmortems_are_imported_or_said_to_have_no_timeline(
    terminal: Terminal, path: Path
) -> None:
    done = terminal.run("import", str(path))
    assert done.exit_code in (0, 2), done.output
    if done.exit_code == 2:
        assert "no row with a time" in done.stderr
        return
    data = terminal.json("show")
    assert data["started_at"] == min(row["at"] for row in data["timeline"])
    assert terminal.run("verify").exit_code == 0
