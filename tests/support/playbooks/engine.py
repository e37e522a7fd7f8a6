"""A small invented playbook with every review mode, and how tests of the engine are phrased.

No test that uses it depends on a playbook of the product.
"""

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from incident_tui.domain import discovery
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Projection
from incident_tui.domain.process.lifecycle import Lifecycle, StageRecord
from incident_tui.domain.values.playbook import Playbook
from incident_tui.domain.values.playbook.playbook_data import from_data
from tests.support.incidents import Story

BAKERY: Mapping[str, Any] = {
    "id": "bakery",
    "title": "Bakery",
    "purpose": "Bread is late.",
    "law": "First bread, then blame for nobody.",
    "severities": [
        {"id": "HIGH", "title": "no bread", "criteria": "nobody eats", "example": "oven cold",
         "respond-within": "now", "update-every": "30m", "all-hands": True},
        {"id": "LOW", "title": "less bread", "criteria": "some eat", "example": "one loaf",
         "respond-within": "today"},
    ],
    "hats": [
        {"id": "lead", "title": "Lead", "duty": "Decides.", "needed-for": ["HIGH", "LOW"],
         "commands": True},
        {"id": "speaker", "title": "Speaker", "duty": "Speaks.", "needed-for": ["HIGH"]},
        {"id": "taster", "title": "Taster", "duty": "Tastes."},
    ],
    "stages": [
        {"id": "look", "title": "Look around", "purpose": "what is it", "review": "auto",
         "checks": [{"id": "severity.set"}, {"id": "decisions.made", "waivable": True}],
         "produces": {"id": "note", "title": "Note", "fields": [
             {"id": "seen", "title": "Seen", "required": False, "source": "timeline.decisions"}]}},
        {"id": "act", "title": "Act", "purpose": "stop it", "review": "ask",
         "status-after": "mitigated", "requires": ["note"],
         "checks": [
             {"id": "calm", "kind": "attestation", "title": "customers are calm"},
             {"id": "warm", "kind": "attestation", "title": "the oven is warm", "waivable": True}],
         "produces": {"id": "report", "title": "Report", "fields": [
             {"id": "risk", "title": "Risk", "help": "nobody has said what can still go wrong"},
             {"id": "mood", "title": "Mood", "type": "choice", "choices": ["fine", "grim"],
              "required": False},
             {"id": "places", "title": "Places", "type": "choices",
              "choices": ["hall", "roof", "yard"], "required": False}]}},
        {"id": "tell", "title": "Tell", "purpose": "say it", "review": "none",
         "requires": ["report"]},
        {"id": "learn", "title": "Learn", "purpose": "why", "review": "external",
         "status-after": "resolved", "requires": ["note", "report"],
         "checks": [{"id": "factors.named"}],
         "produces": {"id": "lesson", "title": "Lesson", "fields": [
             {"id": "moral", "title": "Moral", "required": False}]}},
        {"id": "after", "title": "Afterwards", "purpose": "clean up", "review": "none"},
    ],
    "closing": [
        {"id": "lifecycle.resolved"},
        {"id": "guardrails.lifted", "waivable": True},
        {"id": "swept", "kind": "attestation", "title": "the floor is swept"},
    ],
    "mitigation-kinds": [{"id": "rebake", "title": "bake again"}, {"id": "buy", "title": "buy"}],
    "layers": [{"id": "oven", "title": "Oven"}, {"id": "plan", "title": "Plan"}],
    "action-classes": [{"id": "prevent", "title": "never again"}],
    "messages": {
        "initial": "{title}, {severity}: {users}.",
        "update": "{status}; {doing}; {cause}; {data}; {unknown-name}",
        "resolution": "Over: {services}.",
    },
}  # fmt: skip


def bakery_data() -> dict[str, Any]:
    """The invented playbook as a file would hold it; free to be changed."""
    return copy.deepcopy(dict(BAKERY))


def bakery(**changes: object) -> Playbook:
    """The invented playbook, with top-level keys (underscores for hyphens) set anew."""
    data = bakery_data()
    data |= {key.replace("_", "-"): value for key, value in changes.items()}
    return from_data(data, "bakery", discovery.vocabulary())


def baking(*lines: str, self_review: bool = False, **changes: object) -> Story:
    """An incident under the invented playbook after those lines."""
    return Story(bakery(**changes), self_review=self_review).tell(lines)


LOOKED = ("/sev HIGH", "! bake again", "/advance")
ACTED = ("/attest calm", "/attest warm", "/set risk it may burn", "/advance", "/approve")
INFORMED = ("/advance",)
LEARNED = ("/factor oven too old", "/advance", "/approve by:ben ref:note-7")


def refusal(story: Story, line: str, *, actor: str = "ana", seen_stage: str = "") -> Refused:
    """How a line is refused; checks as well that it records nothing."""
    before = story.entries
    with pytest.raises(Refused) as caught:
        story.say(line, actor=actor, seen_stage=seen_stage)
    assert story.entries == before
    return caught.value


def mends(refused: Refused) -> list[str]:
    """What a refusal says one can do."""
    return [mend for _, mend in refused.reasons]


def lifecycle(story: Story) -> Lifecycle:
    """Where the incident stands."""
    return story.incident.of(Lifecycle)


def stage(story: Story, stage_id: str) -> StageRecord:
    """What happened to one stage."""
    record = lifecycle(story).record(stage_id)
    assert record is not None
    return record


def states(story: Story) -> dict[str, str]:
    """Stage id -> state."""
    return {record.stage.id: record.state for record in lifecycle(story).stages}


def contents(projection: Projection) -> str:
    """Everything that a projection holds, to be compared."""
    return repr({name: getattr(projection, name) for name in projection.__struct_fields__[1:]})


def is_accepted(story: Story, line: str) -> bool:
    """Whether the line was accepted."""
    try:
        story.say(line)
    except Refused:
        return False
    return True
