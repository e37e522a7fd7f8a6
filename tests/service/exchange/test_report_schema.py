"""The published shape of a report holds for incidents of every process, from first line to last."""

import json
from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import every_part
from incident_tui.domain.report import report
from incident_tui.service.exchange.forms.report_schema import Report, schema
from tests.playbooks.driver import story_of
from tests.playbooks.scripts.all import WALKED
from tests.support.incidents import DECLARED_AT, Story, playbook, story

PROCESSES = ("command", "gated", "lifecycle", "mitigate-first", "studio", "war-room")
LINES = ("/sev {}", "a fact src:log", "= 5xx 1 -> 2", "? a cause test:look", "! decided",
         "/impact users all", "> changed undo:back", "+ will be done owner:ana due:1w",
         "/update told next:+10m", "/milestone mitigated")  # fmt: skip


PUBLISHED = Path(__file__).parents[3] / "docs" / "report.schema.json"
SCHEMA = json.loads(PUBLISHED.read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_published_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def fits(incident: Incident) -> None:
    """Every field is declared, and holds what its declaration says."""
    data = report(incident, DECLARED_AT)
    declared = {field.name for field in msgspec.structs.fields(Report)}
    assert set(data) <= declared | set(every_part())
    assert set(schema()["$defs"]["Report"]["required"]) <= set(data)
    msgspec.convert(data, Report)
    # What programs get is JSON, so that is what has to be read back.
    encoded = msgspec.json.encode(data)
    msgspec.json.decode(encoded, type=Report)
    VALIDATOR.validate(json.loads(encoded))


@pytest.mark.parametrize("process", PROCESSES)
def test_a_report_fits_its_schema_after_each_line(process: str) -> None:
    under = playbook(process)
    outage = Story(under)
    fits(outage.incident)
    for line in LINES:
        outage.say(line.format(under.severities[0].id))
        fits(outage.incident)


@pytest.mark.parametrize("process", PROCESSES)
def test_a_report_fits_its_schema_once_the_incident_is_closed(process: str) -> None:
    """With all that a process asks for: rows of every kind, approvals, times of hats."""
    closed = story_of(process, WALKED[process], protected=process == "command").incident
    assert report(closed, DECLARED_AT)["status"] == "closed"
    fits(closed)


def test_a_field_of_another_kind_does_not_fit() -> None:
    data = report(story().incident, DECLARED_AT)
    with pytest.raises(msgspec.ValidationError, match="timeline"):
        msgspec.convert(data | {"timeline": [data["timeline"][0] | {"number": "1"}]}, Report)
    with pytest.raises(ValidationError):
        VALIDATOR.validate(data | {"timeline": [data["timeline"][0] | {"number": "1"}]})
