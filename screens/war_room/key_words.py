"""By which other words the keys of the war room are looked for, in the help and the palette."""

from incident_tui.screens.war_room.overlays import overlay_words

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
