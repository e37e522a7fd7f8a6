"""Blamelessness: words of blame in the record, and a lone cause that stands for the whole story.

How a sentence blames is in `wording`. Conclusions are refused when they are typed, unless somebody
says why the words blame nobody; what was seen, done or decided is recorded as it was said, and
flagged.
"""

import re
from collections.abc import Callable
from datetime import datetime

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.doubts import Doubt, DoubtOverruled, doubted
from incident_tui.domain.core.events import Entry, Event, Incident, Projection, projects_where
from incident_tui.domain.core.rules import Missing, Raised, check, flag
from incident_tui.domain.findings.corrections import EntryAmended
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.learning.actions import ActionAdded
from incident_tui.domain.learning.factors import FactorNamed, Factors, next_layer
from incident_tui.domain.people.known_people import KnownPeople
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.wording import QUESTION, blame_in, is_vague

WORDING = "blameless.wording"
"""The check, the flag, and what a conclusion is asked for in other words by."""
_LONE = later(r"^\W*(?:the )?(?:single |only |sole )?root cause(?: (?:is|was))?\b[\s:]*", re.I)

_ONE_CAUSE = later(r"\b(?:root|single|sole|only) cause(?:\s*[:=]|\s(?:is|was)\b)", re.I)


class Blame(Projection):
    """Whatever ends up in documents, and what of it holds words of blame.

    It is looked at when somebody asks: who is known to the incident decides what blames them.
    """

    texts: dict[str, Entry] = {}
    """What counts: entries by id, and the newest of each artifact field by its name."""
    excused: set[str] = set()
    """Ids of entries of which somebody said why their words blame nobody."""
    _unread: list[str] = []
    _names: frozenset[str] = frozenset()
    _words: dict[str, str] = {}

    def hold(self, key: str, entry: Entry) -> None:
        """This entry counts, in the place of an older one of the same key."""
        self.texts[key] = entry
        self._unread.append(key)

    @property
    def entries(self) -> list[tuple[Entry, str]]:
        """Each entry that blames somebody, with the words that do."""
        names = self.incident.of(KnownPeople).names
        if names != self._names:
            self._names, self._unread = names, list(self.texts)
        for key in self._unread:
            self._words.pop(key, None)
            if words := blame_in(_text(self.texts[key].event), names):
                self._words[key] = words
        self._unread = []
        blamed = [(self.texts[key], words) for key, words in self._words.items()]
        return [(entry, words) for entry, words in blamed if not self._is_excused(entry)]

    def texts_to_read(self) -> Callable[[], None]:
        """What looks at every text as it is now, on whichever thread, so that asking is quick."""
        names = self.incident.of(KnownPeople).names
        texts = [_text(entry.event) for entry in self.texts.values()]

        def read() -> None:
            for text in texts:
                blame_in(text, names)

        return read

    def excuse(self, entry_id: str) -> None:
        """The words of this entry blame nobody, nor do those that it puts in place of others."""
        self.excused.add(entry_id)
        entry = self.incident.by_number(self.incident.number(entry_id))
        if entry is not None and isinstance(entry.event, EntryAmended):
            self.excused.add(entry.event.target)

    def _is_excused(self, entry: Entry) -> bool:
        return entry.id in self.excused or entry.part_of in self.excused

    def mend(self, entry: Entry) -> str:
        """The line that puts other words in its place."""
        return _line(self.incident, entry)


def _text(event: Event) -> str:
    return str(getattr(event, "text", ""))


def _line(incident: Incident, entry: Entry) -> str:
    if isinstance(entry.event, FieldSet):
        return f"/set {entry.event.field} …"
    return f"/amend {incident.number(entry.id)} …"


@projects_where("in_documents", Blame)
def _read(blame: Blame, event: Event, entry: Entry) -> None:
    if isinstance(event, DoubtOverruled) and event.rule == WORDING:
        blame.excuse(entry.part_of)  # its own words may quote what was caught
        return
    field = f"{event.stage}/{event.field}" if isinstance(event, FieldSet) else ""
    blame.hold(field or entry.id, entry)


def blame_in_event(event: Event, context: CommandContext, line: str) -> Doubt | None:
    """Why a conclusion blames somebody; what was seen, done or decided is never asked about.

    `line` is the command that it was typed with. An amended conclusion is one too.
    """
    concludes = event.concludes
    if isinstance(event, EntryAmended):
        target = context.incident.by_number(context.incident.number(event.target))
        concludes = target is not None and target.event.concludes
    if concludes and (words := blame_in(_text(event), context.incident.of(KnownPeople).names)):
        why = f"{words!r} says who, which ends the inquiry where it should begin"
        return Doubt(why, ((QUESTION, line),))
    return None


