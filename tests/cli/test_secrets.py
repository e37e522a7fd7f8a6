"""Secrets at the keyboard: the entry is kept, the question is asked, the commit waits."""

from collections.abc import Callable

from tests.cli.conftest import Terminal
from tests.service.test_secrets import GITHUB


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
