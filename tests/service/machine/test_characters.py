"""Which characters a terminal shows, as its locale says."""

import pytest

from incident_tui.service.machine.characters import UTF_8, charset


@pytest.mark.parametrize(
    ("env", "stream", "shown"),
    [
        ({"LANG": "de_DE.UTF-8"}, "utf-8", UTF_8),
        ({"LANG": "C.utf8"}, "utf-8", UTF_8),
        ({"LANG": "de_DE.UTF-8@euro"}, "utf-8", UTF_8),
        ({"LC_ALL": "", "LC_CTYPE": "en_US.UTF-8", "LANG": "C"}, "utf-8", UTF_8),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, "utf-8", "ascii"),
        ({"LANG": "POSIX"}, "utf-8", "ascii"),
        ({}, "utf-8", "ascii"),
        ({"LANG": "de_DE.ISO-8859-1"}, "iso8859-1", "iso8859-1"),
        ({"LANG": "de_DE"}, "utf-8", "ascii"),
    ],
)
def test_the_locale_says_what_the_terminal_shows(
    env: dict[str, str], stream: str, shown: str
) -> None:
    assert charset(env, stream) == shown
