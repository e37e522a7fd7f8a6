"""Neglect: somebody is deep in one hat while the duty of another one that they wear is overdue.

Which red flags a hat answers for is said by the playbook; who wears what is in `hats`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

from incident_tui.domain.core.events import Incident, Projection
from incident_tui.domain.core.rules import Raised, every_flag, flag
from incident_tui.domain.people.hats import Hats
from incident_tui.domain.values.playbook import Hat

_KEPT = 32
"""Pairs of people and moments that are read on; more than the hats of any playbook."""


@flag("hats.neglected", why="Deep in one job, nobody notices that another is due.", worst=46)
def neglected(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """For `minutes` a duty is overdue whose wearer goes on typing with another hat."""
    raised = [_neglected(incident, hat, now, minutes) for hat in incident.playbook.hats]
    return min((up for up in raised if up), key=lambda up: up.since, default=None)


def _neglected(incident: Incident, hat: Hat, now: datetime, minutes: int) -> Raised | None:
    worn = incident.of(Hats).worn.get(hat.id)
    overdue = _overdue(incident, hat, now)
    if worn is None or overdue is None:
        return None
    typed_with = incident.of(_TypedWith).since(worn.people, overdue.since)
    due = overdue.since + timedelta(minutes=minutes)
    if now < due or not typed_with or hat.id in typed_with:
        return None
    text = f"{worn.person} goes on as {typed_with[-1]} and is {hat.id} too: {overdue.text}"
    what_now = "Change hats, or hand that one over." if _others(incident, worn.people) else ""
    return Raised(f"{text} {what_now}".rstrip(), due, overdue.mend)


def _others(incident: Incident, people: list[str]) -> bool:
    """Whether anybody else is there who could take a hat."""
    here = {entry.actor for entry in incident.entries} | set(incident.of(Hats).people)
    return bool(here - set(people))


def _overdue(incident: Incident, hat: Hat, now: datetime) -> Raised | None:
    """The oldest of the flags that the hat answers for and that are up."""
    rules, thresholds = every_flag(), incident.playbook.flags
    up = [rules[name].detect(incident, now, thresholds.get(name, 0)) for name in hat.answers_for]
    return min((one for one in up if one), key=lambda one: one.since, default=None)


class _TypedWith(Projection):
    """The hats that people have typed with; read on where the log ended the last time."""

    _known: dict[tuple[tuple[str, ...], datetime], tuple[int, list[str]]] = {}

    def since(self, people: Sequence[str], moment: datetime) -> list[str]:
        """Those of these people since then, the last one last."""
        asked = tuple(people), moment
        read, hats = self._known.pop(asked, (0, []))
        recorded = self.incident.recorded
        for entry in islice(recorded, read, None):
            if entry.recorded_at < moment:
                hats = []
            elif entry.hat and entry.actor in people:
                hats.append(entry.hat)
        self._known[asked] = len(recorded), hats
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return hats
