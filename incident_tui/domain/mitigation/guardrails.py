"""Guardrails: temporary protections that must stay until a permanent fix ships."""

from datetime import datetime

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.numbered import NumberedItem, NumberedProjection, completes_numbers
from incident_tui.domain.core.rules import Missing, Raised, check, flag, reported, source
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.text import counted


@facts(kind="guardrail", numbered=True, lead="a guardrail was set", in_story=True, while_open=True)
class GuardrailRaised(Event, frozen=True, tag="guardrail.raised"):
    """A temporary protection is in place."""

    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its number and text."""
        return incident.of(Guardrails).with_number(entry.id, self.text)

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Its number and text."""
        return incident.of(Guardrails).in_a_row(entry.id, self.text)

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """What protects from now on."""
        return f"{self.lead}: {self.text}"


@facts(kind="lifted", lead="a guardrail was lifted", in_story=True)
class GuardrailLifted(Event, frozen=True, tag="guardrail.lifted"):
    """A temporary protection is no longer in place."""

    guardrail: Reference
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which one, and why."""
        return f"{incident.of(Guardrails).number_of(self.guardrail)} lifted: {self.text}"

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """What is no longer in place, and why."""
        guardrail = incident.of(Guardrails).by_id.get(self.guardrail)
        return f"{guardrail.text}: {self.text}" if guardrail else self.text

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """What no longer protects, and why."""
        guardrail = incident.of(Guardrails).by_id.get(self.guardrail)
        return f"{self.lead}: {guardrail.text} ({self.text})" if guardrail else self.lead


class Guardrail(NumberedItem):
    """One protection; `lifted` is the reason once it is gone."""

    lifted: str = ""


class Guardrails(NumberedProjection[Guardrail]):
    """Every guardrail in the order raised."""

    what = "guardrail"
    first = ("raise one", "/guardrail …")

    @property
    def active(self) -> list[Guardrail]:
        """Those still in place."""
        return [item for item in self.items if not item.lifted]


@projects(GuardrailRaised, Guardrails)
def _raised(guardrails: Guardrails, event: GuardrailRaised, entry: Entry) -> None:
    guardrails.add(Guardrail(entry, event.text))


@projects(GuardrailLifted, Guardrails)
def _lifted(guardrails: Guardrails, event: GuardrailLifted, entry: Entry) -> None:
    if item := guardrails.by_id.get(event.guardrail):
        item.lifted = event.text


@command(
    "/guardrail TEXT",
    help="a temporary protection that must stay until a permanent fix ships",
    example="/guardrail retries capped at 2 on checkout",
)
def raise_guardrail(context: CommandContext, text: str) -> Planned:
    """A protection is in place."""
    return GuardrailRaised(text=text)


@command(
    "/lift N WHY",
    help="a guardrail is no longer needed",
    example="/lift 1 fix v43 is live",
    possible=Guardrails.none_yet,
)
def lift(context: CommandContext, n: int, why: str) -> Planned:
    """Guardrail `n` is gone. `Refused` when there is none, or when it is gone already."""
    item = context.incident.of(Guardrails).nth(n)
    if item.lifted:
        raise Refused(f"guardrail {n} ({item.text}) is lifted already")
    return GuardrailLifted(guardrail=item.entry.id, text=why)


completes_numbers("/lift N", of=lambda incident: incident.of(Guardrails).active)


@check("guardrails.lifted", title="no guardrail is left without an end")
def lifted(incident: Incident) -> Missing | None:
    """Each guardrail is lifted."""
    left = incident.of(Guardrails).active
    if not left:
        return None
    return Missing(
        f"guardrail {left[0].number} ({left[0].text}) is still in place",
        f"/lift {left[0].number} WHY",
    )


@source("guardrails.active")
def listed(incident: Incident) -> Rows:
    """The protections still in place, one a line."""
    return item_rows(item.text for item in incident.of(Guardrails).active)


@flag("guardrails.left", why="A guardrail that nobody remembers becomes the next puzzle.", worst=18)
def guardrails_left(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The incident ends, and a temporary protection is still in place."""
    since = incident.of(Lifecycle).ending_since
    left = incident.of(Guardrails).active
    if since is None or not left:
        return None
    return Raised(
        f"{counted(len(left), 'guardrail')} still in place, first {left[0].number}: {left[0].text}",
        max(since, left[0].entry.at),
        f"/lift {left[0].number} WHY",
    )


@reported("guardrails")
def _guardrails(incident: Incident) -> list[dict[str, object]]:
    """Each temporary protection, and whether it was lifted."""
    return [
        {"number": item.number, "text": item.text, "lifted": item.lifted}
        for item in incident.of(Guardrails).items
    ]
