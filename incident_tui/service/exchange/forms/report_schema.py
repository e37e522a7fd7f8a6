"""The shape of a report, which `show --json` and `export --format json` print, as declarations.

docs/report.schema.json is made of it. What concepts report is named there, and is theirs to shape.
"""

from typing import Any, Literal

import msgspec

from incident_tui.domain.core.rules import every_part

Moment = str | None
"""ISO 8601 in UTC; null while it is not known."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class StageReport(_Part, frozen=True):
    """A stage of the process; `cycles` is how often it was begun."""

    id: str
    title: str
    state: str
    entered_at: Moment
    left_at: Moment
    cycles: int


class RoleReport(_Part, frozen=True):
    """Who wears a hat, and since when."""

    person: str
    since: Moment


class ClosedReport(_Part, frozen=True):
    """Why the incident was closed."""

    reason: str
    text: str


class UpdateReport(_Part, frozen=True):
    """A status update that was posted."""

    number: int
    kind: str
    at: Moment
    text: str
    next_at: Moment
    why: str | None


class CheckReport(_Part, frozen=True):
    """A check of the current gate."""

    id: str
    title: str
    kind: str
    state: str
    why: str
    mend: str
    waivable: bool


class SentBackReport(_Part, frozen=True):
    """The note that sent a stage back."""

    by: str
    at: Moment
    note: str


class GateData(_Part, frozen=True):
    """The gate of the current stage."""

    stage: str
    review: str
    state: str
    sent_back: SentBackReport | None
    passes: bool
    checks: list[CheckReport]


class FlagReport(_Part, frozen=True):
    """A red flag that is up."""

    id: str
    text: str
    since: Moment
    mend: str


class RowReport(_Part, frozen=True):
    """An entry of the timeline; `copied` says that it was taken over from elsewhere."""

    number: int
    id: str
    at: Moment
    recorded_at: Moment
    kind: str
    actor: str
    hat: str | None
    text: str
    source: str | None
    copied: bool
    amended: bool
    retracted: bool
    episode: int | None


class Report(msgspec.Struct, frozen=True):
    """Everything that is known of an incident. Durations are whole seconds."""

    id: str
    title: str
    kind: Literal["incident", "drill"]
    protected: bool
    playbook: str
    status: str
    severity: str | None
    stage: str
    stages: list[StageReport]
    began_at: Moment
    started_at: Moment
    detected_at: Moment
    declared_at: Moment
    mitigated_at: Moment
    resolved_at: Moment
    milestones: dict[str, Moment]
    durations: dict[str, int | None]
    zone: str
    closed: ClosedReport | None
    roles: dict[str, RoleReport]
    hats_not_needed: dict[str, str]
    hat_seconds: dict[str, dict[str, int]]
    hat_entries: dict[str, dict[str, int]]
    impact_seconds_by_severity: dict[str, int] | None
    impact: dict[str, str]
    scope: dict[str, str]
    updates: list[UpdateReport]
    next_update_due: Moment
    artifacts: dict[str, dict[str, str]]
    artifact_rows: dict[str, dict[str, list[list[str]]]]
    gate: GateData
    flags: list[FlagReport]
    timeline: list[RowReport]
    legal: list[RowReport] | msgspec.UnsetType = msgspec.UNSET
    note: str | msgspec.UnsetType = msgspec.UNSET


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12). Each concept's part is required, and of any shape."""
    made = msgspec.json.schema(Report)
    properties = made["$defs"]["Report"]["properties"]
    for name in sorted(every_part()):
        properties[name] = {"description": f"What the concept `{name}` reports."}
        made["$defs"]["Report"]["required"].append(name)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made
