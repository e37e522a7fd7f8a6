"""The keys of the war room, and by which other words they are looked for in help and palette."""

from textual.binding import Binding, BindingType

from incident_tui.screens.panes.registry import PANES
from incident_tui.screens.terminal.plain_keys import PANE_KEYS
from incident_tui.screens.war_room.overlays import overlay_bindings, overlay_words
from incident_tui.screens.widgets.chrome.pane_tabs import PANE

ROOM_BINDINGS: list[BindingType] = [
    Binding("tab", "app.focus_next", "panes", id="room.next", tooltip="To the next pane"),
    *(
        Binding(f"alt+{n},{key}", f"pane({n})", pane.title, False, key_display=f"alt+{n}",
                id=f"{PANE}{n}", tooltip=f"Go to {pane.title}")
        for n, (pane, key) in enumerate(zip(PANES, PANE_KEYS, strict=False), 1)
    ),
    *overlay_bindings(),
    Binding("f9,z", "zoom", "zoom", False, id="room.zoom",
            tooltip="One pane on the whole screen, and back"),
    Binding("escape,i", "write", "write", False, id="room.write",
            tooltip="Back to the log line from anywhere"),
    Binding("f11", "end_tour", "end the tour", id="room.end_tour",
            tooltip="Leave the tour of the worked example"),
    Binding("a", "add", "add", False, id="room.add", tooltip="Add an item to this pane"),
    Binding("u", "start('/undo')", "undo", False, id="room.undo",
            tooltip="Take back your last entry, or your last paste; Enter is the yes"),
]  # fmt: skip

ROOM_WORDS: dict[str, str] = {
    "room.next": "focus window",
    "room.zoom": "full fullscreen maximize bigger",
    "room.write": "log line caret type fact",
    "room.add": "new",
    "verb.undo": "typo mistake wrong back",
    "verb.update": "slack post announce copy status",
    "verb.checkpoint": "hand over handover hand-off shift relieve",
    "verb.hat": "role commander scribe",
    "verb.me": "who user name login",
    "verb.gate": "checks checklist missing approve",
    "verb.advance": "next stage",
    **overlay_words(),
}
"""By the id of the binding, separated by blanks; overlays say theirs where they are declared."""
