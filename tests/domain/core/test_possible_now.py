"""What is said of a command that nobody can use now is what the command itself says."""

from functools import cache

import pytest

from incident_tui.domain import discovery
from incident_tui.domain.confidential.protection import IncidentProtected
from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Command, Refused, no_such
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.questions import Questions
from incident_tui.domain.learning.actions import Actions
from incident_tui.domain.mitigation.guardrails import Guardrails
from incident_tui.domain.mitigation.mitigations import Mitigations
from tests.support.incidents import TRIAGE, Story

COMMITTED = "protected, and committed before"
FACT = "error rate is 14 %"
"""What each state ends with."""
STATES: dict[str, tuple[str, ...]] = {
    "new": (),
    "triaged": TRIAGE[:-2],
    "in review": TRIAGE[:-1],
    "sent back": (*TRIAGE[:-1], "/revise name the zone"),
    "approved": TRIAGE,
    "closed": ("/close duplicate covered by the other one",),
    "closed in review": (*TRIAGE[:-1], "/close duplicate covered by the other one"),
    "reopened": ("/close duplicate covered by it", "/reopen triage it is another one"),
    "with items": (
        "? a certificate has expired",
        "> back to v41",
        "+ alert on pool usage owner:ana due:2w verify:pages",
        "/question were webhooks lost",
        "/guardrail retries capped at 2",
    ),
    "fix named": ("? a certificate has expired", "/hyp 1 confirm so", "/fix 1 renewed"),
    "protected": ("/protect credentials",),
    COMMITTED: (),
    "undone": ("a slip", "/undo"),
    "redone": ("a slip", "/undo", "/redo"),
    "tagged": ("/tag retries",),
    "update owed": ("/update we look into it next:+30m",),
    "handed over": ("/checkpoint ben",),
}
# Form -> a line of it, as the receiver of the checkpoint types it where somebody has to read back.
LINES = {
    "/advance": "/advance",
    "/approve": "/approve",
    "/revise": "/revise name the zone",
    "/reopen": "/reopen triage it did not hold",
    "/state": "/state mitigated",
    "/close": "/close duplicate covered by it",
    "/answer": "/answer 1 none",
    "/lift": "/lift 1 v43 is live",
    "/verify": "/verify 1 errors are down",
    "/fail": "/fail 1 no effect",
    "/undone": "/undone 1",
    "/keep": "/keep 1",
    "/reverse": "/reverse 1 forward again",
    "/hyp test": "/hyp 1 test look",
    "/hyp for": "/hyp 1 for seen",
    "/hyp against": "/hyp 1 against unseen",
    "/hyp refute": "/hyp 1 refute it is valid",
    "/hyp confirm": "/hyp 1 confirm it is",
    "/act done": "/act 1 done",
    "/act verify": "/act 1 verify it pages",
    "/act drop": "/act 1 drop not worth it",
    "/act hand-over": "/act 1 hand-over ben",
    "/act reopen": "/act 1 reopen it broke",
    "/fix deployed": "/fix 1 deployed",
    "/fix": "/fix 1 retries are bounded",
    "/feed": "/feed observability service:checkout wiki/OBS-12",
    "/purged": "/purged 2",
    "/untag": "/untag retries",
    "/snooze": "/snooze 10m on the phone",
    "/protect": "/protect credentials",
    "/ack": "/ack active",
    "/redo": "/redo",
}
BY_PLAYBOOK = {"/judge"}
"""Forms that depend on the playbook alone, which no line changes."""
ACTORS = {"/ack": "ben"}
NUMBERED = (Questions, Guardrails, Mitigations, Hypotheses, Actions)
# The reason as the command words it for one line and whoever types it, where that is another way.
IN_A_LINE = {f"no {kind.what} is on record yet": no_such(kind.what, 1, 0) for kind in NUMBERED} | {
    "no checkpoint waits to be read back": "no checkpoint waits for ben",
    "nobody has anything to redo": "ana has nothing to redo",
    "no stage was passed yet": "Triage is open already",
    "commits hold nothing that was redacted or protected later": (
        "#2 is nothing that commits still hold: neither redacted nor protected later"
    ),
}


def story(state: str) -> Story:
    outage = Story()
    if state == COMMITTED:  # which only the service can tell
        outage.record([IncidentProtected(text="credentials", in_git=True)])
    return outage.tell([*STATES[state], FACT])


@cache
def incident_in(state: str) -> Incident:
    """An incident that is folded once; nothing changes it."""
    return story(state).incident


@cache
def conditional() -> dict[str, Command]:
    """The forms that are not possible at all times."""
    always = Command("", "", "", "", lambda context: []).possible
    discovery.vocabulary()
    forms = commands.every_command()
    return {
        form.name: form
        for form in forms
        if form.possible is not always and form.name not in BY_PLAYBOOK
    }


def refusal(form: Command, state: str) -> str:
    """What the command says where it refuses the line; empty where it takes it."""
    try:
        story(state).say(LINES[form.name], actor=ACTORS.get(form.name, "ana"))
    except Refused as refused:
        return refused.message
    return ""


def test_each_command_that_is_not_always_possible_is_tried_here() -> None:
    assert sorted(conditional()) == sorted(LINES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", LINES)
def test_a_command_is_refused_for_the_reason_that_is_shown_and_only_then(
    name: str, state: str
) -> None:
    form = conditional()[name]
    reason = form.possible(incident_in(state))
    words = refusal(form, state)
    if reason is not None:
        assert words == IN_A_LINE.get(reason, reason)
        return
    impossible = {form.possible(incident_in(other)) for other in STATES} - {None}
    assert words not in {IN_A_LINE.get(str(reason), reason) for reason in impossible}


@pytest.mark.parametrize("name", LINES)
def test_each_reason_comes_and_goes(name: str) -> None:
    answers = {conditional()[name].possible(incident_in(state)) is None for state in STATES}
    assert answers == {True, False}
