"""The lines entered before, and the way back to the one that was being written."""

from collections.abc import Iterable


class History:
    """A walk through earlier lines; what is left unsent, at any step of it, is kept."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._lines = list(lines)
        self._left: dict[int, str] = {}  # what stood in the line when a step was left, by step
        self._step = len(self._lines)

    @property
    def shows_earlier(self) -> bool:
        """Whether an earlier line is shown rather than the one being written."""
        return self._step < len(self._lines)

    def add(self, text: str) -> None:
        """Remember a line as the newest; the same line twice in a row is remembered once.

        The walk ends here, except that a line which was being written stays to be found below.
        """
        shows_earlier, draft = self.shows_earlier, self._left.get(len(self._lines), "")
        if not self._lines or self._lines[-1] != text:
            self._lines.append(text)
        self._left = {len(self._lines): draft} if shows_earlier and draft else {}
        self._step = len(self._lines)

    def lines_with(self, words: str) -> list[str]:
        """The lines with all of these words in them, the newest first and each once.

        Capitals matter where some are looked for.
        """
        wanted = words.split()
        alike = str if words != words.lower() else str.lower
        matches = (text for text in reversed(self._lines) if all(w in alike(text) for w in wanted))
        return list(dict.fromkeys(matches)) if wanted else []

    def back(self, now: str) -> str | None:
        """The line before, while `now` stands in the input; None at the oldest."""
        return self._go(-1, now)

    def forward(self, now: str) -> str | None:
        """The line after, and after the newest the one that was being written; None below it."""
        return self._go(1, now)

    def _go(self, way: int, now: str) -> str | None:
        step = self._step + way
        if not 0 <= step <= len(self._lines):
            return None
        self._left[self._step] = now
        self._step = step
        return self._left.get(step, self._lines[step] if step < len(self._lines) else "")
