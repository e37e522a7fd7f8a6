"""What an incident is declared from: an alert of monitoring, a chat or a log, a text of any kind.

`declare --from` and `intake` share it. The same thing again adds to the active incident.
"""

from typing import TYPE_CHECKING

from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import UsageFailure
from incident_tui.cli.frame.foreign_text import text_of
from incident_tui.cli.frame.output import print_json_line, print_text, tell
from incident_tui.domain.values.text import counted
from incident_tui.service import Declaration

if TYPE_CHECKING:
    from incident_tui.intake.containers.alerts import Alert
    from incident_tui.service.exchange.foreign.alert_intake import TakenIn

STDIN = "-"


def declare_from(
    invocation: Invocation,
    file: str,
    wanted: Declaration,
    *,
    column: str = "",
    dry_run: bool = False,
) -> None:
    """Declare what a file or standard input holds, and print the id. Raises `UsageFailure`."""
    from incident_tui.domain.core.commands import Refused
    from incident_tui.service.exchange.foreign.alert_intake import alerts_of

    text = text_of(None if file == STDIN else invocation.world.cwd / file, file)
    if not text.strip():
        raise UsageFailure(f"{_shown(file)} is empty. Nothing was declared.")
    try:
        alerts = alerts_of(text)
    except Refused:
        _declare_text(invocation, text, file, wanted, column=column, dry_run=dry_run)
        return
    if dry_run:
        for alert in alerts:
            tell(f"{alert.title}, since {alert.starts}: would be declared, or added; nothing was.")
        return
    take_in_alerts(invocation, alerts, wanted)


def take_in_alerts(
    invocation: Invocation, alerts: "list[Alert]", wanted: Declaration, *, as_json: bool = False
) -> None:
    """Record alerts, say what became of each, and print the ids."""
    from incident_tui.service.exchange.foreign.alert_intake import take_in

    if not alerts:
        tell("Nothing fires; nothing was recorded.")
    taken = 0
    for one in take_in(invocation.service, alerts, wanted):
        taken += 1
        if as_json:
            data = {"incident": one.session.id, "declared": one.declared, "recorded": one.recorded}
            print_json_line(data)
        else:
            print_text(one.session.id)
        recorded = counted(one.recorded, "entry", "entries")
        tell(f"{one.title}: {_became(one)}, {recorded} recorded.")
        if one.declared:
            invocation.commit(one.session)
    if taken < len(alerts):
        tell(f"{counted(len(alerts) - taken, 'alert')} had ended, of no active incident.")


def _declare_text(
    invocation: Invocation, text: str, file: str, wanted: Declaration, *, column: str, dry_run: bool
) -> None:
    from incident_tui.cli.frame.foreign_rows import check_column, row_line, tell_doubts
    from incident_tui.service.exchange.foreign.declared_from import declare_from, plan_declared

    plan = plan_declared(invocation.service, text, _shown(file), wanted.title, column=column)
    check_column(plan, column)
    if not plan.rows:
        _declare_words(invocation, text, wanted, _shown(file), dry_run=dry_run)
        return
    tell_doubts(plan)
    for row in plan.rows:
        tell(row_line(row))
    if dry_run:
        tell(f"{plan.title}: {counted(len(plan.rows), 'row')} would be recorded; nothing was.")
        return
    done = declare_from(invocation.service, plan, wanted)
    print_text(done.session.id)
    if not done.recorded:
        tell(f"active already, with all {counted(len(done.known), 'row')}; nothing was declared.")
        return
    tell(f"{plan.title}: declared, {counted(len(done.recorded), 'row')} recorded.")
    invocation.commit(done.session)


def _declare_words(
    invocation: Invocation, text: str, wanted: Declaration, shown: str, *, dry_run: bool
) -> None:
    from incident_tui.service.exchange.foreign.declared_from import declare_from_words

    if text.lstrip()[:1] in ("{", "[", "|"):
        raise UsageFailure(
            f"{shown} is no text that people wrote, no alert that is understood, and has no row "
            "with a time. Nothing was declared."
        )
    tell(f"{shown} has no row with a time: its lines are facts of now.")
    if dry_run:
        return
    done = declare_from_words(invocation.service, text, wanted)
    print_text(done.session.id)
    tell(f"{_became(done)}, {counted(done.recorded, 'fact')} recorded.")
    if done.declared:
        invocation.commit(done.session)


def _became(one: "TakenIn") -> str:
    return "declared" if one.declared else "active already"


def _shown(file: str) -> str:
    return "standard input" if file == STDIN else file
