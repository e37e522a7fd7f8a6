"""What was said on the screen and is gone from there, to be read again: the newest of it."""

from collections import deque
from datetime import datetime

import msgspec

KEPT = 100
"""How much of it is kept."""


class Told(msgspec.Struct, frozen=True):
    """What was said, and when."""

    at: datetime
    text: str


class Sayings:
    """What was said, the newest first; the same thing said again counts once, as the newest."""

    def __init__(self) -> None:
        self._told: deque[Told] = deque(maxlen=KEPT)

    def add(self, at: datetime, text: str) -> None:
        """Remember what was said."""
        if self._told and self._told[0].text == text:
            self._told.popleft()
        self._told.appendleft(Told(at, text))

    @property
    def newest_first(self) -> list[Told]:
        """What is remembered."""
        return list(self._told)
