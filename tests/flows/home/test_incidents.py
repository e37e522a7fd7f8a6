"""The first start, the list of incidents, and the declaration of a new one."""

from collections.abc import Callable

import pytest
from textual.app import ScreenStackError

from tests.flows.conftest import MINUTE, Console, keys

Compare = Callable[..., bool]


def test_the_list_shows_severity_state_and_stage(console: Console, snap_compare: Compare) -> None:
    """The newest stands first; one that cannot be read says why and hides no other."""
    console.incident_with(*MINUTE)
    console.clock.forward(hours=1)
    console.declare("Search returns [/] nothing")
    broken = console.service.home.folder(console.declare("Login loops")) / "incident.json"
    broken.write_text("{")
    assert snap_compare(console.app(), run_before=keys(), terminal_size=(120, 40))


def test_a_title_and_enter_declare(console: Console, snap_compare: Compare) -> None:
    """The room opens on the new incident."""
    run = keys("n", *"checkout", "enter")
    assert snap_compare(console.app(), run_before=run, terminal_size=(120, 40))


def test_a_field_may_clear_the_selection_before_the_first_screen_is_shown(
    console: Console,
) -> None:
    """As it does from Python 3.12 on, where a console on one incident would not start else."""
    app = console.app(console.incident_with())
    with pytest.raises(ScreenStackError):
        _ = app.screen
    app.clear_selection()
