"""When a postmortem is due, how much of one is needed, and what is held back."""

import msgspec
import pytest

from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.playbook import Deadlines
from tests.support.incidents import Story, playbook, story
from tests.support.playbooks.processes import filled, flags_up, holds, mend, only, process

HOUR = 60


def test_it_is_due_so_many_hours_after_the_resolution() -> None:
    outage = Story(process(postmortem__due=24)).tell(["/state resolved"])
    assert flags_up(outage, minutes=24 * HOUR - 1) == []
    [soon] = flags_up(outage, minutes=24 * HOUR)
    assert soon.text == "Postmortem is due in 1d 0h."
    [late] = flags_up(outage, minutes=50 * HOUR)
    assert late.text == "Postmortem is overdue by 2h 00m."
    assert filled(outage, "postmortem.due") == "2026-11-22"


def test_nothing_is_due_while_it_goes_on_or_comes_back() -> None:
    outage = Story(process(postmortem__due=24))
    assert flags_up(outage, minutes=90 * HOUR) == []
    outage.tell(["/state resolved", "/state active it is back"])
    assert flags_up(outage, minutes=90 * HOUR) == []
    assert filled(outage, "postmortem.due") == ""


def test_a_process_without_such_a_deadline_sets_none() -> None:
    under = msgspec.structs.replace(process(postmortem__due=24), deadlines=Deadlines())
    outage = Story(under).tell(["/state resolved"])
    assert flags_up(outage, minutes=90 * HOUR) == []


def test_conclusions_wait_for_the_end_of_the_impact() -> None:
    outage = Story(process())
    assert not holds(outage, "postmortem.withheld")
    assert holds(outage.tell(["/state mitigated it stopped"]), "postmortem.withheld")
    assert not holds(outage.tell(["/state active it is back"]), "postmortem.withheld")


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
    outage = Story(process())
    layers = [layer.id for layer in outage.playbook.layers]
    if severity:
        outage.say(f"/sev {severity} as seen")
    outage.tell(f"/factor {layers[n % 2]} reason {n}" for n in range(factors))
    assert holds(outage, "postmortem.factors", factors=3, layers=2, light="sev4") == enough


def test_every_kind_of_factor_can_be_asked_for() -> None:
    outage = Story(process())
    first, second, *_ = (layer.id for layer in outage.playbook.layers)
    wanted = f"{first} {second}"
    outage.say(f"/factor {first} no limit")
    assert mend(outage, "factors.on-layers", layers=wanted) == f"/factor {second} …"
    assert holds(outage.tell([f"/factor {second} no alert"]), "factors.on-layers", layers=wanted)


def test_a_story_of_candidates_only_is_not_told_yet() -> None:
    outage = Story(process())
    layer = outage.playbook.layers[0].id
    assert not holds(outage, "factors.candidates")
    outage.say(f"/factor {layer} no limit candidate")
    assert not holds(outage, "factors.candidates")
    line = mend(outage, "factors.candidates").replace("…", "no limit")
    assert holds(outage.tell([line]), "factors.candidates")


def test_whys_are_counted() -> None:
    outage = Story(process()).tell(["/why a", "/why b"])
    assert holds(outage, "factors.whys", minimum=2)
    assert not holds(outage, "factors.whys", minimum=3)


def test_without_a_number_five_whys_are_enough() -> None:
    outage = Story(process()).tell([f"/why {word}" for word in "abcd"])
    assert not holds(outage, "factors.whys")
    assert holds(outage.tell(["/why e"]), "factors.whys")


def test_factors_are_told_by_depth() -> None:
    outage = Story(process())
    layers = [layer.id for layer in outage.playbook.layers]
    outage.tell(f"/factor {layer} at {layer} candidate" for layer in layers)
    between = [f"at {layer} (candidate, to verify)" for layer in layers[1:-1]]
    assert filled(outage, "factors.between").split("\n") == between
    assert filled(outage, "factors.deepest") == f"at {layers[-1]} (candidate, to verify)"


def test_a_factor_follows_the_name_of_its_layer_without_what_explains_that() -> None:
    outage = Story(playbook("gated"))
    outage.tell(f"/factor {layer.id} the cache" for layer in outage.playbook.layers)
    names = [layer.title.partition(":")[0] for layer in outage.playbook.layers]
    # That one "contributing factor" is one is said by the heading above it.
    expected = [
        f"{name}: the cache" if "ontributing" not in name else "the cache" for name in names
    ]
    assert "the cache" in expected
    assert filled(outage, "factors.all").split("\n") == expected
    rows = [entry.event.in_words(entry, outage.incident) for entry in outage.incident.recorded]
    assert [row for row in rows if "the cache" in row] == expected


def test_a_postmortem_without_action_items_is_flagged() -> None:
    outage = story(4)
    only(outage, "actions.none", 30)
    entered = outage.incident.of(Lifecycle).current.entered_at
    assert entered is not None
    passed = (outage.now - entered).total_seconds() / 60
    assert flags_up(outage, minutes=29 - passed) == []
    assert [flag.id for flag in flags_up(outage, minutes=30 - passed)] == ["actions.none"]
    outage.say("+ alert on pool usage owner:ana due:2w")
    assert flags_up(outage, minutes=60) == []
