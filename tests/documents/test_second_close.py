"""The folder after a second outage on the next day and a second close, in every process."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

import pytest

from incident_tui.documents import render_folder
from incident_tui.domain.findings.impact_spans import levels_held
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.gates import CheckAttested
from incident_tui.domain.process.lifecycle import Lifecycle
from tests.documents.reading import empty_headings, gaps, repeated
from tests.playbooks.scripts.all import NAMES
from tests.playbooks.test_second_outage import closed, passed
from tests.support.incidents import Story

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
            told = text.partition("## What happened")[0].replace("at 13:58", "as they typed it")
            assert re.findall(r"(?<!\d{4}-\d\d-\d\d )(?<! to )\b\d\d:\d\d\b", told) == [], path
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
