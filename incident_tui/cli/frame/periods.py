"""The options that say since when and until when."""

from collections.abc import Callable
from datetime import datetime

import click

from incident_tui.cli.frame.command import Function
from incident_tui.cli.frame.context import Invocation
from incident_tui.domain.values.search_query.periods import beginning, ending
from incident_tui.domain.values.time_grammar import WhenError, zone_named


def period_options(what: str) -> Callable[[Function], Function]:
    """`--since` and `--until`, for what they leave: "incidents that began"."""

    def declare(function: Function) -> Function:
        until = click.option(
            "--until", metavar="WHEN", default="", help=f"Only {what} then or earlier."
        )
        since = click.option(
            "--since", metavar="WHEN", default="",
            help=f"Only {what} then or later: 2026-10-01, 2026-10, 2026, -6mo, -2y.",
        )  # fmt: skip
        return since(until(function))

    return declare


def period_or_usage(
    invocation: Invocation, since: str, until: str
) -> tuple[datetime | None, datetime | None]:
    """Both moments, None where nothing was said. Raises click's `BadParameter` for what is none."""
    now, zone = invocation.world.clock(), zone_named(invocation.service.zone_name)
    ends: list[datetime | None] = []
    for option, text, read in (("--since", since, beginning), ("--until", until, ending)):
        try:
            ends.append(read(text, now=now, zone=zone) if text else None)
        except WhenError as error:
            raise click.BadParameter(error.reason, param_hint=option) from error
    return ends[0], ends[1]
