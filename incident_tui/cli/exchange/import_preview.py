"""What an import understood, as people and programs read it: rows, doubts, what was not read."""

from incident_tui.cli.frame.foreign_rows import cut, row_line
from incident_tui.cli.frame.output import print_text, tell
from incident_tui.domain.report import Data
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_duration, iso
from incident_tui.intake.foreign_timeline import Passage
from incident_tui.intake.prose.headings import ACTIONS, REST
from incident_tui.service.exchange.foreign.import_fields import Proposal, proposals
from incident_tui.service.exchange.foreign.stated_durations import Compared, compared
from incident_tui.service.exchange.foreign.timeline_import import Plan, Row

_MOST_HEADINGS = 12


def print_plan(plan: Plan) -> None:
    """The rows as they would be recorded, each with its kind and where day and zone came from."""
    lines = [f"{plan.title} ({plan.zone})"]
    lines += [row_line(row) for row in plan.rows]
    print_text("\n".join(lines))
    for one in compared(plan):
        tell(f"{plan.name}: {comparison_text(one)}")
    for proposal in proposals(plan.passages):
        if proposal.name in plan.take:
            for each in proposal.passages:
                tell(
                    f"{plan.name}:{each.line}: {proposal.name} would be filled: "
                    f"{cut(each.text)}{_tick(each)}"
                )
    tell_proposals(plan)
    tell(f"{counted(len(plan.rows), 'row')} would be recorded; nothing was.")
    if plan.over:
        tell("It tells its own end: import --over records it as history.")


def tell_proposals(plan: Plan) -> None:
    """Say which fields the text has something for, under their headings, and how each is taken."""
    for proposal in proposals(plan.passages):
        if proposal.name in plan.take:
            continue
        if proposal.name == REST:
            _tell_rest(plan, proposal)
        else:
            more = counted(len(proposal.passages), "passage")
            tell(
                f"{plan.name}:{proposal.line}: {proposal.name} is proposed ({more}), "
                f"--take {proposal.name} fills it in: {cut(proposal.texts[0])}"
            )


def _tell_rest(plan: Plan, proposal: Proposal) -> None:
    """Say what no field has a place for, a line for each heading that it stands below."""
    below: dict[str, list[Passage]] = {}
    for one in proposal.passages:
        below.setdefault(one.heading, []).append(one)
    for heading, items in list(below.items())[:_MOST_HEADINGS]:
        named = f'what stands below "{cut(heading)}"' if heading else "a passage below no heading"
        more = counted(len(items), "passage")
        tell(
            f"{plan.name}:{items[0].line}: {named} has no field here ({more}), "
            f"--take {REST} quotes it: {cut(items[0].text)}"
        )
    if len(below) > _MOST_HEADINGS:
        left = counted(len(below) - _MOST_HEADINGS, "heading")
        tell(f"{plan.name}: so has what stands below {left} more; --dry-run --json lists it.")


def _tick(one: Passage) -> str:
    """What is said of an action that its author ticked off."""
    return " (done already)" if one.done else ""


def _passage_data(one: Passage) -> Data:
    due = one.due.isoformat() if one.due is not None else None
    action = {"owner": one.owner or None, "due": due, "ref": one.ref or None, "done": one.done}
    below = {"heading": one.heading or None} if one.name == REST else {}
    return {"line": one.line, "text": one.text, **below, **(action if one.name == ACTIONS else {})}


def plan_data(plan: Plan) -> Data:
    """The plan for programs; times in UTC, a row without a time of day has `at` null."""
    return {
        "file": plan.name,
        "title": plan.title,
        "zone": plan.zone,
        "zone_from": plan.zone_from or None,
        "container": plan.container,
        "form": plan.form,
        "day_from": plan.day_from or None,
        "over": plan.over,
        "columns": column_data(plan),
        "stated": [comparison_data(one) for one in compared(plan)],
        "proposals": [
            {
                "field": one.name,
                "taken": one.name in plan.take,
                "passages": [_passage_data(each) for each in one.passages],
            }
            for one in proposals(plan.passages)
        ],
        "rows": [row_data(row) for row in plan.rows],
        "unread": [
            {"line": left.line, "text": left.text, "reason": left.reason} for left in plan.left
        ],
    }


def column_data(plan: Plan) -> list[Data]:
    """From which columns of its tables times were taken, and which others hold times."""
    return [
        {"line": each.line, "taken": list(each.taken), "others": list(each.others)}
        for each in plan.columns
    ]


def comparison_data(one: Compared) -> Data:
    """A stated duration beside the computed one, in seconds, for programs."""
    return {
        "line": one.stated.line,
        "name": one.stated.name,
        "text": one.stated.text,
        "stated": int(one.stated.length.total_seconds()),
        "computed": None if one.computed is None else int(one.computed.total_seconds()),
        "from_line": one.first or None,
        "to_line": one.last or None,
        "agrees": one.agrees,
    }


def comparison_text(one: Compared) -> str:
    """A stated duration beside the computed one, for people."""
    text = f'line {one.stated.line} states "{cut(one.stated.text)}"'
    if one.computed is None:
        return f"{text}; no two rows give it"
    rows = f"lines {one.first} and {one.last}"
    given = "give the same" if one.agrees else f"give {format_duration(one.computed)}"
    return f"{text}; {rows} {given}"


def row_data(row: Row) -> Data:
    """One row for programs."""
    return {
        "line": row.line,
        "at": None if row.day is not None else iso(row.at),
        "day": row.day.isoformat() if row.day is not None else None,
        "until": iso(row.until),
        "kind": row.event.kind,
        "milestone": getattr(row.event, "name", None),
        "label": row.label or None,
        "text": row.text,
        "who": row.who or None,
        "source": row.source,
        "written": row.written,
        "zone": row.zone,
        "zone_from": row.zone_from or None,
        "day_from": row.day_from or None,
        "flags": list(row.flags),
    }
