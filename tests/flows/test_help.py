"""Help and the palette: every key and every line can be found."""

from collections.abc import Callable

import pytest

from tests.flows.conftest import MINUTE, Console, keys

Compare = Callable[..., bool]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_f1_shows_every_key_and_every_line(
    console: Console, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """The page is made from the declarations."""
    incident = console.told(*MINUTE)
    assert snap_compare(console.app(incident), run_before=keys("f1"), terminal_size=size)


def test_the_palette_finds_a_command(console: Console, snap_compare: Compare) -> None:
    """ctrl+p and a few letters lead to it."""
    incident = console.told(*MINUTE)
    run = keys("ctrl+p", *"severity")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=(120, 40))


def test_flags_are_explained(console: Console, snap_compare: Compare) -> None:
    """F6 says why each matters and what to do now."""
    incident = console.told("/role all ana", "/sev SEV1", "> scaled", "> restarted")
    console.clock.forward(minutes=45)
    assert snap_compare(console.app(incident), run_before=keys("f6"), terminal_size=(120, 40))


def test_the_documents_can_be_read(console: Console, snap_compare: Compare) -> None:
    """F7 shows them as they will be committed."""
    incident = console.told(*MINUTE, "/advance", "/approve")
    assert snap_compare(console.app(incident), run_before=keys("f7"), terminal_size=(120, 40))
