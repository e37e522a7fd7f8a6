"""What a plain terminal sends for keys that Textual would read as something else."""

from incident_tui.screens.terminal.textual_internals import name_sequence

PANE_KEYS = ("f13", "f14", "f15", "f16", "f17", "f18", "f19", "f20", "f21")
"""What alt and the digits 1 to 9 are called once `understand_alt_digits` has been asked for."""


def understand_alt_digits(panes: int) -> None:
    """Have alt and a digit from 1 to the number of `panes`, nine at most, arrive as a key.

    A terminal sends Escape and the digit, which Textual 8 reads as what a Mac keyboard types for
    it (``™``), so that the log line would take it for text. Function keys that keyboards no longer
    have stand for them instead.
    """
    for digit, name in enumerate(PANE_KEYS[:panes], 1):
        name_sequence(f"\x1b{digit}", name)
