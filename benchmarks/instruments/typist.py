"""Somebody who types into the log line of a console, and how long each key takes to be painted."""

from itertools import cycle

from benchmarks.instruments.terminal import Terminal

FORGET = b"\x15"  # ctrl+u: nothing typed is left behind as a draft
LETTERS = "the error rate falls since the rollback "
SILENCE = 0.05
"""Seconds without a change of the screen after which the next key is pressed."""


class Typist:
    """Presses one key after the other. The text so far tells its frame from a tick of the clock.

    What is typed must stay narrower than the log line.
    """

    def __init__(self, console: Terminal, *, silence: float = SILENCE) -> None:
        self._console = console
        self._silence = silence
        self._letters = cycle(LETTERS)
        self._typed = ""

    def press(self) -> float:
        """Seconds from the next key to the frame that shows it."""
        self._console.rest(silent_for=self._silence)
        letter = next(self._letters)
        self._typed += letter
        pressed_at = self._console.press(letter.encode())
        return self._console.seconds_until(self._typed, since=pressed_at)
