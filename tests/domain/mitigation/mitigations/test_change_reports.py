"""What documents tell of the changes: what is being done now."""

import pytest

from incident_tui.domain.mitigation.mitigations.change_reports import strategy
from tests.support.playbooks.engine import baking


@pytest.mark.parametrize(
    ("lines", "strategy_text"),
    [
        ([], ""),
        (["> a", "> b"], "b"),
        (["> a", "> b", "/fail 2 x"], "a"),
        (["> a", "/undone 1"], ""),
        (["> a", "/verify 1 x"], "a"),
    ],
)
def test_what_is_being_done_is_the_newest_change_that_still_may_help(
    lines: list[str], strategy_text: str
) -> None:
    assert strategy(baking(*lines).incident) == strategy_text
