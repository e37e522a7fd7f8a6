"""Items of a gate that are made of several checks, or that want a reference."""

import msgspec
import pytest

from incident_tui.domain import discovery
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.process.gates import gate
from incident_tui.domain.report import playbook_data
from incident_tui.domain.values.playbook import Check, Playbook, PlaybookError
from incident_tui.domain.values.playbook.playbook_data import from_data
from tests.support.incidents import Story, playbook

ROLES = Check(
    id="impact_check",
    title="severity and impact are known",
    rules=("severity.set", "impact.known"),
    args={"fields": "users"},
)
STEP = Check(id="staged", kind="attestation", title="staging shows it", note=True)


def gated_by(*checks: Check) -> Playbook:
    """The shipped default with these checks in its first gate."""
    shipped = playbook()
    first = msgspec.structs.replace(shipped.stages[0], checks=checks, produces=None)
    rest = tuple(msgspec.structs.replace(stage, requires=()) for stage in shipped.stages[1:])
    return msgspec.structs.replace(shipped, stages=(first, *rest))


def test_an_item_has_the_name_that_the_playbook_gives_it() -> None:
    process = gated_by(ROLES)
    [shown] = playbook_data(process)["stages"][0]["checks"]
    assert shown == {"id": "impact_check", "kind": "automatic", "waivable": False}
    [result] = gate(Story(process).incident).checks
    assert (result.id, result.title) == ("impact_check", "severity and impact are known")


def test_all_of_its_checks_have_to_hold_and_everything_missing_is_told() -> None:
    story = Story(gated_by(ROLES))
    [result] = gate(story.incident).checks
    assert "no severity" in result.why
    assert "not answered: users" in result.why
    story.say("/sev SEV2 down")
    [result] = gate(story.incident).checks
    assert (result.state, result.mend) == ("failing", "/impact users …")
    story.say("/impact users all")
    assert gate(story.incident).passes


def test_a_step_is_ticked_with_its_reference_only() -> None:
    story = Story(gated_by(STEP))
    with pytest.raises(Refused, match="reference"):
        story.say("/attest staged")
    story.say("/attest staged run 4711")
    assert gate(story.incident).passes


SHOWN = Check(
    id="quiet", kind="attestation", title="it is quiet", note=True, shown_by=("severity.set",)
)


def test_what_the_log_shows_is_not_asked_of_a_person() -> None:
    story = Story(gated_by(SHOWN))
    [result] = gate(story.incident).checks
    assert (result.state, result.mend) == ("failing", "/attest quiet …")
    story.say("/sev SEV2 down")
    [result] = gate(story.incident).checks
    assert (result.state, result.why) == ("passed", "the log shows it")


def test_what_was_sent_back_is_said_anew_by_a_person_whatever_the_log_showed_before() -> None:
    story = Story(gated_by(SHOWN)).tell(["/sev SEV2 down", "/advance", "/revise is it?"])
    assert not gate(story.incident).passes
    story.say("/attest quiet seen on the panel")
    assert gate(story.incident).passes


def broken(changes: dict[str, object]) -> list[str]:
    """What is wrong with a playbook whose first check is changed like this."""
    data = msgspec.to_builtins(gated_by(ROLES))
    data["stages"][0]["checks"] = [msgspec.to_builtins(ROLES) | changes]
    with pytest.raises(PlaybookError) as error:
        from_data(data, "x", discovery.vocabulary())
    return list(error.value.problems)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "stages[0].checks[0].title: a check made of rules"),
        ({"rules": ["severity.sett"]}, "stages[0].checks[0].rules: unknown check 'severity.sett'"),
        ({"args": {"minimum": 3}}, "stages[0].checks[0].args: severity.set takes no arguments"),
        ({"args": {"fields": "userz"}}, "stages[0].checks[0].args: severity.set takes no"),
        ({"note": True}, "stages[0].checks[0].note: only an attestation"),
        ({"kind": "attestation"}, "stages[0].checks[0].rules: a person ticks an attestation"),
        ({"shown-by": ["severity.set"]}, "stages[0].checks[0]: only an attestation"),
        (
            {"kind": "attestation", "rules": [], "args": {}, "shown-by": ["severity.sett"]},
            "stages[0].checks[0].shown-by: unknown check 'severity.sett'",
        ),
    ],
)
def test_a_mistake_in_such_an_item_is_told_with_its_place(
    changes: dict[str, object], says: str
) -> None:
    assert any(problem.startswith(says) for problem in broken(changes)), broken(changes)
