"""Entries that lie beside the log and are not known to be ours: recorded only when told to.

Where they lie, and reading them, is the service's.
"""

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Unrecorded,
    command,
    completes_with,
)
from incident_tui.domain.core.playbook_words import one_of

RECORD = "record"
LEAVE = "leave"
CHOICES = {RECORD: "put them into the log", LEAVE: "leave them where they lie, for good"}


class UnverifiedChoice(Unrecorded, frozen=True):
    """What becomes of the entries: they are recorded, or left where they lie and not asked about
    again."""

    record: bool


@command(
    "/found CHOICE",
    help="record entries that were found in an old side file, or leave them there",
    example="/found record",
)
def settle(context: CommandContext, choice: str) -> Planned:
    """Somebody looked at what was found and says what becomes of it."""
    choice = one_of(choice, CHOICES, what="record or leave", line="/found {}")
    return UnverifiedChoice(choice == RECORD)


completes_with("/found CHOICE", CHOICES)
