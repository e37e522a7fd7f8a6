"""The keys that commands declare; which commands there are is the domain's."""

from textual.binding import Binding

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Command


def verb_action(form: Command) -> str:
    """The action of the key of a command."""
    return f"verb.{form.lead.removeprefix('/')}"


def verb_bindings() -> list[Binding]:
    """The keys that commands declare; each starts its line."""
    return [
        Binding(
            form.key,
            f"start({form.lead!r})",
            form.lead.removeprefix("/"),
            show=not form.rare,
            id=verb_action(form),
            tooltip=form.help,
        )
        for form in commands.every_command()
        if form.key
    ]
