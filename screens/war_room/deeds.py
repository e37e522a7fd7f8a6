"""What commands have the console do in place of recording anything: find, leave, go elsewhere."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from incident_tui.domain.core.line_grammar import Line
from incident_tui.screens.panes.timeline import TimelinePane

Room = Screen[Any]


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
    return Deed(line.command.help, line.command.does, line.values.get("text", ""))


async def _find(room: Room, words: str) -> None:
    """Show the entries with these words; without any, ask for them."""
    await room.run_action("pane(1)")
    room.query_one(TimelinePane).rows.look_for(words)


def _act(action: str) -> Callable[[Room, str], Awaitable[object]]:
    return lambda room, words: room.app.run_action(action)


_DEEDS: dict[str, Callable[[Room, str], Awaitable[object]]] = {
    "find": _find,
    "incidents": _act("incidents"),
    "quit": _act("quit"),
    "theme": _act("change_theme"),
}
"""What a command names with `does` -> how it is done."""
