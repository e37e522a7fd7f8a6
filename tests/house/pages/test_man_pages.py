"""The pages for man(1) name every command, option and line, and can be shown."""

import re
import shutil
import subprocess
from collections.abc import Iterator

import click
import pytest

from incident_tui.cli import root
from incident_tui.domain import discovery
from incident_tui.domain.core import commands
from tests.support.paths import ROOT

PAGES = ROOT / "docs" / "man"


def shown(page: str) -> str:
    """A page as a reader sees it, at 200 columns."""
    program = shutil.which("man")
    if program is None:
        pytest.skip("there is no man here")
    done = subprocess.run(
        [program, "--warnings", "-P", "cat", "-l", str(PAGES / page)],
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "200", "LC_ALL": "C.UTF-8", "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return re.sub(r".\x08", "", done.stdout)


def every_command(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group, info_name=path)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from every_command(command, f"{path} {name}")
        elif not command.hidden:
            yield f"{path} {name}", command


def test_man_shows_each_command_with_its_options() -> None:
    page = shown("incident-tui.1")
    by_path = dict(every_command(root, "incident-tui"))
    assert len(by_path) > 20
    everywhere = {option for param in root.params for option in param.opts}
    for path, command in by_path.items():
        part = re.search(rf"^ {{3}}{path}\n(.*?)(?=^ {{3}}\w|^\w)", page, re.DOTALL | re.MULTILINE)
        assert part, path
        own = {option for param in command.params for option in param.opts} - everywhere
        assert [name for name in own if name.startswith("--") and name not in part[1]] == []


def test_man_shows_each_line_as_it_is_typed() -> None:
    discovery.load()
    page = " ".join(shown("incident-tui-lines.7").split())
    for form in commands.every_command():
        assert " ".join(form.syntax.split()) in page
        assert " ".join(form.example.split()) in page


def test_man_names_each_variable_that_the_program_reads() -> None:
    page = shown("incident-tui.1")
    sources = (ROOT / "incident_tui").rglob("*.py")
    named = {
        name for path in sources for name in re.findall(r"INCIDENT_TUI_[A-Z]+", path.read_text())
    }
    public = named - {"INCIDENT_TUI_COMPLETE"}  # by which shells ask, and nobody else
    assert {"INCIDENT_TUI_HOME", "INCIDENT_TUI_ME"} <= public
    assert [name for name in public if name not in page] == []
