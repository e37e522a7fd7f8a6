"""`import` on the command line: a timeline kept elsewhere becomes an incident, nothing lost."""

import json
import os
from pathlib import Path

import pytest

from incident_tui.cli.frame.context import Invocation
from incident_tui.service import IncidentSession
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
    assert data["started_at"] is None, "no row says that it began"
    facts = [(row["at"], row["text"], row["source"]) for row in data["timeline"][:2]]
    assert facts == [
        ("2026-11-19T13:58:00Z", "v42 goes out", "notes.md:9"),
        ("2026-11-19T14:02:00Z", "detected: first page", "https://example.org/page/7"),
    ]


def test_a_document_may_become_an_incident_of_another_process(
    terminal: Terminal, notes: str
) -> None:
    incident = terminal.ok("import", notes, "--playbook", "studio").strip()
    assert terminal.json("show", incident)["playbook"] == "studio"


def test_what_is_not_recorded_is_told_with_line_and_reason(terminal: Terminal, notes: str) -> None:
    printed = terminal.run("import", notes).stderr
    assert "notes.md:11: not read" in printed
    assert "notes.md:12: not read, it lies in the future" in printed
    assert "2 rows recorded, 2 lines not read" in printed


def test_the_same_document_twice_doubles_nothing(terminal: Terminal, notes: str) -> None:
    incident = terminal.ok("import", notes).strip()
    before = terminal.json("show")["timeline"]
    again = terminal.run("import", notes, "-i", incident)
    assert "nothing new: all 2 rows are in" in again.stderr
    assert terminal.json("show")["timeline"] == before


def test_a_record_that_tells_its_own_end_is_offered_to_be_history(terminal: Terminal) -> None:
    ended = "# Builds fail\n- 2024-06-11 10:20 UTC noticed\n- **Resolved**: 2024-06-11 11:30 UTC\n"
    (terminal.cwd / "ended.md").write_text(ended)
    offered = "import --over -i 2024-06-11-builds-fail records it as history."
    assert f"It tells its own end: {offered}" in terminal.run("import", "ended.md").stderr
    done = terminal.run("import", "ended.md", "--over", "-i", "2024-06-11-builds-fail")
    assert (done.exit_code, "It tells its own end" in done.stderr) == (0, False)
    assert terminal.json("show", "2024-06-11-builds-fail")["status"] == "closed"


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
    assert "9: 2026-11-19T13:58:00Z fact: v42 goes out [notes.md:9]; zone UTC from line 3" in shown
    assert terminal.json("import", notes, "--dry-run")["incident"] is None
    assert terminal.json("list") == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param(["nothing.md"], "nothing.md", id="no such file"),
        pytest.param(["empty"], "holds no file", id="an empty folder"),
        pytest.param(["old.md"], "not UTF-8", id="another encoding"),
        pytest.param(["empty.md"], "is empty", id="an empty file"),
        pytest.param(["core.bin"], "binary", id="a binary file"),
        pytest.param(["huge.md"], "are read at most", id="200 MB"),
        pytest.param(["due.md"], "no row with a time", id="a table without times"),
        pytest.param(["prose.md"], "no row with a time", id="no timeline"),
        pytest.param(["notes.md", "--date", "19.11.2026"], "--date", id="no such day"),
        pytest.param(["notes.md", "--zone", "Mars/Olympus"], "Mars/Olympus", id="no such zone"),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(
    terminal: Terminal, notes: str, words: list[str], reason: str
) -> None:
    (terminal.cwd / "prose.md").write_text("# Outage\n\nIt was slow for a while.\n")
    (terminal.cwd / "empty").mkdir()
    (terminal.cwd / "empty.md").write_text("\n")
    (terminal.cwd / "core.bin").write_bytes(b"\x7fELF\0\0\1\2" * 40)
    (terminal.cwd / "old.md").write_bytes("- 2026-11-19 10:00 caf\xe9 down\n".encode("latin-1"))
    with (terminal.cwd / "huge.md").open("wb") as huge:
        huge.truncate(200_000_000)
    (terminal.cwd / "due.md").write_text("| Item | Owner |\n|---|---|\n| widen it | ana |\n")
    done = terminal.run("import", *words)
    assert done.exit_code == 2
    assert reason in done.stderr
    assert terminal.json("list") == []


def test_a_finished_incident_is_history_and_goes_on_no_more(terminal: Terminal) -> None:
    (terminal.cwd / "past.md").write_text(PAST)
    done = terminal.run("import", "past.md", "--over")
    assert done.exit_code == 0, done.output
    data = terminal.json("show", done.stdout.strip())
    assert (data["status"], data["closed"]["reason"]) == ("closed", "recorded-afterwards")
    assert data["durations"]["time_to_recover"] == 40 * 60
    assert data["declared_at"] is None
    assert data["flags"] == []
    assert terminal.json("stats")["going_on"] == 0
    assert {row["actor"] for row in data["timeline"]} >= {"bo"}


