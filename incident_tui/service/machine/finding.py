"""What a rule says of a machine: a finding, with what it costs and the command that mends it."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class State(StrEnum):
    """How much a finding matters. A note is a choice, or harmless; nothing needs to be done."""

    WELL = "well"
    NOTE = "note"
    WARNING = "warning"
    PROBLEM = "problem"


TO_MEND = (State.WARNING, State.PROBLEM)


class Finding(msgspec.Struct, frozen=True):
    """`cost` is what goes on worse because of it, `mend` a line for the shell it was found in.

    A warning or a problem has both.
    """

    check: str
    state: State
    what: str
    cost: str = ""
    mend: str = ""


def all_well(findings: Iterable[Finding]) -> bool:
    """Whether there is nothing to mend."""
    return not any(finding.state in TO_MEND for finding in findings)
