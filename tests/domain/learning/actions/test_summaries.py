"""Action items as a postmortem lists them."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.learning.actions import Actions
from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, flags_up, holds, mend, process


def outage() -> Story:
    story = Story(process())
    first, second = (layer.id for layer in story.playbook.layers[:2])
    return story.tell(
        [
            f"/factor {first} no limit",
            f"/factor {second} no alert",
            "+ bound the cache owner:ana prio:P1 term:short class:prevent factor:1",
            "+ alert on heap owner:ben prio:P0 term:quick class:detect factor:2",
            "+ page on lag term:quick class:detect",
            "+ rewrite the loader term:long",
            "/act 2 done",
            "/act 4 drop too big",
        ]
    )


def test_one_item_is_enough_that_is_not_dropped() -> None:
    story = Story(process())
    assert not holds(story, "actions.exist")
    assert holds(story.tell(["+ bound the cache"]), "actions.exist")
    assert not holds(story.tell(["/act 1 drop too big"]), "actions.exist")


def test_what_is_left_to_follow_up_is_named_until_it_is_verified_or_dropped() -> None:
    story = Story(process()).tell(["+ bound the cache", "+ page on lag", "/act 1 drop too big"])
    assert mend(story, "actions.settled") == "/act 2 verify …"
    assert holds(story.tell(["/act 2 done", "/act 2 verify it paged"]), "actions.settled")


def test_the_most_urgent_comes_first() -> None:
    assert filled(outage(), "actions.all").split("\n") == [
        "alert on heap: P0, owner ben, this week, detect, done, against: no alert",
        "bound the cache: P1, owner ana, this cycle, prevent, open, against: no limit",
        "page on lag: this week, detect, open",
    ]


@pytest.mark.parametrize(
    ("term", "rows"),
    [
        ("quick", ["[x] alert on heap (ben)", "[ ] page on lag"]),
        ("short", ["[ ] bound the cache (ana)"]),
        ("long", [""]),
    ],
)
def test_items_are_split_by_term(term: str, rows: list[str]) -> None:
    assert filled(outage(), f"actions.{term}").split("\n") == rows


def test_a_class_that_recurs_is_input_for_a_standard() -> None:
    story = outage()
    titles = {choice.id: choice.title for choice in story.playbook.action_classes}
    assert filled(story, "actions.recurring") == f"{titles['detect']}: 2 items"


def test_an_item_answers_a_factor() -> None:
    story = outage()
    assert not holds(story, "actions.complete", needs="factor")
    story.say("/act 3 factor:2 term:short")
    assert holds(story, "actions.complete", needs="factor term")
    assert story.incident.of(Actions).items[2].factor == story.entries[2].id
    entry = story.entries[-1]
    assert entry.event.tell(entry, story.incident) == "3 term:short factor:2"


@pytest.mark.parametrize(
    "line",
    [
        "+ x will exist factor:3",
        "+ x will exist factor:none",
        "/act 1 factor:0",
        "/act 1 term:soon",
    ],
)
def test_unknown_factors_and_terms_are_refused(line: str) -> None:
    with pytest.raises(Refused):
        outage().say(line)


def test_an_item_that_nobody_can_see_done_is_flagged() -> None:
    story = Story(process(actions__unverifiable=60)).tell(["+ alert on heap owner:ana"])
    assert flags_up(story, minutes=59) == []
    assert [flag.id for flag in flags_up(story, minutes=60)] == ["actions.unverifiable"]
    assert flags_up(story.tell(["/act 1 verify:page"]), minutes=60) == []
