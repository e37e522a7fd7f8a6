"""The live red flags that are up now, the worst first."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Raised, every_flag
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.process.snoozes import Snoozes


class Flag(msgspec.Struct, frozen=True):
    """A red flag that is up."""

    id: str
    text: str
    why: str
    since: datetime
    mend: str


def raised(
    incident: Incident,
    now: datetime,
    known: Mapping[str, Raised] | None = None,
    *,
    slow: bool = True,
) -> list[Flag]:
    """The flags of the playbook that are up and not snoozed; none once the incident is closed.

    `known` is what is known from elsewhere of flags that the log of one incident cannot raise.
    Without `slow`, those are left out that look closely at every text.
    """
    if incident.of(Lifecycle).closed:
        return []
    rules = every_flag()
    flags = []
    for flag_id, threshold in incident.playbook.flags.items():
        if incident.of(Snoozes).silent(flag_id, now):
            continue
        rule = rules.get(flag_id)
        if rule and rule.slow and not slow:
            continue
        up = (known or {}).get(flag_id) or (rule.detect(incident, now, threshold) if rule else None)
        if up and flag_id in (known or {}) and _taken_up(incident, up.mend):
            continue
        if rule and up:
            flags.append((rule.worst, Flag(flag_id, up.text, rule.why, up.since, up.mend)))
    flags.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [flag for _, flag in flags]


def _taken_up(incident: Incident, line: str) -> bool:
    """Whether what is known from elsewhere was taken up: the line that says so was entered."""
    text = line.partition(" ")[2]
    return any(
        getattr(entry.event, "text", "") == text and incident.counts(entry)
        for entry in incident.entries
    )
