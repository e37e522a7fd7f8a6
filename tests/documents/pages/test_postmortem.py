"""What readers of a postmortem look for, in the closed incident of each process that ships."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest

from incident_tui.documents import render_folder
from incident_tui.domain.values.playbook.postmortem_fields import STANDARD
from tests.documents.reading import sections
from tests.documents.test_process_documents import folder
from tests.playbooks.scripts.all import NAMES
from tests.support.incidents import CHAPTERS, DECLARED_AT, Story, playbook, story

PAGE_ONE = (
    "Summary", "In short", "Impact", "Who responded", "Action items", "What happened",
)  # fmt: skip
# What a reader asks -> where it is answered in every postmortem, and how the answer begins.
ANSWERS = {
    "where it stands, and who approved it": ("", r"- \*\*Status:\*\* (Approved|Finished)"),
    "whose document it is": ("", r"- \*\*Owner:\*\* \w"),
    "who wrote it, and when": ("", r"- \*\*Authors:\*\* \w+ \(2026-11-20\)"),
    "who read it": ("", r"- \*\*Reviewers:\*\* .*\bapproved 2026-11-20 \d\d:\d\d"),
    "whether its limit was kept": ("", r"- \*\*Limit:\*\* due \d+ hours after .*; kept, "),
    "in which zone the times are": ("", r"- \*\*Times are in:\*\* UTC"),
    "how bad it was": ("In short", r"\*\*Severity:\*\* \w"),
    "how long users felt it": ("In short", r"\*\*Impact:\*\* 2026-11-20 .* \(\d+m\)"),
    "what set it off": ("In short", r"\*\*Trigger:\*\* \w"),
    "why it happened": ("In short", r"\*\*(Cause|What contributed):\*\* \w"),
    "how it was noticed": ("In short", r"\*\*Detection:\*\* Shown by 5xx"),
    "what stopped it": ("In short", r"\*\*What stopped it:\*\* .*made \d\d:\d\d\)"),
    "what fixes it": ("In short", r"\*\*What fixes it:\*\* \w"),
    "how long users were affected at each severity": ("Impact", r"at each severity:\*\* \w+ \d+m"),
    "how long each severity held": ("Impact", r"\| \w+ \| \d\d:\d\d \| \d\d:\d\d \| \d+m"),
    "who wore which hat": ("Who responded", r"\| [A-Z][\w ]+ \| \w+ \| \d\d:\d\d to "),
    "what is done about it, by whom": ("Action items", r"\| 1 \| .+ \| (ana|ben) \|"),
    "what happened, as a story": ("What happened", r"At 2026-11-20 \d\d:\d\d, "),
    "what is not in it": ("Not recorded", r"where we got lucky"),
    "what everybody knew when": ("Appendix: the log", r"\| 1 \| 14:05 \| declared \|"),
}  # fmt: skip


def postmortem(name: str) -> Mapping[str, str]:
    """The sections of the postmortem of a process; what stands above them under no heading."""
    text = folder(name)["postmortem.md"]
    return {"": text.partition("\n## ")[0], **sections(text)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("asked", ANSWERS)
def test_a_reader_finds_the_answer(name: str, asked: str) -> None:
    section, answer = ANSWERS[asked]
    assert re.search(answer, postmortem(name)[section]), postmortem(name)[section]


@pytest.mark.parametrize("name", NAMES)
def test_the_hurried_read_one_page_and_everybody_else_reads_on(name: str) -> None:
    headings = [heading for heading in postmortem(name) if heading]
    assert tuple(headings[: len(PAGE_ONE)]) == PAGE_ONE
    assert headings[-1] == "Appendix: the log"


@pytest.mark.parametrize("name", NAMES)
def test_there_is_one_postmortem_and_it_is_the_document_of_its_stage(name: str) -> None:
    pages = folder(name)
    assert [path for path in pages if "mortem" in path] == ["postmortem.md"]
    assert "Revision 1" in postmortem(name)["Revisions"]
    assert "✓ " in postmortem(name)["Gate"]


@pytest.mark.parametrize("name", NAMES)
def test_no_page_speaks_in_ids_or_in_two_ways_of_time(name: str) -> None:
    """Ids of checks, fields, hats and milestones are for lines that are typed."""
    kept = playbook(name)
    checks = {c.id for stage in kept.stages for c in stage.checks if "-" in c.id or "." in c.id}
    fields = {f.id for s in kept.stages if s.produces for f in s.produces.fields if "-" in f.id}
    for path, text in folder(name).items():
        assert "- ->" not in text.replace("| -", ""), path
        assert not re.search(r"\d [A-Z][a-z]+ 2026", text), path
        assert not re.search(r"2026-\d\d-\d\d \d\d:\d\d (UTC|\w+/)", text), path
        subjects = re.findall(r"\| (?:attested|waived|artifact|hat|impact|scope) \| ([^:|]+)", text)
        assert not {each.strip() for each in subjects} & (checks | fields), path


def test_a_row_of_the_log_says_what_was_known_then_and_the_verdict_is_a_row_of_its_own() -> None:
    log = sections(render_folder(story().incident)["postmortem.md"])["Appendix: the log"]
    assert "| 14:23 | change 2 | rollback: checkout back to v41 |" in log
    assert "| 14:28 | verified | change 2: 5xx back at 0.3 %" in log
    assert "residual-risk" not in log, "fields of documents are not the log's to tell"


def test_a_second_outage_says_of_which_span_a_number_is() -> None:
    outage = Story().tell(["/state mitigated a", "/state active b", "/state mitigated c"])
    section = sections(render_folder(outage.incident)["postmortem.md"])["Milestones and durations"]
    assert "| Time to mitigate | 1m | started to mitigated, the first time |" in section
    assert "| Time of impact | 2m | all spans together |" in section
    assert "| the impact stopped, the last time |" in section


def test_a_change_is_named_with_its_kind_where_it_stands_alone() -> None:
    outage = story(0).tell(
        ["/mitigate rollback to v40", "/verify 1 fine", "/mitigate scale scale up"]
    )
    pages = render_folder(outage.incident)
    assert "- to v40 (rollback): verified" in pages["README.md"]
    assert "\n- scale up: in flight" in pages["README.md"]
    outage.say("/state mitigated fine")
    text = sections(render_folder(outage.incident)["postmortem.md"])
    assert "Stopped by: to v40 (rollback)." in text["Summary"]
    assert "change 1 (rollback: to v40) was seen to work: fine." in text["What happened"]


def test_one_kind_of_factor_needs_no_name_where_the_heading_has_it() -> None:
    outage = Story(playbook("studio")).tell(["/factor contributing no limit", "/state mitigated x"])
    text = render_folder(outage.incident)["postmortem.md"]
    assert sections(text)["Contributing factors"] == "- no limit"


def test_a_reference_to_an_entry_leads_to_its_row() -> None:
    outage = story(5).tell(["/question why did #6 come late"])
    section = sections(render_folder(outage.incident)["postmortem.md"])
    assert "#6" in section["Questions"]
    assert "| 6 | 14:02 (+5m) | reading |" in section["Appendix: the log"]


def test_what_nobody_knows_is_said_as_unknown_and_what_is_empty_is_one_line() -> None:
    text = render_folder(Story().tell(["/state mitigated it stopped"]).incident)["postmortem.md"]
    parts = sections(text)
    for name in ("Severity", "Trigger", "Cause", "What stopped it", "What fixes it"):
        assert f"- **{name}:** not on record" in parts["In short"]
    assert "Hypotheses" not in parts
    assert parts["Not recorded"].startswith("contributing factors; hypotheses; decisions; updates")
    assert parts["Summary"].startswith("Nobody has written it yet. From the record:\n\nCheckout")


@pytest.mark.parametrize(
    ("days", "verdict"),
    [(1, "; kept, "), (3, "; missed by ")],
    ids=["in time", "too late"],
)
def test_whether_the_limit_was_kept_is_said(days: int, verdict: str) -> None:
    late = story(4)
    late.now += timedelta(days=days)
    for chapter in CHAPTERS[4:]:
        late.tell(chapter)
    assert f"by 2026-11-22 14:59{verdict}" in render_folder(late.incident)["postmortem.md"]


@pytest.mark.parametrize("field", [f.id for f in STANDARD], ids=str)
def test_every_standard_field_can_be_written_and_is_read_in_the_document(field: str) -> None:
    outage = story(5).tell([f"/set {field} the tide was out"])
    assert "the tide was out" in render_folder(outage.incident)["postmortem.md"]


def test_an_approved_postmortem_stays_as_it_was_approved() -> None:
    outage = story().tell(["/reopen follow-up more to say", "/set got-lucky it was a Sunday"])
    section = sections(render_folder(outage.incident)["postmortem.md"])
    assert "Where we got lucky" not in section
    assert section["Changed since it was approved"] == "- **Where we got lucky:** it was a Sunday"


def test_a_severity_that_was_set_once_it_was_over_held_for_no_time() -> None:
    outage = Story().tell(["@14:06 /state resolved gone", "/sev SEV2 many"])
    section = sections(render_folder(outage.incident)["postmortem.md"])
    assert "| 0s |" not in section["Impact"]
    assert "SEV2 from 14:07: many" in section["Severity"]


def test_a_verdict_that_begins_with_no_does_not_read_as_its_contrary() -> None:
    outage = story(5).tell(["/act 1 verify no list is read", "+ another owner:ana"])
    text = sections(render_folder(outage.incident)["postmortem.md"])["Action items"]
    assert "| verified (no list is read) |" in text
    assert "3 action items: " in render_folder(outage.incident)["actions.md"]
    alone = Story().tell(["+ one owner:ana"])
    assert "1 action item, open." in render_folder(alone.incident)["actions.md"]
    alone.say("+ two owner:ana")
    assert "2 action items, all open." in render_folder(alone.incident)["actions.md"]


def test_a_label_that_a_record_repeats_is_not_how_it_was_noticed() -> None:
    outage = Story().tell(
        ["@14:05 = 5xx 0.2 % -> 12 % src:pager", "@14:05 /milestone detected First detected"]
    )
    outage.say("/state mitigated it stopped")
    section = sections(render_folder(outage.incident)["postmortem.md"])["Detection"]
    assert section == "Shown by 5xx: from 0.2 % to 12 % (pager). Noticed at 14:05."
    outage.say("@14:05 /milestone detected a customer calls")
    section = sections(render_folder(outage.incident)["postmortem.md"])["Detection"]
    assert section == "Noticed at 14:05: a customer calls."


def test_what_goes_on_is_told_as_such() -> None:
    page = render_folder(Story().tell(["/impact users all"]).incident)["README.md"]
    assert "- **Impact:** since 2026-11-20 14:05, not over yet\n" in page


def test_a_hat_that_was_passed_on_at_once_was_not_worn() -> None:
    outage = Story(playbook("gated"))
    outage.say("/role all ana", at=DECLARED_AT)
    outage.say("/role communications ben", at=DECLARED_AT + timedelta(seconds=20))
    outage.say("/state mitigated it stopped", at=DECLARED_AT + timedelta(minutes=5))
    section = sections(render_folder(outage.incident)["postmortem.md"])["Who responded"]
    assert "| Communicator | ben | since 14:05 |" in section
    assert "| Communicator | ana |" not in section
    assert "| Incident commander | ana |" in section
