"""When a postmortem is due, how much of one is needed, and what is held back."""

import msgspec
import pytest

from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.playbook import Deadlines
from tests.support.incidents import Story, playbook, story
from tests.support.playbooks.processes import filled, flags_up, holds, mend, only, process

HOUR = 60


def test_it_is_due_so_many_hours_after_the_resolution() -> None:
    told = Story(process(postmortem__due=24)).tell(["/state resolved"])
    assert flags_up(told, minutes=24 * HOUR - 1) == []
    [soon] = flags_up(told, minutes=24 * HOUR)
    assert soon.text == "Postmortem is due in 1d 0h."
    [late] = flags_up(told, minutes=50 * HOUR)
    assert late.text == "Postmortem is overdue by 2h 00m."
    assert filled(told, "postmortem.due") == "2026-11-22"


def test_nothing_is_due_while_it_goes_on_or_comes_back() -> None:
    told = Story(process(postmortem__due=24))
    assert flags_up(told, minutes=90 * HOUR) == []
    told.tell(["/state resolved", "/state active it is back"])
    assert flags_up(told, minutes=90 * HOUR) == []
    assert filled(told, "postmortem.due") == ""


def test_a_process_without_such_a_deadline_sets_none() -> None:
    under = msgspec.structs.replace(process(postmortem__due=24), deadlines=Deadlines())
    told = Story(under).tell(["/state resolved"])
    assert flags_up(told, minutes=90 * HOUR) == []


def test_conclusions_wait_for_the_end_of_the_impact() -> None:
    told = Story(process())
    assert not holds(told, "postmortem.withheld")
    assert holds(told.tell(["/state mitigated it stopped"]), "postmortem.withheld")
    assert not holds(told.tell(["/state active it is back"]), "postmortem.withheld")


@pytest.mark.parametrize(
    ("severity", "factors", "enough"),
    [
        ("SEV4", 0, False),
        ("SEV4", 1, True),
        ("SEV2", 1, False),
        ("SEV2", 3, True),
        ("", 1, False),
    ],
)
def test_a_light_postmortem_is_for_the_lightest_only(
    severity: str, factors: int, enough: bool
) -> None:
    told = Story(process())
    layers = [layer.id for layer in told.playbook.layers]
    if severity:
        told.say(f"/sev {severity} as seen")
    told.tell(f"/factor {layers[n % 2]} reason {n}" for n in range(factors))
    assert holds(told, "postmortem.factors", factors=3, layers=2, light="sev4") == enough


def test_every_kind_of_factor_can_be_asked_for() -> None:
    told = Story(process())
    first, second, *_ = (layer.id for layer in told.playbook.layers)
    wanted = f"{first} {second}"
    told.say(f"/factor {first} no limit")
    assert mend(told, "factors.on-layers", layers=wanted) == f"/factor {second} …"
    assert holds(told.tell([f"/factor {second} no alert"]), "factors.on-layers", layers=wanted)


def test_a_story_of_candidates_only_is_not_told_yet() -> None:
    told = Story(process())
    layer = told.playbook.layers[0].id
    assert not holds(told, "factors.candidates")
    told.say(f"/factor {layer} no limit candidate")
    assert not holds(told, "factors.candidates")
    line = mend(told, "factors.candidates").replace("…", "no limit")
    assert holds(told.tell([line]), "factors.candidates")


def test_whys_are_counted() -> None:
    told = Story(process()).tell(["/why a", "/why b"])
    assert holds(told, "factors.whys", minimum=2)
    assert not holds(told, "factors.whys", minimum=3)


def test_without_a_number_five_whys_are_enough() -> None:
    told = Story(process()).tell([f"/why {word}" for word in "abcd"])
    assert not holds(told, "factors.whys")
    assert holds(told.tell(["/why e"]), "factors.whys")


def test_factors_are_told_by_depth() -> None:
    told = Story(process())
    layers = [layer.id for layer in told.playbook.layers]
    told.tell(f"/factor {layer} at {layer} candidate" for layer in layers)
    between = [f"at {layer} (candidate, to verify)" for layer in layers[1:-1]]
    assert filled(told, "factors.between").split("\n") == between
    assert filled(told, "factors.deepest") == f"at {layers[-1]} (candidate, to verify)"


def test_a_factor_follows_the_name_of_its_layer_without_what_explains_that() -> None:
    told = Story(playbook("gated"))
    told.tell(f"/factor {layer.id} the cache" for layer in told.playbook.layers)
    names = [layer.title.partition(":")[0] for layer in told.playbook.layers]
    # That one "contributing factor" is one is said by the heading above it.
    expected = [
        f"{name}: the cache" if "ontributing" not in name else "the cache" for name in names
    ]
    assert "the cache" in expected
    assert filled(told, "factors.all").split("\n") == expected
    rows = [entry.event.in_words(entry, told.incident) for entry in told.incident.recorded]
    assert [row for row in rows if "the cache" in row] == expected


def test_a_postmortem_without_action_items_is_flagged() -> None:
    told = story(4)
    only(told, "actions.none", 30)
    entered = told.incident.of(Lifecycle).current.entered_at
    assert entered is not None
    passed = (told.now - entered).total_seconds() / 60
    assert flags_up(told, minutes=29 - passed) == []
    assert [flag.id for flag in flags_up(told, minutes=30 - passed)] == ["actions.none"]
    told.say("+ alert on pool usage owner:ana due:2w")
    assert flags_up(told, minutes=60) == []
