"""Lines that were pasted together: what is known of each, and where those lie that wait."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import zip_longest

from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.paste_draft import PASTE_OPEN
from incident_tui.screens.widgets.rows.rows import Row
from incident_tui.service import Understanding

DRAFT, CHANGES = "backfill", "backfill changes"
"""Where the lines are kept, and what was typed to change each of them."""
MOST_TIMED = 1000
"""Lines whose own times are read at most when they are pasted: more would hold the console up."""


@dataclass(eq=False)
class Pasted:
    """One pasted line: its text, whether it is to be recorded, what is known of it."""

    number: int
    text: str
    change: str = ""
    """What was typed to change it and not taken over."""
    wanted: bool = True
    understood: Understanding | None = None
    row: Row | None = None

    def want(self, wanted: bool) -> None:
        """Have it recorded, or left out."""
        if self.wanted is not wanted:
            self.wanted, self.row = wanted, None

    def replace(self, text: str) -> None:
        """Have it say something else, which is wanted."""
        self.text, self.change, self.wanted = text, "", True
        self.understood = self.row = None


class PastedLines(list[Pasted]):
    """The lines of one preview, in their order; without `texts` those that were pasted before.

    `earlier` are lines of another paste that were not recorded, and are offered.
    """

    def __init__(self, controller: IncidentController, texts: Iterable[str]) -> None:
        self._controller = controller
        self.earlier: list[Pasted] = []
        kept, timed = _kept(controller), self._timed(texts)
        self.resumed = not timed
        if self.resumed or timed == [pasted.text for pasted in kept]:
            super().__init__(kept)
        else:
            super().__init__(Pasted(number, text) for number, text in enumerate(timed, 1))
            self.earlier = kept

    @property
    def next_number(self) -> int:
        """The number of a further line."""
        return max((pasted.number for pasted in self), default=0) + 1

    @property
    def wanted(self) -> list[Pasted]:
        """Those that are to be recorded."""
        return [pasted for pasted in self if pasted.wanted]

    def add(self, texts: Iterable[str]) -> int:
        """Take in lines that were pasted behind these; how many they are."""
        timed = self._timed(texts)
        self += [Pasted(number, text) for number, text in enumerate(timed, self.next_number)]
        return len(timed)

    def add_earlier(self) -> None:
        """Take in the lines of the other paste."""
        for number, pasted in enumerate(self.earlier, self.next_number):
            pasted.number = number
        self += self.earlier
        self.earlier = []

    def choice(self) -> Callable[[], None]:
        """How what is left out is put back to what it is now."""
        before = [(pasted, pasted.wanted) for pasted in self]

        def back() -> None:
            for pasted, wanted in before:
                pasted.want(wanted)

        return back

    def drafts(self, edited: Pasted | None) -> dict[str, str]:
        """What is not recorded, and the line that is changed, by the places of their drafts."""
        kept = [*self.earlier, *self]
        if edited is not None and edited.text and edited not in kept:
            kept.append(edited)
        changes = [pasted.change for pasted in kept]
        number = str(kept.index(edited)) if edited in kept else "no line"
        return {
            DRAFT: "\n".join(pasted.text for pasted in kept),
            CHANGES: "\n".join(changes) if any(changes) else "",
            PASTE_OPEN: number if kept else "",
        }

    def _timed(self, texts: Iterable[str]) -> list[str]:
        """The lines with the times they begin with, as log lines have them; long pastes as is."""
        lines = [text for text in texts if text.strip()]
        if len(lines) < 2 or len(lines) > MOST_TIMED:
            return lines
        from incident_tui.service.exchange.timed_lines import timed_lines

        return [text for _, text in timed_lines(self._controller.session, lines)]


def _kept(controller: IncidentController) -> list[Pasted]:
    """The lines that were pasted before and not recorded."""
    texts = [text for text in controller.drafts.get(DRAFT).split("\n") if text.strip()]
    changes = controller.drafts.get(CHANGES).split("\n")
    return [
        Pasted(number, text, change)
        for number, (text, change) in enumerate(
            zip_longest(texts, changes[: len(texts)], fillvalue=""), 1
        )
    ]
