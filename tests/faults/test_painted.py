"""A terminal is read in pieces of any length; what is taken from it never is half of something."""

import re

import pytest

from tests.faults import painted

FRAMES = (
    b"\x1b[1;1H\x1b[38;5;7m something typed #12\x1b[0m\x1b[40;80H\x1b[2m saved\x1b[0m",
    "\x1b[40;80H\x1b[2m saved · committing…\x1b[0m".encode(),
    "\x1b[40;80H\x1b[2m saved · commit pending: größer als möglich\x1b[0m".encode(),
    b"\x1b[40;80H\x1b[2m 12 kept aside\x1b[0m",
    "\x1b[40;80H\x1b[2m saved · committed 0123abc\x1b[0m\x1b[1;1H".encode(),
)
WRITTEN = b"".join(FRAMES)
STATES = ["", "saved", "saved · committing…", "saved · commit pending: größer als möglich",
        "12 kept aside", "saved · committed 0123abc"]  # fmt: skip


def test_what_the_key_bar_says_is_never_half_of_it_wherever_a_read_ends() -> None:
    seen = [painted.save_state(WRITTEN[:length]) for length in range(len(WRITTEN) + 1)]
    assert list(dict.fromkeys(seen)) == STATES


def test_a_number_is_never_cut_short_wherever_a_read_ends() -> None:
    numbers = {
        match[1]
        for length in range(len(WRITTEN) + 1)
        if (match := re.search(r"typed #(\d+)", painted.text(WRITTEN[:length])))
    }
    assert numbers == {"12"}


@pytest.mark.parametrize("written", [b"", b"no sequence yet"])
def test_before_the_first_control_sequence_nothing_is_certain(written: bytes) -> None:
    assert painted.text(written) == ""
