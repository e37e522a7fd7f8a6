"""Hats: who wears which role, and which nobody wears yet."""

from collections.abc import Iterable

from incident_tui.domain.people.hats import Hats, Worn, needed_hats
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.playbook import Hat
from incident_tui.domain.values.time_grammar import format_duration
from incident_tui.screens.painted_text import cells, line, padded
from incident_tui.screens.panes.pane import Offer, Pane, Place
from incident_tui.screens.terminal.themes import FLAG
from incident_tui.screens.widgets.rows.row_paint import GUTTER
from incident_tui.screens.widgets.rows.row_wrap import HANG
from incident_tui.screens.widgets.rows.rows import Row

_REST = GUTTER + len("  1h 11m") + 1
"""Cells that columns need beside their texts: mark, blanks, an age and a scroll bar."""


class HatsPane(Pane):
    """The hats that are asked for, those of the stage, and those worn beside them."""

    title = "Hats"
    place = Place("side", 4)
    timed = True
    wrap = True

    def heading(self, rows: object) -> str:
        shown = self._shown()
        folded = 0 < self.size.height < len(shown)  # those of the stage stand last
        asked = shown if folded else needed_hats(self.incident)
        missing = sum(not self.incident.of(Hats).answered(hat.id) for hat in asked)
        return f"{self.title} · {missing} open" if missing else self.title

    def on_resize(self) -> None:
        """There may be room for columns now, or none any more."""
        self.refresh_state()

    def make_rows(self) -> list[Row]:
        """Hat, who wears it and for how long, each in its column where the pane is wide enough."""
        shown = self._shown()
        people = [worn.person for hat in shown if (worn := self._worn(hat))]
        names, wearers = _widest(hat.id for hat in shown), _widest(people)
        if names + wearers + _REST > self.size.width:
            names = wearers = 0
        return [self._row(hat, names, wearers) for hat in shown]

    def _row(self, hat: Hat, names: int, wearers: int) -> Row:
        hats, worn = self.incident.of(Hats), self._worn(hat)
        gap = " " if names else "  "
        name = (padded(hat.id, names) + gap, "dim")
        if worn is not None:
            since = format_duration(self.controller.now() - worn.since)
            content = line(name, (padded(worn.person, wearers) + gap, "bold"), (since, "dim"))
        elif hat.id in hats.not_needed:
            content = line(name, f"not needed: {hats.not_needed[hat.id]}")
        elif hat in needed_hats(self.incident):
            content = line(name, ("! nobody", FLAG))
        else:
            content = line(name, ("nobody yet, in this stage", "dim italic"))
        return Row(hat.id, content, hang=names + 1 if names else HANG)

    def _worn(self, hat: Hat) -> Worn | None:
        return self.incident.of(Hats).worn.get(hat.id)

    def _shown(self) -> list[Hat]:
        hats = self.incident.of(Hats)
        needed = needed_hats(self.incident)
        here = self.incident.of(Lifecycle).current.stage.hats
        return needed + [
            hat
            for hat in self.incident.playbook.hats
            if hat not in needed and (hats.answered(hat.id) or hat.id in here)
        ]

    def offers(self, key: str) -> tuple[str, list[Offer]]:
        hat = self.incident.playbook.hat(key)
        assert hat is not None
        me = self.controller.session.identity.actor
        offers = [
            Offer(f"/role {key} {me}", f"{me} takes it"),
            Offer(f"/role {key} ", "somebody else takes it"),
            Offer(f"/hat {key}", "type with this hat from now on"),
        ]
        if key in self.incident.of(Hats).worn:
            offers.append(Offer(f"/role {key} -", "take it off"))
        if not hat.commands:
            offers.append(Offer(f"/role {key} not-needed ", "nobody has to wear it: why"))
        offers.append(Offer(f"/role all {me}", f"{me} takes every hat that is asked for"))
        return f"{hat.title}: {hat.duty}", offers


def _widest(texts: Iterable[str]) -> int:
    return max(map(cells, texts), default=0)
