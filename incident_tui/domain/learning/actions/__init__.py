"""Action items: what will be done, by whom, until when, and how one will see that it is done.

What gates and documents ask of them all is in `action_summaries`.
"""

from datetime import datetime
from typing import Any

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, Unchosen, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Moment,
    Person,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.numbered import NumberedItem, NumberedProjection, completes_numbers
from incident_tui.domain.core.rules import reported
from incident_tui.domain.learning.actions.attributes import (
    class_in,
    due_in,
    factor_in,
    priority_in,
    proof_in,
    term_in,
)
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.process.lifecycle import zone_of
from incident_tui.domain.values.text import with_words
from incident_tui.domain.values.time_grammar import iso
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


@facts(kind="action", numbered=True, in_documents=True, concludes=True)
class ActionAdded(Event, frozen=True, tag="action.added"):
    """Something will be done."""

    text: Words
    owner: Person = ""
    due: Moment | None = None
    action_class: Reference = ""
    priority: Reference = ""
    verify: Words = ""
    ref: Words = ""
    term: Reference = ""
    factor: Reference = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its number and text, and which day a word such as ``fri`` was taken for."""
        due = f" due:{_day(self.due, incident)}" if self.due else ""
        return incident.of(Actions).with_number(entry.id, f"{self.text}{due}")

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Its number and text."""
        return incident.of(Actions).in_a_row(entry.id, self.text)


@facts(kind="action", numbered=True)
class ActionChanged(Event, frozen=True, tag="action.changed"):
    """Attributes of an action were given or changed; an empty one stays as it was."""

    action: Reference
    owner: Person = ""
    due: Moment | None = None
    action_class: Reference = ""
    priority: Reference = ""
    verify: Words = ""
    ref: Words = ""
    term: Reference = ""
    factor: Reference = ""

    def _given(self, incident: Incident) -> dict[str, str]:
        """The attributes that were given, by the words with which they are typed."""
        given = {
            "owner": self.owner,
            "due": _day(self.due, incident) if self.due else "",
            "class": self.action_class,
            "prio": self.priority,
            "verify": self.verify,
            "ref": self.ref,
            "term": self.term,
            "factor": str(incident.of(Factors).number_of(self.factor) or ""),
        }
        return {name: value for name, value in given.items() if value}

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which action, and what changed."""
        line = " ".join(f"{name}:{value}" for name, value in self._given(incident).items())
        return f"{incident.of(Actions).number_of(self.action)} {line}"

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Which action, and what changed."""
        given = self._given(incident).items()
        line = ", ".join(f"{_SPOKEN.get(name, name)} {value}" for name, value in given)
        return f"{incident.of(Actions).number_of(self.action)}: {line}"


@facts(kind="action", numbered=True)
class ActionMoved(Event, frozen=True, tag="action.moved"):
    """An action was done, verified, dropped, handed over or opened again."""

    action: Reference
    step: Reference
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which action, and what became of it."""
        step = _STEP_WORDS.get(self.step, self.step)
        return with_words(f"{incident.of(Actions).number_of(self.action)} {step}", self.text)

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Which action, and what became of it."""
        step = _STEP_WORDS.get(self.step, self.step)
        return incident.of(Actions).in_a_row(self.action, with_words(step, self.text))


def _day(moment: datetime, incident: Incident) -> str:
    return moment.astimezone(zone_of(incident)).date().isoformat()


_SPOKEN = {"prio": "priority", "verify": "seen to work by", "ref": "reference"}
_STEP_WORDS = {
    "done": "done",
    "verify": "verified",
    "drop": "dropped",
    "hand-over": "handed over",
    "reopen": "open again",
}


class Action(NumberedItem):
    """One action item."""

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
    moved: Entry | None = None
    """What last changed its status; None while it is as it was added."""

    def overdue(self, now: datetime) -> bool:
        """Not done although its day has passed."""
        return is_overdue(self.status, self.due, now)


def is_overdue(status: str, due: datetime | None, now: datetime) -> bool:
    """Whether an action item of that status and day is not done although its day has passed."""
    return status == "open" and due is not None and due < now


class Actions(NumberedProjection[Action]):
    """Every action item in the order added."""

    what = "action item"
    first = ("add one", "+ … owner:NAME")
    steps = STEPS

    @property
    def live(self) -> list[Action]:
        """Those that were not dropped."""
        return [item for item in self.items if item.status != "dropped"]


@projects(ActionAdded, Actions)
def _added(actions: Actions, event: ActionAdded, entry: Entry) -> None:
    _give(actions.add(Action(entry, event.text)), event)


