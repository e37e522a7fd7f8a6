"""What words of a command line can be, for shells that complete them.

Each is said where an option or argument is declared (`shell_complete=`). Nothing here writes, and
what goes wrong offers nothing: whoever types must not be disturbed.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from incident_tui.cli.frame.context import Invocation

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from incident_tui.domain.core.events import Incident

VARIABLE = "_INCIDENT_TUI_COMPLETE"
"""By which a shell asks how a word can go on; click derives it from the name of the program."""
MOST = 50
"""Incidents that are offered at most, the newest of those that fit."""
Items = list["CompletionItem[str]"]


def files(ctx: click.Context, param: click.Parameter, begun: str) -> Items:
    """Any file; the shell looks for it."""
    return [_item(begun, kind="file")]


def folders(ctx: click.Context, param: click.Parameter, begun: str) -> Items:
    """Any folder; the shell looks for it."""
    return [_item(begun, kind="dir")]


def incidents(ctx: click.Context, param: click.Parameter, begun: str) -> Items:
    """Incidents whose id begins with that; where none does, those that have it in their id."""
    names = [folder.name for folder in _invocation(ctx).home.folders()]
    wanted = begun.casefold()
    matches = [name for name in names if name.casefold().startswith(wanted)]
    matches = matches or [name for name in names if wanted in name.casefold()]
    return [_item(name) for name in matches[:MOST]]


def records(ctx: click.Context, param: click.Parameter, begun: str) -> Items:
    """Incidents by their ids, and any file."""
    return [*incidents(ctx, param, begun), *files(ctx, param, begun)]


def playbooks(ctx: click.Context, param: click.Parameter, begun: str) -> Items:
    """Playbooks by name, with their titles; or a file, where a path was begun."""
    from incident_tui.store import playbook_files

    if "/" in begun:
        return files(ctx, param, begun)
    known = playbook_files.available(_invocation(ctx).home.path)
    items = _beginning(begun, ((each.id, each.problem or each.title) for each in known))
    return items or files(ctx, param, begun)


def severities(ctx: click.Context, param: click.Parameter, begun: str) -> Items:
    """The levels of the playbook that is named, else of the home's."""
    playbook, _ = _invocation(ctx).service.playbook(ctx.params.get("playbook") or "")
    return _beginning(begun, ((level.id, level.title) for level in playbook.severities))


def zones(ctx: click.Context, param: click.Parameter, begun: str) -> Items:
    """Time zones by their IANA names."""
    from zoneinfo import available_timezones

    return _beginning(begun, ((name, "") for name in sorted(available_timezones())))


def log_lines(ctx: click.Context, param: click.Parameter, begun: str) -> Items:
    """How a log line can go on, as in the console: what the incident that is meant allows."""
    from incident_tui.service.session.line_preview import Suggestion, suggest

    incident = _meant(_invocation(ctx), ctx.params.get("fragment"))
    named = _invocation(ctx).home.config.words

    def after(text: str) -> list[Suggestion]:
        return suggest(incident, text, len(text), named)

    endings = after(begun)
    lead = endings[0].insert if len(endings) == 1 and " " not in begun else begun
    if lead.startswith("/") and " " not in lead and (words := after(f"{lead} ")):
        # A shell closes the quotation behind the only word that fits, so it is not the only one.
        endings, begun = words, f"{lead} "
    return [_item(begun[: one.start] + one.insert, one.meaning) for one in endings]


def _meant(invocation: Invocation, fragment: str | None) -> "Incident":
    """The state of the incident that a line is for; without one, of an incident yet to begin."""
    from incident_tui.domain.core.events import fold
    from incident_tui.domain.values.playbook import PlaybookError
    from incident_tui.store.files.errors import StoreError

    service, home = invocation.service, invocation.home
    try:
        active = [fragment] if fragment else service.active()
        if len(active) == 1:
            return service.read(home.resolve(active[0]))
    except (StoreError, PlaybookError):
        pass  # which `log` will say
    return fold([], service.playbook()[0])


def _invocation(ctx: click.Context) -> Invocation:
    invocation = ctx.find_object(Invocation)
    assert invocation is not None
    return invocation


def _item(word: str, meaning: str = "", kind: str = "plain") -> "CompletionItem[str]":
    # Loaded by none of the commands themselves.
    from click.shell_completion import CompletionItem

    return CompletionItem(word, kind, meaning or None)


def _beginning(begun: str, words: Iterable[tuple[str, str]]) -> Items:
    wanted = begun.casefold()
    return [_item(word, meaning) for word, meaning in words if word.casefold().startswith(wanted)]
