"""What commands have the console do in place of recording anything: find, leave, go elsewhere."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incident_tui.domain.core.line_grammar import Line
from incident_tui.screens.panes.timeline import TimelinePane
from incident_tui.screens.widgets.chrome.incident_screen import IncidentScreen
from incident_tui.screens.widgets.line.log_line import LogLine

if TYPE_CHECKING:
    from incident_tui.intake import ForeignTimeline
    from incident_tui.service.exchange.foreign.timed_lines import TimedLine

Room = IncidentScreen[Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed that a line asks for: what it is, and about which words."""

    help: str
    name: str
    words: str

    async def do(self, room: Room) -> None:
        """Do it, in this war room."""
        await _DEEDS[self.name](room, self.words)


def deed(line: Line | None) -> Deed | None:
    """What the console shall do for a line; None for one that is recorded, or is none."""
    if line is None or line.at or not line.command.does:
        return None
    return Deed(line.command.help, line.command.does, next(iter(line.values.values()), ""))


async def _find(room: Room, words: str) -> None:
    """Show the entries with these words; without any, ask for them."""
    await room.run_action("pane(1)")
    room.query_one(TimelinePane).rows.look_for(words)


async def _import(room: Room, words: str) -> None:
    """Show what a file gives, before any of it is recorded."""
    from incident_tui.screens.war_room.overlays import backfill
    from incident_tui.service.exchange.foreign.foreign_files import UnreadableFile
    from incident_tui.service.exchange.foreign.timed_lines import reader_of_records, record_lines

    session = room.controller.session
    name = words.strip().strip("\"'")
    path = session.world.cwd / Path(name).expanduser()

    async def read(column: str) -> "ForeignTimeline":
        return await asyncio.to_thread(reader_of_records(session, column), path, name)

    async def again(column: str) -> "list[TimedLine]":
        return record_lines(session, await read(column), name)

    try:
        reading = await read("")
    except UnreadableFile as problem:
        room.query_one(LogLine).refuse_key(f"{problem}; nothing was recorded")
        return
    lines = record_lines(session, reading, name)
    if not reading.rows:
        why = "".join(f": line {left.line} {left.reason}" for left in reading.unread[:1])
        note = f"{name} has no row with a time that could be read{why}; nothing was recorded"
        room.query_one(LogLine).refuse_key(note)
        return
    room.app.push_screen(backfill(room.controller, (), lines, again))


def _act(action: str) -> Callable[[Room, str], Awaitable[object]]:
    return lambda room, words: room.app.run_action(action)


_DEEDS: dict[str, Callable[[Room, str], Awaitable[object]]] = {
    "find": _find,
    "import": _import,
    "incidents": _act("incidents"),
    "quit": _act("quit"),
    "theme": _act("change_theme"),
}
"""What a command names with `does` -> how it is done."""
