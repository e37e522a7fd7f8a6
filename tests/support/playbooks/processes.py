"""Processes for tests of single concepts, and which red flags are up in a story."""

from datetime import timedelta

import msgspec

from incident_tui.domain.core.rules import every_source, rule
from incident_tui.domain.process.flags import Flag, raised
from incident_tui.domain.values.playbook import Choice, Containment, Deadlines, Playbook
from tests.support.incidents import Story, playbook

CHOICES = (Choice("one", "the first"), Choice("two", "the second"))
CONTAINMENT = (
    Containment("close", "the path is refused"),
    Containment("keep", "the path stays open", keeps_open=True),
)


def process(**flags: int) -> Playbook:
    """A process with two of everything that may be listed, and these flags (``concept__name``)."""
    return msgspec.structs.replace(
        playbook(),
        prerequisites=CHOICES,
        inputs=CHOICES,
        levers=CHOICES,
        hand_offs=CHOICES,
        containment=CONTAINMENT,
        deadlines=Deadlines(postmortem_hours=48, checkpoint_hours=8, postmortem_stage="postmortem"),
        flags={name.replace("__", ".").replace("_", "-"): value for name, value in flags.items()},
    )


def flags_up(story: Story, *, minutes: float = 0) -> list[Flag]:
    """The red flags that are up so long after the story's last line."""
    return raised(story.incident, story.now + timedelta(minutes=minutes))


def only(story: Story, flag: str, threshold: int) -> None:
    """Turn off every red flag of the story's process but one."""
    story.playbook.flags.clear()
    story.playbook.flags[flag] = threshold


def holds(story: Story, check: str, **args: int | str) -> bool:
    """Whether a check holds at this point of the story."""
    known = rule(check)
    assert known is not None, check
    return known.decide(story.incident, **args) is None


def mend(story: Story, check: str, **args: int | str) -> str:
    """The line that a failing check proposes."""
    known = rule(check)
    assert known is not None, check
    missing = known.decide(story.incident, **args)
    assert missing is not None, f"{check} holds"
    return missing.mend


def filled(story: Story, source: str) -> str:
    """What a field with that source holds at this point of the story."""
    return every_source()[source](story.incident)
