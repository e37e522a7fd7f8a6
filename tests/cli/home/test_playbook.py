"""Playbooks on the command line: named, shown, checked with places, copied to be changed."""

import tomllib
from pathlib import Path

import pytest

from incident_tui.store.playbook_files import BUILT_IN
from tests.cli.conftest import Terminal


def test_the_list_names_built_in_and_own_playbooks(terminal: Terminal) -> None:
    terminal.ok("playbook", "new", "payments")
    rows = {row["id"]: row for row in terminal.json("playbook", "list")}
    assert rows["war-room"]["origin"] == "built in"
    assert rows["payments"]["origin"] == "home"
    assert "payments" in terminal.ok("playbook", "list")


def test_show_has_what_programs_rely_on(terminal: Terminal) -> None:
    data = terminal.json("playbook", "show", "war-room")
    assert {"id", "title", "law", "severities", "hats", "stages"} <= set(data)
    assert {"id", "title", "update_every"} <= set(data["severities"][0])
    assert {"id", "title"} <= set(data["hats"][0])
    stage = data["stages"][0]
    assert {"id", "title", "review", "hats", "requires", "produces", "checks"} <= set(stage)
    assert set(stage["checks"][0]) == {"id", "kind", "waivable"}


def test_show_can_be_read(terminal: Terminal) -> None:
    page = terminal.ok("playbook", "show", "war-room")
    assert "1 Triage" in page
    assert "severity.set" in page


@pytest.mark.parametrize("name", [path.stem for path in sorted(BUILT_IN.glob("*.toml"))])
def test_show_prints_all_that_a_process_asks(terminal: Terminal, name: str) -> None:
    data = tomllib.loads((BUILT_IN / f"{name}.toml").read_text(encoding="utf-8"))
    page = " ".join(terminal.ok("playbook", "show", name).split())
    texts = [data["purpose"], data["law"]]
    for level in data["severities"]:
        texts += [level["criteria"], level["example"], level["respond-within"]]
    texts += [hat["duty"] for hat in data["hats"]]
    for stage in data["stages"]:
        texts += [stage["title"], stage["purpose"], *stage["guidance"]]
        texts += [check["title"] for check in stage.get("checks", ()) if "title" in check]
        texts += [field["title"] for field in stage.get("produces", {}).get("fields", ())]
    for words in ("prerequisites", "inputs", "levers", "mitigation-kinds", "hand-offs"):
        texts += [choice["title"] for choice in data.get(words, ())]
    for text in texts:
        assert " ".join(text.split()) in page


def test_show_says_of_which_incidents_a_check_is_asked(terminal: Terminal) -> None:
    lines = terminal.ok("playbook", "show", "command").splitlines()
    [light] = [line for line in lines if line.endswith("timeline.evidence")]
    assert "only where it is light" in light
    [both] = [line for line in lines if line.endswith("impact_check")]
    assert "also where it is light" in both


def test_show_says_how_long_a_flag_waits_with_its_unit(terminal: Terminal) -> None:
    page = terminal.ok("playbook", "show", "command")
    rows = {line.split()[0]: " ".join(line.split()[1:3]) for line in page.splitlines() if line}
    waits = {"hats.alone": "2 h", "updates.none": "15 min", "postmortem.due": "24 h"}
    assert waits.items() <= rows.items()
    assert rows["timeline.wrong-year"] == "10 d"
    assert rows["updates.overdue"] == "Silence makes"


def test_show_has_no_heading_with_nothing_below(terminal: Terminal) -> None:
    """Nothing has to hold before an incident of this process is closed."""
    assert "To close" not in terminal.ok("playbook", "show", "mitigate-first")


def test_check_is_silent_where_all_is_well(terminal: Terminal) -> None:
    done = terminal.run("playbook", "check", "war-room", str(BUILT_IN / "war-room.toml"))
    assert (done.exit_code, done.stdout) == (0, "")


def test_check_tells_every_problem_of_every_file_with_its_place(terminal: Terminal) -> None:
    text = (BUILT_IN / "war-room.toml").read_text(encoding="utf-8")
    wrong = text.replace('id = "severity.set"', 'id = "severity.sett"')
    (terminal.cwd / "one.toml").write_text(wrong.replace('"60m"', '"soon"'), encoding="utf-8")
    (terminal.cwd / "two").write_text("id = \n")
    done = terminal.run("playbook", "check", "one.toml", "two")
    assert done.exit_code == 2
    problems = done.stdout.splitlines()
    assert [line.split(":")[0] for line in problems] == ["one.toml", "one.toml", "two"]
    assert "severities[1].update-every" in done.stdout
    assert "stages[0].checks[2].id" in done.stdout
    assert "line 1" in problems[2]


@pytest.mark.parametrize("words", [["show"], ["check"], ["new", "mine", "--from"]])
def test_an_unknown_playbook_is_a_usage_error_that_names_the_nearest(
    terminal: Terminal, words: list[str]
) -> None:
    done = terminal.run("playbook", *words, "war-rom")
    assert done.exit_code == 2
    assert "war-room" in done.stderr


def test_a_copy_keeps_comments_and_has_its_own_id_and_title(terminal: Terminal) -> None:
    path = Path(terminal.ok("playbook", "new", "payments-team").strip())
    assert path == terminal.home / "playbooks" / "payments-team.toml"
    original = (BUILT_IN / "war-room.toml").read_text(encoding="utf-8").splitlines()
    copy = path.read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(original, copy, strict=True) if old != new]
    assert changed == [
        ('id = "war-room"', 'id = "payments-team"'),
        ('title = "War room"', 'title = "Payments team"'),
    ]
    terminal.declared("Checkout 5xx", "--playbook", "payments-team")
    assert terminal.json("show")["playbook"] == "payments-team"


def test_a_copy_takes_the_place_of_nothing(terminal: Terminal) -> None:
    path = Path(terminal.ok("playbook", "new", "payments").strip())
    path.write_text("# mine\n")
    done = terminal.run("playbook", "new", "payments")
    assert done.exit_code == 1
    assert path.read_text() == "# mine\n"


@pytest.mark.parametrize("name", ["../evil", "a/b", ".hidden", "con"])
def test_a_copy_cannot_be_put_elsewhere(terminal: Terminal, name: str) -> None:
    assert terminal.run("playbook", "new", name).exit_code == 3
    assert not (terminal.home / "playbooks").exists()


def test_a_copy_can_start_from_a_file(terminal: Terminal) -> None:
    source = (BUILT_IN / "war-room.toml").read_text(encoding="utf-8")
    (terminal.cwd / "base.toml").write_text(f"# ours\n{source}", encoding="utf-8")
    path = Path(terminal.ok("playbook", "new", "ours", "--from", "base.toml").strip())
    assert path.read_text(encoding="utf-8").startswith("# ours\n")
