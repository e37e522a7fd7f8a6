"""No line that is offered is taken as it stands: the product has seen nothing, so it answers none.

In every process and at each point of its script: what a gate, a red flag, a doubt or a refusal
offers has a gap for what only its reader knows, or is an act that is whole by being said.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest

from incident_tui.domain.core.commands import (
    Command,
    LineError,
    Refused,
    Unchosen,
    choices_for,
    every_command,
)
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import every_flag
from incident_tui.domain.process.flags import raised
from incident_tui.domain.process.gates import closing_gate, gate, next_line
from incident_tui.screens.session.suggested_line import lead_of
from tests.domain.process.test_flag_mends import CASES, OTHER_WAYS, Case, raise_flag
from tests.playbooks.scripts.all import NAMES, WALKED
from tests.support.incidents import Story, playbook
from tests.support.thorough import thorough

WHOLE = {
    "/advance": "asks for the review, which the gate decides about",
    "/approve": "approves what is shown beside it, by whoever types",
    "/close": "closes, which its gate decides about",
    "/attest": "the tick of the sentence that it stands beside",
    "/purged": "the tick that a purge was done, which the sentence beside it says how to do",
    "/redact": "takes the words out itself",
    "/role all me": "whoever types takes the hats by saying so",
    "/checkpoint": "makes a packet of what the log says",
    "/update": "a draft of what the log says, or what was typed with the promise that it lacks",
    "/summary": "a draft of what the log says",
    "/cadence": "what was typed, as long as the process allows",
    "/link": "what was typed, with the scheme that it lacks",
    "! switch it off": "what was agreed beforehand, in the words of whoever agreed",
}
"""Lines without a gap that record something, and why each is whole."""
TICKED = ("/state", "/undone")
"""Ticks as well, with room for what shows it."""


def from_gates(incident: Incident) -> Iterator[str]:
    """What every gate offers, and what leads on."""
    for report in (
        *(gate(incident, each) for each in incident.playbook.stages),
        closing_gate(incident),
    ):
        yield from (check.mend for check in report.checks)
    yield next_line(incident)


def from_flags(story: Story) -> Iterator[str]:
    """What the red flags offer, now and as time goes on."""
    for hours in (0, 1, 24 * 20):
        yield from (f.mend for f in raised(story.incident, story.now + timedelta(hours=hours)))


def tries(form: Command, incident: Incident) -> Iterator[str]:
    """The line without anything, its example, words that are none, and words that it completes."""
    yield form.lead
    yield form.example
    for words in (("zzz", "1"), ("", "1"), ("-", "2")):
        line = [form.lead]
        for part in form.parts:
            name = part.name.upper()
            known = choices_for(f"{form.lead} {name}", incident) or choices_for(name, incident)
            chosen = known[0 if words[0] else -1][0] if known and words[0] != "zzz" else words[0]
            given = {"literal": part.name, "number": words[1], "attribute": ""}
            line.append(given.get(part.kind, chosen or "it is full"))
        yield " ".join(filter(None, line))


def from_answers(story: Story, forms: Iterable[Command]) -> Iterator[str]:
    """What refusals and doubts offer."""
    for form in forms:
        for line in tries(form, story.incident):
            try:
                doubts = story.plan(line).doubts.values()
            except Unchosen:  # which of these it is, is what its reader has to say
                continue
            except Refused as refused:
                yield from (mend for _, mend in refused.reasons)
            except LineError:
                continue
            else:
                yield from (mend for doubt in doubts for _, mend in doubt.mends)


def is_recorded(story: Story, line: str) -> bool:
    """Whether entering the line would put anything on record without asking."""
    try:
        plan = story.plan(line)
    except (Refused, LineError):
        return False
    return bool(plan.events) and not plan.doubts


def is_whole(line: str) -> bool:
    """Whether it is an act by being said."""
    return any(f"{line} ".startswith(f"{whole} ") for whole in WHOLE)


def assert_nothing_is_answered(story: Story, line: str) -> None:
    """As it stands, as a key puts it into the log line, and with all but one gap filled."""
    if is_whole(line):
        return
    assert not is_recorded(story, line), line
    begun = lead_of(line)
    assert begun.startswith(TICKED) or is_whole(begun) or not is_recorded(story, begun), begun
    parts = line.split("…")
    for left in range(1, len(parts)):
        filled = parts[0] + "".join(
            f"{'…' if place == left else '0.3 %'}{part}"
            for place, part in enumerate(parts)
            if place
        )
        assert not is_recorded(story, filled), filled


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_line_that_is_offered_is_taken_as_it_stands(name: str) -> None:
    story = Story(playbook(name))
    story.playbook.flags.update(dict.fromkeys(every_flag(), 0) | story.playbook.flags)
    forms = every_command()
    for at, step in enumerate(WALKED[name]):
        tried = thorough(forms[at % 4 :] + forms[: at % 4], one_in=4)
        answers = from_answers(story, tried)
        offered = {*from_gates(story.incident), *from_flags(story), *answers} - {""}
        assert len(offered) > 5
        for line in offered:
            assert_nothing_is_answered(story, line)
        story.say(step.line, actor=step.by)


@pytest.mark.parametrize(("flag", "case"), [*CASES.items(), *OTHER_WAYS])
def test_nor_is_one_of_a_flag(flag: str, case: Case) -> None:
    story = raise_flag(flag, case)
    offered = set(from_flags(story))
    assert offered
    for line in offered:
        assert_nothing_is_answered(story, line)
