"""The page on the processes that ship: what each demands, stage by stage, from its TOML file."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tables import MADE, table

from incident_tui.domain import discovery
from incident_tui.domain.core.events import Entry, Incident, fold
from incident_tui.domain.core.rules import every_flag, every_source
from incident_tui.domain.process.gates import CheckResult, closing_gate, gate
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.values.playbook import (
    Check,
    Choice,
    Containment,
    Field,
    Hat,
    Playbook,
    Stage,
)
from incident_tui.domain.values.playbook.playbook_data import from_data

FOLDER = Path(discovery.__file__).parents[1] / "playbooks"
FIRST = "war-room"
"""The process that a home starts with stands first."""
REVIEWS = {
    "none": "It has no gate and can be left at any time.",
    "auto": "Once every check holds, it is left by `/advance`; nobody has to confirm.",
    "ask": "Its document is read as a whole, then approved or sent back with a note.",
    "external": "Somebody who is not an author of its document approves it, by name and with a "
    "reference; a home may allow self-review, which is then in plain sight.",
}
TYPES = {
    "text": "text",
    "list": "list",
    "table": "table",
    "chain": "chain",
    "checklist": "checklist",
    "link": "address or path",
}


def processes() -> str:
    """Every process that ships."""
    playbooks = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    playbooks.sort(key=lambda playbook: playbook.id != FIRST)
    body = ["# Processes", MADE, ""]
    body += [
        "A process says which stages an incident goes through, what each of them has to show "
        "before it is left, who wears which hat, and when silence is too long. One is chosen "
        "when an incident is declared: `incident-tui declare TITLE --playbook NAME`; without a "
        f"name it is that of the home, which begins as `{FIRST}`. To run your own, start from "
        "`incident-tui playbook new NAME` and the [words for playbooks](playbook-words.md).",
        "",
        "Where a check names a line, that line is what an incident just declared would need; the "
        "gate (`/gate`) always tells what is missing at present. A check that may be waived is "
        "answered with `/waive CHECK WHY`; the reason then stands in the commit and the "
        "postmortem.",
        "",
    ]
    body += table(
        ("process", "stages", "its law"),
        (
            (
                f"[`{playbook.id}`](#{playbook.id})",
                ", ".join(stage.title for stage in playbook.stages),
                playbook.law,
            )
            for playbook in playbooks
        ),
    )
    body.append("")
    for playbook in playbooks:
        body += _process(playbook)
    body += _flags(playbooks)
    return "\n".join(body)


def _read(path: Path) -> Playbook:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return from_data(data, path.stem, discovery.vocabulary())


def _just_declared(playbook: Playbook) -> Incident:
    moment = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
    event = IncidentDeclared(incident="declared", title="Declared", playbook=playbook.id)
    return fold([Entry("1", 1, moment, moment, "ana", event)], playbook)


def _process(playbook: Playbook) -> Iterator[str]:
    incident = _just_declared(playbook)
    yield from (f"## {playbook.id}", "", playbook.purpose.strip(), "", f"> {playbook.law}", "")
    yield from ("### Severities", "")
    yield from table(
        ("level", "when", "for example", "response", "update at the latest"),
        (
            (
                level.named + (", all hands" if level.all_hands else ""),
                level.criteria,
                level.example,
                level.respond_within,
                f"every {level.update_every}" if level.update_every else "as agreed: `/cadence`",
            )
            for level in playbook.severities
        ),
    )
    yield from ("", "### Hats", "")
    yield from table(("hat", "duty", "needed at"), map(_hat, playbook.hats))
    yield ""
    for number, stage in enumerate(playbook.stages, 1):
        yield from _stage(playbook, incident, stage, number)
    yield from _closing(playbook, incident)
    yield from _words(playbook)
    yield from _deadlines(playbook)
    yield from _messages(playbook)


def _hat(hat: Hat) -> tuple[str, str, str]:
    name = f"`{hat.id}`: {hat.title}" + (" (several may wear it)" if hat.several else "")
    return name, hat.duty, ", ".join(hat.needed_for) or "nobody has to wear it"


def _stage(playbook: Playbook, incident: Incident, stage: Stage, number: int) -> Iterator[str]:
    yield from (f"### {number}. {stage.title}: {stage.purpose}", "", REVIEWS[stage.review])
    if stage.status_after:
        yield f"The incident counts as {stage.status_after} from then on, at the latest."
    documents = [_document(playbook, artifact) for artifact in stage.requires]
    if documents:
        yield f"It needs: {', '.join(documents)}."
    if stage.hats:
        yield f"Hats in it: {', '.join(f'`{hat}`' for hat in stage.hats)}."
    yield ""
    yield from (f"- {step}" for step in stage.guidance)
    if stage.guidance:
        yield ""
    if stage.produces is not None:
        yield from (f"Its document is the **{stage.produces.title}**:", "")
        rows = [_field(field, stage.review != "none") for field in stage.produces.fields]
        yield from table(("field", "form", "filled"), rows)
        yield ""
    if stage.checks:
        results = {result.id: result for result in gate(incident, stage).checks}
        yield from (f"Before {stage.title} is left:", "")
        yield from _checks(stage.checks, results)


def _document(playbook: Playbook, artifact: str) -> str:
    titles = {
        stage.produces.id: stage.produces.title for stage in playbook.stages if stage.produces
    }
    return titles.get(artifact, artifact)


def _field(field: Field, gated: bool) -> tuple[str, str, str]:
    chosen = " / ".join(field.choices) + (", several" if field.type == "choices" else "")
    form = chosen if field.choices else TYPES[field.type]
    made = every_source().get(field.source)
    by_hand = f"`/set {field.id} …`"
    source = _first_line(made).rstrip(".") if made else ""
    filled = f"from the log: {source[:1].lower()}{source[1:]}" if made else f"by hand: {by_hand}"
    if gated and field.required:
        filled += "; the gate asks for it"
    return f"{field.title} (`{field.id}`)", form, filled


def _checks(checks: Iterable[Check], results: dict[str, CheckResult]) -> Iterator[str]:
    rows = []
    for check in checks:
        result = results[check.id]
        if check.kind == "attestation":
            mend = f"`/attest {check.id}" + (" …`, with its reference" if check.note else "`")
            if check.shown_by:
                mend += ", or what shows it: " + ", ".join(f"`{name}`" for name in check.shown_by)
        else:
            mend = f"`{result.mend}`" if result.mend else "holds until there is something to it"
        rows.append((f"`{check.id}`", result.title, mend, "yes" if check.waivable else ""))
    yield from table(("check", "what has to hold", "a line that mends it", "may be waived"), rows)
    yield ""


def _closing(playbook: Playbook, incident: Incident) -> Iterator[str]:
    if playbook.closing:
        results = {result.id: result for result in closing_gate(incident).checks}
        yield from ("### Before it is closed", "", "Every stage is done, and:", "")
        yield from _checks(playbook.closing, results)


def _words(playbook: Playbook) -> Iterator[str]:
    groups: list[tuple[str, tuple[Choice | Containment, ...]]] = [
        ("Asked at the declaration: `/prerequisite`", playbook.prerequisites),
        ("What it links to: `/input`", playbook.inputs),
        ("Levers that may exist: `/lever`", playbook.levers),
        ("What may happen to an unsafe path: `/contain`", playbook.containment),
        ("Kinds of mitigation, in the order in which they are offered: `/mitigate`",
         playbook.mitigation_kinds),
        ("Layers of contributing factors: `/factor`", playbook.layers),
        ("Classes of action items: `class:`", playbook.action_classes),
        ("Where work goes on: `/hand-off`", playbook.hand_offs),
    ]  # fmt: skip
    yield from ("### Its words", "")
    for title, words in groups:
        if words:
            listed = "; ".join(_word(word) for word in words)
            yield f"- **{title}:** {listed}"
    yield ""


def _word(word: Choice | Containment) -> str:
    return f"`{word.id}`" if word.title.lower() == word.id else f"`{word.id}` ({word.title})"


def _flags(playbooks: list[Playbook]) -> Iterator[str]:
    """Which red flags are up when, in one table: the processes differ in their thresholds."""
    yield from (
        "## Red flags",
        "",
        "A number says how many minutes, hours, days or pieces it takes; ✓ takes none. Why each "
        "matters stands in the [words for playbooks](playbook-words.md).",
        "",
    )
    names = sorted({name for playbook in playbooks for name in playbook.flags})
    rows = [
        (
            f"`{name}`",
            re.sub(r"`(\w+)`(?: \1)?", _so_many, _first_line(every_flag()[name].detect)),
            *(_threshold(name, playbook) for playbook in playbooks),
        )
        for name in names
    ]
    yield from table(("flag", "is up when", *(playbook.id for playbook in playbooks)), rows)
    yield ""


def _threshold(name: str, playbook: Playbook) -> str:
    if name not in playbook.flags:
        return ""
    return every_flag()[name].limit(playbook.flags[name]) or "✓"


def _so_many(match: re.Match[str]) -> str:
    """What a sentence says instead of the name of its threshold."""
    unit = match.group(1)
    return f"so many {unit}" if unit in ("minutes", "hours", "days", "layers") else "so many"


def _deadlines(playbook: Playbook) -> Iterator[str]:
    deadlines = playbook.deadlines
    stage = playbook.stage(deadlines.postmortem_stage)
    yield from ("### Deadlines", "")
    if stage is not None:
        yield f"- {stage.title}: within {deadlines.postmortem_hours} hours of the resolution"
    yield f"- A checkpoint: at the latest every {deadlines.checkpoint_hours} hours"
    yield ""


def _messages(playbook: Playbook) -> Iterator[str]:
    yield from ("### Messages", "", "What a status update starts from (`/update`, F5):", "")
    messages = playbook.messages
    for name, text in (
        ("The first one", messages.initial),
        ("Later ones", messages.update),
        ("The last one", messages.resolution),
    ):
        yield f"- {name}: {text.strip()}"
    yield ""


def _first_line(function: object) -> str:
    return next(iter((getattr(function, "__doc__", "") or "").strip().splitlines()), "")