@projects(ActionChanged, Actions)
def _changed(actions: Actions, event: ActionChanged, entry: Entry) -> None:
    if item := actions.by_id.get(event.action):
        _give(item, event)


@projects(ActionMoved, Actions)
def _moved(actions: Actions, event: ActionMoved, entry: Entry) -> None:
    if item := actions.moved(event.action, event.step):
        item.outcome, item.moved = event.text, entry


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
    return {
        "owner": given.get("owner", ""),
        "due": due_in(context, given.get("due", "")),
        "action_class": class_in(context, given.get("class", "")),
        "priority": priority_in(given.get("prio", "")),
        "verify": proof_in(given.get("verify", "")),
        "ref": given.get("ref", ""),
        "term": term_in(given.get("term", "")),
        "factor": factor_in(context, given.get("factor", "")),
    }


@command(
    f"+ TEXT {_ATTRIBUTES}",
    doubted=True,
    help="an action item; attributes can follow later",
    example='+ alert on pool usage owner:ana due:fri class:detect prio:P1 verify:"page in staging"',
    words=("todo", "task", "ticket", "jira", "action"),
)
def add(context: CommandContext, text: str, **given: str) -> Planned:
    """Something that will be done. `Refused` for what nobody could see to be done."""
    if is_vague(text):
        raise Refused(
            f"{text!r} cannot be seen to be done",
            [("say what will exist or happen then", "+ …")],
        )
    return ActionAdded(text=text, **_given(context, given))


@command(
    f"/act N {_ATTRIBUTES}",
    help="give or change attributes of an action item",
    example="/act 1 owner:ben due:2w",
)
def change(context: CommandContext, n: int, **given: str) -> Planned:
    """Attributes of action item `n`. `Unchosen` without any."""
    item = context.incident.of(Actions).nth(n)
    if not given:
        raise Unchosen(
            f"what about action item {n}?",
            [
                ("it is done", f"/act {n} done …"),
                ("it is seen to work", f"/act {n} verify …"),
                ("give it an owner", f"/act {n} owner:NAME"),
            ],
        )
    return ActionChanged(action=item.entry.id, **_given(context, given))


def _move(context: CommandContext, number: int, step: str, text: str) -> ActionMoved:
    item = context.incident.of(Actions).nth(number, step)
    return ActionMoved(action=item.entry.id, step=step, text=text)


@command(
    "/act N done [NOTE]",
    help="an action item is done",
    example="/act 1 done merged in #812",
    possible=Actions.none_yet,
)
def done(context: CommandContext, n: int, note: str = "") -> Planned:
    """Done, and still to be verified."""
    return _move(context, n, "done", note)


@command(
    "/act N verify TEXT [src:TEXT]",
    help="an action item is seen to work",
    example="/act 1 verify the page fired in staging at 14:10",
    possible=Actions.none_yet,
)
def verify(context: CommandContext, n: int, text: str, src: str = "") -> Planned:
    """Verified: the signal it named was seen. `Refused` for what nobody could see."""
    return _move(context, n, "verify", proof_in(text))


@command(
    "/act N drop WHY",
    doubted=True,
    help="an action item will not be done",
    example="/act 2 drop the service is retired",
    possible=Actions.none_yet,
)
def drop(context: CommandContext, n: int, why: str) -> Planned:
    """Dropped, with the reason."""
    return _move(context, n, "drop", why)


@command(
    "/act N hand-over TEXT",
    help="an action item goes on elsewhere: say where",
    example="/act 3 hand-over platform team, PLAT-311",
    possible=Actions.none_yet,
)
def hand_over(context: CommandContext, n: int, text: str) -> Planned:
    """Handed over to a tracker or a team."""
    return _move(context, n, "hand-over", text)


@command(
    "/act N reopen WHY",
    help="an action item is open again",
    example="/act 1 reopen it broke",
    possible=Actions.none_yet,
)
def open_again(context: CommandContext, n: int, why: str) -> Planned:
    """Open again, with the reason."""
    return _move(context, n, "reopen", why)


completes_numbers("/act N", of=lambda incident: incident.of(Actions).items)


@reported("actions")
def _actions(incident: Incident) -> list[dict[str, object]]:
    """Each action item with its attributes."""
    return [
        {
            "number": item.number,
            "text": item.text,
            "owner": item.owner,
            "due": iso(item.due),
            "class": item.action_class,
            "priority": item.priority,
            "verify": item.verify,
            "ref": item.ref,
            "term": item.term,
            "factor": incident.of(Factors).number_of(item.factor) or None,
            "status": item.status,
            "outcome": item.outcome,
        }
        for item in incident.of(Actions).items
    ]
