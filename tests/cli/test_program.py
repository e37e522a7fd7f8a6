"""The program as a whole: exit codes, the console behind a terminal, what a start may load."""

import subprocess
import sys
from pathlib import Path

import pytest

from incident_tui import __version__
from incident_tui.store.log.lock import locked
from tests.cli.conftest import Terminal
from tests.support.paths import ROOT


def test_the_version_is_printed(terminal: Terminal) -> None:
    assert terminal.ok("--version") == f"incident-tui {__version__}\n"


def test_the_help_names_every_command_and_exit_code(terminal: Terminal) -> None:
    shown = terminal.ok("--help")
    for word in ("declare", "list", "show", "log", "gate", "verify", "playbook", "demo", "import"):
        assert f"  {word} " in shown
    assert "5 busy" in shown


@pytest.mark.parametrize(
    "command", ["declare", "list", "show", "log", "gate", "verify", "playbook", "demo", "import"]
)
def test_each_command_explains_itself(terminal: Terminal, command: str) -> None:
    assert "Usage:" in terminal.ok(command, "--help")


def test_exit_0_done(terminal: Terminal) -> None:
    assert terminal.run("list").exit_code == 0


def test_exit_1_failed_says_what_where_and_what_to_do(terminal: Terminal, incident: str) -> None:
    (terminal.folder(incident) / "incident.json").write_text("{")
    done = terminal.run("show", incident)
    assert done.exit_code == 1
    assert str(terminal.folder(incident) / "incident.json") in done.stderr
    assert "`incident-tui recover ID` rebuilds it" in done.stderr
    assert done.stdout == ""


def test_exit_1_for_a_configuration_that_cannot_be_read(terminal: Terminal) -> None:
    terminal.home.mkdir()
    (terminal.home / "incident-tui.toml").write_text("zone = 3")
    terminal.env["INCIDENT_TUI_ME"] = ""
    done = terminal.run("declare", "Checkout 5xx")
    assert done.exit_code == 1
    assert "incident-tui.toml" in done.stderr


@pytest.mark.parametrize(
    "words", [["shwo"], ["show", "--nope"], ["log"], ["declare"], ["verify", "x", "--all"]]
)
def test_exit_2_usage(terminal: Terminal, words: list[str]) -> None:
    done = terminal.run(*words)
    assert done.exit_code == 2
    assert done.stdout == ""


@pytest.mark.parametrize("words", [["show"], ["gate"], ["log", "a fact"], ["verify"]])
def test_exit_2_with_the_names_where_several_incidents_are_active(
    terminal: Terminal, words: list[str]
) -> None:
    names = terminal.declared("Search is slow"), terminal.declared("Checkout 5xx")
    done = terminal.run(*words)
    assert done.exit_code == 2
    assert all(name in done.stderr for name in names)


def test_exit_2_for_a_part_of_several_names(terminal: Terminal) -> None:
    terminal.declared("Search is slow")
    terminal.declared("Checkout 5xx")
    assert terminal.run("show", "2026").exit_code == 2


def test_exit_3_refused(terminal: Terminal) -> None:
    terminal.declared()
    assert terminal.run("log", "/advance").exit_code == 3


@pytest.mark.parametrize("words", [["show"], ["show", "search"], ["log", "-i", "search", "x"]])
def test_exit_4_no_such_incident(terminal: Terminal, words: list[str]) -> None:
    done = terminal.run(*words)
    assert done.exit_code == 4
    assert "incident-tui list" in done.stderr


def test_exit_5_busy(terminal: Terminal, incident: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident_tui.store.home.Home.file.__kwdefaults__", {"wait": 0.05})
    lock = terminal.home / ".incident-tui" / "locks" / f"{incident}.lock"
    with locked(lock, guards=terminal.folder(incident), wait=1):
        done = terminal.run("log", "a fact")
    assert done.exit_code == 5
    assert "another program" in done.stderr
    assert "nothing of it was recorded" in done.stderr


def test_without_a_terminal_the_console_says_what_works_instead(terminal: Terminal) -> None:
    done = terminal.run()
    assert done.exit_code == 1
    assert "incident-tui show" in done.stderr
    assert terminal.opened == []


def test_in_a_terminal_the_only_active_incident_is_opened(
    terminal: Terminal, incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "incident_tui.cli.frame.context.Invocation.need_terminal", lambda self: None
    )
    assert terminal.run().exit_code == 0
    assert [name for _, name in terminal.opened] == [incident]
    terminal.declared("Search is slow")
    terminal.run()
    assert terminal.opened[-1][1] is None


def test_the_console_ends_the_program_with_its_own_exit_code(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        "incident_tui.cli.frame.context.Invocation.need_terminal", lambda self: None
    )
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    terminal.ends_with = 143
    assert terminal.run().exit_code == 143
    done = terminal.run("demo")
    assert done.exit_code == 143
    assert "incident-tui-demo-" in done.stdout


def test_the_demo_is_opened_over_the_users_own_home_and_stays_where_it_says(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is declared while it is looked at goes into that home."""
    monkeypatch.setattr(
        "incident_tui.cli.frame.context.Invocation.need_terminal", lambda self: None
    )
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = terminal.run("demo")
    assert done.exit_code == 0
    ((own, _),) = terminal.opened
    (example,) = terminal.demos
    assert own.home.path == terminal.home
    assert done.stdout.strip() == str(example.home.path)
    assert len(example.active()) == 1
    assert done.stderr.count(str(example.home.path)) == 1


def test_a_demo_that_was_opened_from_the_list_says_where_it_stays(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        "incident_tui.cli.frame.context.Invocation.need_terminal", lambda self: None
    )
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    terminal.asks_for_demo = True
    done = terminal.run()
    (example,) = terminal.demos
    assert f"stays in {example.home.path} until you remove it" in done.stderr
    assert done.stdout == ""


def test_the_demo_can_be_built_without_a_console(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert terminal.run("demo").exit_code == 1
    folder = terminal.ok("demo", "--no-console").strip()
    assert terminal.json("list", "--home", folder)[0]["stage"] == "mitigate"
    assert "SEV2" in terminal.ok("--home", folder, "show")
    assert terminal.opened == []


def run_program(terminal: Terminal, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "incident_tui", *words],
        cwd=terminal.cwd,
        env=terminal.env | {"PYTHONPATH": str(ROOT)} | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_real_program_declares_logs_and_shows(terminal: Terminal) -> None:
    declared = run_program(terminal, "declare", "Checkout 5xx")
    assert declared.returncode == 0, declared.stderr
    assert run_program(terminal, "log", "error rate 14 %").returncode == 0
    shown = run_program(terminal, "show")
    assert "error rate 14 %" in shown.stdout
    assert shown.stderr == ""
    assert run_program(terminal, "show", "nothing").returncode == 4


def test_a_terminal_that_knows_only_ascii_gets_an_answer(terminal: Terminal) -> None:
    terminal.declared("Größe unbekannt → café")
    for words in (["show"], ["list"], ["show", "--json"]):
        done = run_program(terminal, *words, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert done.returncode == 0, done.stderr


def test_a_log_line_loads_nothing_that_it_does_not_need(terminal: Terminal) -> None:
    costly = {"textual", "rich", "git", "jinja2", "dateutil", "importlib.metadata"}
    terminal.env["TZ"] = "Europe/Berlin"
    terminal.declared()
    code = (
        "import sys; sys.argv = ['incident-tui', 'log', 'error rate 14 %']\n"
        "from incident_tui.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"assert not {costly!r} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=terminal.cwd,
        env=terminal.env | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
