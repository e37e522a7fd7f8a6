"""Publication: the words for strangers, and when they may go out."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.handover.publication import Publication, apologised, withheld
from tests.support.incidents import Story, story


def test_the_newest_words_of_a_part_are_the_public_text() -> None:
    outage = Story().tell(["/public apology We are sorry.", "/public APOLOGY We are very sorry."])
    assert outage.incident.of(Publication).text("apology") == "We are very sorry."
    assert outage.incident.of(Publication).text("cause") == ""


def test_the_timeline_tells_the_part_with_its_words() -> None:
    outage = Story()
    [entry] = outage.say("/public cause A pool was too small.")
    assert entry.event.tell(entry, outage.incident) == "cause: A pool was too small."


def test_a_part_that_there_is_not_names_those_that_there_are() -> None:
    with pytest.raises(Refused) as refused:
        Story().say("/public excuse it was the network")
    assert "/public apology …" in [mend for _, mend in refused.value.reasons]


def test_words_that_blame_somebody_are_not_taken() -> None:
    with pytest.raises(Refused):
        Story().say("/public cause ana was careless")


@pytest.mark.parametrize(
    ("chapters", "why"),
    [
        (0, "still affected"), (1, "still affected"), (2, "not approved"), (3, "not approved"),
        (4, "not approved"), (5, ""), (6, ""),
    ],
)  # fmt: skip
def test_nothing_goes_out_before_the_process_approves_the_postmortem(
    chapters: int, why: str
) -> None:
    missing = withheld(story(chapters).incident)
    assert (why in missing.why) if missing and why else (missing is None and not why)


def test_nothing_goes_out_once_the_impact_is_back() -> None:
    outage = story(5)
    outage.say("/state active it is back")
    assert withheld(outage.incident) is not None
    outage.say("/state mitigated again gone")
    missing = withheld(outage.incident)
    assert missing is not None
    assert "not approved" in missing.why


@pytest.mark.parametrize("line", ["/protect a customer is named", "/close false-positive a drill"])
def test_what_is_for_few_or_was_none_is_never_published(line: str) -> None:
    outage = Story().tell(["/state mitigated ok", line])
    missing = withheld(outage.incident)
    assert missing is not None
    assert "approved" not in missing.why


def test_whether_there_is_an_apology_can_be_asked_for_by_a_playbook() -> None:
    outage = Story()
    assert apologised(outage.incident) is not None
    assert apologised(outage.say("/public apology We are sorry.") and outage.incident) is None
