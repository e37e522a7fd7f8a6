"""Lines with times and nothing else: from a chat, from a log, from standard input."""

import pytest

from tests.cli.conftest import Terminal

CHAT = "14:03 ana: errors rise\n[14:05] ben: rolled back\n2026-11-20T14:06:11Z the panel is green\n"
LOG = (
    "2026-11-19T14:03:11Z level=error pool empty\n2026-11-19T16:04:00.750+02:00 level=warn retry\n"
)


def rows(terminal: Terminal, incident: str = "") -> list[tuple[str, str]]:
    """When and what, of the facts of an incident."""
    shown = terminal.json("show", *([incident] if incident else []))["timeline"]
    return [(r["at"], r["text"]) for r in shown if r["kind"] == "fact"]


def test_lines_of_a_chat_keep_their_times_and_who_wrote_them_when_they_are_logged(
    terminal: Terminal,
) -> None:
    terminal.declared()
    terminal.ok("log", "--timed", "-", stdin=CHAT)
    assert rows(terminal) == [
        ("2026-11-20T14:03:00Z", "ana: errors rise"),
        ("2026-11-20T14:05:00Z", "ben: rolled back"),
        ("2026-11-20T14:06:11Z", "the panel is green"),
    ]


@pytest.mark.parametrize("name", ["-", "notes.txt"])
def test_lines_that_begin_with_a_time_need_no_heading_to_be_imported(
    terminal: Terminal, name: str
) -> None:
    (terminal.cwd / "notes.txt").write_text(text := "14:03 one\n14:05 two\n")
    piped = text if name == "-" else ""
    incident = terminal.ok("import", name, "--date", "2026-11-19", stdin=piped).strip()
    assert rows(terminal, incident) == [
        ("2026-11-19T14:03:00Z", "one"),
        ("2026-11-19T14:05:00Z", "two"),
    ]


def test_a_log_of_stamped_lines_is_imported_with_its_offsets_and_parts_of_seconds(
    terminal: Terminal,
) -> None:
    (terminal.cwd / "app.log").write_text(LOG)
    incident = terminal.ok("import", "app.log").strip()
    assert rows(terminal, incident) == [
        ("2026-11-19T14:03:11Z", "level=error pool empty"),
        ("2026-11-19T14:04:00.750000Z", "level=warn retry"),
    ]


def test_who_declares_what_is_going_on_already_hears_of_it_and_can_tell_both_apart(
    terminal: Terminal,
) -> None:
    first = terminal.declared("Checkout is down")
    again = terminal.run("declare", "Checkout is down")
    second = again.stdout.strip()
    assert first in again.stderr
    assert f"/close duplicate covered by {first}" in again.stderr
    listed = terminal.ok("list")
    assert second != first
    assert first in listed.split()
    assert second in listed.split()
