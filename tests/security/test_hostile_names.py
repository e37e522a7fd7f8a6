"""Names that mean something else to a file system or a command line: never more than a name."""

import os
from pathlib import Path

import pytest

from incident_tui.domain.core.commands import PendingEvent
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.service.session.evidence_files import keep_content
from tests.cli.conftest import Terminal
from tests.support.homes import Kitchen

HOSTILE = [
    "../../x",
    "..",
    ".",
    "/etc/passwd",
    "-rf",
    "--help",
    "CON",
    "nul.txt",
    "a/b",
    "a\\b",
    "a\x00b",
    "a\nb",
    "\x1b[2J",
    "~root",
    "$(id)",
    "`id`",
    "*",
    "x" * 300,
    "",
    " ",
    "....",
    "a..b",
    ".hidden",
    "trailing.",
    "é\u202ecod.exe",
    ".incident-tui",
    ".git",
]


def outside(base: Path, home: Path) -> set[str]:
    """Everything below `base` that is not in the home."""
    return {str(path) for path in base.rglob("*") if not path.is_relative_to(home)}


def refused_politely(code: int, output: str) -> None:
    assert code in (0, 1, 2, 3, 4), output
    assert "Traceback" not in output
    assert "\x1b" not in output


@pytest.mark.parametrize("name", HOSTILE)
class TestNames:
    def test_an_incident_of_that_id_is_not_looked_for_outside(
        self, terminal: Terminal, name: str
    ) -> None:
        terminal.declared("No bread")
        for command in ("show", "gate", "verify", "export", "purge"):
            done = terminal.run(command, "--", name)
            refused_politely(done.exit_code, done.output)
            assert "No bread" not in done.stdout or name == ""

    def test_a_title_becomes_a_safe_folder(self, terminal: Terminal, name: str) -> None:
        done = terminal.run("declare", "--", name)
        refused_politely(done.exit_code, done.output)
        if done.exit_code == 0:
            made = done.stdout.strip()
            assert os.path.dirname(made) == ""
            assert made.startswith("2026-11-20-")
            assert made.isascii()
            assert terminal.folder(made).parent == terminal.home

    def test_evidence_of_that_name_stays_in_its_folder(
        self, terminal: Terminal, tmp_path: Path, name: str
    ) -> None:
        kitchen = Kitchen(tmp_path)
        before = outside(tmp_path, kitchen.folder)
        kept, _ = keep_content(b"hot", name, kitchen.folder)
        assert (kitchen.folder / "evidence" / kept).read_bytes() == b"hot"
        assert kept == os.path.basename(kept)
        assert kept[:1] not in ("", ".", "-")
        assert kept.isascii()
        assert kept.partition(".")[0].lower() not in ("con", "nul")
        assert outside(tmp_path, kitchen.folder) == before

    def test_a_playbook_of_that_name_is_made_nowhere_else(
        self, terminal: Terminal, name: str
    ) -> None:
        terminal.declared()
        before = outside(terminal.base, terminal.home)
        done = terminal.run("playbook", "new", "--", name)
        refused_politely(done.exit_code, done.output)
        assert outside(terminal.base, terminal.home) == before

    def test_no_playbook_of_that_name_is_taken_from_elsewhere(
        self, terminal: Terminal, name: str
    ) -> None:
        (terminal.base / "x.toml").write_text("id = 'x'")
        for words in (["show"], ["trust"], ["check"]):
            done = terminal.run("playbook", *words, "--", name)
            refused_politely(done.exit_code, done.output)

    def test_as_a_word_to_search_it_is_only_text(self, terminal: Terminal, name: str) -> None:
        terminal.declared("No bread")
        done = terminal.run("search", "--", name)
        refused_politely(done.exit_code, done.output)


@pytest.mark.parametrize("name", ["../../victim.txt", "link", "..", "../incident.json"])
def test_a_log_from_elsewhere_cannot_aim_a_redaction_at_other_files(
    tmp_path: Path, name: str
) -> None:
    kitchen = Kitchen(tmp_path)
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    (kitchen.folder / "evidence").mkdir()
    (kitchen.folder / "evidence" / "link").symlink_to(victim)
    session = kitchen.open()
    event = EvidenceAttached(name=name, origin="x", sha256="0")
    session.record(lambda incident: [PendingEvent(event)])
    session.enter("/redact 2 gone")
    assert victim.read_text() == "mine"
    assert len(kitchen.file().read().entries) == 3
