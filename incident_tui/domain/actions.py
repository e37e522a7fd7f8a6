"""Action items: what will be done, by whom, until when, and how one will see that it is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from incident_tui.domain.checks import Missing, Raised, check, flag
from incident_tui.domain.factors import Factors
from incident_tui.domain.kernel import Entry, Event, Incident, Moment, Room, applies
from incident_tui.domain.text import counted
from incident_tui.domain.verbs import Call, Planned, Refused, completes, nearest, verb
from incident_tui.domain.when import WhenError, parse_ahead
from incident_tui.domain.wording import is_vague

# status now -> what may be said of it -> status then
STEPS = {
    "open": {"done": "done", "verify": "verified", "drop": "dropped", "hand-over": "handed over"},
    "done": {"verify": "verified", "reopen": "open", "drop": "dropped"},
    "verified": {"reopen": "open"},
    "dropped": {"reopen": "open"},
    "handed over": {"reopen": "open", "done": "done", "verify": "verified"},
}
SETTLED = ("verified", "dropped", "handed over")
TERMS = {"quick": "this week", "short": "this cycle", "long": "to be planned"}
PRIORITIES = {"P0": "now", "P1": "this week", "P2": "this cycle", "P3": "when there is time"}


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
            "factor": str(_factor_number(incident, self.factor) or ""),
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


@dataclass(slots=True)
class Action:
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


class Actions(Room):
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


def _factor_number(incident: Incident, factor_id: str) -> int:
    numbers = {item.entry.id: item.number for item in incident.of(Factors).items}
    return numbers.get(factor_id, 0)


@applies(ActionAdded, Actions)
def _added(room: Actions, event: ActionAdded, entry: Entry) -> None:
    item = Action(len(room.items) + 1, entry, event.text)
    _give(item, event)
    room.items.append(item)
    room.by_id[entry.id] = item


@applies(ActionChanged, Actions)
def _changed(room: Actions, event: ActionChanged, entry: Entry) -> None:
    if item := room.by_id.get(event.action):
        _give(item, event)


@applies(ActionMoved, Actions)
def _moved(room: Actions, event: ActionMoved, entry: Entry) -> None:
    item = room.by_id.get(event.action)
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


def _due(call: Call, text: str) -> datetime | None:
    if not text:
        return None
    try:
        return parse_ahead(text, now=call.now, zone=call.zone)
    except WhenError as error:
        raise Refused(f"the due date {text!r}: {error.reason}") from error


def _factor(call: Call, number: str) -> str:
    """The id of the entry that named factor `number`; empty where none is given."""
    if not number:
        return ""
    items = call.incident.of(Factors).items
    given = number.removeprefix("#")
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:8]) <= len(items):
        layer = call.incident.playbook.layers[0].id
        raise Refused(
            f"there is no contributing factor {number}",
            [(item.text, f"factor:{item.number}") for item in items]
            or [("name it first", f"/factor {layer} …")],
        )
    return items[int(given) - 1].entry.id


def _known(call: Call, action_class: str, prio: str, term: str) -> None:
    classes = [choice.id for choice in call.incident.playbook.action_classes]
    if action_class and action_class not in classes:
        raise Refused(f"class:{action_class} is not known: {nearest(action_class, classes)}")
    if prio and prio not in PRIORITIES:
        raise Refused(f"prio:{prio} is not known: {nearest(prio, PRIORITIES)}")
    if term and term not in TERMS:
        raise Refused(f"term:{term} is not known: {nearest(term, TERMS)}")


_ATTRIBUTES = (
    "[owner:PERSON] [due:WHEN] [class:ACTION] [prio:PRIORITY] [verify:TEXT] [ref:TEXT] "
    "[term:TERM] [factor:NUMBER]"
)


@verb(
    f"+ TEXT {_ATTRIBUTES}",
    help="an action item; attributes can follow later",
    example='+ alert on pool usage owner:ana due:fri class:detect prio:P1 verify:"page in staging"',
)
def add(call: Call, text: str, **given: str) -> Planned:
    """Something that will be done."""
    if is_vague(text):
        raise Refused(
            f"{text!r} cannot be seen to be done",
            [("say what will exist or happen then", "+ alert when pool usage exceeds 80 %")],
        )
    due = _due(call, given.get("due", ""))
    _known(call, given.get("class", ""), given.get("prio", ""), given.get("term", ""))
    return ActionAdded(
        text=text,
        owner=given.get("owner", ""),
        due=due,
        action_class=given.get("class", ""),
        priority=given.get("prio", ""),
        verify=given.get("verify", ""),
        ref=given.get("ref", ""),
        term=given.get("term", ""),
        factor=_factor(call, given.get("factor", "")),
    )


def _item(call: Call, number: int, step: str = "") -> Action:
    items = call.incident.of(Actions).items
    if not 1 <= number <= len(items):
        raise Refused(
            f"there is no action item {number}", [("add one", "+ what will be done owner:NAME")]
        )
    item = items[number - 1]
    if step and step not in STEPS[item.status]:
        raise Refused(f"action item {number} is {item.status} already")
    return item


@verb(
    f"/act N {_ATTRIBUTES}",
    help="give or change attributes of an action item",
    example="/act 1 owner:ben due:2w",
)
def change(call: Call, n: int, **given: str) -> Planned:
    """Attributes of action item `n`."""
    item = _item(call, n)
    if not given:
        raise Refused(
            f"what about action item {n}?",
            [
                ("it is done", f"/act {n} done"),
                ("it is seen to work", f"/act {n} verify …"),
                ("give it an owner", f"/act {n} owner:NAME"),
            ],
        )
    due = _due(call, given.get("due", ""))
    _known(call, given.get("class", ""), given.get("prio", ""), given.get("term", ""))
    return ActionChanged(
        action=item.entry.id,
        owner=given.get("owner", ""),
        due=due,
        action_class=given.get("class", ""),
        priority=given.get("prio", ""),
        verify=given.get("verify", ""),
        ref=given.get("ref", ""),
        term=given.get("term", ""),
        factor=_factor(call, given.get("factor", "")),
    )


@verb("/act N done [NOTE]", help="an action item is done", example="/act 1 done merged in #812")
def done(call: Call, n: int, note: str = "") -> Planned:
    """Done, and still to be verified."""
    return ActionMoved(action=_item(call, n, "done").entry.id, step="done", text=note)


@verb(
    "/act N verify TEXT",
    help="an action item is seen to work",
    example="/act 1 verify the page fired in staging at 14:10",
)
def verify(call: Call, n: int, text: str) -> Planned:
    """Verified: the signal it named was seen."""
    return ActionMoved(action=_item(call, n, "verify").entry.id, step="verify", text=text)


@verb(
    "/act N drop WHY",
    help="an action item will not be done",
    example="/act 2 drop the service is retired",
)
def drop(call: Call, n: int, why: str) -> Planned:
    """Dropped, with the reason."""
    return ActionMoved(action=_item(call, n, "drop").entry.id, step="drop", text=why)


@verb(
    "/act N hand-over TEXT",
    help="an action item goes on elsewhere: say where",
    example="/act 3 hand-over platform team, PLAT-311",
)
def hand_over(call: Call, n: int, text: str) -> Planned:
    """Handed over to a tracker or a team."""
    return ActionMoved(action=_item(call, n, "hand-over").entry.id, step="hand-over", text=text)


@verb("/act N reopen WHY", help="an action item is open again", example="/act 1 reopen it broke")
def open_again(call: Call, n: int, why: str) -> Planned:
    """Open again, with the reason."""
    return ActionMoved(action=_item(call, n, "reopen").entry.id, step="reopen", text=why)


@completes("/act N")
def _numbers(incident: Incident) -> list[tuple[str, str]]:
    items = incident.of(Actions).items
    return [(str(item.number), f"{item.text} ({item.status})") for item in items]


@completes("class")
def _classes(incident: Incident) -> list[tuple[str, str]]:
    return [(choice.id, choice.title) for choice in incident.playbook.action_classes]


@completes("prio")
def _priorities(incident: Incident) -> list[tuple[str, str]]:
    return list(PRIORITIES.items())


@completes("term")
def _terms(incident: Incident) -> list[tuple[str, str]]:
    return list(TERMS.items())


@completes("factor")
def _factors(incident: Incident) -> list[tuple[str, str]]:
    return [(str(item.number), item.text) for item in incident.of(Factors).items]


@completes("due")
def _dues(incident: Incident) -> list[tuple[str, str]]:
    return [("fri", "this Friday"), ("2w", "in two weeks"), ("eom", "the end of the month")]


@check("actions.exist", title="action items are named")
def exist(incident: Incident, minimum: int = 1) -> Missing | None:
    """At least `minimum` action items that are not dropped."""
    live = len(incident.of(Actions).live)
    if live >= minimum:
        return None
    return Missing(
        f"{counted(live, 'action item')} of at least {minimum}",
        '+ what will be done owner:NAME due:2w verify:"what one will see"',
    )


_NEEDS = {
    "owner": "owner:NAME",
    "due": "due:2w",
    "verify": 'verify:"what one will see"',
    "class": "class:…",
    "priority": "prio:P1",
    "ref": "ref:TICKET",
    "term": "term:quick|short|long",
    "factor": "factor:1",
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
        f"/act {first.number} done",
    )
