"""The script of each process that ships with the product: a whole incident, line by line."""

from tests.playbooks.driver import Step
from tests.playbooks.scripts.command import SCRIPT as COMMAND
from tests.playbooks.scripts.gated import SCRIPT as GATED
from tests.playbooks.scripts.lifecycle import SCRIPT as LIFECYCLE
from tests.playbooks.scripts.mitigate_first import SCRIPT as MITIGATE_FIRST
from tests.playbooks.scripts.studio import SCRIPT as STUDIO
from tests.support.incidents import CHAPTERS

WALKED = {
    "command": COMMAND,
    "gated": GATED,
    "lifecycle": LIFECYCLE,
    "mitigate-first": MITIGATE_FIRST,
    "studio": STUDIO,
    "war-room": tuple(Step(line) for chapter in CHAPTERS for line in chapter),
}
NAMES = sorted(WALKED)
MENDED = [name for name in NAMES if any(step.mends for step in WALKED[name])]
"""Those whose scripts say beside each line which checks it mends."""
