"""Whether the hats are spread well."""

import pytest

from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, flags_up, holds, mend, process

PAIR = {"first": "engineer", "second": "reviewer"}


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ([], "/role engineer PERSON"),
        (["/role engineer ana"], "/role reviewer PERSON"),
        (["/role engineer ana", "/role reviewer Ana"], "/role reviewer PERSON"),
    ],
)
def test_two_hats_want_two_people(lines: list[str], line: str) -> None:
    assert mend(Story(process()).tell(lines), "hats.distinct", **PAIR) == line


def test_two_people_are_enough() -> None:
    story = Story(process()).tell(["/role engineer ana", "/role reviewer ben"])
    assert holds(story, "hats.distinct", **PAIR)


def test_the_owner_fills_a_field() -> None:
    assert filled(Story(process()).tell(["/role commander ana"]), "hats.commander") == "ana"


def test_a_hat_without_answer_is_flagged() -> None:
    story = Story(process(hats__unanswered=5)).tell(["/role commander ana"])
    assert flags_up(story, minutes=3) == []
    assert [flag.id for flag in flags_up(story, minutes=4)] == ["hats.unanswered"]
    assert flags_up(story.tell(["/role all ana"]), minutes=60) == []


@pytest.mark.parametrize(
    ("lines", "up"),
    [
        (["/role all ana"], True),
        (["/role all ana", "/role scribe ben"], False),
        (["/role commander ana"], False),
        (["/role all ana", "/state resolved"], False),
    ],
)
def test_one_person_alone_for_long_is_flagged(lines: list[str], up: bool) -> None:
    story = Story(process(hats__alone=30)).tell(lines)
    assert bool(flags_up(story, minutes=30)) == up


def test_updates_do_not_hide_that_one_copes_alone_but_a_hand_over_does() -> None:
    story = Story(process(hats__alone=30)).tell(["/role all ana"])
    story.tell(["/update Still looking. next:+30m"] * 30)
    (flag,) = flags_up(story)
    assert (flag.id, flag.mend) == ("hats.alone", "/role communications PERSON")
    story.tell(["/role communications ben", "/role communications ana"])
    assert flags_up(story, minutes=29) == []
    assert [flag.id for flag in flags_up(story, minutes=30)] == ["hats.alone"]


def test_the_hats_of_a_stage_are_asked_for_by_name() -> None:
    story = Story(process())
    assert mend(story, "hats.filled", hats="author tracker") == "/role author PERSON"
    story.tell(["/role author ana", "/role tracker not-needed two items in all"])
    assert holds(story, "hats.filled", hats="author tracker")


def test_where_one_of_two_hats_is_not_needed_nobody_has_to_be_different() -> None:
    story = Story(process()).tell(["/role engineer ana", "/role reviewer not-needed alone"])
    assert holds(story, "hats.distinct", **PAIR)
