"""What the log fills into the fields of documents by itself."""

from datetime import UTC, datetime

import pytest

from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, flags_up, holds, mend, process

FILLED = [
    ("lifecycle.title", [], "Checkout returns 5xx in eu-west"),
    ("lifecycle.status", [], "active"),
    ("lifecycle.status", ["/state monitoring"], "monitoring"),
    ("lifecycle.status", ["/state mitigated", "/close duplicate of 12"], "mitigated"),
    ("impact.business", ["/impact business black friday"], "black friday"),
    ("impact.status", ["/impact status an empty page"], "an empty page"),
    ("updates.interval", [], ""),
    ("updates.interval", ["/sev SEV1 down"], "every 30m"),
    ("updates.interval", ["/sev SEV1 down", '/cadence 90m why:"few users"'], "every 1h 30m"),
    ("updates.next", [], ""),
    ("updates.next", ["/update Down. next:+30m"], "2026-11-20 15:36"),
    ("updates.next", ["/update Down. next:+30m", "/state resolved"], ""),
    ("milestones.declared", [], "2026-11-20 15:05"),
    ("milestones.triaged", [], ""),
    ("milestones.triaged", ["/sev SEV1", "/sev SEV2 better"], "2026-11-20 15:06"),
    ("metrics.duration", [], ""),
    ("metrics.duration", ["@14:30 = mails 0 src:mail", "/state resolved"], "37m"),
    (
        "sources.timeline",
        ["@15:04 down src:mail", "= 5xx 12 %", "@15:01 > deployed v42 src:ci"],
        "2026-11-20 15:01 change 1: deployed v42 (ci)\n"
        "2026-11-20 15:04 fact: down (mail)\n"
        "2026-11-20 15:07 reading: 5xx 12 % (no source)",
    ),
]


@pytest.mark.parametrize(("source", "lines", "text"), FILLED)
def test_what_the_log_knows_fills_the_field(source: str, lines: list[str], text: str) -> None:
    story = Story(process(), zone="Europe/Berlin").tell(lines)
    assert filled(story, source) == text


def test_milestones_and_durations_are_listed() -> None:
    start = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
    story = Story(process(), started_at=start).tell(["/state mitigated", "/state resolved"])
    assert filled(story, "milestones.all").split("\n") == [
        "Started: 2026-11-20 14:00 (stated in #1)",
        "Declared: 2026-11-20 14:05 (taken from #1)",
        "Mitigated: 2026-11-20 14:06 (taken from #2)",
        "Resolved: 2026-11-20 14:07 (taken from #3)",
    ]
    assert filled(story, "metrics.durations") == (
        "time to mitigate: 6m\ntime of impact: 6m\ntime to resolve: 7m"
    )


def test_milestones_that_a_gate_wants_can_be_marked() -> None:
    story = Story(process()).tell(["/state resolved"])
    wanted = {"names": "declared fix-deployed resolved"}
    assert mend(story, "milestones.known", **wanted) == "@… /milestone fix-deployed"
    assert holds(story.tell(["/milestone fix-deployed"]), "milestones.known", **wanted)


def test_a_cadence_is_given_by_the_severity_or_by_agreement() -> None:
    story = Story(process()).tell(["/sev SEV3 minor"])
    assert not holds(story, "updates.cadence")
    assert holds(story.tell(["/cadence 2h"]), "updates.cadence")
    assert holds(Story(process()).tell(["/sev SEV1 down"]), "updates.cadence")


def test_an_update_that_promises_no_time_is_flagged() -> None:
    """It cannot be typed while the incident goes on; it can come back with the impact."""
    story = Story(process(updates__no_next=0)).tell(["/state resolved", "/update It is over."])
    assert flags_up(story) == []
    story.say("/state active it is back")
    assert [flag.id for flag in flags_up(story)] == ["updates.no-next"]
    assert flags_up(story.tell(["/update It is back. next:+30m"])) == []
