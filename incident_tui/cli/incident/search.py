"""`incident-tui search`: entries of all incidents that hold all of some words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.lines import Tone, Toned, columns
from incident_tui.cli.frame.log_progress import log_progress
from incident_tui.cli.frame.output import print_json, print_lines, tell
from incident_tui.domain.values.time_grammar import WhenError, iso

if TYPE_CHECKING:
    from incident_tui.service.across.entry_search import Hit, SearchResult

BEST = 50
"""Entries that are printed unless all are asked for."""


@command("search")
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--protected", is_flag=True, help="Also what is for those only who need to know.")
@click.option("--all", "all_of_them", is_flag=True, help="More than the 50 that fit best.")
@json_option
def entry(
    invocation: Invocation,
    words: tuple[str, ...],
    protected: bool,
    all_of_them: bool,
    as_json: bool,
) -> None:
    """Search the entries of all incidents; prints those that fit best, the best first.

    An entry holds every word, in whatever form; a word that ends in * is the beginning of one, and
    '"several words"' stand next to each other. Where few entries hold all words, further incidents
    are told that hold some of them, or words that mean the same ("leaked", "exposed"). Filters:
    severity: state: tag: service: since: until: person: kind:
    """
    from incident_tui.service.across.entry_search import search

    if not any(word.strip() for word in words):
        raise click.UsageError("a word is expected")
    limit = None if all_of_them else BEST
    with log_progress(invocation.service) as progress:
        try:
            hits = search(
                invocation.service, words, protected=protected, limit=limit, progress=progress
            )
        except WhenError as error:
            raise click.UsageError(error.reason) from error
    if as_json:
        print_json(
            [
                {
                    "incident": hit.incident,
                    "title": hit.title,
                    "number": hit.number,
                    "id": hit.id,
                    "at": iso(hit.at),
                    "kind": hit.kind,
                    "actor": hit.actor,
                    "text": hit.text,
                    "source": hit.source or None,
                    "retracted": hit.retracted,
                    "all_words": place < len(hits.hits),
                }
                for place, hit in enumerate((*hits.hits, *hits.nearby))
            ]
        )
    elif hits.hits or hits.nearby:
        print_lines(_page(hits))
    else:
        tell("No entry fits.")
    if hits.total > len(hits.hits):
        tell(f"{hits.total - len(hits.hits)} more, --all")
    for name, problem in hits.unread:
        tell(f"{name} was not searched: {problem}")


def _page(result: "SearchResult") -> Iterator[str]:
    head = ("entry", "at", "kind", "text")
    yield from columns(map(_row, result.hits), head=head)
    if not result.nearby:
        return
    some = "Further" if result.hits else "No entry holds all of these words;"
    same = "incidents that hold some of them, or words that mean the same:"
    yield Toned(f"{some} {same}", Tone.HEAD)
    yield from columns(map(_row, result.nearby), indent="  ", head=() if result.hits else head)


def _row(hit: "Hit") -> tuple[str, ...]:
    text = f"{hit.text} (retracted)" if hit.retracted else hit.text
    return f"{hit.incident} #{hit.number}", f"{hit.at:%Y-%m-%d %H:%M}Z", hit.kind, text
