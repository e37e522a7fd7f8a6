"""Secrets at the keyboard: the entry is kept, the question is asked, the commit waits."""

from collections.abc import Callable

from tests.cli.conftest import Terminal
from tests.service.secrets.test_texts import GITHUB


def test_the_line_is_recorded_and_what_can_be_done_is_told(terminal: Terminal) -> None:
    terminal.declared()
    done = terminal.run("log", f"token {GITHUB}")
    assert done.exit_code == 0
    assert done.stdout.startswith("2\t")
    assert "looks like it holds a secret (GitHub Token)" in done.stderr
    assert "/redact 2 WHY" in done.stderr
    assert "/keep-secret 2 WHY" in done.stderr


def test_piped_lines_are_asked_about_too_and_none_is_lost(terminal: Terminal) -> None:
    terminal.declared()
    done = terminal.run("log", "-", stdin=f"cold\ntoken {GITHUB}\ncolder\n")
    assert len(done.stdout.splitlines()) == 3
    assert "/redact 3 WHY" in done.stderr


def test_the_commit_waits_for_the_answer(
    git_terminal: Terminal, with_git: Callable[..., str]
) -> None:
    git_terminal.declared()
    git_terminal.ok("log", f"token {GITHUB}")
    done = git_terminal.run("log", "/sev SEV2")
    assert "not committed yet: #2 looks like it holds a secret" in done.stderr
    assert len(with_git("log", "--oneline").splitlines()) == 1
    git_terminal.ok("log", "/redact 2 pasted by mistake")
    assert len(with_git("log", "--oneline").splitlines()) == 2
    assert GITHUB not in with_git("log", "-p")


def test_what_commits_still_hold_is_said_with_the_commands(
    git_terminal: Terminal, with_git: Callable[..., str]
) -> None:
    incident = git_terminal.declared()
    git_terminal.ok("log", "the customer is Brezhnova", "/sev SEV2")
    done = git_terminal.run("log", "/redact 2")
    assert "Earlier commits still hold the words of 2" in done.stderr
    assert "git filter-repo" in done.stderr
    assert f"--path {incident}" in done.stderr
    assert "git filter-branch" in git_terminal.ok("purge")
    git_terminal.ok("log", "/purged 2")
    assert git_terminal.ok("purge") == ""


def test_the_commands_are_printed_in_full_with_what_is_left_to_say(
    git_terminal: Terminal,
) -> None:
    incident = git_terminal.declared()
    git_terminal.ok("log", "the customer is Brezhnova", "/sev SEV2")
    git_terminal.ok("log", "/redact 2")
    done = git_terminal.run("purge")
    for command in (
        f"cd {git_terminal.home}", "git stash list", f"git add --force -- {incident}",
        "git filter-branch --force", "git update-ref --stdin", "git reflog expire", "git gc",
    ):  # fmt: skip
        assert command in done.stdout
    assert f'incident-tui log -i {incident} "/purged 2"' in done.stderr


def test_a_file_is_asked_about_by_name_line_and_kind(terminal: Terminal) -> None:
    terminal.declared()
    (terminal.cwd / "app.log").write_text(f"first\nsecond\n{GITHUB}\n")
    done = terminal.run("log", "/evidence app.log")
    assert done.exit_code == 0
    notice = "2 looks like it holds a secret (GitHub Token in line 3 of evidence/app.log)"
    assert notice in done.stderr
    assert "/redact 2 WHY" in done.stderr
    assert GITHUB not in done.output
    refused = terminal.run("export")
    assert refused.exit_code == 3
    assert GITHUB not in refused.output


def test_a_command_that_was_run_is_asked_about_once(terminal: Terminal) -> None:
    terminal.env["PATH"] = "/usr/bin:/bin"
    terminal.declared()
    done = terminal.run("run", "--", "echo", GITHUB)
    assert done.stderr.count("/keep-secret") == 1
    assert "/redact 2 WHY" in done.stderr
    (kept,) = (terminal.folder(terminal.json("list")[0]["id"]) / "evidence").glob("[!.]*")
    assert GITHUB not in kept.read_text("utf-8")
