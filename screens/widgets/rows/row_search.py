"""What is looked for in a list: the text of the filter, its keys, and the hits that stay marked.

What a text means is the host's where it says so; otherwise a row is a hit that has all its words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from textual import events
from textual.content import Content

from incident_tui.domain.core.key_names import KeyOf
from incident_tui.screens.painted_text import line
from incident_tui.screens.terminal.themes import HIT


@dataclass(frozen=True, slots=True)
class RowSearch:
    """What a text looks for: rows that have all `words` and whose key `fits`, or one to go to."""

    words: tuple[str, ...] = ()
    fits: Callable[[str], bool] | None = None
    problem: str = ""
    """What of the text cannot be found at all, and what can."""
    jump: bool = False
    """Whether it is a place to go to, which hides nothing."""
    lands: str = ""
    """Key of the row that a jump goes to; empty where that is not known yet."""
    hint: str = ""
    """What can be typed, while nothing is."""
    rank: Callable[[str], int] | None = None
    """By its key, how far below the best hits a row comes; without it, all keep their order."""

    def passes(self, key: str, haystack: str) -> bool:
        """Whether a row is a hit."""
        return all(word in haystack for word in self.words) and (not self.fits or self.fits(key))

    def marked(self, content: Content) -> Content:
        """The content with the words in it marked."""
        for word in self.words:
            for match in re.finditer(re.escape(word), content.plain, re.IGNORECASE):
                content = content.stylize(HIT, match.start(), match.end())
        return content


Find = Callable[[str], RowSearch]
"""What a typed text looks for."""


def by_words(text: str) -> RowSearch:
    """Every word of the text, whatever its case."""
    return RowSearch(tuple(text.casefold().split()))


class FilterState(Enum):
    """What a list does with the text of its filter."""

    NOT = "nothing"
    TYPED = "it is typed, and only hits are shown"
    KEPT = "only hits are shown"
    LEFT = "all rows are shown, the hits are marked"
    ASIDE = "all rows are shown, the text is kept for the next hit"


@dataclass
class RowFilter:
    """The text of a filter, what becomes of it, and the few keys that change it."""

    find: Find
    text: str = ""
    state: FilterState = FilterState.NOT
    begun_with: str = ""
    """The key that began it, which belongs to the text where the text goes elsewhere."""
    search: RowSearch = field(default_factory=RowSearch)

    @property
    def takes_letters(self) -> bool:
        """Whether letters go into the text."""
        return self.state is FilterState.TYPED

    @property
    def hides(self) -> bool:
        """Whether only hits are shown."""
        return self._looks and self.state in (FilterState.TYPED, FilterState.KEPT)

    @property
    def marks(self) -> bool:
        """Whether hits are told apart from other rows."""
        return self._looks and self.state is not FilterState.ASIDE

    @property
    def _looks(self) -> bool:
        return bool(self.text.strip()) and not self.search.jump

    @property
    def has_bar(self) -> bool:
        """Whether the filter is said below the rows."""
        return self.state not in (FilterState.NOT, FilterState.ASIDE)

    def begin(self, text: str) -> None:
        """Go on with the filter that is kept, or type another one that begins like this."""
        if self.state is not FilterState.KEPT:
            self.text, self.begun_with = text, "" if text else "/"
        self.state = FilterState.TYPED
        self.look()

    def keep(self) -> None:
        """Go on showing only hits; letters are none of the text any more."""
        self.state = FilterState.KEPT

    def drop(self) -> None:
        """Look for nothing any more."""
        self.text, self.state, self.search = "", FilterState.NOT, RowSearch()

    def leave(self) -> None:
        """Show all rows again; what was looked for stays marked."""
        if not self.text.strip() or self.search.jump:
            self.drop()
        else:
            self.state = FilterState.LEFT

    def rest(self) -> bool:
        """The list is not read any more: letters end, and marks, but not a filter that is kept.

        Returns whether that changes anything.
        """
        before = self.state
        if self.state is FilterState.TYPED:
            self.state = FilterState.KEPT if self.text.strip() else FilterState.NOT
        elif self.state is FilterState.LEFT:
            self.state = FilterState.ASIDE
        if self.search.jump:
            self.drop()
        return self.state is not before

    def wake(self) -> None:
        """Mark again what was looked for before the list was left."""
        if self.state is FilterState.ASIDE:
            self.state = FilterState.LEFT

    def look(self) -> None:
        """Say anew what the text looks for, since it or what is listed has changed."""
        self.search = self.find(self.text)

    def key(self, event: events.Key) -> bool:
        """Take a key; false if it is none of the filter's."""
        if event.is_printable and event.character is not None:
            self.text += event.character
        elif event.key == "backspace":
            self.text = self.text[:-1]
        elif event.key == "ctrl+w":
            self.text = " ".join(self.text.split()[:-1])
        elif event.key == "ctrl+u":
            self.text = ""
        elif event.key == "escape":
            self.leave()
            return True
        elif event.key == "enter":
            self._enter()
            return True
        else:
            return False
        self.look()
        return True

    def _enter(self) -> None:
        if not self.text.strip():
            self.drop()
        elif not self.search.problem:
            self.state = FilterState.KEPT

    def bar(self, hits: int, items: int, at: int | None, target: str, key_of: KeyOf) -> Content:
        """What is looked for, how many of all items have it, and which hit the cursor is on.

        Of a jump it says the `target`.
        """
        if self.search.jump:
            text = self.search.problem or f"Enter: {target}"
            return line("go to: ", (self.text, "bold"), f"▏ · {text}")
        if self.state is FilterState.LEFT:
            place = f"hit {at + 1} of {hits}" if at is not None else f"{hits} hits"
            after, before = key_of("rows.next_hit"), key_of("rows.last_hit")
            return line(
                "found: ", (self.text, "bold"), f" · {place} · {after} next, {before} before"
            )
        keys = "Enter keeps, Esc leaves"  # of the field, which are always these
        if not self.takes_letters:
            keys = f"{key_of('rows.filter')} changes, {key_of('rows.unfilter')} leaves"
        if not self.text and self.search.hint:
            return line(("filter: ", ""), ("▏", "bold"), f" {self.search.hint}")
        caret = "▏" if self.takes_letters else ""
        return line("filter: ", (self.text, "bold"), f"{caret} · {hits} of {items} · {keys}")
