"""Action items: what will be done, by whom, until when, and how one will see that it is done.

What gates and documents ask of them all is in `action_summaries`.
"""

from datetime import datetime
from typing import Any, ClassVar

import msgspec

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command, completes
from incident_tui.domain.core.events import Entry, Event, Incident, Moment, Projection, projects
from incident_tui.domain.learning.action_attributes import (
    check_words,
    due_in,
    factor_in,
    factor_number,
)
from incident_tui.domain.values.wording import is_vague

# status now -> what may be said of it -> status then
STEPS = {
    "open": {"done": "done", "verify": "verified", "drop": "dropped", "hand-over": "handed over"},
    "done": {"verify": "verified", "reopen": "open", "drop": "dropped"},
    "verified": {"reopen": "open"},
    "dropped": {"reopen": "open"},
    "handed over": {"reopen": "open", "done": "done", "verify": "verified"},
}
SETTLED = ("verified", "dropped", "handed over")


class ActionAdded(Event, frozen=True, tag="action.added"):
    """Something will be done."""

    kind: ClassVar[str] = "action"
    text: str
    owner: str = ""
    due: Moment | None = None
    action_class: str = ""
    priority: str = ""
    verify: str = ""
    ref: str = ""
    term: str = ""
    factor: str = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its number and text."""
        item = incident.of(Actions).by_id.get(entry.id)
        return f"{item.number} {self.text}" if item else self.text


class ActionChanged(Event, frozen=True, tag="action.changed"):
    """Attributes of an action were given or changed; an empty one stays as it was."""

    kind: ClassVar[str] = "action"
    action: str
    owner: str = ""
    due: Moment | None = None
    action_class: str = ""
    priority: str = ""
    verify: str = ""
    ref: str = ""
    term: str = ""
    factor: str = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which action, and what changed."""
        given = {
            "owner": self.owner,
            "due": self.due.date().isoformat() if self.due else "",
            "class": self.action_class,
            "prio": self.priority,
            "verify": self.verify,
            "ref": self.ref,
            "term": self.term,
            "factor": str(factor_number(incident, self.factor) or ""),
        }
        told = " ".join(f"{name}:{value}" for name, value in given.items() if value)
        return f"{_number(incident, self.action)} {told}"


class ActionMoved(Event, frozen=True, tag="action.moved"):
    """An action was done, verified, dropped, handed over or opened again."""

    kind: ClassVar[str] = "action"
    action: str
    step: str
    text: str = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which action, and what became of it."""
        told = f"{_number(incident, self.action)} {_STEP_WORDS.get(self.step, self.step)}"
        return f"{told}: {self.text}" if self.text else told


_STEP_WORDS = {
    "done": "done",
    "verify": "verified",
    "drop": "dropped",
    "hand-over": "handed over",
    "reopen": "open again",
}


class Action(msgspec.Struct):
    """One action item."""

    number: int
    entry: Entry
    text: str
    owner: str = ""
    due: datetime | None = None
    action_class: str = ""
    priority: str = ""
    verify: str = ""
    ref: str = ""
    term: str = ""
    factor: str = ""
    """Id of the entry that named the contributing factor it answers."""
    status: str = "open"
    outcome: str = ""

    def overdue(self, now: datetime) -> bool:
        """Not done although its day has passed."""
        return self.status == "open" and self.due is not None and self.due < now


class Actions(Projection):
    """Every action item in the order added."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.items: list[Action] = []
        self.by_id: dict[str, Action] = {}

    @property
    def live(self) -> list[Action]:
        """Those that were not dropped."""
        return [item for item in self.items if item.status != "dropped"]


def _number(incident: Incident, action_id: str) -> int:
    item = incident.of(Actions).by_id.get(action_id)
    return item.number if item else 0


@projects(ActionAdded, Actions)
def _added(actions: Actions, event: ActionAdded, entry: Entry) -> None:
    item = Action(len(actions.items) + 1, entry, event.text)
    _give(item, event)
    actions.items.append(item)
    actions.by_id[entry.id] = item


@projects(ActionChanged, Actions)
def _changed(actions: Actions, event: ActionChanged, entry: Entry) -> None:
    if item := actions.by_id.get(event.action):
        _give(item, event)


@projects(ActionMoved, Actions)
def _moved(actions: Actions, event: ActionMoved, entry: Entry) -> None:
    item = actions.by_id.get(event.action)
    if item is not None and event.step in STEPS[item.status]:
        item.status = STEPS[item.status][event.step]
        item.outcome = event.text


