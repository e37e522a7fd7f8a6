"""`incident-tui run`: run a command, and record its words, how it ended and what it said."""

import click

from incident_tui.cli.frame.command import Command, everywhere, incident_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.output import OutputLost, print_raw, tell
from incident_tui.cli.incident.need_to_know_hints import tell_of_secrets
from incident_tui.domain.process.runs import ended


@click.command("run", cls=Command, context_settings={"ignore_unknown_options": True})
@everywhere
@incident_option()
@click.argument("words", nargs=-1, required=True, metavar="-- COMMAND…", type=click.UNPROCESSED)
@click.pass_obj
def entry(invocation: Invocation, fragment: str | None, words: tuple[str, ...]) -> None:
    """Run a command and record it: its words, exit code and duration, and its output as evidence.

    No shell is involved. Exits with 1 when the command does not end with 0.
    """
    from incident_tui.service.session.check_commands import run_by_hand

    session = invocation.session(fragment)
    echo = Echo()
    ran, drafts = run_by_hand(words, session.folder, invocation.world, echo)
    receipt = session.record(lambda incident: drafts)
    with invocation.acknowledgement(
        lambda: (
            f"the command was run and is recorded as #{receipt.numbers[0]} "
            f"(id {receipt.entries[0].id}) with what it said"
        ),
        "It need not be run again.",
    ):
        echo.expect_written()
    tell(f"{receipt.numbers[0]}: {receipt.summary}")
    tell_of_secrets(session, receipt)
    if ran.exit_code != 0:
        raise Failure(f"the command did not succeed ({ended(ran.exit_code, 0).split(' after')[0]})")


class Echo:
    """Shows the command's own output, as it is: it would have come to this terminal anyway.

    Where it cannot be shown the command goes on, and is recorded.
    """

    def __init__(self) -> None:
        self._lost: OutputLost | None = None

    def __call__(self, chunk: bytes) -> None:
        if self._lost is None:
            try:
                print_raw(chunk)
            except OutputLost as lost:
                self._lost = lost

    def expect_written(self) -> None:
        """Raises `OutputLost` where something was not shown."""
        if self._lost is not None:
            raise self._lost
