"""`incident-tui search`: entries of all incidents that hold all of some words."""

import click

from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.output import columns, print_json, print_text, tell
from incident_tui.domain.values.time_grammar import iso


@command("search")
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--protected", is_flag=True, help="Also what is for those only who need to know.")
@json_option
def entry(invocation: Invocation, words: tuple[str, ...], protected: bool, as_json: bool) -> None:
    """Search the entries of all incidents; prints those that hold every word, newest first."""
    from incident_tui.service.across.entry_search import search

    if not any(word.strip() for word in words):
        raise click.UsageError("a word is expected")
    found = search(invocation.service, words, protected=protected)
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
                }
                for hit in found.hits
            ]
        )
    elif found.hits:
        print_text(
            "\n".join(
                columns(
                    (
                        f"{hit.incident} #{hit.number}",
                        f"{hit.at:%Y-%m-%d %H:%M}Z",
                        hit.kind,
                        f"{hit.text} (retracted)" if hit.retracted else hit.text,
                    )
                    for hit in found.hits
                )
            )
        )
    else:
        tell("No entry holds all of these words.")
    for name, problem in found.unread:
        tell(f"{name} was not searched: {problem}")
