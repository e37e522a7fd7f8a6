"""Files of others are read as text, as far as they are text and no larger than is looked at."""

import pytest

from incident_tui.service.exchange.foreign import foreign_files
from incident_tui.service.exchange.foreign.foreign_files import UnreadableFile, decoded


def test_a_file_is_too_large_from_the_first_byte_beyond_the_largest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(foreign_files, "LARGEST", 4)
    assert decoded(b"2026", "notes.txt") == "2026"
    with pytest.raises(UnreadableFile, match=r"notes\.txt"):
        decoded(b"2026 ", "notes.txt")
