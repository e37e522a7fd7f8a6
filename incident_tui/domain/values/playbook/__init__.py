"""The typed form of a playbook, which is data; what a check or field source does is elsewhere.

How one is read, and what may be wrong with it, is in `playbook_data`.
"""

from collections.abc import Iterable
from typing import Literal, TypeVar

import msgspec

from incident_tui.domain.values.text import inert_line

Review = Literal["none", "auto", "ask", "external"]
FieldType = Literal["text", "list", "choice", "choices", "table", "chain", "checklist", "link"]


class PlaybookError(ValueError):
    """A playbook that cannot be used; `problems` says what is wrong, each with its key path."""

    def __init__(self, name: str, problems: Iterable[str]) -> None:
        self.name = name
        self.problems = tuple(map(inert_line, problems))  # they quote what others wrote
        super().__init__("\n".join(f"{name}: {problem}" for problem in self.problems))


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A TOML table: keys are written with hyphens, unknown keys are refused."""


class Severity(_Table, frozen=True):
    """One level of a severity scale. An empty `update_every` means "as agreed with the users"."""

    id: str
    title: str
    criteria: str
    example: str
    respond_within: str
    update_every: str = ""
    all_hands: bool = False
    light: bool = False
    """Whether an incident that was never worse goes the light way."""

    @property
    def named(self) -> str:
        """Its id, with the title where that says more."""
        return self.id if self.title.lower() == self.id.lower() else f"{self.id} ({self.title})"

    @property
    def description(self) -> str:
        """What makes an incident one of this level, with an example, and what it asks for."""
        hands = ", all hands" if self.all_hands else ""
        return f"{self.criteria}, as when {self.example}; respond {self.respond_within}{hands}"


class Hat(_Table, frozen=True):
    """A role. `needed_for` lists severities (an optional one: none), `answers_for` red flags."""

    id: str
    title: str
    duty: str
    needed_for: tuple[str, ...] = ()
    answers_for: tuple[str, ...] = ()
    commands: bool = False
    """Whether wearing it means owning the incident."""
    several: bool = False
    """Whether more than one person may wear it at a time."""


class Field(_Table, frozen=True):
    """One field of an artifact. A `source` names what fills it from the log.

    A "choice" takes one of its `choices`, "choices" takes several, with commas between them.
    """

    id: str
    title: str
    type: FieldType = "text"
    help: str = ""
    choices: tuple[str, ...] = ()
    required: bool = True
    source: str = ""


class Artifact(_Table, frozen=True):
    """The document that a stage produces."""

    id: str
    title: str
    fields: tuple[Field, ...]


class Check(_Table, frozen=True):
    """One item of a gate: a named function with arguments, an attestation by a person, a command.

    `rules` makes one item of several functions under a name of its own: all of them must hold, and
    each is given those of the arguments that it takes. A command may take that many seconds.
    """

    id: str
    kind: Literal["automatic", "attestation", "command"] = "automatic"
    title: str = ""
    waivable: bool = False
    note: bool = False
    """Whether ticking it needs a note: the reference where it can be seen."""
    rules: tuple[str, ...] = ()
    args: dict[str, int | str] = {}
    command: tuple[str, ...] | str = ()
    seconds: int = 60
    milestone: str = ""
    """The milestone that is reached when a person ticks it."""
    after: tuple[str, ...] = ()
    """Attestations of the same gate that come before it."""
    by: str = ""
    """The hat whose wearer is to tick it."""
    shown_by: tuple[str, ...] = ()
    """Checks that say the same as the sentence a person ticks: where all of them hold, and it was
    not sent back or opened again since the impact began, nobody is asked to say it once more."""
    light: Literal["", "too", "only"] = ""
    """Whether an incident of a light severity is asked for it: not, as any other is, or alone."""


class Stage(_Table, frozen=True):
    """One stage: who works in it, what it needs, what it produces and how it is left."""

    id: str
    title: str
    purpose: str
    review: Review
    hats: tuple[str, ...] = ()
    guidance: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    produces: Artifact | None = None
    checks: tuple[Check, ...] = ()
    status_after: str = ""
    """The state that the incident has once this stage has been left, where it says one."""

    def asks_for(self, rule: str) -> bool:
        """Whether its gate asks for that check, by itself or as one of several."""
        asked = ((check.id, *check.rules, *check.shown_by) for check in self.checks)
        return any(rule in names for names in asked)

    def as_asked(self, *, light: bool) -> "Stage":
        """The stage as an incident meets it: a light one is asked little, and approves nothing."""
        checks = asked_of(self.checks, light=light)
        if not light:
            return self if checks == self.checks else msgspec.structs.replace(self, checks=checks)
        made = self.produces
        if made is not None:
            fields = [msgspec.structs.replace(field, required=False) for field in made.fields]
            made = msgspec.structs.replace(made, fields=tuple(fields))
        review: Review = "auto" if checks else "none"
        return msgspec.structs.replace(self, checks=checks, produces=made, review=review)


def asked_of(checks: tuple[Check, ...], *, light: bool) -> tuple[Check, ...]:
    """Those of the checks that an incident is asked for."""
    wanted = ("too", "only") if light else ("", "too")
    return tuple(check for check in checks if check.light in wanted)


class Choice(_Table, frozen=True):
    """A word that people may choose, with its meaning."""

    id: str
    title: str


class Judgement(_Table, frozen=True):
    """The severity as radius times urgency: `levels` has a row for each radius, and in it a level
    for each urgency.
    """

    radius: tuple[Choice, ...]
    urgency: tuple[Choice, ...]
    levels: tuple[tuple[str, ...], ...]

    def level(self, radius: str, urgency: str) -> str:
        """The level of both; empty where one of them is not known."""
        rows = {item.id: row for item, row in zip(self.radius, self.levels, strict=False)}
        cells = zip((item.id for item in self.urgency), rows.get(radius, ()), strict=False)
        return dict(cells).get(urgency, "")


class Containment(_Table, frozen=True):
    """A way to deal with an unsafe path; `keeps_open` where users still take it."""

    id: str
    title: str
    keeps_open: bool = False


class Messages(_Table, frozen=True):
    """What a status update of each kind starts from. `{name}` is filled from the state."""

    initial: str
    update: str
    resolution: str


class Deadlines(_Table, frozen=True):
    """Hours until the postmortem is due after resolution; minutes until a nudge is given."""

    postmortem_hours: int = 48
    checkpoint_hours: int = 8
    postmortem_stage: str = ""
    """The stage that has to be passed by then; empty: the playbook sets no such deadline."""


class Playbook(_Table, frozen=True):
    """One way to run an incident."""

    id: str
    title: str
    purpose: str
    law: str
    severities: tuple[Severity, ...]
    hats: tuple[Hat, ...]
    stages: tuple[Stage, ...]
    mitigation_kinds: tuple[Choice, ...]
    layers: tuple[Choice, ...]
    action_classes: tuple[Choice, ...]
    messages: Messages
    closing: tuple[Check, ...] = ()
    """What must hold before the incident is closed at its end."""
    deadlines: Deadlines = Deadlines()
    prerequisites: tuple[Choice, ...] = ()
    """What is asked at declaration; each is answered with yes, or no and why."""
    inputs: tuple[Choice, ...] = ()
    """What the incident links to; each is a path or an address, or none."""
    levers: tuple[Choice, ...] = ()
    """Ways to stop the impact of which it is asked whether they exist now."""
    containment: tuple[Containment, ...] = ()
    """The answers to the question what happens to an unsafe path."""
    hand_offs: tuple[Choice, ...] = ()
    """Where work goes on that does not belong to the incident."""
    judgement: Judgement | None = None
    """How radius and urgency make the severity, where the process says so."""
    flags: dict[str, int] = {}
    """Live red flags that are on, with their thresholds (minutes or counts; 0: no threshold)."""

    def severity(self, severity_id: str) -> Severity | None:
        """The level of that id, however its letters are cased."""
        return _by_id(self.severities, severity_id)

    def hat(self, hat_id: str) -> Hat | None:
        """The hat of that id."""
        return _by_id(self.hats, hat_id)

    def asks_for(self, rule: str) -> bool:
        """Whether any gate of its stages asks for that check."""
        return any(stage.asks_for(rule) for stage in self.stages)

    def stage(self, stage_id: str) -> Stage | None:
        """The stage of that id or title."""
        by_title = (stage for stage in self.stages if stage.title.lower() == stage_id.lower())
        return _by_id(self.stages, stage_id) or next(by_title, None)

    def commanding_hat(self) -> Hat:
        """The hat whose wearer owns the incident."""
        return next((hat for hat in self.hats if hat.commands), self.hats[0])

    def postmortem_stage(self) -> Stage | None:
        """The stage whose document is the postmortem: that of the deadline, else the last one that
        is called so."""
        if self.deadlines.postmortem_stage:
            return _by_id(self.stages, self.deadlines.postmortem_stage)
        named = (s for s in reversed(self.stages) if s.produces and _is_postmortem(s.produces))
        return next(named, None)


def _is_postmortem(artifact: Artifact) -> bool:
    return "postmortem" in f"{artifact.id} {artifact.title}".lower().replace("-", "")


N = TypeVar("N", Severity, Hat, Stage)


def _by_id(items: Iterable[N], wanted: str) -> N | None:
    lowered = wanted.lower()
    return next((item for item in items if item.id.lower() == lowered), None)
