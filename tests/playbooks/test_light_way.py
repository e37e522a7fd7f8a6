"""An incident that hinders nobody goes from its declaration to the close in a few lines."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.process.gates import gate
from incident_tui.domain.process.lifecycle import Lifecycle
from tests.support.incidents import Story, playbook

SEEN = "the logo is cut off on small screens src:support"
ACTION = (
    "+ the picture test covers small screens owner:ana due:2w prio:P2 class:detect factor:1 "
    'verify:"the old page fails it"'
)
WAYS = {
    "war-room": (
        SEEN,
        "/sev SEV4 a cut logo",
        "/impact users those with small screens",
        "/impact services none",
        "/impact data none",
        "/advance",
        "/advance",
        "/advance",
        "/factor trigger the style sheet fixes the width",
        "/advance",
        "/attest users-fine whole again on three phones",
        "/advance",
        ACTION,
        "/advance",
        "/act 1 verify the old page fails",
        "/close",
    ),
    "lifecycle": (
        "/sev SEV4 a cut logo",
        SEEN,
        "/advance",
        "/impact users those with small screens",
        "/impact services none",
        "/impact data none",
        "/impact status a cut logo",
        *(["/advance"] * 4),
        "/attest symptoms-clear whole again on three phones",
        "/advance",
        "/state resolved whole again",
        "/factor code the style sheet fixes the width",
        ACTION,
        "/advance",
        "/close",
    ),
    "command": (
        SEEN,
        "/judge internal later a cut logo",
        "/impact users those with small screens",
        "/impact services none",
        "/impact data none",
        "/impact business no",
        "/impact status a cut logo",
        "/advance",
        "/advance",
        "/state resolved whole again",
        "/factor trigger the style sheet fixes the width",
        "/advance",
        ACTION,
        "/advance",
        "/act 1 verify the old page fails",
        "/close",
    ),
}


@pytest.mark.parametrize("process", WAYS)
def test_a_light_incident_is_closed_in_at_most_twenty_lines(process: str) -> None:
    lines = WAYS[process]
    assert len(lines) <= 20
    story = Story(playbook(process), self_review=False).tell(lines)
    closed = story.incident.of(Lifecycle).closed
    assert closed is not None
    assert not closed.text


@pytest.mark.parametrize("process", WAYS)
def test_impact_timeline_factor_and_action_are_asked_for_all_the_same(process: str) -> None:
    for left_out in ("/impact users", SEEN, "/factor", "+ "):
        lines = [line for line in WAYS[process] if not line.startswith(left_out)]
        story = Story(playbook(process), self_review=False)
        refused = 0
        for line in lines:
            try:
                story.say(line)
            except Refused:
                refused += 1
        assert refused, left_out
        assert story.incident.of(Lifecycle).closed is None


def test_what_turns_out_worse_is_asked_for_everything_from_then_on() -> None:
    story = Story(playbook("war-room")).tell(["/sev SEV4 a cut logo"])
    light = {check.id for check in gate(story.incident).checks}
    story.say("/sev SEV2 nobody can pay")
    whole = {check.id for check in gate(story.incident).checks}
    assert light < whole
    story.say("/sev SEV4 only a cut logo after all")
    assert {check.id for check in gate(story.incident).checks} == whole
