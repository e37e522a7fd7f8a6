"""A nudge for whoever is deep in one hat while another one that they wear is owed something."""

import pytest

from incident_tui.domain.values.playbook import PlaybookError
from tests.support.incidents import Story
from tests.support.playbooks.engine import bakery, bakery_data, baking
from tests.support.playbooks.processes import flags_up

SPEAKER = 1
ALONE = ["/role lead ana", "/role speaker ana", "/sev HIGH"]
"""An update is owed half an hour after the declaration, which was three minutes ago."""


def outage(*lines: str, threshold: int = 5) -> Story:
    """An incident where the speaker answers for updates that are on time."""
    hats = bakery_data()["hats"]
    hats[SPEAKER]["answers-for"] = ["updates.overdue"]
    return baking(*lines, hats=hats, flags={"hats.neglected": threshold})


def late(story: Story) -> Story:
    """Forty minutes later, ana types on with the hat that she typed with before."""
    for _ in range(40):
        story.say("kneading")
    return story


def test_a_duty_that_is_overdue_is_told_to_whoever_works_in_another_hat() -> None:
    (flag,) = flags_up(late(outage(*ALONE)))
    assert flag.id == "hats.neglected"
    assert flag.text.startswith("ana goes on as lead and is speaker too: The status update")
    assert flag.mend == "/update … next:+30m"


@pytest.mark.parametrize(("minutes", "up"), [(26, 0), (27, 0), (31, 0), (32, 1)])
def test_it_comes_after_a_while(minutes: int, up: int) -> None:
    """Overdue since minute 30, five minutes to notice, and the story is at minute 3."""
    story = outage(*ALONE)
    for _ in range(minutes):
        story.say("kneading")
    assert len(flags_up(story)) == up


def test_whoever_has_changed_hats_is_left_alone() -> None:
    """The word is being written, it seems."""
    story = late(outage(*ALONE, "/role lead ben"))
    assert flags_up(story) == []


def test_a_duty_of_somebody_who_types_nothing_is_nobody_elses_neglect() -> None:
    assert flags_up(late(outage(*ALONE, "/role speaker ben"))) == []


def test_it_ends_with_the_update() -> None:
    assert flags_up(late(outage(*ALONE)).tell(["/update bread is late next:+30m"])) == []


def test_a_duty_that_the_playbook_has_no_flag_for_is_answered_for_all_the_same() -> None:
    hats = bakery_data()["hats"]
    hats[SPEAKER]["answers-for"] = ["updates.none"]
    (flag,) = flags_up(late(baking(*ALONE[:2], hats=hats, flags={"hats.neglected": 5})))
    assert flag.id == "hats.neglected"


def test_a_hat_that_answers_for_nothing_is_never_neglected() -> None:
    story = late(baking(*ALONE, flags={"hats.neglected": 5}))
    assert flags_up(story) == []


def test_a_playbook_cannot_name_a_flag_that_does_not_exist() -> None:
    hats = bakery_data()["hats"]
    hats[SPEAKER]["answers-for"] = ["bread.burnt"]
    with pytest.raises(PlaybookError, match=r"hats\[1\].answers-for: no such red flag: 'bread"):
        bakery(hats=hats)
