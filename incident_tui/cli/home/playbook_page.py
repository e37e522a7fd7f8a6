"""A playbook as a page for a terminal: all that it asks, in the words that the console uses."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from incident_tui.cli.frame.lines import Tone, Toned, columns
from incident_tui.domain.core.rules import every_flag, rule
from incident_tui.domain.values.playbook import Check, Choice, Playbook, Severity, Stage
from incident_tui.domain.values.text import counted

WIDTH = 100
REVIEWS = {
    "none": "no gate: it can be left at any time",
    "auto": "the gate decides",
    "ask": "somebody approves what is shown",
    "external": "somebody who did not write it approves",
}

_HOW = {
    "automatic": "the log decides",
    "attestation": "somebody ticks it",
    "command": "a command decides",
}


_LIGHT = {"only": ("only where it is light",), "too": ("also where it is light",)}
"""Of which incidents a check is asked, where that is not all but the light ones."""


def playbook_page(playbook: Playbook) -> list[str]:
    """Purpose, law, severities, hats, stages with their gates, words, flags and deadlines."""
    lines = [
        Toned(playbook.title, Tone.HEAD),
        *wrap(playbook.purpose, WIDTH),
        "",
        f"Law: {playbook.law}",
    ]
    lines += ["", _head("Severities")]
    for level in playbook.severities:
        lines += _severity(level)
    lines += _judgement(playbook)
    lines += ["", _head("Hats")]
    for hat in playbook.hats:
        needed = f"needed for {', '.join(hat.needed_for)}" if hat.needed_for else "optional"
        lines += _section(f"  {hat.id}: {hat.title}, {needed}", [hat.duty])
    for title, choices in _choices(playbook):
        lines += [
            "",
            _head(title),
            *columns(((each.id, each.title) for each in choices), indent="  "),
        ]
    lines += ["", _head("Stages")]
    for number, stage in enumerate(playbook.stages, 1):
        lines += _stage(number, stage)
    if playbook.closing:
        lines += ["", _head("To close"), *_checks(playbook.closing)]
    lines += [
        "",
        _head("Red flags"),
        *columns(_flags(playbook), indent="  "),
        "",
        _head("Deadlines"),
    ]
    lines += [f"  {deadline}" for deadline in _deadlines(playbook)]
    return lines


def _head(text: str) -> Toned:
    return Toned(text, Tone.HEAD)


def _section(head: str, texts: Iterable[str], indent: str = "      ") -> list[str]:
    lines = [wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent) for text in texts]
    return [head, *(row for rows in lines for row in rows)]


def _severity(level: Severity) -> list[str]:
    every = f"an update every {level.update_every}" if level.update_every else "updates as agreed"
    hands = ", all hands" if level.all_hands else ""
    return _section(
        f"  {level.named}: respond {level.respond_within}, {every}{hands}",
        [level.criteria, f"for example: {level.example}"],
    )


def _judgement(playbook: Playbook) -> list[str]:
    matrix = playbook.judgement
    if matrix is None:
        return []
    head = ("radius x urgency", *(item.id for item in matrix.urgency))
    rows = [(item.id, *row) for item, row in zip(matrix.radius, matrix.levels, strict=True)]
    words = [(item.id, item.title) for item in (*matrix.radius, *matrix.urgency)]
    return ["", *columns([head, *rows], indent="  "), *columns(words, indent="      ")]


def _choices(playbook: Playbook) -> Iterator[tuple[str, list[Choice]]]:
    named = {
        "Asked for at declaration": playbook.prerequisites,
        "Linked to": playbook.inputs,
        "Levers": playbook.levers,
        "Ways to mitigate, in this order": playbook.mitigation_kinds,
        "Layers of contributing factors": playbook.layers,
        "Classes of action items": playbook.action_classes,
        "Hand-offs": playbook.hand_offs,
        "Containment": tuple(Choice(each.id, each.title) for each in playbook.containment),
    }
    for title, choices in named.items():
        if choices:
            yield title, list(choices)


def _stage(number: int, stage: Stage) -> list[str]:
    lines = ["", f"  {number} {stage.title}: {stage.purpose}", f"      {REVIEWS[stage.review]}"]
    if stage.hats:
        lines.append(f"      hats: {', '.join(stage.hats)}")
    if stage.requires:
        lines.append(f"      needs: {', '.join(stage.requires)}")
    lines += _section("      how", stage.guidance, "        ") if stage.guidance else []
    lines += ["      gate", *_checks(stage.checks, "        ")] if stage.checks else []
    if stage.produces:
        fields = (
            (field.id, field.title, "asked for" if field.required else "from the log")
            for field in stage.produces.fields
        )
        lines += [f"      makes: {stage.produces.title}", *columns(fields, indent="        ")]
    return lines


def _checks(checks: Iterable[Check], indent: str = "  ") -> list[str]:
    rows = []
    for check in checks:
        known = rule(check.id)
        title = check.title or (known.title if known else check.id)
        how = _HOW.get(check.kind, "")
        with_ref = ", with a reference" if check.note else ""
        with_ref += ", or the log shows it" if check.shown_by else ""
        asked = [*(["waivable"] if check.waivable else []), *_LIGHT.get(check.light, ())]
        rows.append((title, f"{how}{with_ref}", ", ".join(asked), check.id))
    return columns(rows, indent=indent)


def _flags(playbook: Playbook) -> Iterator[tuple[str, str, str]]:
    rules = every_flag()
    for name, threshold in playbook.flags.items():
        known = rules.get(name)
        yield (name, known.limit(threshold), known.why) if known else (name, "", "")


def _deadlines(playbook: Playbook) -> Iterator[str]:
    due = playbook.deadlines
    stage = playbook.stage(due.postmortem_stage)
    if stage:
        yield f"{stage.title}: {counted(due.postmortem_hours, 'hour')} after resolution"
    yield f"a checkpoint: after {counted(due.checkpoint_hours, 'hour')} in command"
