"""The line that asks for help, and what helps whoever types a word that is no command."""

from collections.abc import Iterable

from incident_tui.domain.core.commands import CommandContext, Planned, command, nearest

_ANSWERS = {
    ("quit", "exit", "q", "bye", "logout"): "ctrl+q leaves the console; everything is saved",
    ("find", "search", "grep", "filter"): "in a pane / and words look for rows, or kind: and by:",
    ("copy", "yank", "clipboard"): "y in the timeline or on a document copies it (alt+1, F7)",
    ("theme", "color", "colour", "dark", "light"): "ctrl+p, then Theme, changes the colours",
    ("new", "declare", "open", "list", "incidents"): "F10 lists the incidents; n there declares",
    ("owner", "assign", "who", "whoami"): "/role HAT PERSON gives a hat; /me says who types",
    ("todo", "task", "ticket"): "+ and what will be done is an action item",
    ("suspect", "theory"): "? and what you suspect is a hypothesis; /changes lists what changed",
    ("rollback", "revert", "deploy", "change"): "> and what you changed is recorded as a change",
    ("delete", "remove"): "/retract N WHY takes an entry back; /redact N WHY removes its words",
    ("save", "w", "wq", "commit"): "every line is saved at once, and each stage is committed",
}  # fmt: skip
"""What people try that is no command -> what does it."""


@command(
    "/help",
    help="every key and every line, as F1 does",
    example="/help",
    opens="help",
    words=("keys", "commands", "manual", "?"),
)
def ask_for_help(context: CommandContext) -> Planned:
    """Records nothing: the screen is the answer."""
    return []


@command(
    "/layout",
    help="hide, move and resize the panes",
    example="/layout",
    opens="layout",
    words=("panes", "resize", "hide", "columns"),
)
def ask_for_layout(context: CommandContext) -> Planned:
    """Records nothing: the panes of whoever looks at them are nobody else's."""
    return []


def answer_to(lead: str, known: Iterable[str]) -> str:
    """What helps instead of a command that there is not; else the nearest of those `known`."""
    word = lead.removeprefix("/").casefold()
    answers = (told for words, told in _ANSWERS.items() if word in words)
    return next(answers, "") or nearest(lead, known)
