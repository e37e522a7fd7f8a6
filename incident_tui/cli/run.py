"""`incident-tui run`: run a command, and record its words, how it ended and what it said."""

import sys

import click

from incident_tui.cli.commands import Command, everywhere
from incident_tui.cli.failures import Failure
from incident_tui.cli.need_to_know import tell_of_secrets
from incident_tui.cli.output import tell
from incident_tui.cli.session import Session
from incident_tui.domain.runs import ended


@click.command("run", cls=Command, context_settings={"ignore_unknown_options": True})
@everywhere
@click.option("-i", "--incident", "fragment", metavar="ID", help="The incident that is meant.")
@click.argument("words", nargs=-1, required=True, metavar="-- COMMAND…", type=click.UNPROCESSED)
@click.pass_obj
def entry(session: Session, fragment: str | None, words: tuple[str, ...]) -> None:
    """Run a command and record it: its words, exit code and duration, and its output as evidence.

    No shell is involved. Exits with 1 when the command does not end with 0.
    """
    from incident_tui.service.commands import run_by_hand

    room = session.room(fragment)
    ran, drafts = run_by_hand(words, room.folder, session.world, _echo)
    receipt = room.record(lambda incident: drafts)
    tell(f"{receipt.numbers[0]}: {receipt.told}")
    tell_of_secrets(room, receipt)
    if ran.exit_code != 0:
        raise Failure(f"the command did not succeed ({ended(ran.exit_code, 0).split(' after')[0]})")


def _echo(chunk: bytes) -> None:
    """The command's own output, as it is: it would have come to this terminal anyway."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is not None:
        stream.write(chunk)
        sys.stdout.flush()
        stream.flush()
