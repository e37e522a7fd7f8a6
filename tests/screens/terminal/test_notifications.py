"""What is sent to a terminal to call for somebody: what it understands, and nothing hostile."""

import pytest

from incident_tui.screens.terminal.notifications import (
    AUTO,
    OFF,
    OSC_9,
    OSC_777,
    has_title,
    notification,
    title,
)

NINE, SEVEN = "\x1b]9;late\x07", "\x1b]777;notify;incident-tui;late\x07"


@pytest.mark.parametrize(
    ("env", "way", "sent"),
    [
        ({"TERM": "xterm-256color"}, AUTO, ""),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, AUTO, NINE),
        ({"TERM": "xterm-kitty"}, AUTO, NINE),
        ({"TERM": "foot-extra"}, AUTO, SEVEN),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, AUTO, SEVEN),
        ({"TERM": "xterm-kitty"}, OFF, ""),
        ({"TERM": "xterm-kitty"}, OSC_777, SEVEN),
        ({"TERM": "xterm-256color"}, OSC_9, NINE),
        ({"TERM": "dumb", "TERM_PROGRAM": "iTerm.app"}, OSC_9, ""),
        ({"TERM": "linux"}, OSC_9, ""),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0"}, AUTO, ""),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0", "LC_TERMINAL": "iTerm2"}, AUTO,
         "\x1bPtmux;\x1b\x1b]9;late\x07\x1b\\"),
    ],
)  # fmt: skip
def test_a_terminal_is_sent_what_it_is_known_to_understand_or_was_wished_for(
    env: dict[str, str], way: str, sent: str
) -> None:
    assert notification(env, "late", way) == sent


@pytest.mark.parametrize("way", [OSC_9, OSC_777])
def test_words_of_users_end_no_sequence_and_begin_none(way: str) -> None:
    sent = notification({"TERM": "xterm"}, "a\x07\x1b]52;c;aGk=\x07;\u202eb" + "x" * 500, way)
    assert sent.count("\x1b") == sent.count("\x07") == 1
    assert len(sent) < 200
    assert title("a\x1b[2J\x07b").count("\x1b") == 1


@pytest.mark.parametrize(("term", "has"), [("xterm", True), ("dumb", False), ("linux", False)])
def test_a_terminal_without_a_title_is_given_none(term: str, has: bool) -> None:
    assert has_title({"TERM": term}) is has
