"""What is painted is what changed: as Textual would paint it, and of no more widgets and rows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual._compositor import ChopsUpdate, Compositor
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.widget import Widget

from incident_tui.screens.panes.pane import Pane
from incident_tui.screens.war_room.war_room import WarRoom
from tests.support.console import Host, make_service, service_with, settle, settled, until

SIZE = (120, 40)
EMPTY_MOVE = re.compile(r"\x1b\[\d+;\d+H(?=\x1b\[\d+;\d+H|\n|$)")


@contextmanager
def counted_lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """How many lines of which widget were rendered."""
    lines: dict[str, int] = {}
    render = Widget.render_lines

    def counted(widget: Widget, crop: Region) -> object:
        name = str(widget.id or type(widget).__name__)
        lines[name] = lines.get(name, 0) + crop.height
        return render(widget, crop)

    with monkeypatch.context() as patch:
        patch.setattr(Widget, "render_lines", counted)
        yield lines


def regions(random: Random) -> set[Region]:
    return {
        Region(x, y, random.randint(1, SIZE[0] - x), random.randint(1, SIZE[1] - y))
        for _ in range(random.randint(1, 4))
        for x, y in [(random.randrange(SIZE[0]), random.randrange(SIZE[1]))]
    }


def written(host: Host, changed: set[Region], paints: type[Compositor]) -> str:
    """What goes to the terminal, without moves to where nothing is written."""
    compositor = host.screen._compositor
    compositor._dirty_regions = set(changed)
    update = paints.render_partial_update(compositor)
    assert isinstance(update, ChopsUpdate)
    return EMPTY_MOVE.sub("", update.render_segments(host.console))


async def test_what_changed_is_painted_as_textual_paints_it(tmp_path: Path) -> None:
    service = service_with(tmp_path, "/role all ana", "/sev SEV2", "? pool", *["a fact"] * 30)
    host = Host.of(WarRoom, service)
    async with settled(host, size=SIZE) as pilot:
        for screen in ("", "f6"):
            await pilot.press(*[screen] * bool(screen))
            await settle(pilot)
            random = Random(7)
            for changed in [regions(random) for _ in range(60)]:
                ours = written(host, changed, type(host.screen._compositor))
                assert ours == written(host, changed, Compositor), changed


async def test_an_entry_of_somebody_else_paints_the_timeline_and_what_else_says_something_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_with(tmp_path, "/role all ana", "/sev SEV2", *["a fact"] * 60)
    host = Host.of(WarRoom, service)
    async with settled(host, size=SIZE) as pilot:
        room = host.screen
        assert isinstance(room, WarRoom)
        await until(pilot, lambda: room.controller.incident.entries[-1].event.kind == "fact")
        other = make_service(tmp_path, actor="ben")
        other.open(other.active()[0]).enter("seen by another")
        with counted_lines(monkeypatch) as lines:
            before = len(room.controller.incident.entries)
            await until(pilot, lambda: len(room.controller.incident.entries) > before)
            await settle(pilot)
        timeline = room.query_one("#pane-timeline").outer_size.height
        assert sum(lines.values()) < 2 * timeline, lines


async def test_a_screen_that_is_opened_is_styled_once_and_lays_nothing_out_again_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: list[object] = []
    laid_out: list[object] = []
    apply, reflow = Stylesheet.apply, Compositor.reflow

    def counted_apply(sheet: Stylesheet, node: DOMNode, **how: Any) -> None:
        styled.append(node)
        apply(sheet, node, **how)

    def counted_reflow(compositor: Compositor, screen: Widget, size: Size) -> object:
        laid_out.append(screen)
        return reflow(compositor, screen, size)

    monkeypatch.setattr(Stylesheet, "apply", counted_apply)
    monkeypatch.setattr(Compositor, "reflow", counted_reflow)
    host = Host.of(WarRoom, service_with(tmp_path, "/sev SEV2", "a fact"))
    async with settled(host, size=SIZE) as pilot:
        room = host.screen
        for pane in room.query(Pane):
            assert styled.count(pane) == 1, pane
        laid_out.clear()
        await pilot.press("f6")
        await settle(pilot)
        assert host.screen is not room
        assert laid_out.count(room) <= 1  # for what it then no longer shows, not for its size
