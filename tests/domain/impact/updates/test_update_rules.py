"""What gates, documents and flags say of updates."""

from datetime import timedelta

import pytest

from incident_tui.domain.core.rules import every_flag
from incident_tui.domain.impact.updates.update_rules import interval_text, next_text, posted
from tests.support.engine import baking
from tests.support.incidents import Story


def test_documents_tell_the_next_update_in_the_zone_of_the_incident() -> None:
    story = Story(zone="Europe/Berlin").tell(["/update Down. next:+30m"])
    assert next_text(story.incident) == "2026-11-20 15:36"


def test_the_interval_is_the_shorter_one_of_severity_and_agreement() -> None:
    assert interval_text(baking("/sev HIGH", "/cadence 20m").incident) == "every 20m"
    assert interval_text(baking("/cadence 2h", "/sev HIGH").incident) == "every 30m"


@pytest.mark.parametrize("cadence", ["5m", "20m"])
def test_the_line_of_an_overdue_update_promises_no_more_than_is_allowed(cadence: str) -> None:
    story = baking("/sev HIGH", f"/cadence {cadence}")
    later = story.now + timedelta(hours=1)
    raised = every_flag()["updates.overdue"].detect(story.incident, later, 0)
    assert raised is not None
    assert raised.mend == f"/update … next:+{cadence}"
    story.say(raised.mend.replace("…", "still cold"), at=later)
    assert every_flag()["updates.overdue"].detect(story.incident, later, 0) is None


def test_the_check_offers_a_line_that_is_taken() -> None:
    story = baking("/sev HIGH", "/cadence 10m")
    missing = posted(story.incident)
    assert missing is not None
    story.say(missing.mend.replace("…", "cold"))
    assert posted(story.incident) is None
