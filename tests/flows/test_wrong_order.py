"""What somebody new tries too early: the console says why not, and names the line that helps."""

from collections.abc import Callable

import pytest

from incident_tui.service import Declaration
from tests.flows.conftest import Console, keys
from tests.flows.test_processes import typed
from tests.playbooks.mistakes import MISTAKES

Compare = Callable[..., bool]


@pytest.mark.parametrize("what", MISTAKES)
def test_what_comes_too_early_is_refused_with_what_mends_it(
    console: Console, snap_compare: Compare, what: str
) -> None:
    """The reason stands below the line, with what mends it; the line is in the history."""
    mistake = MISTAKES[what]
    declaration = Declaration("Orders are refused in eu-west", playbook=mistake.playbook)
    incident = console.service.declare(declaration).id
    console.incident_with(*typed(mistake.before), declared=True)
    run = keys(lines=[mistake.line])
    assert snap_compare(console.app(incident), run_before=run, terminal_size=(120, 40))
