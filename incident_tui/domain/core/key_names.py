"""Keys of the console in texts of the floors below it: a text names what the key does.

Users set their own keys, so a text holds the name of the action, as in ``{room.flags}``. The
console puts the key there that its user has set, everybody else the one that the console comes
with. Words of users never go through here.
"""

from collections.abc import Callable

from incident_tui.domain.values.patterns import later

KeyOf = Callable[[str], str]
"""The key that leads to an action, as texts name it."""

_AS_IT_COMES = {
    "app.follow_up": "ctrl+o",
    "app.incidents": "F10",
    "app.numbers": "alt+n",
    "app.search": "alt+s",
    "incidents.declare": "n",
    "incidents.demo": "d",
    "line.search": "ctrl+r",
    "pane.copy": "y",
    "room.flags": "F6",
    "room.pane_1": "alt+1",
    "room.postmortem": "ctrl+t",
    "room.read": "F7",
    "room.write": "Esc",
    "room.zoom": "F9",
    "screen.help": "F1",
    "screen.outside": "alt+e",
    "verb.checkpoint": "F12",
}
"""The actions that texts below the console name; a test compares them with the console's keys."""
_ACTION = later(r"\{([a-z_]+\.[a-z_0-9]+)\}")


def as_it_comes(action: str) -> str:
    """The key that the console comes with. Raises `KeyError` where no text may name the action."""
    return _AS_IT_COMES[action]


def with_keys(text: str, key_of: KeyOf = as_it_comes) -> str:
    """The text with keys where it names actions."""
    return _ACTION.sub(lambda named: key_of(named[1]), text)
