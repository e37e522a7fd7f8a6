"""What comes too early is refused on the command line: code 3, why, and the line that helps."""

import json

import pytest

from tests.cli.conftest import Terminal
from tests.playbooks.mistakes import MISTAKES


@pytest.mark.parametrize("what", MISTAKES)
def test_what_comes_too_early_is_refused_with_what_mends_it(terminal: Terminal, what: str) -> None:
    """Nothing is recorded, and the answer is there for people and for programs."""
    mistake = MISTAKES[what]
    incident = terminal.declared("Orders are refused", "--playbook", mistake.playbook)
    for step in mistake.before:
        terminal.ok("log", "--as", step.by, step.line)
    entries = len(terminal.json("show", incident)["timeline"])

    done = terminal.run("log", mistake.line)
    assert done.exit_code == 3
    assert mistake.refused in done.stderr
    assert mistake.mend in done.stdout

    answer = json.loads(terminal.run("log", "--json", mistake.line).stdout)
    assert answer["refused"] == mistake.refused
    assert any(mistake.mend in reason["mend"] for reason in answer["reasons"])
    assert len(terminal.json("show", incident)["timeline"]) == entries