def reworded(incident: Incident, entry: Entry) -> bool:
    """Whether an entry blamed somebody when it was recorded, and does not stand like that any more.

    What was caught and put into other words is told by nobody, the documents least of all.
    """
    first = incident.recorded[incident.number(entry.id) - 1].event
    text = _text(first)
    if not blame_in(text, incident.of(KnownPeople).names):
        return False
    if not incident.counts(entry):
        return True
    stands = entry.event
    if isinstance(first, EntryAmended):
        stands = incident.entries[incident.number(first.target) - 1].event
    elif isinstance(first, FieldSet):
        newest = incident.of(Blame).texts.get(f"{first.stage}/{first.field}")
        stands = newest.event if newest else stands
    return _text(stands) != text


@command(
    "/cause TEXT [src:TEXT]",
    doubted=True,
    help="what set it off: one technical trigger, which is a factor among others",
    example="/cause v42 retries without a limit",
    words=("trigger", "root-cause", "rootcause"),
)
def name_cause(context: CommandContext, text: str, src: str = "") -> Planned:
    """A factor on the playbook's first layer: a cause alone is never the whole story.

    `Refused` without a text.
    """
    layer = context.incident.playbook.layers[0].id
    cause = _LONE.sub("", text).strip()
    if not cause:
        raise Refused("the cause has no text", [("say what set it off", "/cause …")])
    return FactorNamed(layer=layer, text=cause)


@doubted(
    "blameless.one-cause",
    asks="a document does not make one cause the whole story",
    of=(FieldSet,),
)
def one_cause(context: CommandContext, event: FieldSet) -> Doubt | None:
    """A text ends the inquiry at "the root cause", beside the fields that ask for that cause."""
    if "cause" in event.field or not _ONE_CAUSE.search(event.text):
        return None
    why = "one cause explains a fault, never an incident"
    return Doubt(why, (("what set it off is a factor among others", "/cause …"),))


@doubted(
    "actions.promise",
    asks="an action item goes on naming what will exist or happen then",
    of=(EntryAmended,),
)
def promise_instead(context: CommandContext, event: EntryAmended) -> Doubt | None:
    """The new text of an action item says only that somebody should do better."""
    number = context.incident.number(event.target)
    target = context.incident.by_number(number)
    if (
        target is None
        or not isinstance(target.event, ActionAdded)
        or not is_vague(event.text or "")
    ):
        return None
    why = f"{event.text!r} cannot be seen to be done"
    return Doubt(why, (("say what will exist or happen then", f"/amend {number} …"),))


@check(WORDING, title="nobody is blamed")
def wording(incident: Incident) -> Missing | None:
    """No entry and no artifact field that counts holds words of blame."""
    blame = incident.of(Blame)
    first = next(iter(blame.entries), None)
    if first is None:
        return None
    entry, words = first
    return Missing(
        f"#{incident.number(entry.id)} says {words!r}: {QUESTION}",
        blame.mend(entry),
    )


@flag(WORDING, why="Whoever is blamed tells no more, and nobody learns.", worst=40, slow=True)
def blamed(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """An entry holds words of blame."""
    blame = incident.of(Blame)
    first = next(iter(blame.entries), None)
    if first is None:
        return None
    entry, words = first
    text = f"#{incident.number(entry.id)} says {words!r}: ask what made it easy and hard to notice."
    return Raised(text, entry.recorded_at, blame.mend(entry))


@flag("blameless.single-cause", why="One cause explains a fault, never an incident.", worst=22)
def single_cause(incident: Incident, now: datetime, layers: int) -> Raised | None:
    """It is over, and causes and factors lie on fewer than `layers` layers."""
    lifecycle = incident.of(Lifecycle)
    factors = incident.of(Factors).items
    causes = incident.of(Hypotheses).with_status("confirmed")
    since = lifecycle.reached.get("resolved")
    if lifecycle.unresolved or since is None or not (factors or causes):
        return None
    named = {item.layer for item in factors}
    if causes:
        named.add(incident.playbook.layers[0].id)  # a cause is what set it off
    if len(named) >= layers:
        return None
    return Raised(
        "A single cause stands for the whole story: what let it happen, what let it go unseen?",
        since,
        f"/factor {next_layer(incident)} …",
    )
