"""`declare --from`: an incident begins with an alert, a chat, a log or any other text."""

import json

import pytest

from tests.cli.conftest import Terminal

ALERT = {
    "status": {"state": "active", "silencedBy": [], "inhibitedBy": []},
    "labels": {"alertname": "HighErrors", "service": "api", "region": "eu-west"},
    "annotations": {"summary": "5xx above 5 %"},
    "startsAt": "2026-11-19T14:02:11Z",
    "endsAt": "2030-01-01T00:00:00Z",
    "fingerprint": "c0ffee",
}
CHAT = """Ana Lima
  1:12 PM
errors on checkout
Ben Ott
  1:20 PM
rolling back
"""


def test_an_alert_as_the_api_lists_it_is_the_detecting_signal_and_says_the_scope(
    terminal: Terminal,
) -> None:
    done = terminal.run("declare", "--from", "-", "--severity", "SEV2", stdin=json.dumps([ALERT]))
    assert done.exit_code == 0, done.output
    incident = done.stdout.strip()
    data = terminal.json("show", incident)
    assert (data["detected_at"], data["severity"]) == ("2026-11-19T14:02:11Z", "SEV2")
    assert data["scope"]["fault-domain"] == "region eu-west"
    again = terminal.run("intake", "-", stdin=json.dumps([ALERT]))
    assert again.stdout.strip() == incident
    assert "active already, 0 entries" in again.stderr


def test_a_copied_chat_begins_it_with_its_times_and_people_and_twice_adds_nothing(
    terminal: Terminal,
) -> None:
    done = terminal.run("declare", "Checkout fails", "--from", "-", stdin=CHAT)
    assert done.exit_code == 0, done.output
    assert "fact: errors on checkout" in done.stderr
    incident = done.stdout.strip()
    rows = [row for row in terminal.json("show", incident)["timeline"] if row["kind"] == "fact"]
    assert [(row["actor"], row["text"]) for row in rows] == [
        ("Ana Lima", "errors on checkout"),
        ("Ben Ott", "rolling back"),
    ]
    again = terminal.run("declare", "Checkout fails", "--from", "-", stdin=CHAT)
    assert again.stdout.strip() == incident
    assert "active already, with all 2 rows; nothing was declared." in again.stderr


def test_a_text_without_times_is_its_title_and_facts_of_now(terminal: Terminal) -> None:
    done = terminal.run("declare", "--from", "-", stdin="Backup failed\ndisk is full\n")
    data = terminal.json("show", done.stdout.strip())
    facts = [row["text"] for row in data["timeline"] if row["kind"] == "fact"]
    assert (data["title"], facts) == ("Backup failed", ["disk is full"])


def test_a_preview_declares_nothing(terminal: Terminal) -> None:
    for text in (json.dumps([ALERT]), CHAT, "Backup failed"):
        assert terminal.run("declare", "--from", "-", "--dry-run", stdin=text).exit_code == 0
    assert terminal.json("list") == []


TABLE = "| Time | What |\n|---|---|\n| soon | the pool is full |\n"


@pytest.mark.parametrize("text", ["", "  \n", "{}", '[{"a": 1}]', TABLE])
def test_what_holds_nothing_is_refused(terminal: Terminal, text: str) -> None:
    done = terminal.run("declare", "--from", "-", stdin=text)
    assert (done.exit_code, "Nothing was" in done.stderr) == (2, True)
    assert terminal.json("list") == []


def test_a_declaration_without_a_title_says_what_is_missing(terminal: Terminal) -> None:
    done = terminal.run("declare")
    assert (done.exit_code, "needs a title" in done.stderr) == (2, True)
