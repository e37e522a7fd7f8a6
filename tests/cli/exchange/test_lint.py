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


ROWS = """\
# Builds fail 2025-03-02

All times in UTC.

- 2025-03-02 10:00 outage begins
- 2025-03-02 10:05 **Detection:** page
- 2025-03-02 10:40 **Mitigated:** rolled back
- 2025-03-02 11:30 **Resolved:** closed
"""
SENT = "- 2025-03-02 11:40 said https://x.slack.com/archives/C1/p{}000100\n"
OTHER_DAY = "day-of-the-week-does-not-fit-the-date"
DOUBTS = (
    # what is written otherwise in a sound record, by what, and the rule that names it, if any
    (RECORD, "Resolved: 2025-03", "Resolved: 2025-05", "month-looks-wrong"),
    (RECORD, "Repaired: 2025", "Repaired: 2024", "year-looks-wrong"),
    (RECORD, "Fault occurs: 2025-03-02", "Fault occurs: 2025-03-01", "duration-differs"),
    (RECORD, "Repaired:", "Mitigated:", ""),
    (RECORD, "40m", "1h 40m", "duration-differs"),
    (RECORD, "Time to repair: 40m", "Time to resolve: 1h 30m", ""),
    (RECORD, "Time to repair: 40m", "Time to resolve: 2h 30m", "duration-differs"),
    (RECORD, "Time to repair: 40m", "Time to detect: 5 minutes", ""),
    (RECORD, "Time to repair: 40m", "Time to detect: 15 minutes", "duration-differs"),
    (RECORD, "- Time to repair: 40m", "Total impact duration: 40 minutes", ""),
    (RECORD, "- Time to repair: 40m", "Total impact duration: 55 minutes", "duration-differs"),
    (RECORD, "02 11:30", "02 10:20", "label-order"),
    (RECORD, "detected: 2025-03-02 10:05", "detected: 2025-03-02 10:39", ""),
    (RECORD, "11:30\n", "11:30\n- Resolved: 2025-03-02 11:50\n", "another-row-has-this-label"),
    (ROWS, "- 2025-03-02 11:30", "- 2025-03-02 10:20 seen\n- 2025-03-02 11:30", "out-of-order"),
    (ROWS, "- 2025-03-02 11:30", "- 2025-03-02 11:20 seen\n- 2025-03-02 11:30", ""),
    (ROWS, "02 10:40", "20 10:40", "day-looks-wrong"),
    (ROWS, "02 11:30", "03 00:30", ""),
    (ROWS, "10:05 **", "11:05 CET **", "several-zones"),
    (ROWS, "10:05 **", "10:05 UTC **", ""),
    (ROWS, "10:05 **", "10:05 UTC (11:05 CET) **", ""),
    (ROWS, "10:05 **", "10:05 UTC (12:05 CET) **", "its-times-in-two-zones-differ"),
    (ROWS, "All times in UTC.", "", "no-zone"),
    (ROWS, "All times in UTC.", "All times in CET.", ""),
    (ROWS, " closed\n", " closed\n" + SENT.format(1740912000), "link-differs"),
    (ROWS, " closed\n", " closed\n" + SENT.format(1740915600), ""),
    (ROWS, "**Resolved:** closed", "lunch", "no-milestone"),
    (ROWS, "**Resolved:** closed", "Incident resolved", ""),
    (ROWS, "10:40 **", "10:4x **", "not-read"),
    (ROWS, "10:40 **", "10:40-10:50 **", ""),
    (ROWS, "- 2025-03-02 10:00", "- Monday 2025-03-02 10:00", OTHER_DAY),
    (ROWS, "- 2025-03-02 10:00", "- Sunday 2025-03-02 10:00", ""),
    (ROWS, "11:30 **", "14:30 PM **", "24-hour-clock-with-AM-or-PM"),
    (ROWS, "11:30 **", "2:30 PM **", ""),
    (ROWS, "02 10:40 **", "02 **", "no-time-of-day"),
    (ROWS, "2025-03-02 10:05", "20225-03-02 10:05", "not-read"),
)  # fmt: skip


def test_each_doubt_is_found_and_its_sound_twin_has_none(terminal: Terminal) -> None:
    for number, (record, old, new, _) in enumerate(DOUBTS):
        assert old in record, number
        (terminal.cwd / f"{number:02}.md").write_text(record.replace(old, new))
    done = terminal.run("lint", ".", "--json")
    rule_sets = [{one["rule"] for one in each["findings"]} for each in json.loads(done.stdout)]
    for number, (broken, (*_, rule)) in enumerate(zip(rule_sets, DOUBTS, strict=True)):
        assert rule in broken if rule else not broken, (DOUBTS[number], broken)


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
    below = link.replace(" https", " said\n  https").replace(" said\n\n", "\n")
    assert "link-differs" in rules(terminal, RECORD + below)[0]
    assert "no-milestone" in rules(terminal, RECORD.replace("- Resolved", "- Lunch"))[0]


def test_rows_of_one_label_are_named_with_the_others_and_their_times(terminal: Terminal) -> None:
    twice = RECORD.replace("11:30\n", "11:30\n- Resolved: 2025-03-02 11:50\n")
    (terminal.cwd / "r.md").write_text(twice)
    page = terminal.run("lint", "r.md").stdout
    assert "resolved 2025-03-02T11:30:00Z here and 2025-03-02T11:50:00Z in line 9" in page
    assert "resolved 2025-03-02T11:50:00Z here and 2025-03-02T11:30:00Z in line 8" in page


def test_an_incident_of_the_home_is_looked_at_by_its_id(terminal: Terminal) -> None:
    terminal.run("declare", "Slow")
    terminal.run("log", "@-1m it is slow")
    done = terminal.run("lint", terminal.json("list")[0]["id"])
    assert "no-milestone" in done.stdout, done.output


def test_what_cannot_be_read_is_no_record(terminal: Terminal) -> None:
    assert terminal.run("lint", "nothing.md").exit_code != 0


def test_a_text_without_a_row_is_named_and_a_sound_record_beside_it_is_not(
    terminal: Terminal,
) -> None:
    (terminal.cwd / "kept.md").write_text(ROWS)
    (terminal.cwd / "readme.md").write_text("# How we write postmortems\n\nWithout blame.\n")
    done = terminal.run("lint", "readme.md")
    assert (done.exit_code, "readme.md: no row with a time" in done.stderr) == (2, True)
    done = terminal.run("lint", "readme.md", "kept.md")
    assert (done.exit_code, "readme.md: no row with a time" in done.stderr) == (0, True)


def test_a_file_that_cannot_be_read_fails_the_check_although_others_are_sound(
    terminal: Terminal,
) -> None:
    (terminal.cwd / "kept.md").write_text(ROWS)
    (terminal.cwd / "odd.md").write_bytes(b"\xff\xfe\x00")
    done = terminal.run("lint", "odd.md", "kept.md")
    assert (done.exit_code, "odd.md" in done.stderr) == (3, True)


def test_incidents_files_and_what_is_piped_are_looked_at_in_the_order_named(
    terminal: Terminal,
) -> None:
    terminal.run("declare", "Slow")
    (terminal.cwd / "kept.md").write_text(ROWS.replace("11:30", "10:30"))
    name = terminal.json("list")[0]["id"]
    done = terminal.run("lint", "kept.md", name, "-", stdin=ROWS.replace("11:30", "10:20"))
    sources = list(dict.fromkeys(line.partition(":")[0] for line in done.stdout.splitlines()))
    assert sources == ["kept.md", name, "-"]
