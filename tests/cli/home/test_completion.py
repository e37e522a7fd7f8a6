"""What Tab does: in bash, zsh and fish, and for each word that a command takes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from incident_tui.cli import Outside, root
from tests.cli.conftest import Terminal
from tests.support.paths import ROOT
from tests.support.terminals.shells import ECHO, at_terminal, program_in

START = {"bash": ("--norc", "--noprofile", "-i"), "zsh": ("-f", "-i")}
READY = "ready now"


@pytest.fixture
def machine(terminal: Terminal) -> Terminal:
    """A terminal whose shells find the program."""
    folder = program_in(terminal.base / "bin")
    terminal.env |= {"PATH": f"{folder}:{os.environ['PATH']}", "TERM": "dumb", "PS1": "$ "}
    return terminal


def shell(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"there is no {name} here")
    return path


TYPED = [
    ("doct\t", "<doctor>"),
    ("playbook sh\t", "<playbook><show>"),
    ("show check\t", "<show><{id}>"),
    ("gate --js\t", "<gate><--json>"),
    ("declare x --playbook stu\t", "<declare><x><--playbook><studio>"),
    ("declare x --playbook=stu\t", "<declare><x><--playbook=studio>"),
    ("declare x --playbook gated --severity SEV-1\t", "<--severity><SEV-1>"),
    ('log "/adva\t', "<log></advance>"),
    ('log "/hat comma\t', "<log></hat commander>"),
    ('log "? it is C:\\x and *\t"', "<log><? it is C:\\x and *>"),
    ("verify 'no such\t'", "<verify><no such>"),
]


@pytest.mark.parametrize("name", START)
def test_tab_completes_what_is_typed(machine: Terminal, name: str) -> None:
    program = shell(name)
    incident = machine.declared()
    with at_terminal([program, *START[name]], machine.env, machine.cwd) as user:
        user.type(f'eval "$(incident-tui completion {name})"; export {ECHO}=1; echo ready\\ now\n')
        user.until(f"\n{READY}", f"\r{READY}")
        for typed, words in TYPED:
            user.shown = ""
            user.type(f"incident-tui {typed}")
            user.type("\n")
            shown = user.until_shown(
                lambda shown: ">\r\n" in shown.partition("got<")[2], f"what {typed!r} comes to"
            )
            assert words.format(id=incident) in shown.partition("got")[2], typed


OFFERS = {
    "doct": "doctor\tLook at terminal",
    "show check": "{id}",
    "declare x --playbook stu": "studio\tStudio",
    "declare x --playbook=stu": "--playbook=studio\tStudio",
    "declare x --severity ": "SEV1\t",
    'log "/hat comma': "/hat commander\tOwns the incident",
    "--hom": "--home\t",
}


def test_fish_offers_what_fits_with_its_meaning(machine: Terminal) -> None:
    program = shell("fish")
    incident = machine.declared()
    source = "incident-tui completion fish | source"
    asked = [f"echo '{READY}'; complete -C 'incident-tui {typed}'" for typed in OFFERS]
    done = subprocess.run(
        [
            program,
            "--no-config",
            "-c",
            "; ".join([source, *asked]),
        ],
        cwd=machine.cwd,
        env=machine.env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == ""
    answers = done.stdout.split(f"{READY}\n")[1:]
    for answer, (typed, offered) in zip(answers, OFFERS.items(), strict=True):
        assert answer.startswith(offered.format(id=incident)), typed


def parameters(
    command: click.Command, at: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Parameter]]:
    """Each parameter of each command, with the words that lead to it."""
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            assert inner is not None
            yield from parameters(inner, (*at, name))
    for parameter in command.params:
        yield at, parameter


OFFERED = {
    "ID": "2026-11-20-checkout-returns-5xx-in-eu-west",
    "[ID]": "2026-11-20-checkout-returns-5xx-in-eu-west",
    "FILE|ID…": "2026-11-20-checkout-returns-5xx-in-eu-west",
    "LEVEL": "SEV2",
    "LINE…": "/advance",
    "SHELL": "fish",
    "ZONE": "Europe/Berlin",
}
"""What stands for a word in the help -> something that completes it."""


def test_each_word_that_the_program_knows_completes_wherever_it_is_taken(
    terminal: Terminal,
) -> None:
    terminal.declared()
    outside = Outside(terminal.world, lambda: terminal.base / "data", lambda *_: 0)
    seen = set()
    for words, parameter in parameters(root):
        wanted = OFFERED.get(parameter.metavar or "")
        if parameter.name in ("playbook", "origin"):
            wanted = "studio"
        if wanted is None:
            continue
        context = root.make_context("incident-tui", [*words], obj=outside, resilient_parsing=True)
        begun = "/adv" if wanted.startswith("/") else ""
        offered = [item.value for item in parameter.shell_complete(context, begun)]
        assert wanted in offered, (words, parameter.name)
        seen.add(parameter.metavar)
    assert set(OFFERED) <= seen


ASK = """
import os, sys

lines, sys.argv = sys.argv[1:], ["incident-tui"]
from incident_tui.__main__ import main

for line in lines:
    os.environ["COMP_WORDS"], os.environ["COMP_CWORD"] = line, line.rpartition(" ")[2]
    try:
        main()
    except SystemExit as end:
        assert not end.code
print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def asked(terminal: Terminal, *lines: str) -> "subprocess.CompletedProcess[str]":
    """Ask as fish does, and say on standard error what was loaded for the answers."""
    return subprocess.run(
        [sys.executable, "-c", ASK, *lines],
        cwd=terminal.cwd,
        env=terminal.env | {"PYTHONPATH": str(ROOT), "_INCIDENT_TUI_COMPLETE": "fish_complete"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_completing_loads_nothing_heavy(terminal: Terminal) -> None:
    incident = terminal.declared()
    done = asked(terminal, "incident-tui ", "incident-tui show ", "incident-tui log /se")
    for offered in ("declare", incident, "/sev"):
        assert f"plain,{offered}" in done.stdout
    loaded = set(done.stderr.split())
    assert loaded & {"textual", "rich", "git", "jinja2", "tinydb", "dateutil"} <= {"tinydb"}


def test_what_cannot_be_told_offers_nothing_and_says_nothing(terminal: Terminal) -> None:
    terminal.home.mkdir()
    (terminal.home / "incident-tui.toml").write_text("me = [")
    terminal.env["INCIDENT_TUI_ME"] = ""
    done = asked(terminal, "incident-tui declare x --severity ")
    assert (done.returncode, done.stdout.strip()) == (0, "")
    assert "Error" not in done.stderr
    assert "incident-tui.toml" not in done.stderr


def test_completing_changes_nothing(terminal: Terminal, incident: str) -> None:

    def everything() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in terminal.base.rglob("*")}

    before = everything()
    lines = ("show ", "log /hat", f"log -i {incident} /se", "declare x --severity ")
    done = asked(terminal, *(f"incident-tui {line}" for line in lines))
    assert done.stdout.count("plain,") >= len(lines)
    assert everything() == before


def test_an_unknown_shell_is_told_which_there_are(terminal: Terminal) -> None:
    done = terminal.run("completion", "powershell")
    assert done.exit_code == 2
    assert "bash" in done.stderr
