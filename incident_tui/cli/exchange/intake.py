"""`incident-tui intake`: an alert of monitoring becomes an incident, or adds to one."""

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command, json_option, playbook_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import UsageFailure
from incident_tui.cli.frame.foreign_text import text_of
from incident_tui.cli.incident.declare_from import STDIN, take_in_alerts
from incident_tui.domain.core.commands import Refused
from incident_tui.service import Declaration


@command("intake")
@click.argument("file", metavar="FILE", shell_complete=choices.files)
@playbook_option("The process of new incidents.")
@json_option
def entry(invocation: Invocation, file: str, playbook: str, as_json: bool) -> None:
    """Take in an alert from a file with the JSON of a webhook, or from standard input with -.

    It is the signal that detected an incident, at its start; while that is active, the same alert
    adds to it and declares no other. Prints the id for each alert.
    """
    from incident_tui.service.exchange.foreign.alert_intake import alerts_of

    text = text_of(None if file == STDIN else invocation.world.cwd / file, file)
    try:
        alerts = alerts_of(text)
    except Refused as error:
        words = f"{error}; `incident-tui declare --from` takes other texts. Nothing was recorded."
        raise UsageFailure(words) from error
    wanted = Declaration(title="", playbook=playbook)
    take_in_alerts(invocation, alerts, wanted, as_json=as_json)
