"""Agenda: the action items together: how documents list them, what gates ask of them all.

What can be said of a single item is in `actions`.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.core.typed_text import REMOVED
from incident_tui.domain.learning.actions import SETTLED, Action, Actions
from incident_tui.domain.learning.actions.attributes import TERMS
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.learning.postmortem import record_of
from incident_tui.domain.process.lifecycle import zone_of
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.wording import is_vague

EARLIER = "actions.earlier"
"""The red flag about what other incidents owe."""

RECURS = 2
"""From this many items on, a class points at a rule rather than at a single repair."""


def _row(incident: Incident, item: Action) -> str:
    factors = {entry: factor.text for entry, factor in incident.of(Factors).by_id.items()}
    against = factors.get(item.factor, "")
    parts = [
        item.priority,
        f"owner {item.owner}" if item.owner else "",
        f"due {item.due.astimezone(zone_of(incident)).date().isoformat()}" if item.due else "",
        TERMS.get(item.term, ""),
        item.action_class,
        item.status,
        f"against: {against}" if against else "",
        f"seen to work by: {item.verify}" if item.verify else "",
        item.ref,
    ]
    return f"{item.text}: " + ", ".join(part for part in parts if part)


@source("actions.all")
def listed(incident: Incident) -> Rows:
    """Each action item: priority, owner, day, class, status, factor, sign; most urgent first."""
    items = sorted(incident.of(Actions).live, key=lambda item: (item.priority or "P9", item.number))
    return item_rows(_row(incident, item) for item in items)


def _of_term(term: str) -> Callable[[Incident], Rows]:
    def tasks(incident: Incident) -> Rows:
        items = [item for item in incident.of(Actions).live if item.term == term]
        boxes = [(item, "x" if item.status in ("done", "verified") else " ") for item in items]
        return item_rows(
            f"[{box}] {item.text}" + (f" ({item.owner})" if item.owner else "")
            for item, box in boxes
        )

    tasks.__doc__ = f"The action items of the term {term}, as boxes to tick, one a line."
    return tasks


for _term in TERMS:
    source(f"actions.{_term}")(_of_term(_term))


@source("actions.recurring")
def recurring_classes(incident: Incident) -> Rows:
    """Classes that several items share: input for a standard, one a line."""
    titles = {choice.id: choice.title for choice in incident.playbook.action_classes}
    classes = Counter(item.action_class for item in incident.of(Actions).live if item.action_class)
    return item_rows(
        f"{titles.get(name, name)}: {counted(number, 'item')}"
        for name, number in classes.items()
        if number >= RECURS
    )


@check("actions.exist", title="action items are named")
def exist(incident: Incident, minimum: int = 1) -> Missing | None:
    """At least `minimum` action items that are not dropped, and whose words were not redacted."""
    live = sum(item.text != REMOVED for item in incident.of(Actions).live)
    return Missing(
        f"{counted(live, 'action item')} of at least {minimum}",
        "+ … owner:NAME due:2w verify:…",
    ).unless(live >= minimum)


_NEEDS = {
    "owner": "owner:NAME",
    "due": "due:…",
    "verify": "verify:…",
    "class": "class:…",
    "priority": "prio:…",
    "ref": "ref:…",
    "term": "term:quick|short|long",
    "factor": "factor:…",
}


@check(
    "actions.complete", title="each action item can be followed up", words={"needs": tuple(_NEEDS)}
)
def complete(incident: Incident, needs: str = "owner due verify") -> Missing | None:
    """Each action item that is not dropped has the attributes in `needs`."""
    for item in incident.of(Actions).live:
        has = {
            "owner": item.owner,
            "due": item.due,
            "verify": item.verify,
            "class": item.action_class,
            "priority": item.priority,
            "ref": item.ref,
            "term": item.term,
            "factor": item.factor,
        }
        missing = [name for name in needs.split() if not has.get(name)]
        if missing:
            line = " ".join(_NEEDS[name] for name in missing)
            return Missing(
                f"item {item.number} ({item.text}) has no {', '.join(missing)}",
                f"/act {item.number} {line}",
            )
    return None


@check("actions.settled", title="each action item is verified, dropped or handed over")
def settled(incident: Incident) -> Missing | None:
    """Nothing is left to follow up here."""
    left = [item for item in incident.of(Actions).items if item.status not in SETTLED]
    if not left:
        return None
    return Missing(
        f"{counted(len(left), 'item')} left, first {left[0].number} ({left[0].text}): "
        f"{left[0].status}",
        f"/act {left[0].number} verify …",
    )


@flag("actions.overdue", why="An action item past its day is a promise broken.", worst=25)
def overdue(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """An open action item is past its due date."""
    late = [item for item in incident.of(Actions).items if item.overdue(now)]
    if not late or late[0].due is None:
        return None
    first = late[0]
    return Raised(
        f"{counted(len(late), 'action item')} overdue, first {first.number}: {first.text}",
        late[0].due,
        f"/act {first.number} done|verify|drop|hand-over …",
    )


@flag("actions.unverifiable", why="What nobody can see done is never done.", worst=24)
def unverifiable(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """For `minutes` an action item has named no sign of its end, or only asks to do better."""
    for item in incident.of(Actions).live:
        due = item.entry.recorded_at + timedelta(minutes=minutes)
        if now < due or (item.verify and not is_vague(item.text)):
            continue
        line = f"/act {item.number} verify:…"
        if is_vague(item.text):
            line = f"/amend {incident.number(item.entry.id)} …"
        text = f"Nobody can see when action item {item.number} is done: {item.text}"
        return Raised(text, due, line)
    return None


@flag(EARLIER, why="What an earlier incident promised might have spared users this one.", worst=12)
def earlier(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """An overdue action item of another incident with the same words in its title."""
    return None  # the log of one incident knows no other: the service tells what it found


@flag("actions.none", why="A postmortem without action items is a story, not a repair.", worst=19)
def no_actions(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """The postmortem has been open for `minutes`, or is done, without a single action item."""
    record = record_of(incident)
    if record is None or record.entered_at is None or incident.of(Actions).live:
        return None
    due = record.entered_at + timedelta(minutes=minutes)
    return Raised(
        f"{record.stage.title} names no action item.", due, "+ … owner:NAME due:2w"
    ).once_due(now)
