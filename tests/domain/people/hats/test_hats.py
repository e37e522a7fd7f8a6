"""A hat that several wear at a time: who wears it, for how long, and who put it down."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.discovery import vocabulary
from incident_tui.domain.people.hats import HatAssigned, HatNotNeeded, Hats, HatTakenOff
from incident_tui.domain.people.hats.time_in_role import HatTimes
from incident_tui.domain.report import report
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.domain.values.playbook.playbook_data import from_data
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.incidents import Story
from tests.support.playbooks.engine import BAKERY


def kitchen(*lines: str) -> Story:
    """The invented playbook, with tasters in the plural."""
    hats = [hat | {"several": hat["id"] == "taster"} for hat in BAKERY["hats"]]
    return Story(from_data({**BAKERY, "hats": hats}, "bakery", vocabulary())).tell(lines)


@pytest.mark.parametrize(
    ("lines", "worn"),
    [
        (["/role taster ana", "/role taster ben"], "ana, ben"),
        (["/role taster ana", "/role taster ben", "/role taster without ana"], "ben"),
        (["/role taster ana", "/role taster ben", "/role taster -"], None),
        (["/role taster ana", "/role taster without ana"], None),
        (["/role taster ana", "/role taster not-needed all is eaten"], None),
    ],
)
def test_the_report_names_everybody_who_wears_it(lines: list[str], worn: str | None) -> None:
    story = kitchen(*lines)
    roles = report(story.incident, story.now)["roles"]
    assert roles.get("taster", {}).get("person") == worn


def test_each_of_them_types_with_it() -> None:
    story = kitchen("/role taster ana", "/role taster ben")
    assert story.incident.of(Hats).of_person("ben") == ["taster"]
    assert story.say("the crust is hard", actor="ben")[0].hat == "taster"


def test_the_time_of_each_counts_alone() -> None:
    story = kitchen(
        "/role taster ana", "/role taster ben", "/role taster without ana", "still hard"
    )
    worn = story.incident.of(HatTimes).worn_for(story.now)["taster"]
    assert worn == {"ana": timedelta(minutes=2), "ben": timedelta(minutes=2)}


def test_a_hat_for_one_changes_heads() -> None:
    story = kitchen("/role speaker ana", "/role speaker ben")
    assert story.incident.of(Hats).worn["speaker"].people == ["ben"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/role taster ana", "ana wears the hat taster already"),
        ("/role taster without ben", "ben does not wear the hat taster; ana does"),
        ("/role speaker without ana", "nobody wears the hat speaker"),
    ],
)
def test_what_changes_nothing_is_refused(line: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        kitchen("/role taster ana").say(line)
    assert refused.value.message == why


def test_only_one_person_owns_an_incident() -> None:
    hats = [hat | {"several": True} for hat in BAKERY["hats"]]
    with pytest.raises(PlaybookError) as refused:
        from_data({**BAKERY, "hats": hats}, "bakery", vocabulary())
    assert refused.value.problems == (
        "hats[0].several: one person owns the incident, so one wears 'lead'",
    )


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/role Taster ben", [HatAssigned(hat="taster", person="ben")]),
        (
            "",
            "/role all ana",
            [HatAssigned(hat="lead", person="ana"), HatAssigned(hat="speaker", person="ana")],
        ),
        ("/role lead ana", "/role all ana", [HatAssigned(hat="speaker", person="ana")]),
        ("/role lead ana", "/role lead -", [HatTakenOff(hat="lead")]),
        ("", "/role speaker not-needed alone", [HatNotNeeded(hat="speaker", why="alone")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/role baker ben", "'baker' is not a hat", []),
        ([], "/role lead not-needed alone", "somebody has to own", ["/role lead PERSON"]),
        ([], "/role taster not-needed", "why is the hat", ["/role taster not-needed WHY"]),
        ([], "/role taster -", "nobody wears", []),
        (["/role taster ben"], "/role taster ben", "ben wears the hat taster already", []),
        (["/role all ana"], "/role all ana", "ana wears every hat already", []),
        (["/role taster ben"], "/role all -", "one by one", ["/role taster -"]),
    ]
