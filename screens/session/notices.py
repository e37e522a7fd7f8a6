"""What was said on the screen and is gone from there, to be read again: the newest of it."""

from collections import deque
from datetime import datetime

import msgspec

KEPT = 100
"""How much of it is kept."""


class Notice(msgspec.Struct, frozen=True):
    """What was said, and when."""

    at: datetime
    text: str


class Notices:
    """What was said, the newest first; the same thing said again counts once, as the newest."""

    def __init__(self) -> None:
        self._notices: deque[Notice] = deque(maxlen=KEPT)

    def add(self, at: datetime, text: str) -> None:
        """Remember what was said."""
        if self._notices and self._notices[0].text == text:
            self._notices.popleft()
        self._notices.appendleft(Notice(at, text))

    @property
    def newest_first(self) -> list[Notice]:
        """What is remembered."""
        return list(self._notices)
