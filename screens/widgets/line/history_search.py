"""Looking for an earlier line by its words, letter by letter, as a shell does.

It touches nothing that stands in the line: what is found is only told, until it is taken.
"""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from textual import events

from incident_tui.screens.painted_text import visible


class Answer(Enum):
    """What became of a key that was pressed while a search may be under way."""

    NOT_OURS = auto()
    """It means what it always means; a search that was under way is over."""
    GOES_ON = auto()
    TAKEN = auto()
    """The search is over, and what it found last is wanted."""
    LEFT = auto()


class HistorySearch:
    """At most one search at a time, from the key that begins it to the one that ends it.

    `find` gives the lines with some words in them, the newest first.
    """

    def __init__(self, find: Callable[[str], Sequence[str]]) -> None:
        self._find = find
        self._words: str | None = None  # while none is under way
        self._at = 0
        self._matches: Sequence[str] = ()

    @property
    def goes_on(self) -> bool:
        """Whether a search is under way."""
        return self._words is not None

    @property
    def match(self) -> str:
        """The line that is shown; empty where none has the words."""
        return self._matches[self._at] if self._matches else ""

    def begin(self) -> None:
        """Begin a search; of one that is under way, show the match before, and so round."""
        if self._words is None:
            self._look("")
        elif self._matches:
            self._at = (self._at + 1) % len(self._matches)

    def end(self) -> bool:
        """Search no more; whether a search was under way."""
        before, self._words = self._words, None
        return before is not None

    def answer(self, event: events.Key) -> Answer:
        """Take a key. None that begins a search is to be given here."""
        if self._words is None:
            return Answer.NOT_OURS
        if event.is_printable and event.character is not None:
            self._look(self._words + visible(event.character))
        elif event.key == "backspace":
            self._look(self._words[:-1])
        elif event.key == "ctrl+w":
            self._look(" ".join(self._words.split()[:-1]))
        elif event.key == "ctrl+u":
            self._look("")
        else:
            self.end()
            if event.key == "enter" and self.match:
                return Answer.TAKEN
            return Answer.LEFT if event.key in ("enter", "escape") else Answer.NOT_OURS
        return Answer.GOES_ON

    def prompt_text(self, key: str) -> str:
        """What is looked for and found; `key` shows the match before."""
        words = self._words or ""
        if not words.strip():
            return "search the lines entered before: type words of one · Esc leaves"
        if not self.match:
            return f"search: {words}▏ no line has it · Esc leaves"
        many = (
            f" · {self._at + 1} of {len(self._matches)}, {key} older" if self._matches[1:] else ""
        )
        return f"search: {words}▏ {self.match}{many} · Enter takes it, Esc leaves"

    def _look(self, words: str) -> None:
        self._words, self._at = words, 0
        self._matches = self._find(words)