PAST = """\
# Queue stuck 2025-03-02

- First detected: 2025-03-02 10:00
- Repaired: 2025-03-02 10:40
- Resolved: 2025-03-02 11:00

## Timeline (UTC)

- 10:05 `@bo` looks at the consumers
- 10:30 consumers restarted
"""


def test_the_same_rows_are_never_doubled_by_another_file_name(terminal: Terminal) -> None:
    (terminal.cwd / "a.md").write_text(PAST)
    (terminal.cwd / "b.md").write_text(PAST)
    first = terminal.run("import", "a.md").stdout.strip()
    again = terminal.run("import", "b.md")
    assert again.stdout.strip() == first
    assert "nothing new" in again.stderr
    assert len(terminal.json("list")) == 1


def test_rows_are_corrected_before_anything_is_recorded(terminal: Terminal) -> None:
    (terminal.cwd / "past.md").write_text(PAST)
    done = terminal.run(
        "import", "past.md", "--fix", "9=out", "--fix", "10=+1d", "--fix", "3=started", "--json"
    )
    rows = {row["line"]: row for row in json.loads(done.stdout)["rows"]}
    assert 9 not in rows
    assert rows[10]["at"] == "2025-03-03T10:30:00Z"
    assert rows[3]["milestone"] == "started"
    done = terminal.run("import", "past.md", "--fix", "10=zone:Europe/Berlin", "--json")
    row = next(row for row in json.loads(done.stdout)["rows"] if row["line"] == 10)
    assert (row["at"], row["zone"]) == ("2025-03-02T09:30:00Z", "Europe/Berlin")
    bad = terminal.run("import", "past.md", "--fix", "8=out")
    assert (bad.exit_code, "no row stands in line 8" in bad.stderr) == (2, True)


def test_a_folder_is_imported_in_one_run_and_a_second_run_adds_nothing(terminal: Terminal) -> None:
    folder = terminal.cwd / "past"
    folder.mkdir()
    for day in range(1, 6):
        (folder / f"{day}.md").write_text(PAST.replace("2025-03-02", f"2025-03-0{day}"))
    (folder / "README.md").write_text("# All of them\n")
    first = json.loads(terminal.run("import", "past", "--over", "--json").stdout)
    assert first["totals"]["recorded"] == 25
    assert first["totals"]["problems"] == 1
    again = json.loads(terminal.run("import", "past", "--over", "--json").stdout)
    assert (again["totals"]["recorded"], again["totals"]["known"]) == (0, 25)
    assert len(terminal.json("list")) == 5


def test_a_run_that_was_broken_off_says_so_and_the_same_command_goes_on(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 5):
        (terminal.cwd / f"{day}.md").write_text(PAST.replace("2025-03-02", f"2025-03-0{day}"))
    with monkeypatch.context() as broken:
        # Between the write and the commit of the third: what is worst.
        commit, seen = Invocation.commit, list[str]()

        def until_the_third(self: Invocation, session: IncidentSession) -> None:
            seen.append(session.id)
            if len(seen) == 3:
                raise KeyboardInterrupt
            commit(self, session)

        broken.setattr(Invocation, "commit", until_the_third)
        first = terminal.run("import", ".", "--over", "--json")
    assert (first.exit_code, json.loads(first.stdout)["totals"]["recorded"]) == (130, 10)
    assert "Stopped after 2 of 4 files" in first.stderr
    committed: list[str] = []
    monkeypatch.setattr(Invocation, "commit", lambda _, session: committed.append(session.id))
    again = json.loads(terminal.run("import", ".", "--over", "--json").stdout)["totals"]
    assert (again["recorded"], again["known"]) == (5, 15)
    assert seen[2] in committed


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
    assert data["timeline"]
    assert terminal.run("verify").exit_code == 0


FINISHED = """# Two outages in a day
- **Key events**
  - Impact started: 2025-03-01 10:00 UTC
  - Mitigated: 2025-03-01 10:30 UTC
  - Incident starts again: 2025-03-01 14:00 UTC
  - Mitigated: 2025-03-01 14:20 UTC
  - Resolved: 2025-03-01 16:00 UTC
## Impact
Logins failed.
## Lessons
- limit retries
- watch logins
"""


