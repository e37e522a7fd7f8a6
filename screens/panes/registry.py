"""The panes of the war room, in the order of their keys: the one list a new pane is added to.

Where a pane stands on the board is said by the pane itself.
"""

from incident_tui.screens.panes.actions import ActionsPane
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


def in_column(column: Column) -> list[type[Pane]]:
    """The panes of one column of the board, from its top to its bottom."""
    chosen = [pane for pane in PANES if pane.place and pane.place.column == column]
    return sorted(chosen, key=lambda pane: pane.place.row if pane.place else 0)
