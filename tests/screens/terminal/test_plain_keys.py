"""Keys as a plain terminal sends them."""

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from incident_tui.screens.terminal.plain_keys import PANE_KEYS, understand_alt_digits


@pytest.mark.parametrize("digit", range(1, 10))
def test_alt_and_a_digit_arrive_as_a_key_and_never_as_text(digit: int) -> None:
    """Escape and the digit go to a pane; the log line gets no character of it."""
    understand_alt_digits(9)
    (event,) = XTermParser().feed(f"\x1b{digit}")
    assert isinstance(event, Key)
    assert (event.key, event.character) == (PANE_KEYS[digit - 1], None)
