"""The page of keys: every binding with an id, read from the classes that declare it.

A screen or widget that is added anywhere in `screens/` shows up by itself, under its file's name.
"""

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import walk_packages

from tables import MADE, table
from textual.binding import Binding
from textual.dom import DOMNode

from incident_tui import screens
from incident_tui.app import IncidentApp
from incident_tui.screens.terminal.command_keys import verb_bindings
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.view import View

EVERYWHERE = (IncidentApp, View)
"""What acts whichever screen is shown: the app's own keys, and those of every screen."""


def places() -> dict[str, list[type[DOMNode]]]:
    """The classes that declare keys, by the module they stand in; the war room's come first.

    Those of `EVERYWHERE` are left out.
    """
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    found: dict[str, list[type[DOMNode]]] = {}
    for known in dict.fromkeys(_below(DOMNode)):
        ours = known.__module__.startswith(f"{screens.__name__}.")
        if ours and known not in EVERYWHERE and list(_declared(known)):
            found.setdefault(known.__module__, []).append(known)
    first = WarRoom.__module__
    return {
        module: found[module] for module in sorted(found, key=lambda name: (name != first, name))
    }


def keys() -> str:
    """Every key of every screen."""
    body = ["# Keys", MADE, ""]
    body += [
        "Each key has a name. Letters act in panes and lists only; in the log line they are text.",
        "",
    ]
    body += ["## Everywhere", "", *_table(EVERYWHERE)]
    for module, known in places().items():
        heading = module.rpartition(".")[2].replace("_", " ").capitalize()
        what = (sys.modules[module].__doc__ or "").partition("\n")[0]
        body += [f"## {heading}", "", what, "", *_table(known)]
    return "\n".join(body)


def _table(classes: Iterable[type[DOMNode]]) -> list[str]:
    bindings = [binding for known in classes for binding in _declared(known)]
    lines = (
        (
            f"`{(binding.key_display or binding.key).replace(',', '`, `')}`",
            binding.tooltip,
            f"`{binding.id}`",
        )
        for binding in bindings
    )
    return [*table(("key", "what it does", "name"), dict.fromkeys(lines)), ""]


def _declared(known: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that this class itself declares; those without an id are Textual's affair."""
    for binding in known.__dict__.get("BINDINGS", ()):
        if isinstance(binding, Binding) and binding.id:
            yield binding
    if known is WarRoom:
        yield from verb_bindings()


def _below(base: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for known in base.__subclasses__():
        yield known
        yield from _below(known)
