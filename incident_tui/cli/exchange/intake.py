"""`incident-tui intake`: an alert of monitoring becomes an incident, or adds to one."""

import click

from incident_tui.cli.exchange.import_steps import text_of
from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command, json_option, playbook_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import UsageFailure
from incident_tui.cli.frame.output import print_json_line, print_text, tell
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.values.text import counted


@command("intake")
@click.argument("file", metavar="FILE", shell_complete=choices.files)
@playbook_option("The process of new incidents.")
@json_option
def entry(invocation: Invocation, file: str, playbook: str, as_json: bool) -> None:
    """Take in an alert from a file with the JSON of a webhook, or from standard input with -.

    It is the signal that detected an incident, at its start; while that is active, the same alert
    adds to it and declares no other. Prints the id for each alert.
    """
    from incident_tui.service.exchange.alert_intake import alerts_of, take_in
    from incident_tui.service.exchange.foreign_files import STDIN

    text = text_of(None if file == STDIN else invocation.world.cwd / file, file)
    try:
        alerts = alerts_of(text)
    except Refused as error:
        raise UsageFailure(f"{error}. Nothing was recorded.") from error
    taken = 0
    for one in take_in(invocation.service, alerts, playbook=playbook):
        taken += 1
        if as_json:
            told = {"incident": one.session.id, "declared": one.declared, "recorded": one.recorded}
            print_json_line(told)
        else:
            print_text(one.session.id)
        done = "declared" if one.declared else "active already"
        tell(f"{one.title}: {done}, {counted(one.recorded, 'entry', 'entries')} recorded.")
        if one.declared:
            invocation.commit(one.session)
    if taken < len(alerts):
        tell(f"{counted(len(alerts) - taken, 'alert')} had ended and belong to no active incident.")
