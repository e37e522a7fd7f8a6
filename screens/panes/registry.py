"""The panes of the war room, in the order of their keys: the one list a new pane is added to.

Where a pane stands on the board is said by the pane itself.
"""

from incident_tui.screens.panes.actions import ActionsPane
from incident_tui.screens.panes.arrangement import Arrangement, Placed, Stack
from incident_tui.screens.panes.hats import HatsPane
from incident_tui.screens.panes.hypotheses import HypothesesPane
from incident_tui.screens.panes.impact import ImpactPane
from incident_tui.screens.panes.pane import Column, Pane
from incident_tui.screens.panes.stage import GatePane, StagePane
from incident_tui.screens.panes.timeline import TimelinePane

PANES: tuple[type[Pane], ...] = (
    TimelinePane,
    StagePane,
    GatePane,
    HypothesesPane,
    ImpactPane,
    HatsPane,
    ActionsPane,
)
"""The first is reached with alt+1, and so on; alt and a digit reach nine at most."""


def _column(column: Column, share: int) -> Stack:
    places = [(pane.place, pane.key()) for pane in PANES if pane.place is not None]
    placed = sorted((place.row, key) for place, key in places if place.column == column)
    return Stack(tuple(Placed(key) for _, key in placed), share)


STANDARD = Arrangement((_column("main", 5), _column("middle", 4), _column("side", 4)))
"""The board as it is until its user changes it."""
