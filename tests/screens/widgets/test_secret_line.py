"""A line that looks like it holds a secret: the console asks before it records it."""

import threading
from pathlib import Path

import pytest

from incident_tui.domain.confidential.secrets import Secrets
from incident_tui.screens.widgets.line.line_note import LineNote
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.service.secrets.files import Look, look_into
from tests.flows.conftest import Console, controller_of, enter, settle, settled
from tests.service.secrets.test_texts import GITHUB
from tests.support.console import painted


async def test_a_second_enter_records_it_and_a_flag_stays_until_it_is_settled(
    tmp_path: Path,
) -> None:
    console = Console(tmp_path)
    line = f"token {GITHUB}"
    app = console.app(console.declare())
    async with settled(app, size=(80, 24)) as pilot:
        controller = controller_of(pilot)
        assert controller is not None
        await enter(pilot, line)
        assert len(controller.incident.entries) == 1
        log_line = app.screen.query_one(LogLine)
        assert log_line.draft == ""
        note = str(app.screen.query_one(LineNote).render())
        assert "GitHub Token" in note
        await pilot.press("enter")
        await settle(pilot)
        assert len(controller.incident.of(Secrets).open) == 1
        assert controller.flags()[0].id == "secrets.suspected"
        await enter(pilot, "/redact 2 pasted by mistake")
        assert controller.incident.of(Secrets).open == []
        assert GITHUB not in repr(controller.incident.entries)
        assert "secrets.suspected" not in [flag.id for flag in controller.flags()]


async def test_what_a_second_enter_does_can_be_read_on_a_small_terminal(tmp_path: Path) -> None:
    console = Console(tmp_path)
    app = console.app(console.declare())
    async with settled(app, size=(80, 24)) as pilot:
        await enter(pilot, f"token {GITHUB}")
        assert "Enter again records it (GitHub Token)" in painted(app)


async def test_another_line_in_between_asks_again(tmp_path: Path) -> None:
    console = Console(tmp_path)
    app = console.app(console.declare())
    async with settled(app, size=(80, 24)) as pilot:
        controller = controller_of(pilot)
        assert controller is not None
        await enter(pilot, f"token {GITHUB}", "token is rotated", f"token {GITHUB}")
        assert [entry.event.kind for entry in controller.incident.entries] == ["declared", "fact"]


async def test_a_file_that_holds_one_is_asked_about_before_it_is_copied(tmp_path: Path) -> None:
    (tmp_path / "app.log").write_text(f"first\ntoken {GITHUB}\n")
    console = Console(tmp_path)
    app = console.app(console.declare())
    async with settled(app, size=(120, 40)) as pilot:
        controller = controller_of(pilot)
        assert controller is not None
        evidence = controller.session.folder / "evidence"
        await enter(pilot, f"/evidence {tmp_path / 'app.log'}")
        note = str(app.screen.query_one(LineNote).render())
        assert "GitHub Token in line 2 of app.log" in note
        assert GITHUB not in note
        assert not evidence.exists()
        await pilot.press("enter")
        await settle(pilot)
        assert (evidence / "app.log").is_file()
        assert len(controller.incident.of(Secrets).open) == 1
        await enter(pilot, "/redact 2 a token")
        assert GITHUB not in (evidence / "app.log").read_text()
        assert controller.incident.of(Secrets).open == []


async def test_it_is_looked_into_away_from_the_thread_that_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "app.log").write_text("harmless")
    threads = []

    def look(content: bytes) -> Look:
        threads.append(threading.current_thread())
        return look_into(content)

    for module in ("session.evidence_files", "secrets.files"):
        monkeypatch.setattr(f"incident_tui.service.{module}.look_into", look)
    console = Console(tmp_path)
    app = console.app(console.declare())
    async with settled(app, size=(80, 24)) as pilot:
        await enter(pilot, f"/evidence {tmp_path / 'app.log'}")
        await settle(pilot)
    assert threads
    assert threading.main_thread() not in threads
