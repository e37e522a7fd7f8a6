"""Each process that ships, run from the command line from the declaration to the close.

The lines are those of tests/playbooks; where somebody else types, the program starts anew.
"""

from itertools import groupby

import pytest

from tests.cli.conftest import Terminal
from tests.playbooks.scripts.all import NAMES, WALKED

PROTECTED = {"command"}
"""Processes whose script is that of an incident for those only who need to know."""
ALONE = {"war-room"}
"""Processes whose script is that of one person, in a home that allows to review oneself."""


@pytest.mark.parametrize("name", NAMES)
def test_a_script_of_log_lines_runs_an_incident_to_its_close(
    git_terminal: Terminal, name: str
) -> None:
    """Every line is taken by a process of its typist, and what is left on disk is whole."""
    protected = ["--protected"] if name in PROTECTED else []
    if name in ALONE:
        git_terminal.home.mkdir()
        (git_terminal.home / "incident-tui.toml").write_text("self-review = true\n")
    incident = git_terminal.declared("Orders are refused", "--playbook", name, *protected)
    for actor, steps in groupby(WALKED[name], key=lambda step: step.by):
        lines = "".join(f"{step.line}\n" for step in steps)
        done = git_terminal.run("log", "-", "-i", incident, "--as", actor, stdin=lines)
        assert done.exit_code == 0, done.output
    data = git_terminal.json("show", incident)
    assert data["status"] == "closed"
    assert {stage["state"] for stage in data["stages"]} == {"passed"}
    assert git_terminal.ok("verify", incident) == f"{incident}: all well\n"
