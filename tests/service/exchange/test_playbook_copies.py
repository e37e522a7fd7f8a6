"""A playbook of one's own is made of one that can be used, within the home."""

import pytest

from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.service.exchange.playbook_copies import copy_playbook
from incident_tui.store.files.errors import NotSaved
from incident_tui.store.playbook_files import BUILT_IN
from tests.service.conftest import Bench


def test_a_playbook_that_cannot_be_used_is_not_copied(bench: Bench) -> None:
    origin = bench.base / "broken.toml"
    origin.write_text('id = "broken"\n', encoding="utf-8")
    with pytest.raises(PlaybookError):
        copy_playbook(origin, "ours", bench.home)
    assert not bench.home.playbooks.exists()


def test_a_folder_of_playbooks_that_leads_out_of_the_home_is_not_written_to(bench: Bench) -> None:
    elsewhere = bench.base / "elsewhere"
    elsewhere.mkdir()
    bench.home.path.mkdir()
    bench.home.playbooks.symlink_to(elsewhere)
    with pytest.raises(NotSaved):
        copy_playbook(BUILT_IN / "war-room.toml", "ours", bench.home)
    assert list(elsewhere.iterdir()) == []
