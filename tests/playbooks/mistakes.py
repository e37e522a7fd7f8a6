"""What somebody new tries in the wrong order, under which process, and what helps instead."""

from typing import NamedTuple

from tests.playbooks.driver import Step
from tests.playbooks.scripts.mitigate_first import SCRIPT as MITIGATE_FIRST
from tests.playbooks.scripts.studio import SCRIPT as STUDIO


class Mistake(NamedTuple):
    """A line that comes too early, what came before it, why it is refused, and what mends it."""

    playbook: str
    before: tuple[Step, ...]
    line: str
    refused: str
    mend: str


def _until(
    script: tuple[Step, ...], line: str, *, nth: int = 1, without: str = ""
) -> tuple[Step, ...]:
    """The script up to the nth such line, without the one that begins so."""
    places = [at for at, step in enumerate(script) if step.line.startswith(line)]
    steps = script[: places[nth - 1]]
    return tuple(step for step in steps if not (without and step.line.startswith(without)))


MISTAKES = {
    "mitigating before the cause is written down": Mistake(
        "studio",
        _until(STUDIO, "13:58 deploy"),
        "/set residual-risk v42 must not be deployed again",
        "residual-risk belongs to Mitigate, which is still locked",
        "/gate",
    ),
    "leaving a stage before its document is there": Mistake(
        "studio",
        _until(STUDIO, "13:58 deploy"),
        "/advance",
        "the gate of Investigate is shut",
        "? …",
    ),
    "approving what one wrote": Mistake(
        "studio",
        _until(STUDIO, "/approve by:kim"),
        "/approve",
        "ana is an author of Postmortem: somebody else has to approve it",
        "/approve by:NAME ref:…",
    ),
    "closing while a guardrail is in place": Mistake(
        "studio",
        _until(STUDIO, "/close", without="/lift"),
        "/close",
        "the gate of the close is shut",
        "/lift 1 WHY",
    ),
    "an update that promises no next one": Mistake(
        "mitigate-first",
        _until(MITIGATE_FIRST, "/update"),
        "/update Card payments fail; we are rolling back.",
        "an update without the time of the next one leaves people waiting",
        "next:+30m",
    ),
}
