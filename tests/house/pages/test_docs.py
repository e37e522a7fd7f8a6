"""The reference pages say what the program does, and all of it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from incident_tui import screens
from incident_tui.app import IncidentApp
from incident_tui.domain import discovery
from incident_tui.domain.core import commands
from tests.support.paths import ROOT

CORPUS = Path(os.environ.get("INCIDENT_TUI_CORPUS") or Path("../shared/corpus").resolve())


def test_reference_pages_are_made_from_the_present_declarations() -> None:
    """A page that is out of step names itself and the command that mends it."""
    done = subprocess.run(
        [sys.executable, "docs/generate", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not CORPUS.is_dir(), reason="INCIDENT_TUI_CORPUS names no folder of records")
def test_the_page_of_real_records_has_each_of_them_and_none_of_their_sentences() -> None:
    page = (ROOT / "docs" / "real-records.md").read_text("utf-8")
    records = sorted(CORPUS.glob("*__*"))
    assert all(f"`{path.name}`" in page for path in records)
    texts = {line.strip() for path in records for line in path.read_text("utf-8").split("\n")}
    assert [text for text in texts if len(text) > 30 and text in page] == []


def classes_below(base: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for known in base.__subclasses__():
        yield known
        yield from classes_below(known)


def test_every_key_with_a_name_is_on_the_page_of_keys() -> None:
    """Whatever class declares it, the app and each screen and widget among them."""
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    ours = {
        known for known in classes_below(DOMNode) if known.__module__.startswith("incident_tui")
    }
    assert IncidentApp in ours
    declared = {
        binding.id
        for one in ours
        for binding in one.BINDINGS
        if isinstance(binding, Binding) and binding.id
    }
    page = (ROOT / "docs" / "keys.md").read_text("utf-8")
    written = set(re.findall(r"\| `([\w.]+)` \|$", page, flags=re.MULTILINE))
    assert len(declared) > 100
    assert declared - written == set()


def test_every_command_is_on_the_page_of_log_lines() -> None:
    discovery.load()
    page = (ROOT / "docs" / "log-lines.md").read_text("utf-8")
    rows = {re.sub(r"\\(.)", r"\1", line) for line in page.splitlines()}
    for form in commands.every_command():
        assert any(f"`{form.syntax}`" in row for row in rows), form.syntax
