"""Rows of a pane are made anew only where what they are made of is another."""

from unittest.mock import Mock

import pytest

from incident_tui.screens.painted_text import plain
from incident_tui.screens.panes.pane import Pane


class Things(Pane):
    title = "Things"


@pytest.fixture
def pane() -> Pane:
    return Things(Mock())


def test_a_row_stays_the_same_until_what_it_is_made_of_changes(pane: Pane) -> None:
    first = pane.made("1", ("open", None), lambda: plain("open"))
    again = pane.made("1", ("open", None), lambda: plain("never made"))
    other = pane.made("2", ("open", None), lambda: plain("another item"))
    after = pane.made("1", ("done", None), lambda: plain("done"))
    assert again is first
    assert other.build().plain == "another item"
    assert (after.key, after.build().plain) == ("1", "done")
