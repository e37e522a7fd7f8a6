"""Commands: those of checks, and those that somebody runs by hand. What is recorded of them.

Whether a check holds is decided in `domain.process.runs`; running itself is `command_runner`'s.
"""

import shlex
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from incident_tui.domain import discovery
from incident_tui.domain.core.commands import PendingEvent, Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.typed_text import REMOVED
from incident_tui.domain.process.runs import CheckRun, CommandRun, command_of, declared_command
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.values.playbook import Check, PlaybookError
from incident_tui.domain.values.text import clean_line
from incident_tui.door import read_file
from incident_tui.service.runtime.command_runner import Ran, run_command
from incident_tui.service.runtime.trust import is_trusted
from incident_tui.service.runtime.world import World
from incident_tui.service.secrets.texts import without_secrets
from incident_tui.service.session.evidence_files import keep_content
from incident_tui.store import playbook_files
from incident_tui.store.files.errors import not_readable
from incident_tui.store.files.toml_text import LARGEST as LARGEST_TOML
from incident_tui.store.home import PLAYBOOK, home_at, repository_top


def run_check(incident: Incident, check_id: str, folder: Path, world: World) -> list[PendingEvent]:
    """Run the command of a check of the current gate; what is to be recorded of it.

    Only a playbook that was trusted as it is, byte for byte, may run anything. The log must not be
    locked meanwhile. Raises `Refused` and `StoreError`; nothing was recorded then.
    """
    home = home_at(folder.parent, world.env)
    pinned = folder / PLAYBOOK
    try:
        content = read_file(pinned, below=home.path, limit=LARGEST_TOML)
    except OSError as error:
        raise not_readable(pinned, error) from error
    where, _ = declared_command(incident, check_id)
    # What is hashed is what runs: the file may have changed since the incident was opened.
    check = _check(content, pinned, where, check_id)
    words = command_of(check)
    shown = clean_line(shlex.join(words))
    if not is_trusted(home, content):
        way = f"incident-tui playbook trust {shlex.quote(str(pinned))}"
        raise Refused(
            f"{check_id} runs `{shown}`, and this playbook has not been trusted to run anything",
            [("read it whole, then trust it", way)],
        )
    before = world.clock()
    top = repository_top(home.path) or home.path
    ran = run_command(words, cwd=top, env=world.env, seconds=check.seconds)
    took = _seconds(before, world.clock())
    name, kept = kept_output(folder, f"run-{check.id}.txt", shown, ran)
    # A run that was stopped took some time, whatever the clock says; see `is_unfinished`.
    seconds = max(took, 1) if ran.exit_code is None else took
    event = CheckRun(
        stage=where, check=check.id, exit_code=ran.exit_code, seconds=seconds, output=name
    )
    return [PendingEvent(event), *kept]


def _check(content: bytes, pinned: Path, where: str, check_id: str) -> Check:
    try:
        playbook = playbook_files.parse(content, str(pinned), discovery.vocabulary)
    except PlaybookError as error:
        raise Refused(f"the playbook cannot be used: {error}") from error
    stage = playbook.stage(where)
    for check in stage.checks if stage else playbook.closing:
        if check.id == check_id and check.kind == "command":
            return check
    raise Refused(
        f"{pinned} is not what it was when the incident was opened: it has no command {check_id}",
        [("leave the incident and open it again", "")],
    )


def run_by_hand(
    words: Sequence[str], folder: Path, world: World, echo: Callable[[bytes], None]
) -> tuple[Ran, list[PendingEvent]]:
    """Run a command where its caller is; how it ended, and what is to be recorded of it.

    Raises `Refused` when it cannot be started, `StoreError` when its output cannot be kept.
    """
    before = world.clock()
    ran = run_command(words, cwd=world.cwd, env=world.env, seconds=None, echo=echo)
    shown = clean_line(shlex.join(words))
    name, kept = kept_output(folder, "run.txt", shown, ran)
    seconds = _seconds(before, world.clock())
    event = CommandRun(text=shown, exit_code=ran.exit_code, seconds=seconds, output=name)
    return ran, [PendingEvent(event, at=before), *kept]


def _seconds(before: datetime, after: datetime) -> int:
    return max(0, round((after - before).total_seconds()))


def kept_output(folder: Path, name: str, shown: str, ran: Ran) -> tuple[str, list[PendingEvent]]:
    """Keep the output of a command as evidence: its name there, and the entry that says so.

    `shown` is the command in words. Without output nothing is kept. Raises `NotSaved`.
    """
    if not ran.output.strip():
        return "", []
    output = ran.output
    if ran.cut:  # what is left of a line that was cut may be the half of a secret, unrecognisable
        output = output.partition(b"\n")[2] or output
    text = without_secrets(output.decode("utf-8", errors="replace"), REMOVED)
    head = "… (what came before was left out)\n" if ran.cut else ""
    kept, digest = keep_content((head + text).encode(), name, folder)
    origin = f"output of {without_secrets(shown, REMOVED)}"
    return kept, [PendingEvent(EvidenceAttached(name=kept, origin=origin, sha256=digest))]
