"""`incident-tui changes`: what changed before the start of an incident, the likeliest first."""

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command, incident_argument, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import UsageFailure
from incident_tui.cli.frame.lines import Tone, Toned, columns
from incident_tui.cli.frame.output import print_json, print_lines, tell
from incident_tui.domain.report import Data
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_when, iso, parse_duration

if TYPE_CHECKING:
    from incident_tui.domain.findings.suspects.ranking import Ranked
    from incident_tui.service import IncidentSession
    from incident_tui.service.suspects.changes_before import Changes

STDIN = "-"
SHOWN = 20
"""Rows on a terminal, unless all are asked for."""


@command("changes")
@incident_argument
@click.argument("file", required=False, metavar="[FILE]", shell_complete=choices.files)
@click.option("--window", default="24h", metavar="SPAN", help="How long before the start.")
@click.option("--all", "everything", is_flag=True, help="List every change, not only the first.")
@json_option
def entry(
    invocation: Invocation,
    fragment: str | None,
    file: str | None,
    window: str,
    everything: bool,
    as_json: bool,
) -> None:
    """List what changed before the start: commits, merges, tags, deploys, flags.

    The likeliest stands first, with the reasons. Looked into are the repositories that `init
    --watch` names, or the one around the home. FILE, or - for standard input, is a log of deploys
    or flag changes, as lines or JSON, that is kept as evidence and listed with the rest.
    """
    if fragment == STDIN and file is None:
        fragment, file = None, STDIN
    span = _span(window)
    session = invocation.session(fragment)
    if file is not None:
        _feed(invocation, session, file)
    from incident_tui.service.suspects.changes_before import changes_before

    changes = changes_before(session, span)
    if as_json:
        print_json(_data(changes, session))
    elif changes.rows:
        print_lines(_page(changes, session, everything=everything))
        tell(_ADVICE)
    else:
        tell(f"Nothing changed in the {window} before the start {_where(changes)}.")
    for unread in changes.unread:
        tell(f"{unread.where} cannot be read: {unread.why}")


_ADVICE = (
    "An order to look in, and no proof. --json has the line that puts each on record, for "
    "`incident-tui log`."
)


def _span(window: str) -> timedelta:
    from incident_tui.domain.values.time_parts import WhenError

    try:
        return parse_duration(window)
    except WhenError as error:
        raise UsageFailure(f"--window {window!r}: {error}") from error


def _feed(invocation: Invocation, session: "IncidentSession", file: str) -> None:
    from incident_tui.cli.frame.foreign_text import text_of
    from incident_tui.service.suspects.feeds import feed

    shown = "standard input" if file == STDIN else file
    text = text_of(None if file == STDIN else invocation.world.cwd / file, shown)
    fed = feed(session, text, shown)
    left = f", {counted(fed.unread, 'line')} not understood" if fed.unread else ""
    tell(f"{counted(len(fed.candidates), 'change')} read from {shown} and kept as evidence{left}.")
    invocation.commit(session)


def _where(changes: "Changes") -> str:
    if not changes.places:
        return "as far as is known: no repository is watched; `incident-tui init --watch PATH`"
    return f"in {', '.join(changes.places)}"


def _page(changes: "Changes", session: "IncidentSession", *, everything: bool) -> list[str]:
    shown = changes.rows if everything else changes.rows[:SHOWN]
    rows = columns(
        (
            (
                str(place),
                format_when(each.candidate.at, session.zone, reference=changes.start),
                each.candidate.line_text(),
            )
            for place, each in enumerate(shown, 1)
        ),
        head=("", "when", "what"),
    )
    lines: list[str] = []
    for row, each in zip(rows, shown, strict=True):
        lines += [row, Toned(f"    {'; '.join(each.reasons)}", Tone.FAINT)]
    if len(shown) < len(changes.rows):
        lines.append(Toned(f"{len(changes.rows) - len(shown)} more, --all", Tone.FAINT))
    return lines


def _data(changes: "Changes", session: "IncidentSession") -> Data:
    return {
        "incident": session.id,
        "start": iso(changes.start),
        "since": iso(changes.since),
        "places": list(changes.places),
        "unread": [{"where": each.where, "why": each.why} for each in changes.unread],
        "changes": [_row(each, session) for each in changes.rows],
    }


def _row(each: "Ranked", session: "IncidentSession") -> Data:
    from incident_tui.domain.findings.suspects import hypothesis_line, on_record, suspect_line

    change, incident = each.candidate, session.incident
    recorded = on_record(change, incident)
    return {
        "at": iso(change.at),
        "kind": change.kind,
        "where": change.where,
        "text": change.text,
        "who": change.who,
        "sha": change.sha or None,
        "source": change.source,
        "files": list(change.paths),
        "files_left_out": change.more,
        "weight": each.weight,
        "reasons": list(each.reasons),
        "recorded": incident.number(recorded.id) if recorded else None,
        "suspect_line": suspect_line(change),
        "hypothesis_line": hypothesis_line(change, incident),
    }
