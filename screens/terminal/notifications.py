"""Which sequence has a terminal call somebody who looks elsewhere, and its title; as plain texts.

A terminal that is not known to understand one gets none: some print what they do not know.
"""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from incident_tui.domain.values.text import clean_line

AUTO, OFF, OSC_9, OSC_777 = "auto", "off", "osc9", "osc777"
WAYS = (AUTO, OFF, OSC_9, OSC_777)
"""What can be wished for: what the terminal is known to understand, nothing, or one of the two."""
_KNOWN = (
    ("TERM_PROGRAM", ("iTerm.app", "WezTerm", "ghostty"), OSC_9),
    ("LC_TERMINAL", ("iTerm2",), OSC_9),  # which tmux and ssh leave alone
    ("TERM", ("xterm-kitty", "xterm-ghostty"), OSC_9),
    ("TERM", ("foot", "rxvt"), OSC_777),
    ("KITTY_WINDOW_ID", ("",), OSC_9),
    ("WEZTERM_PANE", ("",), OSC_9),
    ("GHOSTTY_RESOURCES_DIR", ("",), OSC_9),
    ("VTE_VERSION", ("",), OSC_777),
)
"""Variable, how its value may begin, and what a terminal with it understands."""
UNTITLED = ("", "dumb", "linux")
"""Values of TERM of terminals that have no title."""
LONGEST = 120
"""Characters of a title or a notification: more are not shown anywhere."""
KEEP_TITLE, GIVE_TITLE_BACK = "\x1b[22;0t", "\x1b[23;0t"
"""Have the terminal keep its title, and show the kept one again (XTWINOPS)."""


@runtime_checkable
class Titled(Protocol):
    """A driver of a terminal that has a title."""

    def show_title(self, text: str) -> None:
        """Have the terminal show this title."""


def title(text: str) -> str:
    """What has a terminal show this title."""
    return f"\x1b]2;{_plain(text)}\x07"


def has_title(env: Mapping[str, str]) -> bool:
    """Whether the terminal has a title that can be set."""
    return env.get("TERM", "") not in UNTITLED


def notification(env: Mapping[str, str], text: str, way: str = AUTO) -> str:
    """What has the terminal of this environment call for somebody; empty where it cannot.

    In tmux it is handed through to the terminal around it, where tmux allows that
    (`allow-passthrough on`); else tmux drops it.
    """
    way = _understood(env) if way == AUTO else way
    if way not in (OSC_9, OSC_777) or env.get("TERM", "") in UNTITLED:
        return ""
    words = _plain(text)
    sequence = f"\x1b]9;{words}\x07"
    if way == OSC_777:
        sequence = f"\x1b]777;notify;incident-tui;{words.replace(';', ',')}\x07"
    if env.get("TMUX"):
        return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\"
    return sequence


def _understood(env: Mapping[str, str]) -> str:
    for name, beginnings, way in _KNOWN:
        if env.get(name) and env[name].startswith(beginnings):
            return way
    return ""


def _plain(text: str) -> str:
    return clean_line(text)[:LONGEST]
