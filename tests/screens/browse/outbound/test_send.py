"""Sending an update from the console: shown in full, trusted as it is, run on a yes, kept."""

import json
from pathlib import Path

from incident_tui.domain.process.runs import CommandRun
from incident_tui.screens.browse.outbound.send import SendScreen
from incident_tui.service import Service
from tests.support.console import Host, declare, listed, now_in, painted, until

SCRIPT = '#!/bin/sh\ncat > "$1"\n'


def posted(service: Service) -> tuple[Path, Path]:
    """An update, and a script of the home that takes it; the script, and where it puts the text."""
    home = service.home.path
    script, out = home / "notify.sh", home.parent / "out"
    declare(service).enter("/update We roll back. next:+30m")
    script.write_text(SCRIPT)
    script.chmod(0o755)
    words = json.dumps(["./notify.sh", str(out)])
    (home / "incident-tui.toml").write_text(f"[send]\ncommand = {words}\n")
    return script, out


async def test_nothing_runs_before_it_is_trusted_and_before_enter_says_so(service: Service) -> None:
    _, out = posted(service)
    app = Host.of(SendScreen, service)
    async with app.run_test(size=(110, 30)) as pilot:
        await until(pilot, lambda: "update 1 to notify.sh, not trusted yet" in painted(app))
        await until(pilot, lambda: "./notify.sh" in listed(app))
        await until(pilot, lambda: "We roll back." in listed(app))
        await pilot.press("f8")
        await until(pilot, lambda: "? Enter trusts the command above" in painted(app))
        await pilot.press("j")  # any other key: not now
        assert not out.exists()
        await pilot.press("f8", "enter")
        await until(pilot, lambda: "? Enter runs it with the text of update 1" in painted(app))
        assert not out.exists()
        await pilot.press("enter")
        await until(pilot, lambda: "update 1 was handed to notify.sh, saved" in painted(app))
    assert "We roll back." in out.read_text()
    assert any(isinstance(entry.event, CommandRun) for entry in now_in(service).entries)


async def test_a_script_that_was_changed_has_to_be_read_again(service: Service) -> None:
    script, out = posted(service)
    app = Host.of(SendScreen, service)
    async with app.run_test(size=(110, 30)) as pilot:
        await until(pilot, lambda: "not trusted yet" in painted(app))
        await pilot.press("f8", "enter")
        await until(pilot, lambda: "? Enter runs it" in painted(app))
        script.write_text(f"{SCRIPT}touch pwned\n")
        await pilot.press("enter")
        await until(pilot, lambda: "not trusted as it is now" in painted(app))
    assert not out.exists()


async def test_without_a_command_it_is_told_how_to_set_one(service: Service) -> None:
    declare(service).enter("/update We roll back. next:+30m")
    app = Host.of(SendScreen, service)
    async with app.run_test(size=(110, 30)) as pilot:
        await until(pilot, lambda: "no command is set" in painted(app))
        await pilot.press("f8")
        await until(pilot, lambda: "✗ Not sent:" in painted(app))
