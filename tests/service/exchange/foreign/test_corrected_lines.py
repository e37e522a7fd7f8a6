"""A pasted line gets another day, zone or kind before it is recorded."""

import pytest

from incident_tui.service.exchange.foreign.corrected_lines import corrected_line
from incident_tui.service.exchange.foreign.corrections_of_rows import CorrectionError

LINE = "@2026-03-05T09:12:00Z ana: errors"


@pytest.mark.parametrize(
    ("line", "what", "right"),
    [
        (LINE, "+1d", "@2026-03-06T09:12:00Z ana: errors"),
        (LINE, "-30d", "@2026-02-03T09:12:00Z ana: errors"),
        (LINE, "zone:Europe/Berlin", "@2026-03-05T08:12:00Z ana: errors"),
        (LINE, "zone:PST", "@2026-03-05T17:12:00Z ana: errors"),
        (LINE, "detected", "@2026-03-05T09:12:00Z /milestone detected ana: errors"),
        ("@2026-03-05T09:12:00Z \\> rolled back", "mitigated",
         "@2026-03-05T09:12:00Z /milestone mitigated > rolled back"),
        ("@2026-03-05T09:12:00Z /milestone detected ana: errors", "+1d",
         "@2026-03-06T09:12:00Z /milestone detected ana: errors"),
        ("@2026-03-05T09:12:00Z /milestone detected ana: errors", "fact", LINE),
    ],
)  # fmt: skip
def test_each_correction(line: str, what: str, right: str) -> None:
    assert corrected_line(line, what, "UTC")[0] == right


def test_a_second_zone_begins_with_the_first() -> None:
    line, zone = corrected_line(LINE, "zone:Europe/Berlin", "UTC")
    assert corrected_line(line, "zone:UTC", zone) == (LINE, "UTC")


@pytest.mark.parametrize("what", ["", "tomorrow", "zone:Nowhere/Land", "+1h", "facts"])
def test_what_is_no_correction_is_refused_with_what_is_one(what: str) -> None:
    with pytest.raises(CorrectionError):
        corrected_line(LINE, what, "UTC")


def test_a_line_without_a_moment_is_not_corrected() -> None:
    with pytest.raises(CorrectionError, match="no time of its own"):
        corrected_line("it is slow", "+1d", "UTC")
