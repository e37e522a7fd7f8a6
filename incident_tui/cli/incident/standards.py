"""`incident-tui standards`: what recurs across incidents, and which standard it was fed into."""

from collections.abc import Iterator
from textwrap import shorten, wrap
from typing import TYPE_CHECKING

import click
import msgspec

from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.lines import Tone, Toned
from incident_tui.cli.frame.log_progress import log_progress
from incident_tui.cli.frame.output import print_json, print_lines, tell
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import iso

if TYPE_CHECKING:
    from incident_tui.service.across.recurrence import Recurrence


NAMED = 5
"""Incidents that are named of each; --json has all."""
WIDTH = 96
"""Cells of a line at most, but for the one that is to be copied."""


@command("standards")
@click.option(
    "--least",
    type=click.IntRange(2),
    default=2,
    show_default=True,
    metavar="N",
    help="Incidents from which on something recurs.",
)
@click.option("--open", "only_open", is_flag=True, help="Only what was fed into no standard yet.")
@json_option
def entry(invocation: Invocation, least: int, only_open: bool, as_json: bool) -> None:
    """List factor layers, services and classes of action that recur: input for standards.

    Objectives, observability, safe change, availability, dependencies, platform: the one that is
    named is a proposal. The line below it marks it as fed.
    """  # fmt: skip
    from incident_tui.service.across.recurrence import recurrences

    with log_progress(invocation.service) as progress:
        repeated, unread = recurrences(invocation.service, least=least, progress=progress)
    shown = [one for one in repeated if not (only_open and one.fed and not one.since)]
    if as_json:
        print_json([_data(one) for one in shown])
    elif shown:
        print_lines(_page(shown))
    else:
        text = (
            "Nothing is left to feed." if repeated else f"Nothing recurs in {least} incidents yet."
        )
        tell(text)
    for name, problem in unread:
        tell(f"{name} is not counted: {problem}")


def _page(recurrences: "list[Recurrence]") -> Iterator[str]:
    for one in recurrences:
        in_all = counted(len(one.incidents), "incident")
        left = f", {counted(one.unfinished, 'action item')} unfinished" if one.unfinished else ""
        yield Toned(f"{one.recurrence}  in {in_all}{left}", Tone.HEAD)
        named = one.incidents[:NAMED]
        more = len(one.incidents) - len(named)
        ids = ", ".join(named) + (f" and {more} more" if more else "")
        yield from wrap(
            ids, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        )
        yield from (f"  e.g. {shorten(text, WIDTH, placeholder='…')}" for text in one.examples)
        for fed in one.fed:
            yield Toned(f"  fed {fed.at:%Y-%m-%d} → {fed.standard}: {fed.text}", Tone.GOOD)
        if one.fed and not one.since:
            continue
        if one.fed:
            again = f"  again in {counted(one.since, 'incident')} since"
            yield Toned(again, Tone.WARNING)
        what = f'"{one.recurrence}"' if " " in one.recurrence else one.recurrence
        line = f"/feed {one.standard} {what} where it is written"
        yield Toned(f"  incident-tui log -i {one.incidents[0]} '{line}'", Tone.MEND)


def _data(one: "Recurrence") -> dict[str, object]:
    data: dict[str, object] = msgspec.to_builtins(one)
    return data | {
        "fed": [
            {"standard": fed.standard, "text": fed.text, "at": iso(fed.at),
             "incident": fed.incident}
            for fed in one.fed
        ],
    }  # fmt: skip
