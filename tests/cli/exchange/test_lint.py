"""`lint`: what is doubtful in records, for people and for checks of a repository."""

import json

from tests.cli.conftest import Terminal

RECORD = """\
# Builds fail 2025-03-02

All times in UTC.

- Fault occurs: 2025-03-02 10:00
- First detected: 2025-03-02 10:05
- Repaired: 2025-03-02 10:40
- Resolved: 2025-03-02 11:30

- Time to repair: 40m
"""


def rules(terminal: Terminal, text: str) -> tuple[set[str], int]:
    (terminal.cwd / "r.md").write_text(text)
    done = terminal.run("lint", "r.md", "--json")
    (result,) = json.loads(done.stdout)
    return {finding["rule"] for finding in result["findings"]}, done.exit_code


def test_a_sound_record_has_no_findings(terminal: Terminal) -> None:
    assert rules(terminal, RECORD) == (set(), 0)


def test_each_doubt_has_its_rule_and_the_exit_code_says_so(terminal: Terminal) -> None:
    text = RECORD.replace("All times in UTC.", "").replace("40m", "2h")
    assert rules(terminal, text) == ({"no-zone", "duration-differs"}, 3)
    assert "month-looks-wrong" in rules(terminal, RECORD.replace("02 11:30", "02 11:30").replace(
        "Resolved: 2025-03", "Resolved: 2025-05"))[0]  # fmt: skip
    link = "- 2025-03-02 10:10 https://x.slack.com/archives/C1/p1740913800000100 said\n"
    assert "link-differs" in rules(terminal, RECORD + link)[0]
    assert "no-milestone" in rules(terminal, RECORD.replace("- Resolved", "- Lunch"))[0]


def test_an_incident_of_the_home_is_looked_at_by_its_id(terminal: Terminal) -> None:
    terminal.run("declare", "Slow")
    terminal.run("log", "@-1m it is slow")
    done = terminal.run("lint", terminal.json("list")[0]["id"])
    assert "no-milestone" in done.stdout, done.output


def test_what_cannot_be_read_is_no_record(terminal: Terminal) -> None:
    assert terminal.run("lint", "nothing.md").exit_code != 0
