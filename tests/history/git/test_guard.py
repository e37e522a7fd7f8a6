"""Every git is told to synchronise what it commits, in the words that its version knows."""

import pytest

from incident_tui.history.git.guard import settings, version_in


@pytest.mark.parametrize(
    ("printed", "version"),
    [
        ("git version 2.39.5\n", (2, 39)),
        ("git version 2.51.0.windows.1", (2, 51)),
        ("git version 2.39.3 (Apple Git-146)", (2, 39)),
        ("no git", (0, 0)),
    ],
)
def test_the_version_is_taken_from_what_git_prints(printed: str, version: tuple[int, int]) -> None:
    assert version_in(printed) == version


@pytest.mark.parametrize(
    ("version", "given", "withheld"),
    [
        ((2, 36), "core.fsync=committed,reference", "core.fsyncObjectFiles=true"),
        ((2, 51), "core.fsyncMethod=fsync", "core.fsyncObjectFiles=true"),
        ((2, 35), "core.fsyncObjectFiles=true", "core.fsync=committed,reference"),
    ],
)
def test_each_version_is_told_to_synchronise_in_its_own_words(
    version: tuple[int, int], given: str, withheld: str
) -> None:
    words = settings(version, hooks=False)
    assert given in words
    assert withheld not in words
