"""A console on a terminal of its own that does not live long: it is read as text, and killed."""

import re
from pathlib import Path
from time import perf_counter
from types import TracebackType

from benchmarks.instruments.terminal import Terminal
from tests.faults import painted
from tests.faults.ground import PROGRAM, Ground

SECONDS = 40.0
"""Within which something is painted, also where the machine has much else to do."""
WRITTEN_SECONDS = 15.0
"""Within which what waits aside is put into the log."""

Key = str | tuple[str, str]
"""What is typed; or that, and a pattern of what is painted once it did what it is for."""


class Victim(Terminal):
    """The console of a ground, which is killed with -9 when the block ends."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(PROGRAM, env=ground.env, cwd=ground.base)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        super().__exit__(kind, error, trace)

    def send(self, keys: str) -> None:
        """Type."""
        self.press(keys.encode())

    def keys(self, *keys: Key) -> None:
        """Press keys that lead somewhere, each once what the one before did is painted."""
        self.rest(silent_for=0.3, at_most=10.0)
        for each in keys:
            key, shows = (each, "") if isinstance(each, str) else each
            pressed = len(self.written)
            self.send(key)
            if shows:
                self.until(shows, since=pressed)
            self.rest(silent_for=0.3, at_most=3.0)

    def until_written(self, path: Path, text: str) -> None:
        """Wait until a text stands in a file, or should have long ago."""
        end = perf_counter() + WRITTEN_SECONDS
        while text not in path.read_text(encoding="utf-8") and perf_counter() < end:
            self.linger(0.05)

    def until_ended(self, within: float) -> bool:
        """Wait until the program is over by itself; whether it was."""
        end = perf_counter() + within
        while not self.ended and perf_counter() < end:
            self._read(0.02)
        return self.ended

    def until(
        self, pattern: str, *, seconds: float = SECONDS, fails: bool = True, since: int = 0
    ) -> re.Match[str] | None:
        """Wait until that was painted; None when it was not, or an error where that `fails`.

        `since` is how many bytes were written before what is looked for.
        """
        end = perf_counter() + seconds
        while True:
            match = re.search(pattern, painted.text(self.written[since:]))
            if match:
                return match
            if perf_counter() > end or not (self._read(0.05) or not self.ended):
                break
        if fails:
            raise AssertionError(f"the console never showed {pattern!r}: {self.tail()}")
        return None

    def text(self) -> str:
        """Everything that was painted so far, in the order in which it was."""
        return painted.text(self.written)

    def tail(self) -> str:
        """The end of it, for messages."""
        return self.text()[-400:]
