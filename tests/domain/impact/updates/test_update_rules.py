"""What gates, documents and flags say of updates."""

from datetime import timedelta

import msgspec
import pytest

from incident_tui.domain.core.rules import every_flag
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.impact.updates.update_rules import (
    by_audience,
    each_updated,
    interval_text,
    next_text,
    posted,
    resolution_posted,
)
from incident_tui.domain.process.artifacts import FieldSet
from tests.support.incidents import Story, playbook
from tests.support.playbooks.engine import baking


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


@pytest.mark.parametrize(
    ("lines", "mend"),
    [
        (["/update Cold bread. next:+20m"], "/state resolved …"),
        (["/update Cold bread. next:+20m", "/state resolved"], "/update …"),
        (["/state resolved", "/update Warm again."], None),
    ],
)
def test_the_end_is_told_by_an_update_behind_it(lines: list[str], mend: str | None) -> None:
    missing = resolution_posted(baking("/sev HIGH", *lines).incident)
    assert (missing and missing.mend) == mend


AUDIENCES = (
    "/sev HIGH",
    "/cadence 30m",
    "/update Cold bread. next:+20m",
    "/update Cold bread, no revenue. audience:leadership next:+25m",
)


def test_each_audience_has_its_own_words_and_its_own_promise() -> None:
    updates = baking(*AUDIENCES).incident.of(Updates)
    owed = dict(updates.owed)
    assert set(owed) == {"", "leadership"}
    assert owed[""] == updates.next_due
    assert owed["leadership"] - owed[""] == timedelta(minutes=6)


def test_an_update_for_one_audience_keeps_no_promise_to_another() -> None:
    story = baking(*AUDIENCES)
    due = story.incident.of(Updates).next_due
    assert due is not None
    story.say("/update Still. audience:Leadership next:+30m", at=due)
    assert story.incident.of(Updates).next_due == due
    raised = every_flag()["updates.overdue"].detect(story.incident, due, 0)
    assert raised is not None
    assert raised.text == "The status update is overdue by 0s."
    story.say("/update Still cold. next:+30m")
    assert list(story.incident.of(Updates).audiences.values()) == ["leadership"]
    later = story.now + timedelta(hours=1)
    story.say("/update Warm again. next:+30m", at=later)
    assert story.incident.of(Updates).next_due == later + timedelta(minutes=30)


def test_an_overdue_word_names_whom_it_is_owed_to_in_a_line_that_is_taken() -> None:
    story = baking("/sev HIGH", '/update No bread. audience:"dependent teams" next:+10m')
    later = story.now + timedelta(minutes=12)
    raised = every_flag()["updates.overdue"].detect(story.incident, later, 0)
    assert raised is not None
    assert "for dependent teams is overdue" in raised.text
    story.say(raised.mend.replace("…", "still none"), at=later)
    assert every_flag()["updates.overdue"].detect(story.incident, later, 0) is None


def test_a_document_tells_what_each_audience_was_told() -> None:
    rows = [row.cells for row in by_audience(baking(*AUDIENCES).incident)]
    assert [cells[:2] for cells in rows] == [
        ("everybody", "Cold bread."), ("leadership", "Cold bread, no revenue."),
    ]  # fmt: skip


def test_what_was_promised_before_it_came_back_is_not_the_last_word() -> None:
    story = Story().tell(
        ["/update It fails. next:+30m", "/state resolved over", "/update It is over."]
    )
    assert [row.cells[2] for row in by_audience(story.incident)] == ["no more, it was the last"]
    story.say("/state active it is back")
    [row] = by_audience(story.incident)
    assert row.cells[2] == f"nothing since it came back at {story.now:%Y-%m-%d %H:%M}"


def test_an_audience_that_is_named_is_told_alone_or_with_everybody() -> None:
    story = Story(playbook("gated"))
    nobody = each_updated(story.incident)
    assert nobody is not None
    assert nobody.mend.startswith("/update ")
    story.say("/update It is slow. audience:users next:+30m")
    stage = story.incident.playbook.stages[2]
    named = "users\nleadership\nsupport"
    story.record([FieldSet(stage=stage.id, field="audience", text=named, lines=True)])
    for left in ("leadership, support", "support"):
        missing = each_updated(story.incident)
        assert missing is not None
        assert missing.why == f"nobody told {left}"
        story.say(missing.mend.replace("…", "It is slow."))
    assert each_updated(story.incident) is None


def test_a_log_of_before_has_updates_for_everybody() -> None:
    story = baking("/sev HIGH", "/update Cold bread. audience:everyone next:+20m")
    (item,) = story.incident.of(Updates).items
    assert item.audience == ""
    assert b"audience" not in msgspec.json.encode(item.entry.event)
