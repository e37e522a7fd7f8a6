"""Somebody who types into the console in a terminal, and sees nothing but what it paints."""

import re
from statistics import median
from time import perf_counter

import msgspec

from benchmarks.instruments.terminal import Terminal
from benchmarks.instruments.typist import FORGET, Typist
from tests.faults import painted
from tests.faults.ground import PROGRAM, Ground

PROMPT = " ›"
COLUMNS = 200
"""So wide that the key bar has room for why a commit waits, beside all of its keys."""
SECONDS = 60.0
"""Within which something is painted, also where the machine has much else to do."""
_COMMITTED = re.compile(r"saved (?:· committed )?([0-9a-f]{7})")
_SILENCE = 0.01
_WARMING_UP = 3


class Paints(msgspec.Struct, frozen=True):
    """How long keys took until they were painted, in seconds."""

    median: float
    worst: float


class Scribe(Terminal):
    """The console on the only incident of a ground, which has one entry."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(PROGRAM, env=ground.env, cwd=ground.base, columns=COLUMNS)
        self.number = 1
        """Of the newest entry."""
        self._commit = ""
        try:
            self._settled()
        except BaseException:
            self.kill()
            raise
        self._commit = "".join(_COMMITTED.findall(self.save_state))

    def _settled(self) -> None:
        self.seconds_until(PROMPT, within=SECONDS)
        self.rest(silent_for=0.2)
        while "committing" in self.save_state:
            self.rest(silent_for=0.05)
        self.says("saved")

    @property
    def painted(self) -> str:
        """Everything that was painted so far, with its control sequences."""
        return painted.whole(self.written).decode(errors="replace")

    @property
    def save_state(self) -> str:
        """What the key bar says of saving and committing."""
        return painted.save_state(self.written)

    def enter(self, text: str) -> float:
        """Type a line that makes one entry; seconds from Enter until its number is shown.

        Raises RuntimeError when it is not.
        """
        typed_at = self.press(text.encode())
        self.seconds_until(text, since=typed_at, within=SECONDS)
        entered_at = self.press(b"\r")
        took = self.seconds_until(f"#{self.number + 1}", since=entered_at, within=SECONDS)
        self.number += 1
        return took

    def keys(self, number: int) -> Paints:
        """Type so many keys, and take them back."""
        typist = Typist(self, silence=_SILENCE)
        took = [typist.press() for _ in range(_WARMING_UP + number)][_WARMING_UP:]
        self.press(FORGET)
        # A key that comes at the same moment would be forgotten too.
        self.rest()
        return Paints(median(took), max(took))

    def says(self, words: str, *, within: float = SECONDS) -> bool:
        """Wait until the key bar says these words of saving and committing; whether it does."""
        end = perf_counter() + within
        while words not in self.save_state:
            if perf_counter() > end:
                return False
            self._read(0.05)
        return True

    def committed(self, *, within: float = SECONDS) -> bool:
        """Wait until the key bar tells of a further commit; whether it does."""
        end = perf_counter() + within
        while (match := _COMMITTED.search(self.save_state)) is None or match[1] == self._commit:
            if perf_counter() > end:
                return False
            self._read(0.05)
        self._commit = match[1]
        return True