def test_what_a_record_says_of_impact_and_lessons_is_proposed_and_never_filled_by_itself(
    terminal: Terminal,
) -> None:
    shown = terminal.run("import", "-", "--dry-run", stdin=FINISHED)
    assert "--take impact fills it in: Logins failed." in shown.stderr
    incident = terminal.run("import", "-", "--over", stdin=FINISHED).stdout.strip()
    assert terminal.json("show", incident)["impact"] == {}
    taken = terminal.run("import", "-", "--over", "--take", "impact,lessons", stdin=FINISHED)
    assert (taken.stdout.strip(), "impact, lessons taken" in taken.stderr) == (incident, True)
    data = terminal.json("show", incident)
    assert data["impact"] == {"users": "Logins failed."}
    assert any("limit retries" in row["text"] for row in data["timeline"])
    again = terminal.run("import", "-", "--take", "all", stdin=FINISHED)
    assert "nothing new" in again.stderr


def test_an_action_that_the_record_ticks_off_is_done_however_often_it_is_imported(
    terminal: Terminal,
) -> None:
    ticked = FINISHED + "## Action items\n- [x] limit retries (@ana)\n- [ ] watch logins\n"
    shown = terminal.run("import", "-", "--dry-run", "--take", "actions", stdin=ticked)
    assert "limit retries (done already)" in shown.stderr
    incident = terminal.run("import", "-", "--over", stdin=ticked).stdout.strip()
    for _ in range(2):
        terminal.run("import", "-", "--over", "--take", "actions", stdin=ticked)
        actions = terminal.json("show", incident)["actions"]
        assert [(one["text"], one["owner"], one["status"]) for one in actions] == [
            ("limit retries", "ana", "done"),
            ("watch logins", "", "open"),
        ]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("---\ntitle: 2025-03-09\ndescription: Deploys were stuck\n---\n", "Deploys were stuck"),
        ("---\ntitle: 9 March 2025\n---\n# Deploys were stuck\n", "Deploys were stuck"),
        ("# 2025-03-09\n", "2025-03-09"),
    ],
)
def test_a_date_is_a_title_only_where_nothing_else_says_more(
    terminal: Terminal, head: str, title: str
) -> None:
    text = f"{head}\n## Timeline\n\n- 10:14 UTC queue stops\n"
    shown = terminal.run("import", "-", "--dry-run", "--json", stdin=text)
    assert json.loads(shown.stdout)["title"] == title


BESIDE = (
    FINISHED
    + """## Resolution
- the pool was enlarged
- **Time to repair**: 0h 50m
## Moving on
We watch it.
"""
)


def test_what_no_field_has_a_place_for_is_told_and_quoted_only_on_request(
    terminal: Terminal,
) -> None:
    done = terminal.run("import", "-", "--over", stdin=BESIDE)
    for heading in ("Resolution", "Time to repair", "Moving on"):
        assert f'below "{heading}" has no field here' in done.stderr
    incident = done.stdout.strip()
    assert terminal.json("show", incident)["quotes"] == []
    assert "rest taken" in terminal.run("import", "-", "--take", "rest", stdin=BESIDE).stderr
    assert terminal.json("show", incident)["quotes"] == [
        {"heading": "Resolution", "text": "the pool was enlarged", "source": "standard input:14"},
        {"heading": "Time to repair", "text": "0h 50m", "source": "standard input:15"},
        {"heading": "Moving on", "text": "We watch it.", "source": "standard input:17"},
    ]
    page = terminal.run("export", incident, "--format", "md").stdout
    assert page.count("the pool was enlarged") == 1
    again = terminal.run("import", "-", "--take", "all", stdin=BESIDE)
    assert "rest" not in again.stderr.rpartition("already")[2]


def test_a_block_of_code_and_the_front_matter_are_quoted_as_they_stand(terminal: Terminal) -> None:
    code = "for x in 1 2\ndo\n    echo <b> | `x`\ndone"
    text = f"---\nteam: store\n---\n{FINISHED}## Resolution\n```\n{code}\n```\n"
    shown = terminal.run("import", "-", "--dry-run", stdin=text).stderr
    assert 'below "team" has no field here' in shown
    assert 'below "Resolution" has no field here' in shown
    incident = terminal.run("import", "-", "--over", "--take", "rest", stdin=text).stdout.strip()
    quotes = terminal.json("show", incident)["quotes"]
    assert [(one["heading"], one["text"]) for one in quotes] == [
        ("team", "store"),
        ("Resolution", code),
    ]
    page = terminal.run("export", incident, "--format", "html").stdout
    assert "echo &lt;b&gt; | `x`" in page
    again = terminal.run("import", "-", "--take", "rest", stdin=text)
    assert len(terminal.json("show", incident)["quotes"]) == 2, again.stderr


