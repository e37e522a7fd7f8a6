"""Action items: what will be done, by whom, until when."""

from textual.content import Content

from incident_tui.domain.core.events import Entry
from incident_tui.domain.learning.actions import STEPS, Action, Actions
from incident_tui.screens.painted_text import line
from incident_tui.screens.panes.pane import Offer, Pane, Place
from incident_tui.screens.terminal.themes import IN_FLIGHT, OVERDUE, PASSED
from incident_tui.screens.widgets.rows.rows import Row

MARKS = {"open": "☐", "done": "☑", "verified": "✓", "dropped": "✗", "handed over": "→"}
STYLES = {"open": "", "done": IN_FLIGHT, "verified": PASSED, "dropped": "dim", "handed over": "dim"}


class ActionsPane(Pane):
    """Action items with their owner, day and state."""

    title = "Action items"
    tab = "Actions"
    place = Place("side", 2)
    timed = True
    empty = "What must happen so that this hurts less next time? Type  + and what will be done."
    wrap = True
    adds = "+ "

    def make_rows(self) -> list[Row]:
        return [self._row(item) for item in self.incident.of(Actions).items]

    def _row(self, item: Action) -> Row:
        late = item.overdue(self.controller.now())
        facts = (item.text, item.owner, item.due, item.action_class, item.priority, item.status)
        return self.made(str(item.number), (*facts, late), lambda: self._item_text(item, late=late))

    def _item_text(self, item: Action, *, late: bool) -> Content:
        due = self.day(item.due) if item.due else ""
        status = f"{item.status} overdue" if late else item.status
        facts = " ".join(part for part in (item.owner, due, item.action_class, status) if part)
        return line(
            (f"{item.number} {MARKS[item.status]} ", f"bold {STYLES[item.status]}"),
            (f"{item.priority} " if item.priority else "", "bold"),
            item.text,
            (f"  {facts}", OVERDUE if late else "dim"),
        )

    def entry(self, key: str) -> Entry | None:
        return self.incident.of(Actions).items[int(key) - 1].entry

    def offers(self, key: str) -> tuple[str, list[Offer]]:
        item = self.incident.of(Actions).items[int(key) - 1]
        lines = {
            "done": Offer(f"/act {key} done ", "it is done, and still to be verified"),
            "verify": Offer(f"/act {key} verify ", "it is seen to work: what was seen"),
            "hand-over": Offer(f"/act {key} hand-over ", "it goes on elsewhere: where"),
            "drop": Offer(f"/act {key} drop ", "it will not be done, with the reason"),
            "reopen": Offer(f"/act {key} reopen ", "it is open again, with the reason"),
        }
        possible = [lines[step] for step in lines if step in STEPS[item.status]]
        return f"action item {key}: {item.text}", [
            *possible,
            Offer(f"/act {key} owner:", "who does it"),
            Offer(f"/act {key} due:", "until when"),
            Offer(f"/act {key} prio:", "how urgent it is"),
            Offer(f"/act {key} class:", "prevent, detect, mitigate or learn"),
            Offer(f'/act {key} verify:"', "by which sign one will see that it is done"),
        ]
