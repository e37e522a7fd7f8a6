"""The typed form of a playbook and its validation; what a check or field source does is elsewhere.

A playbook is data (TOML). Every problem is reported at once, each with its key path.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeVar

import msgspec

from incident_tui.domain.values.command_spec import command_problems
from incident_tui.domain.values.text import inert_line
from incident_tui.domain.values.validation import first_problems, is_duration, misfits, repeated

Review = Literal["none", "auto", "ask", "external"]
FieldType = Literal["text", "list", "choice", "table", "chain", "checklist", "link"]


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
    def told(self) -> str:
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
    """One field of an artifact. A `source` names what fills it from the log."""

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

    def stage(self, stage_id: str) -> Stage | None:
        """The stage of that id or title."""
        by_title = (stage for stage in self.stages if stage.title.lower() == stage_id.lower())
        return _by_id(self.stages, stage_id) or next(by_title, None)

    def commanding_hat(self) -> Hat:
        """The hat whose wearer owns the incident."""
        return next((hat for hat in self.hats if hat.commands), self.hats[0])

    def artifact_stage(self, artifact_id: str) -> Stage | None:
        """The stage that produces the artifact."""
        matching = (s for s in self.stages if s.produces and s.produces.id == artifact_id)
        return next(matching, None)


N = TypeVar("N", Severity, Hat, Stage, Choice, Field, Containment)


def _by_id(items: Iterable[N], wanted: str) -> N | None:
    lowered = wanted.lower()
    return next((item for item in items if item.id.lower() == lowered), None)


def from_data(data: object, name: str, known: "Vocabulary") -> Playbook:
    """The playbook in `data` (what a TOML file holds).

    Raises `PlaybookError` with every problem when it is not a usable one.
    """
    if problems := first_problems(misfits(data, Playbook)):
        raise PlaybookError(name, problems)
    playbook = msgspec.convert(data, Playbook)
    if problems := first_problems(_problems(playbook, known)):
        raise PlaybookError(name, problems)
    return playbook


class Vocabulary(msgspec.Struct, frozen=True):
    """The names that a playbook may use: what the concepts declare."""

    checks: dict[str, Callable[[dict[str, int | str]], str | None]]
    sources: frozenset[str]
    flags: frozenset[str]
    statuses: frozenset[str]
    milestones: frozenset[str] = frozenset()


def _problems(playbook: Playbook, known: Vocabulary) -> Iterator[str]:
    optional = ("prerequisites", "inputs", "levers", "containment", "hand-offs")
    needed = ("severities", "hats", "stages", "mitigation-kinds", "layers", "action-classes")
    for path in (*needed, *optional):
        listed = getattr(playbook, path.replace("-", "_"))
        if not listed and path in needed:
            yield f"{path}: at least one is expected"
        yield from repeated(path, [item.id for item in listed])
    due = playbook.deadlines.postmortem_stage
    if due and due not in {stage.id for stage in playbook.stages}:
        yield f"deadlines.postmortem-stage: {due!r} is not a stage of this playbook"
    hats = {hat.id for hat in playbook.hats}
    severities = {severity.id for severity in playbook.severities}
    for index, hat in enumerate(playbook.hats):
        for severity in hat.needed_for:
            if severity not in severities:
                yield (
                    f"hats[{index}].needed-for: {severity!r} is not a severity of this playbook "
                    f"({', '.join(sorted(severities))})"
                )
        if hat.commands and hat.several:
            yield f"hats[{index}].several: one person owns the incident, so one wears {hat.id!r}"
        for flag in sorted(set(hat.answers_for) - known.flags):
            yield f"hats[{index}].answers-for: no such red flag: {flag!r}"
    for index, level in enumerate(playbook.severities):
        if level.update_every and not is_duration(level.update_every):
            yield (
                f"severities[{index}].update-every: {level.update_every!r} is not a duration; "
                "write 30m or 1h, or leave it out for as agreed"
            )
    if playbook.judgement:
        yield from _judgement_problems(playbook.judgement, severities)
    for flag in playbook.flags:
        if flag not in known.flags:
            yield f"flags.{flag}: no such red flag; known: {', '.join(sorted(known.flags))}"
    yield from _stage_problems(playbook, hats, known)
    yield from repeated("closing", [check.id for check in playbook.closing])
    for index, check in enumerate(playbook.closing):
        yield from _check_problems(f"closing[{index}]", check, known)


def _judgement_problems(judgement: Judgement, severities: set[str]) -> Iterator[str]:
    shape = [len(judgement.urgency)] * len(judgement.radius)
    if [len(row) for row in judgement.levels] != shape:
        yield "judgement.levels: a row for each radius is expected, with a level for each urgency"
    for level in sorted({level for row in judgement.levels for level in row} - severities):
        yield f"judgement.levels: {level!r} is not a severity of this playbook"


def _stage_problems(playbook: Playbook, hats: set[str], known: Vocabulary) -> Iterator[str]:
    produced = {stage.produces.id: at for at, stage in enumerate(playbook.stages) if stage.produces}
    for index, stage in enumerate(playbook.stages):
        path = f"stages[{index}]"
        for hat in stage.hats:
            if hat not in hats:
                yield f"{path}.hats: {hat!r} is not a hat of this playbook"
        for needed in stage.requires:
            at = produced.get(needed)
            if at is None:
                yield f"{path}.requires: no stage produces {needed!r}"
            elif at >= index:
                yield (
                    f"{path}.requires: {needed!r} is produced by the stage "
                    f"{playbook.stages[at].id!r}, which does not come before {stage.id!r}: a cycle"
                )
        if stage.status_after and stage.status_after not in known.statuses:
            statuses = ", ".join(sorted(known.statuses))
            yield f"{path}.status-after: {stage.status_after!r} is not one of {statuses}"
        if stage.review == "none" and stage.checks:
            yield f'{path}.checks: a stage with review "none" has no gate; choose another review'
        if stage.review != "none" and not stage.checks:
            yield f'{path}.checks: review "{stage.review}" needs at least one check'
        yield from repeated(f"{path}.checks", [check.id for check in stage.checks])
        for at, check in enumerate(stage.checks):
            yield from _check_problems(f"{path}.checks[{at}]", check, known)
        if stage.produces:
            if produced[stage.produces.id] != index:
                yield f"{path}.produces.id: {stage.produces.id!r} is produced by two stages"
            yield from _field_problems(f"{path}.produces", stage.produces, known)


def _check_problems(path: str, check: Check, known: Vocabulary) -> Iterator[str]:
    if check.command and check.kind != "command":
        yield f'{path}.command: only a check of kind "command" runs one'
    if check.milestone and check.kind != "attestation":
        yield f"{path}.milestone: only an attestation reaches one"
    elif check.milestone and check.milestone not in known.milestones:
        listed = ", ".join(sorted(known.milestones))
        yield f"{path}.milestone: {check.milestone!r} is no milestone; known: {listed}"
    if (check.after or check.by) and check.kind != "attestation":
        yield f"{path}: only an attestation is ticked after another, or by a hat"
    if check.kind == "attestation":
        if not check.title:
            yield f"{path}.title: an attestation needs the sentence that a person ticks"
        if check.rules:
            yield f"{path}.rules: a person ticks an attestation; it has no rules"
        return
    if check.note:
        yield f"{path}.note: only an attestation takes a note"
    if check.kind == "command":
        rules = bool(check.rules or check.args)
        yield from command_problems(
            path, title=check.title, command=check.command, seconds=check.seconds, rules=rules
        )
        return
    if check.rules and not check.title:
        yield f"{path}.title: a check made of rules needs a title of its own"
    place = "rules" if check.rules else "id"
    parts = check.rules or (check.id,)
    accepts = {name: known.checks.get(name) for name in parts}
    for name, accept in accepts.items():
        if accept is None:
            known_names = ", ".join(sorted(known.checks))
            yield f"{path}.{place}: unknown check {name!r}; known: {known_names}"
    if None in accepts.values():
        return
    for argument, value in check.args.items():
        problems = [accept({argument: value}) for accept in accepts.values() if accept]
        if all(problems):
            yield f"{path}.args: {problems[0]}"


def _field_problems(path: str, artifact: Artifact, known: Vocabulary) -> Iterator[str]:
    yield from repeated(f"{path}.fields", [field.id for field in artifact.fields])
    for index, field in enumerate(artifact.fields):
        if field.type == "choice" and not field.choices:
            yield f"{path}.fields[{index}].choices: a choice needs its list"
        if field.source and field.source not in known.sources:
            yield (
                f"{path}.fields[{index}].source: unknown source {field.source!r}; "
                f"known: {', '.join(sorted(known.sources))}"
            )
