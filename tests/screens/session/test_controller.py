"""The controller between screens and file: leaving never hangs, and what is kept is told."""

import asyncio
import shutil
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from incident_tui.domain.core import line_grammar
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.line_grammar import Line
from incident_tui.domain.process import gates
from incident_tui.domain.process.gates import GateReport
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.history import Pending
from incident_tui.screens.panes.pane import Pane
from incident_tui.screens.panes.registry import PANES
from incident_tui.screens.session import controller as controller_module
from incident_tui.screens.session.controller import Doubtful, IncidentController, Outcome
from incident_tui.screens.session.ui_thread import HandOver
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.support.console import NOW, Host, declare, make_service, painted, settle, settled, until
from tests.support.incidents import TRIAGE
from tests.support.world import Clock

GITHUB = "ghp_" + "a1B2" * 9


def host_of(
    base: Path, show: Callable[[IncidentController], Screen[Any]] = WarRoom
) -> tuple[Host, list[IncidentController]]:
    """A war room over a home, or what `show` makes, and its controller once it is open."""
    service = make_service(base)
    declare(service)
    controllers: list[IncidentController] = []

    def first(host: Host) -> Screen[Any]:
        controllers.append(host.controller(service))
        return show(controllers[0])

    return Host(first), controllers


def nothing(controller: IncidentController) -> Screen[Any]:
    """A screen without a widget, where the controller is asked by the test alone."""
    return Screen()


async def test_a_line_that_is_kept_aside_is_shown_and_the_strip_says_so(tmp_path: Path) -> None:
    host, controllers = host_of(tmp_path)
    async with settled(host, size=(80, 24)) as pilot:
        folder = controllers[0].session.folder
        folder.rename(tmp_path / "away")
        line = host.screen.query_one(LogLine)
        line.draft = "only eu-west"
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        await until(pilot, lambda: "kept aside" in painted(host))
        assert "only eu-west" in painted(host)
        assert line.draft == ""
        assert "NOT saved" not in painted(host)
        (tmp_path / "away").rename(folder)
        await until(pilot, lambda: "kept aside" not in painted(host))
    assert "only eu-west" in (folder / "incident.json").read_text()


async def test_a_line_that_can_be_kept_nowhere_stays_with_the_reason_in_sight(
    tmp_path: Path,
) -> None:
    """At 80 columns, wherever the home is: the path comes after all that matters more."""
    deep = tmp_path / "a-home-that-lies-deep-down-below-many-folders-with-long-names"
    host, controllers = host_of(deep)
    async with settled(host, size=(80, 24)) as pilot:
        controllers[0].session.folder.rename(tmp_path / "away")
        shutil.rmtree(deep / "state", ignore_errors=True)
        (deep / "state").write_text("a file in the way")
        line = host.screen.query_one(LogLine)
        line.draft = "only eu-west"
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        await until(pilot, lambda: "✗ not recorded: incident.json is not there" in painted(host))
        assert line.draft == "only eu-west"


async def test_a_stage_that_somebody_else_left_meanwhile_is_not_left_twice(tmp_path: Path) -> None:
    """The line was begun before that, and is entered when the console shows the next stage."""
    clock = Clock(NOW)
    clock.forward(3)
    service = make_service(tmp_path, clock)
    declare(service, TRIAGE[:-2])
    colleague = service.open(service.active()[0])
    controllers: list[IncidentController] = []

    def first(host: Host) -> Screen[Any]:
        controllers.append(host.controller(service))
        return WarRoom(controllers[0])

    host = Host(first)
    async with settled(host, size=(80, 24)) as pilot:
        log_line = host.screen.query_one(LogLine)
        outcomes: list[Outcome] = []
        entered = controllers[0].enter

        async def enter(text: str, *, line: Line | None = None, seen_stage: str = "") -> Outcome:
            outcomes.append(await entered(text, line=line, seen_stage=seen_stage))
            return outcomes[-1]

        controllers[0].enter = enter  # type: ignore[method-assign]
        log_line.draft = "/advance and on we go"
        await pilot.pause()
        for text in TRIAGE[-2:]:
            colleague.enter(text)
        await controllers[0].poll()
        assert controllers[0].incident.of(Lifecycle).current.stage.id == "mitigate"
        await pilot.press("enter")
        await until(pilot, lambda: bool(outcomes))
        (outcome,) = outcomes
        assert isinstance(outcome, Refused)
        assert "triage is not the current stage any more" in str(outcome)
        await settle(pilot)
        assert log_line.draft == ""
        await pilot.press("up")
        assert log_line.draft == "/advance and on we go"


async def test_what_is_put_back_into_the_log_is_committed_without_a_further_line(
    tmp_path: Path,
) -> None:
    """What others add at its end waits for the next transition, as every entry does."""
    host, controllers = host_of(tmp_path)
    async with settled(host) as pilot:
        (controller,) = controllers
        asked: list[None] = []
        controller.commit = lambda: asked.append(None)  # type: ignore[method-assign]
        older = controller.session.file.path.read_bytes()
        make_service(tmp_path, actor="ben").open(controller.session.id).enter("only eu-west")
        await controller.poll()
        assert len(controller.incident.recorded) == 2
        assert asked == []
        controller.session.file.path.write_bytes(older)
        await until(pilot, lambda: bool(asked))
        assert b"only eu-west" in controller.session.file.path.read_bytes()


