"""What is recorded of the course of an incident: declared, states, stages passed, closed.

What follows from it is the projection's.
"""

import msgspec

from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Moment,
    Person,
    Reference,
    Words,
    facts,
)
from incident_tui.domain.values.text import label, with_words


@facts(
    kind="declared",
    about="title",
    lead="the incident was declared",
    correctable=False,
    in_story=True,
)
class IncidentDeclared(Event, frozen=True, tag="incident.declared"):
    """The incident exists. Always the first entry of a log."""

    incident: Reference
    title: Words
    playbook: Reference
    zone: Reference = "UTC"
    drill: bool = False
    protected: bool = False
    started_at: Moment | None = None
    afterwards: bool = False
    """Whether it was recorded from what was kept elsewhere: its milestones are those stated."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its title."""
        return f"{self.title} (drill)" if self.drill else self.title

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Its title; of what was over by then, that it was put on record at this time."""
        line = self.tell(entry, incident)
        return f"put on record here: {line}" if self.afterwards else line

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Its title."""
        return f"Declared: {self.title}"


@facts(
    kind="state",
    about="label",
    lead="the state changed",
    correctable=False,
    emphasis="strong",
    in_story=True,
)
class StatusChanged(Event, frozen=True, tag="state.changed"):
    """The state of the incident changed."""

    status: Reference
    before: Reference
    text: Words = ""
    recurs: bool = False
    """The impact is back: stages from the one that stopped it on have to be passed again. A
    version before did not ask for that."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """From which state to which."""
        changed = self.before != self.status
        return with_words(f"{self.before} -> {self.status}" if changed else self.status, self.text)

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Which state it is now, and which it was."""
        changed = self.before and self.before != self.status
        line = f"{self.status}, after {self.before}" if changed else self.status
        return with_words(line, self.text)

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """From which state to which."""
        return f"{self.before} → {self.status}"

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """Which state it is now, and why."""
        return with_words(_became(self.status), self.text)


@facts(kind="review", correctable=False)
class ReviewRequested(Event, frozen=True, tag="stage.submitted"):
    """A stage's gate passed and its artifact waits for approval."""

    stage: Reference
    revision: int
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which stage, which revision."""
        title = _title(incident, self.stage)
        return with_words(f"{title}: revision {self.revision} to review", self.text)

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Which stage, which revision."""
        return f"{_title(incident, self.stage)} to review, revision {self.revision}"


@facts(kind="sent back", correctable=False)
class SentBack(Event, frozen=True, tag="stage.sent-back"):
    """An artifact was sent back with a note."""

    stage: Reference
    revision: int
    text: Words
    renews: bool = False
    """The ticks of the stage are to be given again. A version before did not ask for that."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which stage, and the note."""
        return f"{_title(incident, self.stage)}, revision {self.revision}: {self.text}"

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Which stage."""
        return f"{_title(incident, self.stage)} sent back"


@facts(kind="stage", about="label", correctable=False, emphasis="strong")
class StagePassed(Event, frozen=True, tag="stage.passed"):
    """A stage was left forward. `by` and `ref` say who approved it and where that stands."""

    stage: Reference
    review: Reference
    cycle: int = 1
    revision: int = 0
    by: Person = ""
    ref: Words = ""
    self_reviewed: bool = False
    waived: dict[Reference, Words] = msgspec.field(default_factory=dict)
    text: Words = ""
    withdraws: dict[Reference, Words] = msgspec.field(default_factory=dict)
    """Later stages that were passed on documents which changed since, and the fields that did."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which stage, and how it was approved."""
        line = f"{_title(incident, self.stage)} done"
        if self.by:
            line += f", approved by {self.by}" + (f" ({self.ref})" if self.ref else "")
        if self.self_reviewed:
            line += ", self-reviewed"
        return with_words(line, self.text)

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Which stage, and the one after it."""
        return f"{_title(incident, self.stage)} → {_next_title(incident, self.stage)}"

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """Which state that gave, and by whom it was approved."""
        stage = incident.playbook.stage(self.stage)
        how = f"was approved by {self.by}" if self.by else "was finished"
        done = f"{_title(incident, self.stage)} {how}"
        # Users may have felt the end of it long before: that is told by the change that worked.
        status = stage.status_after if stage else ""
        return f"the incident counted as {status} ({done})" if status else done


@facts(kind="reopened", correctable=False, in_story=True)
class StageReopened(Event, frozen=True, tag="stage.reopened"):
    """A stage that had been passed is open again."""

    stage: Reference
    text: Words
    status: Reference = ""
    """The state from then on. A version before left it as it was, and said nothing."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which stage, why, and the state from then on."""
        line = f"{_title(incident, self.stage)}: {self.text}"
        return f"{line} ({self.status} again)" if self.status else line

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Which stage."""
        return f"{_title(incident, self.stage)} reopened"

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """Which state that gave, why, and what is done again."""
        line = f"{_title(incident, self.stage)} was reopened"
        if not self.status:
            return f"{line}: {self.text}"
        return f"{_became(self.status)}: {self.text} ({line})"


@facts(kind="closed", about="label", correctable=False)
class IncidentClosed(Event, frozen=True, tag="incident.closed"):
    """The incident is closed; `reason` is given where it was closed early."""

    reason: Reference = ""
    text: Words = ""
    waived: dict[Reference, Words] = msgspec.field(default_factory=dict)

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Why, where it was closed early."""
        return with_words(self.reason, self.text) or "closed"

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Why it was closed early, or that all was done."""
        reason = label(self.reason)
        if self.reason and not self.text.casefold().startswith(reason.casefold()):
            return f"{reason}: {self.text}"
        return self.text or "everything was done"

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """The reason, where it was closed early."""
        return f"Closed: {self.reason}" if self.reason else "Closed"


_BECAME = {
    "active": "the incident was active again",
    "mitigated": "the incident was mitigated",
    "monitoring": "the incident was watched",
    "resolved": "the incident was resolved",
    "postmortem-only": "only the postmortem was left",
}


def _became(status: str) -> str:
    """What a sentence says of the state that holds from then on."""
    return _BECAME.get(status, f"the state became {status}")


def _title(incident: Incident, stage_id: str) -> str:
    stage = incident.playbook.stage(stage_id)
    return stage.title if stage else stage_id


def _next_title(incident: Incident, stage_id: str) -> str:
    """The title of the stage after this one; ``done`` where none follows."""
    titles = {stage.id: stage.title for stage in incident.playbook.stages}
    later = list(titles)[list(titles).index(stage_id) + 1 :] if stage_id in titles else []
    return titles[later[0]] if later else "done"
