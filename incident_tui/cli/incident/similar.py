"""`incident-tui similar`: earlier incidents like one, what helped then, and what to do now."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.lines import Tone, Toned
from incident_tui.cli.frame.log_progress import log_progress
from incident_tui.cli.frame.output import print_json, print_lines, tell
from incident_tui.domain.values.time_grammar import iso, zone_named

if TYPE_CHECKING:
    from incident_tui.service.across.likeness import Alike, Subject

BEST = 5


@command("similar")
@click.argument("fragment", metavar="[ID]", required=False, shell_complete=choices.incidents)
@click.option("--words", default="", metavar="TEXT", help="Like this text, and not an incident.")
@click.option("--all", "all_of_them", is_flag=True, help=f"More than the {BEST} most alike.")
@json_option
def entry(
    invocation: Invocation,
    fragment: str | None,
    words: str,
    all_of_them: bool,
    as_json: bool,
) -> None:
    """Find earlier incidents like this one: in words, services, tags, signals and factors.

    Words count in whatever form, and those that mean the same ("leaked", "exposed") for half. Each
    comes with what it is alike in, what helped then, what its postmortem says to do the next time,
    and action items that are unfinished; next-time.md in its folder has more.
    """
    from incident_tui.service.across.likeness import similar

    if words and fragment:
        raise click.UsageError(
            "an ID and --words are two questions: ask one of them. "
            f'Several words are quoted: --words "{words} {fragment}"'
        )
    subject = _subject(invocation, fragment, words)
    limit = None if all_of_them else BEST
    with log_progress(invocation.service) as progress:
        ranked = similar(invocation.service, subject, limit=limit, faint=True, progress=progress)
    if as_json:
        print_json([_data(one) for one in ranked])
    elif ranked:
        print_lines(_page(ranked, zone_named(invocation.service.zone_name)))
    else:
        tell("No earlier incident is like it.")


def _subject(invocation: Invocation, fragment: str | None, words: str) -> "Subject":
    from incident_tui.service.across.likeness import Subject, subject_of

    if words:
        return Subject(words)
    session = invocation.session(fragment)
    return subject_of(session.incident, session.id)


def _page(alike: "tuple[Alike, ...]", zone: tzinfo) -> Iterator[str]:
    for place, one in enumerate(alike):
        if place:
            yield ""
        began = f"{one.began.astimezone(zone):%Y-%m-%d}"
        facts = [
            one.severity or "no severity",
            one.status,
            began,
            *(["drill"] if one.drill else []),
        ]
        yield Toned(f"{one.title} ({', '.join(facts)})", Tone.HEAD)
        yield f"  {one.incident}"
        yield f"  alike in {'; '.join(one.why)}{', and nothing else' if one.faint else ''}"
        yield from (f"  cause: {cause}" for cause in one.causes)
        yield from (Toned(f"  helped: {helped}", Tone.GOOD) for helped in one.helped)
        yield from (Toned(f"  next time: {facts}", Tone.GOOD) for facts in one.next_time)
        for item in one.unfinished:
            owner = item.owner or "nobody"
            yield Toned(f"  unfinished: {item.text} ({owner}, {item.status})", Tone.WARNING)


def _data(one: "Alike") -> dict[str, object]:
    return {
        "incident": one.incident,
        "title": one.title,
        "severity": one.severity or None,
        "status": one.status,
        "kind": "drill" if one.drill else "incident",
        "began_at": iso(one.began),
        "score": one.score,
        "alike_in": list(one.why),
        "faint": one.faint,
        "causes": list(one.causes),
        "helped": list(one.helped),
        "next_time": list(one.next_time),
        "unfinished": [
            {"number": item.number, "text": item.text, "owner": item.owner or None,
             "status": item.status, "due": iso(item.due)}
            for item in one.unfinished
        ],
    }  # fmt: skip
