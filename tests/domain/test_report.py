"""The report: what programs read of an incident."""

import json
from datetime import timedelta

from incident_tui.domain.core.rules import every_part
from incident_tui.domain.report import report
from tests.support.incidents import DECLARED_AT, story

NOW = DECLARED_AT + timedelta(days=1)


def test_what_a_concept_reports_stands_under_its_name_and_hides_nothing_else() -> None:
    outage = story(5)
    data = report(outage.incident, NOW)
    for name, part in every_part().items():
        assert data[name] == part(outage.incident)
    others = {"id", "title", "roles", "impact", "updates", "artifacts", "gate", "flags", "timeline"}
    assert others <= data.keys()
    assert not others & every_part().keys()


def test_a_story_reports_all_that_was_worked_on_as_plain_data() -> None:
    data = json.loads(json.dumps(report(story(5).incident, NOW)))
    assert {name for name in every_part() if data[name]} >= {
        "actions", "factors", "guardrails", "hypotheses", "mitigations", "readings",
    }  # fmt: skip
    first = data["actions"][0]
    assert first["number"] == 1
    assert first["factor"] is None or first["factor"] <= len(data["factors"])
