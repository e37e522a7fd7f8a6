"""What looks like a password or a token, and what it keeps from leaving this machine.

Which forms there are stands in secret_forms/, by family.
"""

import re
from collections.abc import Iterable

from incident_tui.domain.confidential.secrets import Secrets, SecretSuspected, ways_out
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.typed_text import REMOVED, every_text
from incident_tui.service.secrets.forms import secrets_of, wrapped_secrets_of
from incident_tui.service.secrets.forms.form import BREAK


def secrets_in(texts: Iterable[str]) -> dict[str, str]:
    """What looks like a secret in the texts: the secret and its kind; empty for ordinary words.

    One that was wrapped over several lines is given without the breaks; see `broken`.
    """
    secrets: dict[str, str] = {}
    for text in texts:
        wrapped = wrapped_secrets_of(text)
        whole = secrets_of(text).items()
        secrets |= {one: kind for one, kind in whole if not any(w.startswith(one) for w in wrapped)}
        secrets |= wrapped
    return secrets


def broken(secret: str) -> re.Pattern[str]:
    """A pattern for a secret as it stands in a text, wrapped or not."""
    return re.compile(rf"(?:{BREAK})*".join(map(re.escape, secret)))


def without_secrets(text: str, mark: str) -> str:
    """The text with `mark` in the place of each thing that looks like a secret."""
    for secret in sorted(secrets_in([text]), key=len, reverse=True):
        text = broken(secret).sub(lambda match: mark, text)
    return text


def suspicion(texts: Iterable[str]) -> str:
    """The kinds of secrets that the texts seem to hold; empty when none."""
    return ", ".join(sorted(set(secrets_in(texts).values())))


def suspicion_of(entry: Entry) -> str:
    """`suspicion` of all texts of an entry."""
    if isinstance(entry.event, SecretSuspected):
        return ""
    return suspicion(text for text in every_text(entry) if text != REMOVED)


class HeldBack(Exception):
    """Something may not leave this machine: `refused` says what, and what mends it."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


def must_not_leave(incident: Incident, since: int = 0) -> None:
    """Raises `HeldBack` where an entry looks like it holds a secret that nobody chose to keep.

    Suspicions on record count from the first entry on; what was not looked at when it was
    recorded (an older version, a merged copy) is looked at from position `since` on.
    """
    secrets = incident.of(Secrets)
    held = {
        incident.number(event.target): event.what
        for event in (entry.event for entry in secrets.open)
        if isinstance(event, SecretSuspected)
    }
    for entry in incident.recorded[since:]:
        number = incident.number(entry.id)
        if number in held or entry.id in secrets.kept:
            continue
        if what := suspicion_of(entry):
            held[number] = what
    if not held:
        return
    number, what = min(held.items())
    more = f" (and {len(held) - 1} more)" if len(held) > 1 else ""
    mends = ways_out(number)
    raise HeldBack(
        Refused(
            f"#{number}{more} looks like it holds a secret ({what}): "
            f"{mends[0][1]}, or {mends[1][1]} where it may stay",
            [
                (f"#{each} ({kind}): {does}", line)
                for each, kind in sorted(held.items())
                for does, line in ways_out(each)
            ],
        )
    )
