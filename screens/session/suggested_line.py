"""How a line that mends something begins, so that it can be put into the log line.

Mending lines are written by the concepts, with a placeholder where only the reader knows what
to say.
"""

from incident_tui.domain.core.commands import SIGNS
from incident_tui.domain.line_plan import up_to_gap

_NO_TIME = "@ "
"""How a line begins whose time is still to be said, between the two characters."""
_UNTIMED = "@… "


def lead_of(mend: str) -> str:
    """How a mending line begins, up to the first thing that is still to be said.

    Of one whose time is to be said, what stands behind the time as well.
    """
    if mend.startswith(_UNTIMED):
        return f"{_NO_TIME}{lead_of(mend.removeprefix(_UNTIMED))}".rstrip()
    if (lead := up_to_gap(mend)) is not None:
        return lead
    if mend.startswith("/"):
        return mend
    # A fact, or what a sign stands for, in words: nobody but the reader can say it.
    return f"{mend[0]} " if mend.startswith(SIGNS) else ""


def caret_of(lead: str) -> int | None:
    """The column at which such a line goes on; None at its end."""
    return len("@") if lead.startswith(_NO_TIME) else None