def _give(item: Action, event: ActionAdded | ActionChanged) -> None:
    item.owner = event.owner or item.owner
    item.due = event.due or item.due
    item.action_class = event.action_class or item.action_class
    item.priority = event.priority or item.priority
    item.verify = event.verify or item.verify
    item.ref = event.ref or item.ref
    item.term = event.term or item.term
    item.factor = event.factor or item.factor


_ATTRIBUTES = (
    "[owner:PERSON] [due:WHEN] [class:ACTION] [prio:PRIORITY] [verify:TEXT] [ref:TEXT] "
    "[term:TERM] [factor:NUMBER]"
)


def _given(context: CommandContext, given: dict[str, str]) -> dict[str, Any]:
    """The attributes of an event, checked, from those of a line."""
    check_words(context, given.get("class", ""), given.get("prio", ""), given.get("term", ""))
    return {
        "owner": given.get("owner", ""),
        "due": due_in(context, given.get("due", "")),
        "action_class": given.get("class", ""),
        "priority": given.get("prio", ""),
        "verify": given.get("verify", ""),
        "ref": given.get("ref", ""),
        "term": given.get("term", ""),
        "factor": factor_in(context, given.get("factor", "")),
    }


@command(
    f"+ TEXT {_ATTRIBUTES}",
    help="an action item; attributes can follow later",
    example='+ alert on pool usage owner:ana due:fri class:detect prio:P1 verify:"page in staging"',
)
def add(context: CommandContext, text: str, **given: str) -> Planned:
    """Something that will be done."""
    if is_vague(text):
        raise Refused(
            f"{text!r} cannot be seen to be done",
            [("say what will exist or happen then", "+ alert when pool usage exceeds 80 %")],
        )
    return ActionAdded(text=text, **_given(context, given))


def _item(context: CommandContext, number: int, step: str = "") -> Action:
    items = context.incident.of(Actions).items
    if not 1 <= number <= len(items):
        raise Refused(
            f"there is no action item {number}", [("add one", "+ what will be done owner:NAME")]
        )
    item = items[number - 1]
    if step and step not in STEPS[item.status]:
        raise Refused(f"action item {number} is {item.status} already")
    return item


@command(
    f"/act N {_ATTRIBUTES}",
    help="give or change attributes of an action item",
    example="/act 1 owner:ben due:2w",
)
def change(context: CommandContext, n: int, **given: str) -> Planned:
    """Attributes of action item `n`."""
    item = _item(context, n)
    if not given:
        raise Refused(
            f"what about action item {n}?",
            [
                ("it is done", f"/act {n} done"),
                ("it is seen to work", f"/act {n} verify …"),
                ("give it an owner", f"/act {n} owner:NAME"),
            ],
        )
    return ActionChanged(action=item.entry.id, **_given(context, given))


@command("/act N done [NOTE]", help="an action item is done", example="/act 1 done merged in #812")
def done(context: CommandContext, n: int, note: str = "") -> Planned:
    """Done, and still to be verified."""
    return ActionMoved(action=_item(context, n, "done").entry.id, step="done", text=note)


@command(
    "/act N verify TEXT",
    help="an action item is seen to work",
    example="/act 1 verify the page fired in staging at 14:10",
)
def verify(context: CommandContext, n: int, text: str) -> Planned:
    """Verified: the signal it named was seen."""
    return ActionMoved(action=_item(context, n, "verify").entry.id, step="verify", text=text)


@command(
    "/act N drop WHY",
    help="an action item will not be done",
    example="/act 2 drop the service is retired",
)
def drop(context: CommandContext, n: int, why: str) -> Planned:
    """Dropped, with the reason."""
    return ActionMoved(action=_item(context, n, "drop").entry.id, step="drop", text=why)


@command(
    "/act N hand-over TEXT",
    help="an action item goes on elsewhere: say where",
    example="/act 3 hand-over platform team, PLAT-311",
)
def hand_over(context: CommandContext, n: int, text: str) -> Planned:
    """Handed over to a tracker or a team."""
    return ActionMoved(action=_item(context, n, "hand-over").entry.id, step="hand-over", text=text)


@command("/act N reopen WHY", help="an action item is open again", example="/act 1 reopen it broke")
def open_again(context: CommandContext, n: int, why: str) -> Planned:
    """Open again, with the reason."""
    return ActionMoved(action=_item(context, n, "reopen").entry.id, step="reopen", text=why)


@completes("/act N")
def _numbers(incident: Incident) -> list[tuple[str, str]]:
    items = incident.of(Actions).items
    return [(str(item.number), f"{item.text} ({item.status})") for item in items]
