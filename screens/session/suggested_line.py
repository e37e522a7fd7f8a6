"""How a line that mends something begins, so that it can be put into the log line.

Mending lines are written by the concepts, with a placeholder where only the reader knows what
to say.
"""

import re

from incident_tui.domain.core.commands import SIGNS

_TO_SAY = re.compile(r"…|(?<=[ :])(?:[A-Z]{2,}\b|[^ |]+\|)")
"""What stands in a mending line for something that only the reader knows."""


def lead_of(mend: str) -> str:
    """How a mending line begins, up to the first thing that is still to be said."""
    lead, *rest = _TO_SAY.split(mend, maxsplit=1)
    if rest or mend.startswith("/"):
        return lead
    # A fact, or what a sign stands for, in words: nobody but the reader can say it.
    return f"{mend[0]} " if mend.startswith(SIGNS) else ""
