"""Which entries the story is made of, what it leaves out, and that both can be taken back."""

import re
from datetime import timedelta

import pytest

from incident_tui.documents import render_folder
from incident_tui.domain.core.commands import PendingEvent
from incident_tui.domain.core.doubts import DoubtOverruled
from incident_tui.domain.findings.stars import Stars, story
from incident_tui.domain.findings.timeline import FactRecorded
from tests.documents.reading import sections
from tests.support.incidents import CHAPTERS, DECLARED_AT, Story, playbook
from tests.support.playbooks.engine import refusal

LINES = (
    "@14:02 = 5xx 0.2 % -> 12 % src:pager",
    "the lights in the office flicker",
    "! roll back to v41",
)


def outage(*lines: str) -> Story:
    return Story().tell([*LINES, *lines])


def test_the_story_is_made_of_the_starred_entries_alone() -> None:
    starred = outage("/star 3", "/star 4")
    assert story(starred.incident) == (
        "At 2026-11-20 14:07, the lights in the office flicker. "
        "At 14:08, it was decided: roll back to v41."
    )


def test_without_a_star_the_story_tells_the_turning_points() -> None:
    text = story(outage().incident)
    assert "5xx went from 0.2 % to 12 % (pager)." in text
    assert "it was decided: roll back to v41." in text
    assert "flicker" not in text


SENTENCES = {
    "/state mitigated it stopped": "the incident was mitigated: it stopped",
    "/milestone communicated": "users or stakeholders were told",
    "/milestone detected": "it was first noticed",
    "/milestone recurred in two regions": "it came back: in two regions",
    "/mitigate scale 12 pods undo:no": "production was changed (scale): 12 pods",
    "/undone 1 by itself": "change 1 (scale: 12 pods) was undone: by itself",
    "/sev SEV2 many": "the severity was set to SEV2: many",
    "/sev SEV2 still": "the severity stayed at SEV2: still",
    "/sev SEV1 all": "the severity was changed from SEV2 to SEV1: all",
    "/guardrail no deploys": "a guardrail was set: no deploys",
}


@pytest.mark.parametrize("title", ["Nobody can sign in", "5xx!", "Orders are lost..."])
def test_every_sentence_reads_whatever_the_incident_is_called(title: str) -> None:
    """Titles say what users feel: nothing is put into the middle of a sentence of ours."""
    lived = Story(title=title)
    for line in SENTENCES:
        lived.say(line, at=lived.now + timedelta(minutes=2))
    text = story(lived.incident)
    ended = title if title.endswith("!") else f"{title.rstrip('.')}."
    assert f", the incident was declared: {ended} " in text
    assert "!." not in text
    for sentence in SENTENCES.values():
        assert re.search(rf"At [-\d: ]+, {re.escape(sentence)}[.;]", text), sentence


def test_a_sentence_of_somebody_else_stays_one() -> None:
    lived = outage("Did the lights flicker?", "/star 5")
    assert story(lived.incident) == "At 2026-11-20 14:09: Did the lights flicker?"


def test_a_minute_is_named_once_where_its_sentences_stay_apart() -> None:
    lived = outage("@14:02 /milestone detected", "@14:02 /update Slow. We look at it. next:+1d")
    assert "At 14:08, " in story(lived.incident)
    assert story(lived.incident).count("14:02") == 1
    assert " In the same minute, people were told: Slow. We look at it." in story(lived.incident)


def test_a_chapter_says_its_time_though_the_one_before_ended_in_that_minute() -> None:
    lived = Story()
    lived.say("/state mitigated it stopped", at=DECLARED_AT)
    lived.say("/update Stopped. We go on looking. next:+1d", at=DECLARED_AT)
    assert story(lived.incident).endswith(
        "\nAt 14:05, people were told: Stopped. We go on looking."
    )


def test_a_record_that_rows_were_copied_from_is_named_once() -> None:
    lived = Story()
    for line in (3, 5):
        pending = PendingEvent(FactRecorded(f"row {line}"), source=f"log.md:{line}", copied=True)
        lived.record([pending])
    lived.tell(["typed src:log.md:9", "/star 2", "/star 3", "/star 4"])
    assert "row 3 (log.md:3); row 5. At 14:06, typed (log.md:9)." in story(lived.incident)


