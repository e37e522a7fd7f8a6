"""`incident-tui run -- COMMAND`: it runs as it would without, and is on record."""

import sys

import pytest

from tests.cli.conftest import Terminal


def test_its_words_outcome_and_output_are_recorded(terminal: Terminal, incident: str) -> None:
    done = terminal.run("run", "--", sys.executable, "-c", "print('all green')")
    assert done.exit_code == 0
    assert "all green" in done.stdout
    row, evidence = terminal.json("show")["timeline"][1:]
    assert row["kind"] == "command"
    assert row["text"].endswith("exit code 0 after 0 s (evidence/run.txt)")
    assert evidence["text"] == "evidence/run.txt"
    assert (terminal.folder(incident) / "evidence" / "run.txt").read_text() == "all green\n"


def test_a_command_that_fails_is_recorded_and_fails(terminal: Terminal) -> None:
    terminal.declared()
    done = terminal.run("run", "--", sys.executable, "-c", "exit(7)")
    assert done.exit_code == 1
    assert "exit code 7" in done.stderr
    assert "exit code 7" in terminal.json("show")["timeline"][1]["text"]


def test_no_shell_reads_its_words(terminal: Terminal) -> None:
    terminal.declared()
    program = "import sys; print(sys.argv[1:])"
    done = terminal.run("run", "--", sys.executable, "-c", program, "$HOME; id", "--json", "-i")
    assert "['$HOME; id', '--json', '-i']" in done.stdout


def test_a_secret_among_its_words_is_asked_about(terminal: Terminal) -> None:
    terminal.declared()
    terminal.run("run", "--", sys.executable, "-c", "pass", "--password=Tr0ub4dor&3x")
    assert [row["kind"] for row in terminal.json("show")["timeline"]] == [
        "declared",
        "command",
        "suspected",
    ]


@pytest.mark.parametrize("words", [["no-such-command"], [""]])
def test_what_cannot_be_run_is_refused_and_not_recorded(
    terminal: Terminal, words: list[str]
) -> None:
    terminal.declared()
    assert terminal.run("run", "--", *words).exit_code == 3
    assert len(terminal.json("show")["timeline"]) == 1


def test_without_a_command_it_is_a_mistake(terminal: Terminal) -> None:
    terminal.declared()
    assert terminal.run("run").exit_code == 2
