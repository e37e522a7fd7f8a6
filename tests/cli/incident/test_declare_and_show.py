"""Declaring, listing, showing: ids and data on standard output, everything else beside it."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cli.conftest import Terminal

FIELDS = (
    "id title kind protected playbook status severity stage stages began_at started_at detected_at "
    "declared_at mitigated_at resolved_at durations zone roles impact scope hypotheses mitigations "
    "readings actions factors guardrails questions updates next_update_due artifacts gate flags "
    "timeline commits"
)
SHOWN = FIELDS.split()
SUMMARY = SHOWN[:10]
# field of `show` -> the fields of what it holds
PARTS = {
    "stages": "id title state entered_at left_at cycles",
    "durations": "time_to_detect time_to_declare time_to_mitigate time_to_resolve",
    "hypotheses": "number text status test for against",
    "mitigations": "number kind text undo status",
    "readings": "name before after",
    "actions": "number text owner due class priority verify status",
    "factors": "number layer text candidate",
    "updates": "number kind at text next_at",
    "gate": "stage review passes checks",
    "flags": "id text since",
    "timeline": "number id at recorded_at kind actor hat text source amended retracted",
    "commits": "sha at subject",
}
ONE_OF_EACH = (
    "/hyp 1 test pool wait",
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
    "> scaled checkout to 12 pods",
    "= p95 4.2s -> 310ms",
    "+ alert on pool usage owner:ana due:2w class:detect prio:P1 verify:paged",
    "/factor detection no alert on pool usage",
    "/guardrail deploys are frozen",
    "/question were webhooks lost?",
)


def test_declaring_prints_the_id_and_says_beside_it_what_to_do_next(terminal: Terminal) -> None:
    done = terminal.run("declare", "Checkout", "returns", "5xx")
    assert done.exit_code == 0
    assert done.stdout == "2026-11-20-checkout-returns-5xx\n"
    assert "incident-tui gate" in done.stderr
    assert terminal.folder(done.stdout.strip()).is_dir()


def test_the_same_title_again_names_the_incident_that_goes_on(terminal: Terminal) -> None:
    first = terminal.declared("Checkout returns 5xx")
    terminal.declared("Checkout returns 5xx to somebody else")
    done = terminal.run("declare", "Checkout returns 5xx")
    assert f"{first} has the same title and is not closed" in done.stderr
    closing = f"/close duplicate covered by {first}"
    assert f'log -i {done.stdout.strip()} "{closing}"' in done.stderr
    assert terminal.run("log", "-i", done.stdout.strip(), closing).exit_code == 0
    assert f"{first} has" in terminal.run("declare", "Checkout returns 5xx").stderr


def test_what_is_said_when_declaring_is_in_the_record(terminal: Terminal) -> None:
    terminal.declared(
        "Checkout 5xx", "--severity", "sev2", "--at", "13:58", "--drill", "--protected"
    )
    data = terminal.json("show")
    assert (data["kind"], data["protected"], data["severity"]) == ("drill", True, "SEV2")
    assert data["started_at"] == "2026-11-20T13:58:00Z"


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        pytest.param(["--severity", "SEV9"], 3, "SEV2", id="no such severity"),
        pytest.param(["--at", "24:10"], 2, "no hour 24", id="no such time"),
        pytest.param(["--at", "2026-11-20T23:59Z"], 2, "lies ahead", id="yet to come"),
        pytest.param(["--playbook", "war-rom"], 2, "war-room", id="no such playbook"),
    ],
)
def test_a_declaration_that_cannot_be_leaves_nothing_behind(
    terminal: Terminal, words: list[str], code: int, reason: str
) -> None:
    done = terminal.run("declare", "Checkout 5xx", *words)
    assert done.exit_code == code
    assert reason in done.output
    assert terminal.json("list") == []


def test_an_unusable_playbook_is_unreadable_input(terminal: Terminal) -> None:
    (terminal.cwd / "bad.toml").write_text('id = "bad"\nlaw = 3\n')
    done = terminal.run("declare", "Checkout 5xx", "--playbook", "bad.toml")
    assert done.exit_code == 2
    assert "bad.toml" in done.stderr


def test_the_list_has_the_first_ten_fields_newest_first(terminal: Terminal) -> None:
    first = terminal.declared("Search is slow")
    second = terminal.declared("Checkout 5xx")
    rows = terminal.json("list")
    assert sorted(row["id"] for row in rows) == sorted([first, second])
    assert [list(row) for row in rows] == [SUMMARY, SUMMARY]
    table = terminal.ok("list")
    assert "Search is slow" in table
    assert "Triage" in table


def test_newest_first_is_by_the_start_whatever_the_names_and_days_of_declaring(
    terminal: Terminal,
) -> None:
    late = terminal.declared("Alpha fails")
    early = terminal.declared("Zeta fails", "--at", "-3d")
    assert [row["id"] for row in terminal.json("list")] == [late, early]
    terminal.ok("log", "-i", late, "@-7d /milestone started")
    assert [row["id"] for row in terminal.json("list")] == [early, late]


def test_one_unreadable_incident_hides_no_other(terminal: Terminal) -> None:
    good = terminal.declared("Checkout 5xx")
    bad = terminal.declared("Search is slow")
    (terminal.folder(bad) / "incident.json").write_text('{"meta": {')
    done = terminal.run("list", "--json")
    assert done.exit_code == 0
    assert [row["id"] for row in json.loads(done.stdout)] == [good]
    assert bad in done.stderr
    assert "unreadable" in terminal.ok("list")
    (terminal.folder(good) / "incident.json").write_text("")
    assert terminal.run("list").exit_code == 1


def test_show_has_every_field_that_programs_rely_on(
    git_terminal: Terminal, minute: tuple[str, ...]
) -> None:
    terminal = git_terminal
    terminal.declared()
    for line in (*minute, *ONE_OF_EACH):
        terminal.ok("log", line)
    terminal.clock.now = terminal.clock.now.replace(hour=15)
    data = terminal.json("show")
    assert set(SHOWN) <= set(data)
    assert list(data)[:10] == SUMMARY
    for name, fields in PARTS.items():
        value = data[name][0] if isinstance(data[name], list) else data[name]
        assert set(fields.split()) <= set(value), name
    assert {"id", "title", "kind", "state", "why", "mend"} <= set(data["gate"]["checks"][0])
    assert set(data["roles"]["commander"]) == {"person", "since"}
    assert data["artifacts"]["incident-brief"]["severity"].startswith("SEV2")
    assert len(data["commits"]) == 4
    assert data["commits"][-1]["subject"].endswith("Declared: Checkout returns 5xx in eu-west")


def test_without_git_there_are_no_commits_and_no_failure(terminal: Terminal) -> None:
    terminal.declared()
    assert terminal.json("show")["commits"] == []


def test_the_page_says_how_bad_how_long_what_is_owed_and_what_is_missing(
    terminal: Terminal, minute: tuple[str, ...]
) -> None:
    terminal.declared()
    for line in (*minute, *ONE_OF_EACH):
        terminal.ok("log", line)
    page = terminal.ok("show")
    for words in ("SEV2", "due in", "Mitigate (2 of 7)", "12 % of checkouts", "undo: deploy v42"):
        assert words in page
    assert "Missing for the gate" in page
    assert page.count("\n  #") == 10


def test_a_change_from_before_the_incident_waits_for_no_verdict_on_the_page(
    terminal: Terminal,
) -> None:
    incident = terminal.declared("Checkout returns 5xx", "--at", "-10m")
    terminal.run("log", "-i", incident, "@-20m > deployed v42", "> rolled back to v41")
    page = terminal.run("show", incident).stdout
    assert "before it began  change  deployed v42\n" in page
    assert "in flight        change  rolled back to v41 (no undo named)" in page


def test_an_incident_that_goes_on_has_not_lasted_whatever_milestone_is_stated(
    terminal: Terminal,
) -> None:
    """A record of others that is imported into it may say that it was resolved."""
    incident = terminal.declared("Checkout returns 5xx")
    terminal.run("log", "-i", incident, '/milestone resolved it is over why:"record"')
    shown = terminal.run("show", incident).stdout
    assert "it lasted" not in shown
    terminal.run("log", "-i", incident, '/state resolved why:"seen"')
    assert "it lasted" in terminal.run("show", incident).stdout


def test_times_of_the_page_are_in_the_zone_of_the_incident(terminal: Terminal) -> None:
    terminal.env["TZ"] = "Europe/Berlin"
    terminal.declared()
    terminal.ok("log", "@15:02 first alert src:pager")
    assert terminal.json("show")["timeline"][0]["at"] == "2026-11-20T14:02:00Z"
    page = terminal.ok("show")
    assert "(Europe/Berlin)" in page
    assert "15:02 (+12m)" in page


def test_the_page_says_once_how_late_lines_are_that_came_in_one_go(terminal: Terminal) -> None:
    terminal.declared()
    terminal.ok("log", "-", "--timed", stdin="13:50 slow\n13:55 slower\n")
    assert terminal.ok("show").count("(+") == 1


def test_text_that_steers_a_terminal_is_shown_inert(terminal: Terminal, incident: str) -> None:
    path = terminal.folder(incident) / "incident.json"
    path.write_text(path.read_text().replace("Checkout returns", "Checkout \\u001b[2J"))
    assert "\x1b" not in terminal.ok("show")
    assert "\x1b" not in terminal.ok("list")


def test_the_gate_names_each_missing_thing_with_what_mends_it(
    terminal: Terminal, minute: tuple[str, ...]
) -> None:
    terminal.declared()
    shut = terminal.run("gate")
    assert shut.exit_code == 3
    assert "/sev SEV1" in shut.stdout
    for line in minute[:-2]:
        terminal.ok("log", line)
    assert terminal.run("gate").exit_code == 0
    assert terminal.ok("gate").splitlines()[-1] == "next: /advance  everything holds"
    verdict = terminal.json("gate")
    assert verdict["stage"] == "triage"
    assert verdict["passes"] is True
    assert {check["state"] for check in verdict["checks"]} == {"passed"}


def test_the_gate_says_that_it_waits_for_approval_and_then_what_sent_it_back(
    terminal: Terminal, minute: tuple[str, ...]
) -> None:
    terminal.declared()
    for line in minute[:-1]:
        terminal.ok("log", line)
    assert "waits for /approve or /send-back" in terminal.ok("gate")
    terminal.ok("log", "/send-back the scope of eu is a guess")
    assert "\n  sent back by ana: the scope of eu is a guess\n" in terminal.run("gate").stdout


def test_a_gate_that_is_shut_is_still_data(terminal: Terminal) -> None:
    terminal.declared()
    done = terminal.run("gate", "--json")
    assert done.exit_code == 3
    data = json.loads(done.stdout)
    assert data["passes"] is False
    assert data["checks"][0]["state"] == "failing"


def test_any_unique_part_of_the_name_will_do(terminal: Terminal) -> None:
    terminal.declared("Search is slow")
    checkout = terminal.declared("Checkout 5xx")
    assert terminal.json("show", "checkout")["id"] == checkout
    terminal.ok("log", "-i", "CHECKOUT", "error rate 14 %")


def test_a_closed_incident_is_not_the_one_that_is_meant(terminal: Terminal) -> None:
    terminal.declared("Search is slow")
    terminal.ok("log", "/close false-positive a test alert")
    assert terminal.run("log", "a fact").exit_code == 4
    checkout = terminal.declared("Checkout 5xx")
    assert terminal.json("show")["id"] == checkout


def test_init_makes_a_home_in_the_enclosing_repository(terminal: Terminal) -> None:
    del terminal.env["INCIDENT_TUI_HOME"]
    (terminal.cwd / ".git").mkdir()
    (terminal.cwd / "src").mkdir()
    top, terminal.cwd = terminal.cwd, terminal.cwd / "src"
    assert terminal.ok("init") == f"{top / 'incidents'}\n"
    assert "nothing was changed" in terminal.run("init").stderr
    incident = terminal.declared()
    assert (top / "incidents" / incident).is_dir()


def test_init_outside_of_a_repository_says_what_to_do(terminal: Terminal) -> None:
    done = terminal.run("init")
    assert done.exit_code == 1
    assert "git init" in done.stderr


def test_the_home_can_be_named_before_and_after_the_command(
    terminal: Terminal, tmp_path: Path
) -> None:
    other = str(tmp_path / "other")
    terminal.ok("--home", other, "declare", "Checkout 5xx")
    assert len(json.loads(terminal.ok("list", "--json", "--home", other))) == 1
    assert terminal.json("list") == []


@pytest.mark.parametrize(
    ("words", "env", "config", "who"),
    [
        (["--as", "carl"], {"INCIDENT_TUI_ME": "ben"}, "", "carl"),
        ([], {"INCIDENT_TUI_ME": "ben"}, 'me = "dora"', "ben"),
        ([], {"INCIDENT_TUI_ME": ""}, 'me = "dora"', "dora"),
        ([], {"INCIDENT_TUI_ME": "", "GIT_AUTHOR_NAME": "fay"}, "", "fay"),
        ([], {"INCIDENT_TUI_ME": "", "LOGNAME": "eve"}, "", "eve"),
        ([], {"INCIDENT_TUI_ME": ""}, "", "someone"),
    ],
)
def test_who_is_typing(
    terminal: Terminal, words: list[str], env: dict[str, str], config: str, who: str
) -> None:
    terminal.home.mkdir()
    (terminal.home / "incident-tui.toml").write_text(config)
    terminal.env |= env
    terminal.declared("Checkout 5xx", *words)
    assert terminal.json("show")["timeline"][0]["actor"] == who


def test_the_system_knows_who_is_typing_where_nobody_else_does(terminal: Terminal) -> None:
    terminal.env["INCIDENT_TUI_ME"] = ""
    terminal.world = replace(terminal.world, login=lambda: "Gil Roe")
    terminal.declared()
    assert terminal.json("show")["timeline"][0]["actor"] == "Gil Roe"


def test_who_said_once_who_they_are_is_known_in_every_home(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.env |= {"INCIDENT_TUI_ME": "", "GIT_AUTHOR_NAME": "git's", "XDG_CONFIG_HOME": ""}
    terminal.declared()
    printed = terminal.run("log", "/me Ana Roe").stderr
    assert "typing as Ana Roe, remembered in ~/.config/incident-tui/config.toml" in printed
    terminal.ok("log", "smoke")
    assert [entry["actor"] for entry in terminal.json("show")["timeline"]] == ["git's", "Ana Roe"]
    terminal.ok("log", "/me ben")
    terminal.env["INCIDENT_TUI_HOME"] = str(tmp_path / "another")
    terminal.declared()
    assert terminal.json("show")["timeline"][0]["actor"] == "Ana Roe"


def test_git_knows_who_is_typing(git_terminal: Terminal, tmp_path: Path) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ana Ops\n")
    del git_terminal.env["GIT_AUTHOR_NAME"]
    git_terminal.env |= {"INCIDENT_TUI_ME": "", "GIT_CONFIG_GLOBAL": str(settings)}
    git_terminal.declared()
    assert git_terminal.json("show")["timeline"][0]["actor"] == "Ana Ops"


def test_a_name_is_needed_where_one_is_announced(terminal: Terminal) -> None:
    assert terminal.run("--as", " ", "list").exit_code == 2
