"""How a mending line begins in the log line: up to what only the reader knows."""

import pytest

from incident_tui.screens.session.suggested_line import lead_of


@pytest.mark.parametrize(
    ("mend", "lead"),
    [
        ("/verify 1 …", "/verify 1 "),
        ("/role scribe PERSON", "/role scribe "),
        ("/advance", "/advance"),
        ("/fix 1 close DB on HTTP 503 test:NAME", "/fix 1 close DB on HTTP 503 test:"),
        ("= login SLO 3 % -> …", "= login SLO 3 % -> "),
        ("/set signal error rate|latency|user report", "/set signal "),
        ("/close duplicate|merged WHY", "/close "),
        ("= 5xx 12 % -> …", "= 5xx 12 % -> "),
        ("! what was decided", "! "),
        ("what happened", ""),
        ("/amend 3 @…", "/amend 3 @"),
        ("@… /milestone detected", "@ /milestone detected"),
        ("@… = SIGNAL … -> … src:…", "@ ="),
        ("@… …", "@"),
    ],
)
def test_it_begins_so(mend: str, lead: str) -> None:
    assert lead_of(mend) == lead
