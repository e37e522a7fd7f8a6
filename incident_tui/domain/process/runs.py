"""Commands that were run: as items of a gate, and by hand with their output kept.

Running them, and asking whether the playbook that names them is trusted, is the service's.
"""

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    completes,
    nearest,
)
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.rules import Missing
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.command_spec import words_of
from incident_tui.domain.values.playbook import Check
from incident_tui.domain.values.text import clean_line

CLOSE = "close"
"""The stage under which checks of the closing gate are run, attested and waived."""


@facts(kind="check run", act=True, correctable=False)
class CheckRun(Event, frozen=True, tag="gate.command-run"):
    """A check's command ended with `exit_code`; null means that it was stopped at its limit."""

    stage: Reference
    check: Reference
    exit_code: int | None = None
    seconds: int = 0
    output: Words = ""

    @property
    def is_unfinished(self) -> bool:
        """Whether nothing was run yet: it is what the command asks for, not what came of it."""
        return self.exit_code is None and self.seconds == 0

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which check, how it ended, and where its output is."""
        return f"{self.check}: {ended(self.exit_code, self.seconds)}{_where(self.output)}"


@facts(kind="command")
class CommandRun(Event, frozen=True, tag="command.run"):
    """Somebody ran a command; `text` is how it was called, `output` the evidence it left."""

    text: Words
    exit_code: int | None = None
    seconds: int = 0
    output: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """The command, how it ended, and where its output is."""
        return f"{self.text}: {ended(self.exit_code, self.seconds)}{_where(self.output)}"


def ended(exit_code: int | None, seconds: int) -> str:
    """How a command ended, in words."""
    how = "stopped at its time limit" if exit_code is None else f"exit code {exit_code}"
    return f"{how} after {seconds} s"


def _where(output: str) -> str:
    return f" (evidence/{output})" if output else ""


class Runs(Projection):
    """The last run of each check's command, by stage and check."""

    last: dict[tuple[str, str], CheckRun] = {}


@projects(CheckRun, Runs)
def _ran(runs: Runs, event: CheckRun, entry: Entry) -> None:
    runs.last[(event.stage, event.check)] = event


def command_of(check: Check) -> tuple[str, ...]:
    """The words of a check's command, which was found to be well written."""
    return words_of(check.command)


def missing_run(incident: Incident, stage_id: str, check: Check) -> Missing | None:
    """Why a check that runs a command does not hold; None after a run with exit code 0."""
    last = incident.of(Runs).last.get((stage_id, check.id))
    mend = f"/run {check.id}"
    if last is None:
        shown = clean_line(" ".join(command_of(check)))
        return Missing(f"it was not run yet: {shown}", mend)
    text = f"{ended(last.exit_code, last.seconds)}{_where(last.output)}"
    return Missing(text, mend).unless(last.exit_code == 0)


def declared_command(incident: Incident, check_id: str) -> tuple[str, Check]:
    """The check of that id that runs a command, and the stage it is recorded under.

    Raises `Refused` where the current gate and the closing gate have none.
    """
    stage = incident.of(Lifecycle).current.stage
    known = []
    for where, checks in ((stage.id, stage.checks), (CLOSE, incident.playbook.closing)):
        for check in checks:
            if check.id == check_id and check.kind == "command":
                return where, check
            known += [check.id] if check.kind == "command" else []
    if not known:
        raise Refused(f"no check of {stage.title} runs a command", [("see the gate", "/gate")])
    raise Refused(f"{check_id!r} is no check that runs a command: {nearest(check_id, known)}")


@command("/run CHECK", help="run the command of a check", example="/run tests-pass", slow=True)
def run(context: CommandContext, check: str) -> Planned:
    """The command of a check is run; its exit code is the verdict."""
    where, declared = declared_command(context.incident, check)
    return CheckRun(stage=where, check=declared.id)


@completes("/run CHECK")
def _commands(incident: Incident) -> list[tuple[str, str]]:
    return [
        (check.id, check.title)
        for check in (*incident.of(Lifecycle).current.stage.checks, *incident.playbook.closing)
        if check.kind == "command"
    ]
