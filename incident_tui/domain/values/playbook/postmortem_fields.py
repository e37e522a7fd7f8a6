"""What every postmortem may tell beside what its playbook asks for: the standard fields.

A playbook that declares one of them itself has it its own way. None of them is asked for by a gate.
"""

import msgspec

from incident_tui.domain.values.playbook import Field, FieldType, Playbook


def _field(
    field_id: str, title: str, kind: FieldType = "list", source: str = "", help: str = ""
) -> Field:
    return Field(id=field_id, title=title, type=kind, help=help, required=False, source=source)


STANDARD = (
    _field("summary", "Summary", "text", help="what happened, to whom, for how long, and why"),
    _field("owner", "Owner", "text", help="who sees to it that this document gets written"),
    _field("authors", "Authors", help="who wrote it, where the log does not know"),
    _field("reviewers", "Reviewers", help="who read it, where the log does not know"),
    _field("trigger", "Trigger", "text", "postmortem.trigger", help="what set it off"),
    _field("story", "What happened", "text", "stars.story", help="starred entries fill it"),
    _field("went-well", "What went well"),
    _field("went-poorly", "What went poorly"),
    _field("got-lucky", "Where we got lucky", help="what would have made it worse, and did not"),
    _field("surprises", "What surprised us", help="what was not as everybody thought"),
    _field("was-hard", "What was hard", help="to notice, to understand, to decide or to do"),
    _field("cues", "Which cue told it", help="by what people knew what was going on"),
    _field("faster", "What would halve it", help="the time to detect, to respond, to recover"),
    _field("lessons", "Lessons"),
    _field("missed-defences", "Defences that were missing"),
    _field("incident-playbook", "What to do the next time"),
    _field("similar", "Similar incidents", help="what it has in common with earlier ones"),
)
_SAME = {"summary": ("what-happened",), "went-well": ("detection-went-well",)}
"""Standard field -> what a playbook may call it instead."""


def with_standard_fields(playbook: Playbook) -> Playbook:
    """The playbook, its postmortem with the standard fields behind its own."""
    stage = playbook.postmortem_stage()
    if stage is None or stage.produces is None:
        return playbook
    own = {field.id for field in stage.produces.fields}
    more = [f for f in STANDARD if f.id not in own and own.isdisjoint(_SAME.get(f.id, ()))]
    made = msgspec.structs.replace(stage.produces, fields=(*stage.produces.fields, *more))
    whole = msgspec.structs.replace(stage, produces=made)
    stages = [whole if each is stage else each for each in playbook.stages]
    return msgspec.structs.replace(playbook, stages=tuple(stages))
