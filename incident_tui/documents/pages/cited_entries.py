"""The entries that a page cites by their numbers, told below it where no row of it has them.

A number alone sends its reader to another page, which whoever was sent one page does not have.
"""

import re
from collections.abc import Container

from incident_tui.documents.pages.timeline_page import HEADS, row_of
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import table
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.quoted_entries import quoted_numbers

_NUMBER = re.compile(r"(?<![\w/])#([0-9]{1,7})\b")
_STATED = re.compile(r"(?:stated|amended|undone|retracted|redacted) in #([0-9]{1,7})\b")
TITLE = "Entries named by number"
_POSITION = "\n<!-- incident-tui: "
"""How what only machines read begins, at the end of a page."""


class CitedEntries:
    """What pages of one incident may cite: no entry whose id is in `without`."""

    def __init__(self, incident: Incident, moments: Moments, without: Container[str] = ()) -> None:
        self._incident, self._moments, self._without = incident, moments, without
        quoted = {id_ for entry in incident.entries for _, id_ in entry.quotes}
        self._known = {incident.number(id_) for id_ in quoted}

    def below(self, page: str, shown: Container[str] = ()) -> str:
        """The page with the entries that it cites, and those that they cite, below it.

        Those whose ids are `shown` have a row in it.
        """
        entries = [entry for entry in self.cited(page) if entry.id not in shown]
        if not entries:
            return page
        rows = table(HEADS, [self._row(entry) for entry in entries])
        body, mark, position = page.partition(_POSITION)
        return f"{body.rstrip()}\n\n## {TITLE}\n\n{rows}\n{mark}{position}"

    def cited(self, text: str) -> list[Entry]:
        """The entries that a text cites, and those that they cite, in the order of the log."""
        by_number: dict[int, Entry] = {}
        queue = self._numbers(text)
        while queue:
            number = queue.pop()
            entry = self._incident.by_number(number)
            if number not in by_number and entry is not None and entry.id not in self._without:
                by_number[number] = entry
                queue += self._numbers(" ".join(str(cell) for cell in self._row(entry)))
                queue.append(self._incident.number(getattr(entry.event, "target", "")))
        return [by_number[number] for number in sorted(by_number)]

    def line(self, entry: Entry) -> str:
        """An entry as plain text, with its number."""
        text = entry.event.row_of(entry, self._incident)[1]
        return f"#{self._incident.number(entry.id)}, {self._moments.near(entry.at)}: {text}"

    def _row(self, entry: Entry) -> list[object]:
        number, _, *words = row_of(self._incident, entry, self._moments)
        return [number, self._moments.near(entry.at), *words]

    def _numbers(self, text: str) -> list[int]:
        """The numbers of entries in a text: behind the words for it, or as somebody meant one."""
        cited = [*quoted_numbers(text), *map(int, _STATED.findall(text))]
        return cited + [each for each in map(int, _NUMBER.findall(text)) if each in self._known]
