"""A pinned playbook that is lost comes back from where its words still stand, or not at all."""

import pytest

from incident_tui.service import Declaration
from incident_tui.service.exchange.playbook_copies import copy_playbook
from incident_tui.service.upkeep.pinned_playbook import Restored, restore_playbook
from incident_tui.store.files.errors import Unreadable
from incident_tui.store.home import PLAYBOOK
from incident_tui.store.playbook_files import BUILT_IN
from tests.service.conftest import Bench


def test_a_playbook_that_git_does_not_have_comes_from_its_name(bench: Bench) -> None:
    session = bench.declared()
    pinned = session.folder / PLAYBOOK
    before = pinned.read_bytes()
    assert restore_playbook(bench.service, session.id, iter(())) is None
    pinned.unlink()
    assert restore_playbook(bench.service, session.id, iter(())) == Restored(name="war-room")
    assert pinned.read_bytes() == before


def test_a_playbook_that_is_nowhere_any_more_is_asked_for(bench: Bench) -> None:
    own = copy_playbook(BUILT_IN / "war-room.toml", "ours", bench.home)
    session = bench.service.declare(Declaration("Slow", playbook="ours"))
    (session.folder / PLAYBOOK).unlink()
    own.unlink()
    with pytest.raises(Unreadable, match="there is no playbook of its name"):
        restore_playbook(bench.service, session.id, iter(()))
    assert not (session.folder / PLAYBOOK).exists()
