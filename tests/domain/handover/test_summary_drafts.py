"""The summary that the record proposes: for a person to confirm, and readable under any title."""

import re

import pytest

from incident_tui.domain.core.commands import Proposed, Refused
from incident_tui.domain.handover.summary_drafts import propose
from incident_tui.domain.handover.update_drafts import compose, draft, nothing_new
from incident_tui.domain.process.artifacts import Artifacts
from tests.playbooks.scripts.all import NAMES
from tests.support.incidents import Story, playbook, story
from tests.support.playbooks.engine import baking

TITLES = (
    "Nobody can sign in",
    "Orders are refused.",
    "Checkout returns 5xx in eu-west",
    "All queues",
    "!",
)
LINES: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "one of each": (
        "/impact users everybody who signs in",
        "? the token service is down",
        "/hyp 1 confirm its certificate expired",
    ),
    "several": (
        "? a",
        "? b",
        "/hyp 1 confirm so",
        "/hyp 2 confirm so",
        "/impact users one user",
        "/question which regions",
    ),
    "over": ("/state resolved it works",),
}
BROKEN = re.compile(
    r"\{|\}|\bNone\b|  |\.\.|: \.|: ;|;;| is resolved| is over|\bare is\b|(?<!\w)[,;] *\."
)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize("name", NAMES)
def test_a_generated_sentence_reads_well_under_any_title(name: str, lines: str, title: str) -> None:
    outage = Story(playbook(name), title=title).tell(LINES[lines])
    zone = outage.zone
    texts = [propose(outage.incident), compose(outage.incident), draft(outage.incident)]
    texts.append(nothing_new(outage.incident, zone))
    for text in texts:
        assert ".." not in text
        assert not BROKEN.search(text.replace(title, "It")), text


def test_the_proposal_says_what_the_record_knows() -> None:
    assert propose(story(5).incident) == (
        "Checkout returns 5xx in eu-west. Began: 2026-11-20 14:00. Lasted: 59m; "
        "users were affected for 27m. "
        "Affected: 12 % of checkouts in eu-west. Data: none. Set off by: deploy of v42 at 13:58. "
        "Cause: v42 exhausts the connection pool. Stopped by: checkout back to v41 (rollback). "
        "Fixed by: v43 bounds retries to three and the pool to 40."
    )


def test_a_proposal_is_offered_as_a_line_and_records_nothing() -> None:
    outage = story(4)
    before = len(outage.entries)
    with pytest.raises(Proposed, match="proposed from the record") as refused:
        outage.say("/summary")
    ((_, line),) = refused.value.reasons
    assert line == f"/summary {propose(outage.incident)}"
    assert len(outage.entries) == before
    outage.say(line)
    stage = outage.playbook.postmortem_stage()
    assert stage is not None
    values = {v.field.id: v.text for v in outage.incident.of(Artifacts).values(stage)}
    assert values["summary"] == propose(outage.incident)


def test_where_no_postmortem_is_written_the_summary_can_be_a_fact() -> None:
    with pytest.raises(Refused, match="no stage for a postmortem") as refused:
        baking().say("/summary The bread was late.")
    assert refused.value.reasons == (("write it down as a fact", "what happened, in short"),)
