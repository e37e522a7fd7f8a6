"""Lines that were pasted together: what is known of each, and where those lie that wait."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from incident_tui.domain.core.key_names import KeyOf, with_keys
from incident_tui.domain.values.text import counted
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.paste_draft import PASTE_OPEN
from incident_tui.screens.widgets.rows.rows import Row
from incident_tui.service import LinePreview

if TYPE_CHECKING:
    from incident_tui.service.exchange.foreign.timed_lines import TimedLine

Again = Callable[[str], Awaitable[Sequence["TimedLine"]]]
"""Reads the same once more, with the times of the column of that title."""
DRAFT, CHANGES = "backfill", "backfill changes"
"""Where the lines are kept, and what was typed to change each of them."""
KNOWN = "recorded already"
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
    zone: str = ""
    """The zone that its time was read in; empty where it has none of its own."""
    unasked: str = ""
    """Why it is left out until somebody takes it in: it is recorded already, or proposed."""
    doubt: str = ""
    """What is doubtful about its time; empty for most, and once somebody corrected it."""
    understood: LinePreview | None = None
    row: Row | None = None

    def want(self, wanted: bool) -> None:
        """Have it recorded, or left out."""
        if self.wanted is not wanted:
            self.wanted, self.row = wanted, None

    @property
    def left_out(self) -> str:
        """What is said of it while it is left out."""
        return self.unasked or "left out"

    def replace(self, text: str) -> None:
        """Have it say something else, which is wanted."""
        self.text, self.change, self.wanted, self.unasked = text, "", True, ""
        self.doubt = ""
        self.understood = self.row = None

    def correct(self, text: str, zone: str) -> None:
        """Have it at another time, or of another kind."""
        self.text, self.change, self.zone, self.doubt = text, "", zone, ""
        self.understood = self.row = None


class PastedLines(list[Pasted]):
    """The lines of one preview, in their order; without `texts` those that were pasted before.

    `record` are lines of a file that were read already. `earlier` are lines of another paste that
    were not recorded, and are offered. `assumed` is the zone that times were read in and nobody
    named, empty where there are none.
    """

    def __init__(
        self,
        controller: IncidentController,
        texts: Iterable[str],
        record: Sequence["TimedLine"] = (),
        again: "Again | None" = None,
    ) -> None:
        self._controller = controller
        self._again = again
        self.earlier: list[Pasted] = []
        self.assumed = ""
        self._read = 0
        """How many of them come from what was read as a whole."""
        kept = _kept(controller)
        timed = self._pasted(record) if record else self._timed(texts)
        self.resumed = not timed
        if self.resumed or [each.text for each in timed] == [pasted.text for pasted in kept]:
            super().__init__(kept)
        else:
            super().__init__(timed)
            self.earlier = kept
            self._read = len(timed)

    @property
    def next_number(self) -> int:
        """The number of a further line."""
        return max((pasted.number for pasted in self), default=0) + 1

    @property
    def wanted(self) -> list[Pasted]:
        """Those that are to be recorded."""
        return [pasted for pasted in self if pasted.wanted]

    @property
    def all_known(self) -> bool:
        """Whether there are lines, and each is recorded already."""
        return bool(self) and all(pasted.unasked == KNOWN for pasted in self)

    def summary(self, key_of: KeyOf) -> str:
        """What is said of them as a whole when they are shown, by the keys that the user has."""
        words = ""
        if self.resumed and self:
            words = "These lines were pasted before, and none of them is recorded yet."
        elif self.earlier:
            lines = counted(len(self.earlier), "line")
            words = f"{lines} of an earlier paste were not recorded: {{backfill.older}} adds them."
        if self.assumed:
            words += f" Nobody named a zone: {self.assumed} is assumed; "
            words += "{backfill.correct} mends it."
        return with_keys(words.strip(), key_of)

    def add(self, texts: Iterable[str]) -> int:
        """Take in lines that were pasted behind these; how many they are."""
        timed = self._timed(texts)
        for number, pasted in enumerate(timed, self.next_number):
            pasted.number = number
        self += timed
        return len(timed)

    def take_in(self, edited: Pasted) -> None:
        """Have a line that was typed here stand among the others, where it does not yet."""
        if edited not in self:
            self.append(edited)

    def add_earlier(self) -> None:
        """Take in the lines of the other paste."""
        for number, pasted in enumerate(self.earlier, self.next_number):
            pasted.number = number
        self += self.earlier
        self.earlier = []

    def correct(self, pasted: Pasted, what: str) -> int:
        """Correct a line, or with "all" before it each that has a moment; how many those are.

        Raises `CorrectionError`, and leaves all as they were then.
        """
        from incident_tui.service.exchange.foreign.corrected_lines import corrected_line, has_moment

        wanted = what.removeprefix("all ").strip()
        every = what.startswith("all ")
        lines = [each for each in self if has_moment(each.text)] if every else [pasted]
        zone = self._controller.session.zone_name
        new = [corrected_line(each.text, wanted, each.zone or zone) for each in lines]
        for each, (text, zone) in zip(lines, new, strict=True):
            each.correct(text, zone)
        return len(lines)

    async def take_column(self, title: str) -> str:
        """Read all again with the times of that column; what became of it.

        Where it has none, nothing is changed.
        """
        new = self._pasted(await self._again(title)) if self._again and self._read else []
        if not new or [each.text for each in new] == [each.text for each in self[: self._read]]:
            return f"No other times were found in a column {title!r}. Nothing was corrected."
        more = self[self._read :]
        self[:] = new
        for pasted in more:
            pasted.number, pasted.row = self.next_number, None
            self.append(pasted)
        self._read = len(new)
        return f"{counted(self._read, 'line')} with the times of {title}."

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

    def _timed(self, texts: Iterable[str]) -> list[Pasted]:
        """The lines with the times they begin with, as log lines have them; long pastes as is."""
        lines = [text for text in texts if text.strip()]
        if len(lines) < 2 or len(lines) > MOST_TIMED:
            return [Pasted(number, text) for number, text in enumerate(lines, 1)]
        from incident_tui.service.exchange.foreign.timed_lines import previewed_lines

        async def again(column: str) -> Sequence["TimedLine"]:
            return previewed_lines(self._controller.session, lines, column)

        self._again = self._again or again
        return self._pasted(previewed_lines(self._controller.session, lines))

    def _pasted(self, lines: Sequence["TimedLine"]) -> list[Pasted]:
        self.assumed = next((line.zone for line in lines if line.assumed), self.assumed)
        return [
            Pasted(
                number,
                line.text,
                zone=line.zone,
                wanted=not reason,
                unasked=reason,
                doubt=line.doubt,
            )
            for number, line in enumerate(lines, 1)
            for reason in [_unasked(line)]
        ]


def _unasked(line: "TimedLine") -> str:
    """Why a line is not wanted until somebody says so; empty for most."""
    if line.known:
        return KNOWN
    if line.unread:
        return f"not read, {line.unread}: e mends it"
    if line.heads:
        return "a heading: d takes it in"
    return f"proposed for {line.proposed}: d takes it in" if line.proposed else ""


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
