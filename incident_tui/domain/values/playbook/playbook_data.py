"""A playbook from its data, and everything that is wrong with it, each with its key path."""

from collections.abc import Callable, Iterator

import msgspec

from incident_tui.domain.values.command_spec import command_problems
from incident_tui.domain.values.playbook import Artifact, Check, Judgement, Playbook, PlaybookError
from incident_tui.domain.values.playbook.postmortem_fields import with_standard_fields
from incident_tui.domain.values.validation import first_problems, is_duration, misfits, repeated


class Vocabulary(msgspec.Struct, frozen=True):
    """The names that a playbook may use: what the concepts declare."""

    checks: dict[str, Callable[[dict[str, int | str]], str | None]]
    sources: frozenset[str]
    flags: frozenset[str]
    statuses: frozenset[str]
    milestones: frozenset[str] = frozenset()


def from_data(data: object, name: str, known: Vocabulary) -> Playbook:
    """The playbook in `data` (what a TOML file holds).

    Raises `PlaybookError` with every problem when it is not a usable one.
    """
    try:
        playbook = msgspec.convert(data, Playbook)
    except msgspec.ValidationError as error:
        # Each misfit by itself takes longer to look for, and there is one.
        problems = first_problems(misfits(data, Playbook)) or [str(error)]
        raise PlaybookError(name, problems) from None
    if problems := first_problems(_problems(playbook, known)):
        raise PlaybookError(name, problems)
    return with_standard_fields(playbook)


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
        if level.light and index < len(playbook.severities) // 2:
            yield f"severities[{index}].light: {level.id!r} calls people, and its gates are kept"
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
    if [len(row) for row in judgement.levels] != [len(judgement.urgency)] * len(judgement.radius):
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
    if (check.after or check.by or check.shown_by) and check.kind != "attestation":
        yield f"{path}: only an attestation is ticked after another, by a hat, or shown by checks"
    if check.kind == "attestation":
        if not check.title:
            yield f"{path}.title: an attestation needs the sentence that a person ticks"
        if check.rules:
            yield f"{path}.rules: a person ticks an attestation; it has no rules"
        yield from _unknown(f"{path}.shown-by", check.shown_by, known)
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
    yield from _unknown(f"{path}.{place}", parts, known)
    accepts = {name: known.checks.get(name) for name in parts}
    if None in accepts.values():
        return
    for argument, value in check.args.items():
        problems = [accept({argument: value}) for accept in accepts.values() if accept]
        if all(problems):
            yield f"{path}.args: {problems[0]}"


def _unknown(path: str, names: tuple[str, ...], known: Vocabulary) -> Iterator[str]:
    for name in names:
        if name not in known.checks:
            yield f"{path}: unknown check {name!r}; known: {', '.join(sorted(known.checks))}"


def _field_problems(path: str, artifact: Artifact, known: Vocabulary) -> Iterator[str]:
    yield from repeated(f"{path}.fields", [field.id for field in artifact.fields])
    for index, field in enumerate(artifact.fields):
        if field.type in ("choice", "choices") and not field.choices:
            yield f"{path}.fields[{index}].choices: a choice needs its list"
        if field.source and field.source not in known.sources:
            yield (
                f"{path}.fields[{index}].source: unknown source {field.source!r}; "
                f"known: {', '.join(sorted(known.sources))}"
            )