async def test_a_commit_that_waits_for_a_decision_about_a_secret_is_flagged_once(
    tmp_path: Path,
) -> None:
    """The suspicion says that nothing is committed; a second flag would say the same."""
    host, controllers = host_of(tmp_path, nothing)
    async with settled(host):
        (controller,) = controllers
        controller.committer.submit(lambda: Pending("entry 2 looks like it holds a secret"))
        controller.committer.drain(5)
        assert [flag.id for flag in controller.flags()] == ["commit.pending"]
        for _ in range(2):  # the second Enter records it
            await controller.enter(f"token {GITHUB}")
        flags = [flag.id for flag in controller.flags()]
        assert "secrets.suspected" in flags
        assert "commit.pending" not in flags


async def test_leaving_does_not_wait_for_a_change_that_waits_for_the_screens() -> None:
    hand_over = HandOver()
    made: list[str] = []
    writer = threading.Thread(target=hand_over, args=(lambda: made.append("change"),))
    writer.start()
    hand_over.close()
    # As `close` of a controller does, this blocks the screens' own thread.
    writer.join(timeout=5)
    assert not writer.is_alive()
    assert made == ["change"]
    await asyncio.sleep(0)
    assert made == ["change"], "a change is made once"


async def test_a_change_is_made_on_the_screens_thread_and_its_error_is_the_writers() -> None:
    hand_over = HandOver()
    where: list[int] = []
    await asyncio.to_thread(hand_over, lambda: where.append(threading.get_ident()))
    assert where == [threading.get_ident()]

    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await asyncio.to_thread(hand_over, fails)


async def test_an_entered_line_is_read_no_more_and_each_pane_shows_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was read when it was typed; what it changed is told to the screens by the change."""
    host, _ = host_of(tmp_path)
    shown: Counter[str] = Counter()
    read: list[str] = []
    refresh, parse = Pane.refresh_state, line_grammar._parse

    def counted(pane: Pane) -> None:
        shown[pane.title] += 1
        refresh(pane)

    def reads(text: str) -> line_grammar.Line:
        read.append(text)
        return parse(text)

    async with settled(host, size=(80, 24)) as pilot:
        host.screen.query_one(LogLine).draft = "= p95 4.2s -> 310ms src:grafana"
        await pilot.pause()
        monkeypatch.setattr(Pane, "refresh_state", counted)
        monkeypatch.setattr(line_grammar, "_parse", reads)
        await pilot.press("enter")
        await until(pilot, lambda: "310ms" in painted(host) and bool(shown))
        await settle(pilot)
        assert dict(shown) == {pane.title: 1 for pane in PANES}
        assert read == []


@pytest.mark.parametrize("line", ["/approve", "/me ben", "what is this /", "/answer 9 nobody"])
async def test_a_line_that_changes_no_entry_is_shown_once_as_well(
    line: str, tmp_path: Path
) -> None:
    host, controllers = host_of(tmp_path, nothing)
    async with settled(host, size=(80, 24)):
        redraws: list[str] = []
        controllers[0].listen(lambda: redraws.append(line))
        await controllers[0].enter(line)
        assert redraws == [line]


async def test_what_the_gate_asks_for_is_worked_out_once_for_each_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[int] = []

    def next_gate(incident: Incident) -> GateReport:
        worked_out.append(len(incident.recorded))
        return gates.next_gate(incident)

    monkeypatch.setattr(controller_module, "next_gate", next_gate)
    host, controllers = host_of(tmp_path)
    async with settled(host, size=(80, 24)) as pilot:
        await controllers[0].enter("error rate is 14 %")
        await settle(pilot)
        assert controllers[0].gate() == gates.next_gate(controllers[0].incident)
    assert worked_out == sorted(set(worked_out))


async def test_what_a_rule_doubts_is_asked_once_and_enter_again_records_it(tmp_path: Path) -> None:
    host, controllers = host_of(tmp_path)
    async with settled(host, size=(80, 24)) as pilot:
        line = host.screen.query_one(LogLine)
        line.draft = "/state resolved it went away"
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: "Enter again records it" in painted(host))
        assert controllers[0].incident.of(Lifecycle).status == "active"
        await pilot.press("enter")
        await until(pilot, lambda: controllers[0].incident.of(Lifecycle).status == "resolved")
        assert controllers[0].incident.entries[-1].event.kind == "all the same"


async def test_what_is_typed_anew_is_asked_about_anew(tmp_path: Path) -> None:
    host, controllers = host_of(tmp_path, nothing)
    async with settled(host, size=(80, 24)):
        controller = controllers[0]
        assert isinstance(await controller.enter("/state resolved"), Doubtful)
        await controller.begin_entry(answers=False)
        assert isinstance(await controller.enter("/state resolved"), Doubtful)
        assert len(controller.incident.recorded) == 1


async def test_a_doubt_about_one_line_is_no_answer_to_another(tmp_path: Path) -> None:
    host, controllers = host_of(tmp_path, nothing)
    async with settled(host, size=(80, 24)):
        controller = controllers[0]
        assert isinstance(await controller.enter("/state resolved"), Doubtful)
        assert isinstance(await controller.enter("/state mitigated"), Doubtful)
        assert isinstance(await controller.enter("/state resolved"), Doubtful)
        assert len(controller.incident.recorded) == 1


async def test_texts_are_looked_at_closely_after_the_first_frame_and_the_flag_follows(
    tmp_path: Path,
) -> None:
    host, controllers = host_of(tmp_path)
    async with settled(host, size=(80, 24)) as pilot:
        await controllers[0].enter("somebody forgot the limit")
        fresh = host.controller(make_service(tmp_path))
        assert "blameless.wording" not in {flag.id for flag in fresh.flags()}
        await fresh.read_texts()
        assert "blameless.wording" in {flag.id for flag in fresh.flags()}
        await until(pilot, lambda: "says 'somebody forgot'" in painted(host))
