"""Keys as a plain terminal sends them."""

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from incident_tui.screens.terminal.plain_keys import PANE_KEYS, understand_alt_digits
from incident_tui.screens.terminal.textual_internals import _SignsBehindEscape


@pytest.mark.parametrize("digit", range(1, 10))
def test_alt_and_a_digit_arrive_as_a_key_and_never_as_text(digit: int) -> None:
    """Escape and the digit go to a pane; the log line gets no character of it."""
    understand_alt_digits(9)
    (event,) = XTermParser().feed(f"\x1b{digit}")
    assert isinstance(event, Key)
    assert (event.key, event.character) == (PANE_KEYS[digit - 1], None)


def read(typed: str) -> list[tuple[str, str | None]]:
    parser = _SignsBehindEscape()
    keys = [*parser.feed(typed), *parser.feed("")]
    return [(key.key, key.character) for key in keys if isinstance(key, Key)]


@pytest.mark.parametrize("sign", "=-?!>+/@#:.,;*(~")
@pytest.mark.parametrize("behind", ["", "5xx", " 5xx 2 %"])
def test_escape_and_a_sign_typed_in_haste_are_both_read(sign: str, behind: str) -> None:
    """As tmux sends them together which were pressed within half a second."""
    (escape, _), *rest = read(f"\x1b{sign}{behind}")
    assert escape == "escape"
    assert "".join(character or "" for _, character in rest) == f"{sign}{behind}"


@pytest.mark.parametrize("letter", "ejx")
def test_alt_and_a_letter_stay_one_key(letter: str) -> None:
    assert read(f"\x1b{letter}") == [(f"alt+{letter}", letter)]


@pytest.mark.parametrize("begun", ["\x1b[", "\x1b]", "\x1b[<0;12"])
def test_what_a_terminal_answers_in_pieces_is_no_escape(begun: str) -> None:
    assert "escape" not in [key for key, _ in read(begun)]
