"""Whether a reading is better than what was before, by the signal that showed the incident."""

import pytest

from incident_tui.domain.findings.improvement import no_better, recovered
from incident_tui.domain.findings.readings import Readings
from tests.support.playbooks.engine import baking

RISES = "@-9m = 5xx 0.2 % -> 12 % src:pager"
FALLS = "@-9m = orders 200 -> 90 src:graph"

# what showed it, what was read later, what is told of it, the part of the way back to normal
CASES = [
    (RISES, "= 5xx 12 % -> 0.2 %", "", 1.0),
    (RISES, "= 5xx 12 % -> 20 %", "20 % is no better than 12 %", -0.68),
    (RISES, "= 5xx 12 % -> 12 %", "12 % is no better than 12 %", 0.0),
    (RISES, "= 5xx 12,0 % -> 12.0 %", "12.0 % is no better than 12,0 %", 0.0),
    (RISES, "= 5xx 6.1 %", "", 0.5),
    (RISES, "= 5xx 5 % -> 6.1 %", "6.1 % is no better than 5 %", 0.5),
    (RISES, "= p95 310ms -> 4s", "4s is no better than 310ms", None),
    (RISES, "= tea 3 -> 4", "", None),
    (RISES, "= p95 4s -> 4s", "4s is no better than 4s", None),
    (RISES, "= 5xx 12 requests -> 20 %", "", -0.68),
    ("@-9m = 5xx 12 % -> 12 % src:pager", "= 5xx 12 % -> 9 %", "", None),
    (FALLS, "= orders 90 -> 80", "80 is no better than 90", -0.09),
    (FALLS, "= orders 90 -> 200", "", 1.0),
    ("@-9m = p95 300ms -> 4s src:x", "= p95 4s -> 300ms", "", 1.0),
    ("@-9m = login works -> broken src:x", "= login broken -> broken",
     "broken is no better than broken", None),
    ("@-9m = login broken src:x", "= login broken -> works", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("shown", "read", "verdict", "part"), CASES)
def test_a_reading_is_held_against_what_was_before(
    shown: str, read: str, verdict: str, part: float | None
) -> None:
    incident = baking(shown, read).incident
    reading = incident.of(Readings).items[-1]
    assert no_better(incident, [reading]) == verdict
    back = recovered(incident, reading)
    assert back == part or (back is not None and part is not None and abs(back - part) < 0.01)
