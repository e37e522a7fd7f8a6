"""`incident-tui send`: a status update to the command that its user set and trusts."""

import sys

import click

from incident_tui.cli.frame.command import command, incident_argument
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure, RefusedFailure
from incident_tui.cli.frame.output import print_raw, print_text, tell
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.process.runs import ended


@command("send")
@incident_argument
@click.option("--update", "number", type=int, default=None, help="Its number; else the newest.")
@click.option("--print", "only_print", is_flag=True, help="Print the text, and send nothing.")
@click.option("--yes", "given", default="", metavar="HASH", help="The hash of what you have read.")
def entry(
    invocation: Invocation, fragment: str | None, number: int | None, only_print: bool, given: str
) -> None:
    """Hand a status update to the command that [send] in the settings names, once you trust it.

    It is shown in full and trusted by its words and by the files of the home or its repository
    that they name. What it says is kept as evidence.
    """
    from incident_tui.service.session.update_dispatch import MARK, dispatch_of, send, trust_dispatch

    session = invocation.session(fragment)
    plan = dispatch_of(session, number)
    if only_print:
        print_raw(plan.text)
        return
    if not plan.trusted:
        tell(f"Update {plan.update} would go to this, run as you in {plan.cwd}:")
        tell(f"    {plan.line}")
        for path, digest in plan.files:
            tell(f"    with {path} ({digest[:MARK]})")
        tell(f"Its hash is {plan.mark}.")
        if not given and sys.stdin is not None and sys.stdin.isatty():
            given = click.prompt(f"Type the first {MARK} characters to trust it", err=True)
        given = given.strip().lower()
        if len(given) < MARK or not plan.mark.startswith(given):
            what = "that is not its hash" if given else "it is not trusted, and nothing was sent"
            again = f"incident-tui send {session.id} --yes {plan.mark[:MARK]}"
            reasons = [("send it, once you have read it", again)]
            raise RefusedFailure(Refused(what, reasons), as_json=False)
        mark = trust_dispatch(session, plan)
        tell(f"Trusted on this machine, as it is now. Deleting {mark} takes it back.")
    ran, receipt = send(session, plan)
    with invocation.acknowledgement(
        lambda: f"the command was run and is recorded as #{receipt.numbers[0]}",
        "It need not be run again.",
    ):
        print_text(f"{receipt.numbers[0]}: {receipt.summary}")
    invocation.commit(session)
    if ran.exit_code != 0:
        raise Failure(
            f"the command did not succeed ({ended(ran.exit_code, 0).split(' after')[0]}): "
            "whether the update arrived is for you to see"
        )
