"""`incident-tui doctor`: whether this machine is set up for the program, and what mends it."""

import os
import sys

import click

from incident_tui import __version__
from incident_tui.cli.frame import author
from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.lines import Tone, Toned, columns
from incident_tui.cli.frame.output import print_json, print_lines, tell
from incident_tui.domain.values.text import counted
from incident_tui.service.machine.examination import examine
from incident_tui.service.machine.facts import Machine
from incident_tui.service.machine.finding import TO_MEND, Finding, State, all_well
from incident_tui.service.machine.machine_reader import read_machine
from incident_tui.store.files.errors import BadConfig
from incident_tui.store.files.user_folders import config_root
from incident_tui.store.user_settings import UserSettings

TONES = {
    State.WELL: Tone.GOOD,
    State.NOTE: Tone.FAINT,
    State.WARNING: Tone.WARNING,
    State.PROBLEM: Tone.BAD,
}


@command("doctor")
@json_option
@click.pass_context
def entry(ctx: click.Context, invocation: Invocation, as_json: bool) -> None:
    """Look at terminal, colours, clipboard, keys, git, home, locks and versions; change nothing.

    Each finding says what it costs and the command that mends it, for the shell you are in. Exits
    with 1 when there is something to mend.
    """
    findings = examine(_machine(invocation))
    well = all_well(findings)
    if as_json:
        print_json({"ok": well, "findings": [_data(finding) for finding in findings]})
    else:
        print_lines(_lines(findings))
        mend = sum(finding.state in TO_MEND for finding in findings)
        tell("All is well." if well else f"{counted(mend, 'finding')} to mend.")
    ctx.exit(0 if well else 1)


def _machine(invocation: Invocation) -> Machine:
    world, home = invocation.world, invocation.home
    settings = UserSettings(config_root(world.env))

    def unless_broken(read: author.Read) -> author.Read:
        def name() -> str:
            try:
                return read()
            except BadConfig:
                return ""  # which is a finding of its own

        return name

    where = home.path if os.path.isdir(home.path) else world.cwd
    configured = (lambda: home.config.me, lambda: settings.read().me)
    return read_machine(
        home,
        settings,
        world,
        program=__version__,
        encoding=getattr(sys.stderr, "encoding", None) or "ascii",
        attached=all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout)),
        typist=author.stated_name(invocation.me_flag, world.env, *map(unless_broken, configured)),
        supposed=author.supposed(world.env, where, world.login),
        check_keys=invocation.outside.check_keys,
    )


def _data(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "state": finding.state.value,
        "what": finding.what,
        "cost": finding.cost or None,
        "mend": finding.mend or None,
    }


def _lines(findings: list[Finding]) -> list[str]:
    heads = columns(
        (each.check, Toned(each.state.value, TONES[each.state]), each.what) for each in findings
    )
    lines: list[str] = []
    for head, finding in zip(heads, findings, strict=True):
        lines.append(head)
        if finding.state is not State.WELL:
            lines += [f"    {finding.cost}"] if finding.cost else []
            lines += [Toned(f"    $ {finding.mend}", Tone.MEND)] if finding.mend else []
    return lines
