"""Hats: who wears which role, and which nobody wears yet."""

from incident_tui.domain.people.hats import Hats, needed_hats
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.playbook import Hat
from incident_tui.domain.values.time_grammar import format_duration
from incident_tui.screens.painted_text import line
from incident_tui.screens.panes.pane import Offer, Pane, Place
from incident_tui.screens.terminal.themes import FLAG
from incident_tui.screens.widgets.rows.rows import Row


class HatsPane(Pane):
    """The hats that are asked for, those of the stage, and those worn beside them."""

    title = "Hats"
    place = Place("side", 4)
    timed = True
    wrap = True

    def heading(self, rows: object) -> str:
        missing = sum(
            not self.incident.of(Hats).answered(hat.id) for hat in needed_hats(self.incident)
        )
        return f"{self.title} · {missing} open" if missing else self.title

    def make_rows(self) -> list[Row]:
        hats = self.incident.of(Hats)
        rows = []
        for hat in self._shown():
            worn = hats.worn.get(hat.id)
            if worn is not None:
                since = format_duration(self.controller.now() - worn.since)
                content = line((f"{hat.id}  ", "dim"), (worn.person, "bold"), (f"  {since}", "dim"))
            elif hat.id in hats.not_needed:
                content = line((f"{hat.id}  ", "dim"), f"not needed: {hats.not_needed[hat.id]}")
            elif hat in needed_hats(self.incident):
                content = line((f"{hat.id}  ", "dim"), ("! nobody", FLAG))
            else:
                content = line((f"{hat.id}  ", "dim"), ("nobody yet, in this stage", "dim italic"))
            rows.append(Row(hat.id, content))
        return rows

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