def test_a_doubt_is_told_with_its_line_and_with_nothing_else() -> None:
    lived = Story(playbook("war-room"))
    lived.tell(["/role all ana", "/sev SEV2 many", '/state mitigated gone why:"users say so"'])
    [doubt] = [e for e in lived.incident.recorded if isinstance(e.event, DoubtOverruled)]
    assert "; this was recorded although " in story(lived.incident)
    lived.say(f"/aside {lived.incident.number(doubt.part_of)}")
    assert "all the same" not in story(lived.incident)


def test_what_happened_in_one_minute_is_one_sentence_and_a_chapter_is_a_paragraph() -> None:
    lived = Story()
    lived.say("/sev SEV2 many", at=DECLARED_AT)
    lived.say("/state mitigated it stopped", at=DECLARED_AT)
    lived.say("/state active it is back")
    assert story(lived.incident) == (
        "At 2026-11-20 14:05, the incident was declared: Checkout returns 5xx in eu-west;"
        " the severity was set to SEV2: many; the incident was mitigated: it stopped.\n"
        "At 14:06, the incident was active again: it is back."
    )


@pytest.mark.parametrize(
    ("lines", "stays"),
    [
        (["/aside 4"], False),
        (["/aside 4 said in #2", "/unstar 4"], True),
        (["/aside 4", "/undo"], True),
        (["/aside 4", "/star 4"], True),
        (["/star 4", "/unstar 4"], True),
        (["/star 3", "/unstar 3"], True),
        (["/star 3"], False),
    ],
)
def test_what_is_set_aside_is_left_out_and_can_be_brought_back(
    lines: list[str], stays: bool
) -> None:
    incident = outage(*lines).incident
    assert ("roll back" in story(incident)) == stays
    assert "roll back to v41" in render_folder(incident)["timeline.md"], "nothing is deleted"


def test_the_timeline_shows_the_mark_and_says_what_it_means() -> None:
    timeline = render_folder(outage("/star 4", "/aside 3 noise").incident)["timeline.md"]
    assert "| ★ roll back to v41 |" in timeline
    assert "| ☆ the lights in the office flicker |" in timeline
    assert "★ is told in the story" in timeline
    assert "★ is told" not in render_folder(outage().incident)["timeline.md"]


@pytest.mark.parametrize(
    ("lines", "line", "why"),
    [
        (["/star 4"], "/star 4", "#4 is starred already"),
        (["/aside 4"], "/aside 4", "#4 is set aside already"),
        ([], "/unstar 4", "#4 is not marked"),
    ],
)
def test_what_would_change_nothing_is_refused(lines: list[str], line: str, why: str) -> None:
    assert refusal(outage(*lines), line).message == why


def test_a_star_of_a_retracted_entry_tells_nothing() -> None:
    incident = outage("/star 3", "/star 4", "/retract 3 wrong").incident
    assert "flicker" not in story(incident)
    assert incident.of(Stars).marks.keys() == {"e00003", "e00004"}


def test_the_postmortem_tells_the_story_that_the_stars_make() -> None:
    written = outage("/state mitigated over", "/star 4")
    page = sections(render_folder(written.incident)["postmortem.md"])
    assert page["What happened"] == "At 2026-11-20 14:08, it was decided: roll back to v41."


def test_a_moment_that_was_stated_again_is_told_once() -> None:
    text = story(outage("/milestone detected a graph", "/milestone detected a call").incident)
    assert "it was first noticed: a call" in text
    assert "a graph" not in text


@pytest.mark.parametrize("line", ["/state mitigated it stopped", "/milestone mitigated it stopped"])
def test_an_approval_is_told_only_where_the_state_came_by_it(line: str) -> None:
    """Whoever said before that it stopped is not contradicted by the hour of the paper."""
    by_approval = "the incident counted as mitigated (Mitigate was approved by ana)"
    triaged, mitigated = CHAPTERS[:2]
    lived = Story(playbook("war-room")).tell([*triaged, *mitigated])
    assert by_approval in story(lived.incident)
    at = mitigated.index("/advance")
    stated = Story(playbook("war-room")).tell([*triaged, *mitigated[:at], line, *mitigated[at:]])
    assert by_approval not in story(stated.incident)
    assert story(stated.incident).count("it stopped") == 1


def test_an_approval_of_the_minute_in_which_it_was_stated_is_not_told_besides() -> None:
    triaged, mitigated = CHAPTERS[:2]
    at = mitigated.index("/approve")
    lived = Story(playbook("war-room")).tell([*triaged, *mitigated[:at]])
    lived.say("/approve")
    lived.say("/milestone mitigated it stopped", at=lived.now)
    assert "the incident counted as mitigated" not in story(lived.incident)
