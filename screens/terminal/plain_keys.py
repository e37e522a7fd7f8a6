"""What a plain terminal sends for keys that Textual would read as something else."""

from incident_tui.screens.terminal.textual_internals import name_sequence

PANE_KEYS = ("f13", "f14", "f15", "f16", "f17", "f18", "f19", "f20", "f21")
"""What alt and the digits 1 to 9 are called once `understand_alt_digits` has been asked for."""

LAYOUT_KEY = "f22"
"""What alt and 0 is called then."""
ALT_DIGITS = (LAYOUT_KEY, *PANE_KEYS)
"""What alt and each digit is called, from 0 on."""


def understand_alt_digits(panes: int) -> None:
    """Have alt with 0, or with a digit from 1 to the number of `panes`, arrive as a key.

    A terminal sends Escape and the digit, which Textual 8 reads as what a Mac keyboard types for
    it (``™``), so that the log line would take it for text. Function keys that keyboards no longer
    have stand for them instead.
    """
    for digit, name in enumerate((LAYOUT_KEY, *PANE_KEYS[:panes])):
        name_sequence(f"\x1b{digit}", name)
