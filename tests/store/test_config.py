"""Folders that a home watches: added to what its author wrote, and to nothing else of it."""

from pathlib import Path

import pytest

from incident_tui.store.config import MARKER, add_watched, load_config
from incident_tui.store.files.errors import BadConfig


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / MARKER
    path.write_text('# ours\nzone = "Europe/Berlin"\nwatch = [\n  "../shop",\n]\n')
    return path


def test_a_folder_is_added_behind_the_others_and_what_else_was_written_stays(config: Path) -> None:
    assert add_watched(config, "../web")
    assert load_config(config).watch == ("../shop", "../web")
    assert config.read_text().startswith('# ours\nzone = "Europe/Berlin"\n')


def test_a_folder_that_is_watched_already_changes_nothing(config: Path) -> None:
    before = config.read_bytes()
    assert not add_watched(config, "../shop")
    assert config.read_bytes() == before


def test_a_list_that_only_its_author_can_change_is_left_with_the_line_to_write(
    config: Path,
) -> None:
    config.write_text('"watch" = ["../shop"]\n')
    with pytest.raises(BadConfig, match="in a way that only its author can change") as caught:
        add_watched(config, "../web")
    assert 'watch = ["../shop", "../web"]' in str(caught.value)
    assert config.read_text() == '"watch" = ["../shop"]\n'
