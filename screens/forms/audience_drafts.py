"""Drafts of an update by audience: each has its own text and its own time for the next word."""

from incident_tui.domain.handover.update_drafts import EVERYBODY
from incident_tui.domain.values.text import clean_line
from incident_tui.store.console.drafts import Drafts

TEXT, NEXT = "composer", "composer next"
"""Where the draft for everybody is kept; that for an audience has its name behind."""
NAMES = "composer audiences"
"""Where it is kept which audiences have a draft, a line each."""


def audience_of(typed: str) -> str:
    """The audience that is meant; empty for everybody."""
    name = clean_line(typed)
    return "" if name.casefold() in EVERYBODY else name


class AudienceDrafts:
    """The text and the time that were written for each audience, but for what is shown just now."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        names = [name for name in drafts.get(NAMES).splitlines() if name]
        self._kept: dict[str, tuple[str, str]] = {}
        self._names = {name.casefold(): name for name in names}
        for name in ["", *names]:
            if text := drafts.get(_place(TEXT, name)):
                self._kept[name.casefold()] = (text, drafts.get(_place(NEXT, name)))

    @property
    def audiences_kept(self) -> list[str]:
        """The audiences that have a draft, everybody by that name."""
        return [self._names.get(key) or "everybody" for key in self._kept]

    def take(self, audience: str) -> tuple[str, str] | None:
        """The text and the time for an audience, which are shown from now on; None without any."""
        return self._kept.pop(audience.casefold(), None)

    def keep(self, audience: str, text: str, when: str) -> None:
        """Keep what was written for an audience, while another one is written for."""
        if text:
            self._names[audience.casefold()] = audience
            self._kept[audience.casefold()] = (text, when)

    def places(self, audience: str) -> tuple[str, str]:
        """Where the text for an audience and its time are kept."""
        return _place(TEXT, audience), _place(NEXT, audience)

    def typed(self, audience: str, text: str, when: str) -> dict[str, str]:
        """What is to be kept on the disk, with what is shown for an audience just now."""
        texts = {TEXT: "", NEXT: ""}
        shown = {**self._kept, audience.casefold(): (text, when)}
        names = {**self._names, audience.casefold(): audience}
        for key, (kept, at) in shown.items():
            texts |= {_place(TEXT, names[key]): kept, _place(NEXT, names[key]): at}
        texts[NAMES] = "\n".join(names[key] for key, (kept, _) in shown.items() if key and kept)
        return texts

    def clear(self, audience: str) -> None:
        """The update for an audience is out: drop its draft."""
        self.take(audience)
        for place in (TEXT, NEXT):
            self._drafts.clear(_place(place, audience))
        self._drafts.keep(NAMES, "\n".join(self._names[key] for key in self._kept if key))


def _place(place: str, audience: str) -> str:
    return f"{place} for {audience.casefold()}" if audience else place
