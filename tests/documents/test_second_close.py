"""The folder after a second outage on the next day and a second close, in every process."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

import pytest

from incident_tui.documents import render_folder
from incident_tui.domain.findings.impact_spans import levels_held
from incident_tui.domain.handover.summary_drafts import propose
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.gates import CheckAttested
from incident_tui.domain.process.lifecycle import Lifecycle
from tests.documents.reading import empty_headings, gaps, repeated
from tests.playbooks.scripts.all import NAMES
from tests.playbooks.test_second_outage import closed, passed
from tests.support.incidents import Story, playbook

every = pytest.mark.parametrize("name", NAMES)


@cache
def twice(name: str) -> Story:
    """The incident that came back on the day after its close, and was closed again."""
    story = closed(name)
    story.now += timedelta(days=1)
    stop = next(stage.id for stage in story.playbook.stages if stage.status_after)
    story.say(f"/reopen {stop} the impact is back")
    while story.incident.of(Lifecycle).closed is None:
        passed(story)
    return story


@cache
def folder(name: str) -> Mapping[str, str]:
    """Its documents."""
    return render_folder(twice(name).incident)


@every
def test_nothing_is_empty_waits_to_be_filled_in_or_is_told_twice(name: str) -> None:
    for path, text in folder(name).items():
        assert empty_headings(text) == [], path
        assert gaps(text) == [], path
        assert repeated(text) == [], path


@every
def test_every_moment_of_an_incident_of_two_days_says_its_day(name: str) -> None:
    """But the end of a span on the day of its begin, and the log, whose headings are the days."""
    for path, text in folder(name).items():
        if path in ("README.md", "postmortem.md"):
            overview = text.partition("## What happened")[0].replace("at 13:58", "as they typed it")
            assert re.findall(r"(?<!\d{4}-\d\d-\d\d )(?<! to )\b\d\d:\d\d\b", overview) == [], path
        assert not re.search(r"(\d{4}-\d\d-\d\d) \d\d:\d\d to \1", text), path


@every
def test_nobody_is_said_to_have_ticked_in_the_second_outage_what_they_ticked_in_the_first(
    name: str,
) -> None:
    story = twice(name)
    second = story.incident.of(Episodes).items[-1].begun.order
    own = {
        entry.event.check
        for entry in story.incident.recorded[second:]
        if isinstance(entry.event, CheckAttested)
    }
    text = "".join(folder(name).values())
    for record in story.incident.of(Lifecycle).stages:
        for check in record.stage.checks:
            if record.cycles == 2 and check.kind == "attestation" and check.id not in own:
                assert f"✓ {check.title} (says" not in text, check.id


@every
def test_a_severity_is_not_said_to_have_held_while_the_incident_was_over(name: str) -> None:
    held = levels_held(twice(name).incident)
    assert len(held) >= 2
    assert all(
        until is not None and until - since < timedelta(hours=12) for _, since, until in held
    )


@every
def test_what_the_second_outage_did_not_say_again_is_told_to_be_of_the_first(name: str) -> None:
    overview = folder(name)["README.md"]
    assert "(since episode 1)" in overview.partition("## In effect")[0]
    assert "started to resolved, the last time" in overview


def test_a_change_that_failed_and_was_not_undone_is_in_effect_on_the_page_too() -> None:
    lines = [
        "/mitigate rollback to v41",
        "/mitigate scale 12 more pods",
        "/fail 1 no",
        "/fail 2 no",
    ]
    outage = Story(playbook("war-room")).tell([*lines, "/undone 2"])
    page = render_folder(outage.incident)["README.md"].partition("## In effect")[2]
    assert "- to v41 (rollback): failed" in page
    assert "12 more pods" not in page.partition("\n## ")[0]


def test_a_fix_is_not_said_to_have_fixed_what_came_back_after_it() -> None:
    lines = [
        "/hyp 1 confirm a dump shows it",
        "/fix 1 the pool is bounded test:t",
        "/state mitigated",
    ]
    outage = Story(playbook("war-room")).tell(["? the pool is too small", *lines])
    assert "came back" not in propose(outage.incident)
    outage.say("/state active it is back")
    assert "the pool is bounded (named before it came back)" in propose(outage.incident)
    outage.tell(["/fix 1 deployed v43", "/state mitigated", "/state active again"])
    assert "the pool is bounded (it came back after that)" in propose(outage.incident)
    assert "it came back after that" in render_folder(outage.incident)["README.md"]
    outage.say("/fix 1 deployed v44")
    assert "came back" not in propose(outage.incident)