def test_a_record_is_said_to_say_only_what_it_says(terminal: Terminal) -> None:
    """Its cause is a cause on no layer and sets nothing off; who imports it is no author."""
    text = BESIDE + "## Root cause\nRetries were unbounded.\n## Summary\nLogins failed twice.\n"
    taken = terminal.run("import", "-", "--over", "--take", "all", stdin=text)
    page = terminal.run("export", taken.stdout.strip(), "--format", "md").stdout
    assert "- **Cause:** Retries were unbounded.\n" in page
    assert "- **Trigger:** not on record\n" in page
    assert "Technical trigger" not in page
    assert "**Authors:**" not in page
    shown = terminal.run("export", taken.stdout.strip(), "--format", "html").stdout
    assert "What the original says besides" in shown
    assert "the pool was enlarged" in shown


def test_of_many_headings_some_are_told_and_the_rest_is_counted(terminal: Terminal) -> None:
    many = FINISHED + "".join(f"## Question {n}\nAnswer {n}.\n" for n in range(14))
    done = terminal.run("import", "-", "--dry-run", stdin=many)
    assert done.stderr.count("has no field here") == 12
    assert "2 headings more; --dry-run --json lists it" in done.stderr


def test_only_fields_that_the_record_speaks_of_can_be_taken(terminal: Terminal) -> None:
    for word, reason in (("causes", "'causes' is no field"), ("cause", "says nothing of cause")):
        done = terminal.run("import", "-", "--take", word, stdin=FINISHED)
        assert (done.exit_code, reason in done.stderr) == (2, True)
    assert terminal.json("list") == []


def test_a_finished_incident_has_each_span_of_its_impact_and_no_gate(terminal: Terminal) -> None:
    incident = terminal.run("import", "-", "--over", stdin=FINISHED).stdout.strip()
    episodes = terminal.json("show", incident)["episodes"]
    assert [span["seconds"] for span in episodes] == [30 * 60, 20 * 60]
    page = terminal.run("show", incident).stdout
    assert "in 2 spans" in page
    assert "(+" not in page
    assert "Missing for the gate" not in page


@pytest.mark.parametrize("command", [("import",), ("import", "--dry-run"), ("lint",)])
def test_an_empty_name_is_not_the_folder_one_is_in(
    terminal: Terminal, command: tuple[str, ...]
) -> None:
    (terminal.cwd / "notes.md").write_text("- 2026-11-20 14:02 the pool is full\n")
    done = terminal.run(*command, "")
    assert (done.exit_code, "an empty name" in done.stderr) == (2, True)
    assert terminal.json("list") == []


COLUMNS = "opened,closed,text\n2025-03-01 10:00,2025-03-01 11:00,pool full\n"
CHOICE = "tickets.csv:1: times are from column opened; closed holds times, too; --time-column"


@pytest.mark.parametrize(
    "command", [("import", "--dry-run"), ("import",), ("lint",), ("declare", "--from")]
)
def test_which_of_several_columns_of_times_was_taken_is_said_and_can_be_chosen(
    terminal: Terminal, command: tuple[str, ...]
) -> None:
    (terminal.cwd / "tickets.csv").write_text(COLUMNS)
    assert CHOICE in terminal.run(*command, "tickets.csv").stderr
    done = terminal.run(*command, "tickets.csv", "--time-column", "Closed")
    assert "from column closed; opened holds times, too" in done.stderr
    before = terminal.json("list")
    done = terminal.run(*command, "tickets.csv", "--time-column", "ended")
    assert (done.exit_code, "has these: opened, closed" in done.stderr) == (2, True)
    assert terminal.json("list") == before


def test_programs_learn_the_columns_of_times_and_the_one_taken(terminal: Terminal) -> None:
    (terminal.cwd / "tickets.csv").write_text(COLUMNS)
    data = terminal.json("import", "tickets.csv", "--time-column", "closed")
    assert data["columns"] == [{"line": 1, "taken": ["closed"], "others": ["opened"]}]
    assert data["rows"][0]["at"] == "2025-03-01T11:00:00Z"
    files = json.loads(terminal.run("lint", "tickets.csv", "--json").stdout)
    assert files[0]["columns"] == [{"line": 1, "taken": ["opened"], "others": ["closed"]}]


def test_of_several_files_only_those_with_tables_need_the_column(terminal: Terminal) -> None:
    (terminal.cwd / "tickets.csv").write_text(COLUMNS)
    (terminal.cwd / "chat.md").write_text("- 2026-11-20 14:02 the pool is full\n")
    (terminal.cwd / "other.csv").write_text(COLUMNS.replace("closed", "done"))
    files = ("tickets.csv", "chat.md", "other.csv")
    data = terminal.json("import", *files, "--dry-run", "--time-column", "closed")
    problems = [bool(result["problem"]) for result in data["files"]]
    assert problems == [False, False, True]
